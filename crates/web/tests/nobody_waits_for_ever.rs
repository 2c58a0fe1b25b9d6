//! A request that comes too slowly is ended with an answer that says so: a problem for a program, a page for a person.

mod http;

use http::{Answer, Server};
use std::time::Duration;
use web::listen::Limits;

/// The body is announced and never sent.
async fn stall(server: &Server, path: &str, kind: &str) -> Answer {
    let head = [("content-type", kind), ("content-length", "1000"), ("accept-language", "en")];
    server.send("POST", path, &head, b"").await
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_request_that_takes_too_long() {
    let limits = Limits { request: Duration::from_millis(200), ..Limits::default() };
    let server = Server::with_limits(limits).await;
    let problem = stall(&server, "/api/v1/check", JSON).await;
    assert_eq!((problem.status, problem.header("content-type").as_str()), (408, "application/problem+json"));
    assert_eq!(problem.json()["code"], "timed_out");
    assert_eq!(problem.json()["title"], "The request took too long, send it again");
    let page = stall(&server, "/en/check", FORM).await;
    assert_eq!(page.status, 408);
    assert!(page.text().contains("It took too long") && page.text().contains("tel:113"));
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_body_that_stops_coming() {
    let limits = Limits { body: Duration::from_millis(200), ..Limits::default() };
    let server = Server::with_limits(limits).await;
    let problem = stall(&server, "/api/v1/check", JSON).await;
    assert_eq!((problem.status, problem.json()["code"].as_str()), (408, Some("timed_out")));
    assert_eq!(stall(&server, "/en/check", FORM).await.status, 400);
}
