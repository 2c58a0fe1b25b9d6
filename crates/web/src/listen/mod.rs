//! Where the server meets the network: sockets, TLS, named proxies, limits, and a stop that lets answers finish.
//!
//! Knows nothing of pages: it is handed an [`axum::Router`]. It decides three things for whatever stands behind it:
//! - **who may speak plainly**: TLS, or HTTP on loopback, or HTTP from the proxies that are named; nothing else;
//! - **who asks** ([`Caller`]): a coarse network prefix for rate limits and whether the way was encrypted. The address
//!   itself goes no further than [`proxies`], so that no handler can log it;
//! - **how long and how much** ([`Limits`]).
//!
//! Deliberately absent: a log line with an address or a path, and any clock but the timers of the limits.

mod connection;
mod error;
mod metrics;
mod observe;
mod proxies;
mod tls;

pub use connection::{Drained, Limits, Listening, bind, serve};
pub use error::ListenError;
pub use metrics::Metrics;
pub use proxies::{Caller, Prefix, TrustedProxies};
pub use tls::Certificates;
