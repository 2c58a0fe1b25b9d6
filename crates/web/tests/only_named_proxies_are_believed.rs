//! What a handler learns of who asks, and what nobody can make it believe.

use axum::{Extension, Router, http::HeaderMap, routing::get};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
};
use web::listen::{self, Caller, Drained, Limits, ListenError, Listening, Prefix, TrustedProxies};

/// Says what came through.
async fn tell(Extension(caller): Extension<Caller>, headers: HeaderMap) -> String {
    let claims = headers.keys().filter(|name| name.as_str().starts_with("x-") || *name == "forwarded").count();
    let local = Prefix::loopback().contains(&caller.prefix);
    format!("local={local} encrypted={} secure={} claims={claims}", caller.encrypted, caller.secure_origin)
}

async fn ask(proxies: &[&str], headers: &str) -> String {
    let networks = proxies.iter().map(|network| network.parse().unwrap()).collect();
    let listening = Listening { proxies: TrustedProxies::new(networks), ..Listening::default() };
    let listener = listen::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let router = Router::new().route("/", get(tell));
    let server = tokio::spawn(listen::serve(listener, router, listening, async { drop(stopped.await) }));
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream
        .write_all(format!("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n").as_bytes())
        .await
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    stop.send(()).unwrap();
    assert_eq!(server.await.unwrap(), Drained::All);
    answer.rsplit("\r\n\r\n").next().unwrap().to_owned()
}

const CLAIM: &str = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Real-IP: 203.0.113.9\r\nForwarded: for=203.0.113.9\r\n";

#[tokio::test]
async fn a_claim_is_worth_nothing_without_a_named_proxy() {
    assert_eq!(ask(&[], "").await, "local=true encrypted=false secure=true claims=0");
    assert_eq!(ask(&[], CLAIM).await, "local=true encrypted=false secure=false claims=0");
    assert_eq!(ask(&["10.0.0.0/8"], CLAIM).await, "local=true encrypted=false secure=false claims=0");
}

#[tokio::test]
async fn a_named_proxy_is_believed() {
    assert_eq!(ask(&["127.0.0.0/8"], CLAIM).await, "local=false encrypted=true secure=true claims=0");
    let plain = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: http\r\n";
    assert_eq!(ask(&["127.0.0.0/8"], plain).await, "local=false encrypted=false secure=false claims=0");
    // What the person wrote stands before what the proxy added.
    let forged = "X-Forwarded-For: 203.0.113.9, 127.0.0.1\r\nX-Forwarded-Proto: https, http\r\n";
    assert_eq!(ask(&["127.0.0.1/32"], forged).await, "local=false encrypted=false secure=false claims=0");
}

#[tokio::test]
async fn plain_http_needs_loopback_or_a_named_proxy() {
    let everywhere = SocketAddr::from(([0, 0, 0, 0], 0));
    assert!(matches!(Listening::default().check(everywhere), Err(ListenError::PlainHttp { .. })));
    assert!(Listening::default().check(SocketAddr::from(([127, 0, 0, 1], 0))).is_ok());
    let proxies = TrustedProxies::new(vec!["10.0.0.0/8".parse().unwrap()]);
    assert!(Listening { proxies, ..Listening::default() }.check(everywhere).is_ok());
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let limits = Limits { request: Duration::from_millis(100), ..Limits::default() };
    let listener = listen::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/", get(std::future::pending::<String>));
    let server = listen::serve(listener, router, Listening { limits, ..Listening::default() }, std::future::pending());
    let server = tokio::spawn(server);
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    server.abort();
}
