//! What can be wrong with a socket or a certificate. The binary says each in the user's language.

use std::{io, net::SocketAddr, path::PathBuf};

/// Why the server can't listen as it was told.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Another program listens there: stop it, or name another port.
    #[error("{address} is already in use")]
    Taken {
        /// The address that was asked for.
        address: SocketAddr,
    },
    /// The system refuses: ports under 1024 need a right of their own, an address must be one of this machine.
    #[error("can't listen on {address}: {source}")]
    Refused {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// Plain HTTP would carry people's words over a network: give a certificate, or name the proxy in front.
    #[error("plain HTTP on {address} is refused")]
    PlainHttp {
        /// The address that was asked for.
        address: SocketAddr,
    },
    /// A PEM file can't be read.
    #[error("can't read {}: {source}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file holds no certificate.
    #[error("{} holds no certificate in PEM", path.display())]
    NoCertificate {
        /// Which file.
        path: PathBuf,
    },
    /// The file holds no private key, or one that is encrypted.
    #[error("{} holds no unencrypted private key in PEM", path.display())]
    NoKey {
        /// Which file.
        path: PathBuf,
    },
    /// Key and certificate don't belong together, or are of a kind that TLS can't use.
    #[error("{} and {} don't make a pair: {reason}", certificate.display(), key.display())]
    NoPair {
        /// The certificate's file.
        certificate: PathBuf,
        /// The key's file.
        key: PathBuf,
        /// What the TLS library said.
        reason: String,
    },
}
