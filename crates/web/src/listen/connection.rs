//! From a socket to answers, within limits, until the stop.

use super::{
    Certificates, ListenError, TrustedProxies,
    observe::observe,
    proxies::{Peer, name_caller},
};
use crate::lost::Asked;
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    middleware::{self, Next},
    response::Response,
};
use hyper::{
    body::Incoming,
    server::conn::{http1, http2},
    service::service_fn,
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::graceful::GracefulConnection,
};
use std::{io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::timeout,
};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// How long and how much. Each has a setting of its name.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From connecting, or from the last answer, to the end of the next head; a TLS handshake as well.
    pub header: Duration,
    /// Between two pieces of a body.
    pub body: Duration,
    /// From the head to the answer.
    pub request: Duration,
    /// How long one connection may live; then it is asked to come anew, and a request later it is closed.
    pub connection: Duration,
    /// At the stop: how long answers on their way may take.
    pub drain: Duration,
    /// Connections at once; more wait in the system's queue.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header: Duration::from_secs(10),
            body: Duration::from_secs(10),
            request: Duration::from_secs(30),
            connection: Duration::from_mins(5),
            drain: Duration::from_secs(10),
            connections: 4096,
        }
    }
}

/// Bytes of a request's head that are kept while it arrives; 64 fields at most.
const HEAD_BYTES: usize = 32 * 1024;
const HEAD_FIELDS: usize = 64;
/// Requests at once on one HTTP/2 connection.
const STREAMS: u32 = 64;
/// After the system refused a connection (too many open files), how long to leave it alone.
const BREATHER: Duration = Duration::from_millis(100);

/// How the server meets the network.
#[derive(Clone, Debug, Default)]
pub struct Listening {
    /// TLS; without it only loopback or named proxies are answered.
    pub certificates: Option<Arc<Certificates>>,
    /// Whose forwarding headers are believed.
    pub proxies: TrustedProxies,
    /// How long and how much.
    pub limits: Limits,
}

impl Listening {
    /// Refuses plain HTTP where a network could read along.
    pub fn check(&self, address: SocketAddr) -> Result<(), ListenError> {
        let guarded = self.certificates.is_some() || !self.proxies.is_empty() || address.ip().is_loopback();
        if guarded { Ok(()) } else { Err(ListenError::PlainHttp { address }) }
    }
}

/// How a stop went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drained {
    /// Every answer was finished.
    All,
    /// The limit passed; so many connections were cut.
    Cut(usize),
}

/// Takes the address. Must be called inside a tokio runtime.
pub fn bind(address: SocketAddr) -> Result<TcpListener, ListenError> {
    let bound = std::net::TcpListener::bind(address).and_then(|listener| {
        listener.set_nonblocking(true)?;
        TcpListener::from_std(listener)
    });
    bound.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => ListenError::Taken { address },
        _ => ListenError::Refused { address, source },
    })
}

/// Serves until `stop` is done, then lets answers on their way finish, as long as the limit allows.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    listening: Listening,
    stop: impl Future<Output = ()>,
) -> Drained {
    let limits = listening.limits;
    let door = Arc::new(Door {
        router: guarded(router, &listening),
        tls: listening.certificates.as_ref().map(|c| TlsAcceptor::from(c.server_config())),
        limits,
    });
    let room = Arc::new(Semaphore::new(limits.connections));
    let stopping = watch::Sender::new(());
    let mut stop = pin!(stop);
    loop {
        let next = tokio::select! {
            next = accept(&listener, &room) => next,
            () = &mut stop => break,
        };
        match next {
            Ok((stream, from, permit)) => {
                tokio::spawn(Arc::clone(&door).answer(stream, from, permit, stopping.subscribe()));
            }
            Err(error) if gone_already(&error) => {}
            Err(error) => {
                metrics::counter!("haidang_connections_refused_total", "reason" => "system").increment(1);
                tracing::warn!(error = %error.kind(), "the system refused a connection");
                tokio::time::sleep(BREATHER).await;
            }
        }
    }
    drop(listener);
    stopping.send_replace(());
    // Closed once the last connection has dropped its receiver.
    match timeout(limits.drain, stopping.closed()).await {
        Ok(()) => Drained::All,
        Err(_) => Drained::Cut(limits.connections - room.available_permits()),
    }
}

/// What every request passes before it reaches a handler.
fn guarded(router: Router, listening: &Listening) -> Router {
    let limits = listening.limits;
    router
        .layer(RequestBodyTimeoutLayer::new(limits.body))
        .layer(middleware::from_fn_with_state(limits.request, in_time))
        .layer(middleware::from_fn_with_state(Arc::new(listening.proxies.clone()), name_caller))
        .layer(middleware::from_fn(observe))
}

/// Ends a request that takes too long, with an answer that says so.
async fn in_time(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    timeout(limit, next.run(request)).await.unwrap_or_else(|_| asked.late())
}

async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let permit = Arc::clone(room).acquire_owned().await.expect("the semaphore is never closed");
    let (stream, from) = listener.accept().await?;
    // Answers are small and whole: waiting to fill a packet only delays them. Without it they are slower, not wrong.
    let _ = stream.set_nodelay(true);
    Ok((stream, from, permit))
}

/// The peer hung up before we picked up: its business, and no reason for a breather.
fn gone_already(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// What all connections share.
struct Door {
    router: Router,
    tls: Option<TlsAcceptor>,
    limits: Limits,
}

impl Door {
    async fn answer(
        self: Arc<Self>,
        stream: TcpStream,
        from: SocketAddr,
        permit: OwnedSemaphorePermit,
        stop: watch::Receiver<()>,
    ) {
        metrics::gauge!("haidang_connections").increment(1.0);
        let peer = Peer { address: from.ip().to_canonical(), tls: self.tls.is_some() };
        match &self.tls {
            None => self.http1(stream, peer, stop).await,
            Some(acceptor) => match timeout(self.limits.header, acceptor.accept(stream)).await {
                Ok(Ok(stream)) if stream.get_ref().1.alpn_protocol() == Some(b"h2") => {
                    self.http2(stream, peer, stop).await;
                }
                Ok(Ok(stream)) => self.http1(stream, peer, stop).await,
                _ => metrics::counter!("haidang_connections_refused_total", "reason" => "handshake").increment(1),
            },
        }
        metrics::gauge!("haidang_connections").decrement(1.0);
        drop(permit);
    }

    async fn http1(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        peer: Peer,
        stop: watch::Receiver<()>,
    ) {
        let router = self.router.clone();
        let service = service_fn(move |request| route(router.clone(), request, peer));
        let mut builder = http1::Builder::new();
        builder.timer(TokioTimer::new()).header_read_timeout(self.limits.header);
        builder.max_buf_size(HEAD_BYTES).max_headers(HEAD_FIELDS);
        self.live(builder.serve_connection(TokioIo::new(stream), service), stop).await;
    }

    async fn http2(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        peer: Peer,
        stop: watch::Receiver<()>,
    ) {
        let router = self.router.clone();
        let service = service_fn(move |request| route(router.clone(), request, peer));
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder.timer(TokioTimer::new()).keep_alive_interval(self.limits.header).keep_alive_timeout(self.limits.header);
        builder.max_header_list_size(HEAD_BYTES as u32).max_concurrent_streams(STREAMS);
        self.live(builder.serve_connection(TokioIo::new(stream), service), stop).await;
    }

    /// Drives a connection to its end: its own, the stop's, or that of its time.
    async fn live(&self, connection: impl GracefulConnection, mut stop: watch::Receiver<()>) {
        // Errors here are a peer that went away or spoke no HTTP. They may quote what was sent, so they are dropped.
        let mut connection = pin!(connection);
        tokio::select! {
            _ = connection.as_mut() => return,
            _ = stop.changed() => {}
            () = tokio::time::sleep(self.limits.connection) => {}
        }
        connection.as_mut().graceful_shutdown();
        let _ = timeout(self.limits.request, connection).await;
    }
}

async fn route(
    router: Router,
    request: hyper::Request<Incoming>,
    peer: Peer,
) -> Result<Response, std::convert::Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(peer);
    router.oneshot(request).await
}
