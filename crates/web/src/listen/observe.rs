//! What is written down about a request: method, route as a pattern, status, time. Never a path, a query, an address.

use axum::{
    extract::{MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
};
use std::time::Instant;

/// Counts and logs one answer.
pub(super) async fn observe(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = known_method(request.method());
    // The pattern (`/help/{service}`), so that nothing somebody typed into an address is kept.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("none", MatchedPath::as_str).to_owned();
    let status = response.status().as_u16();
    let took = began.elapsed();
    let labels = [("method", method.to_owned()), ("route", route.clone()), ("status", status.to_string())];
    metrics::counter!("haidang_http_requests_total", &labels).increment(1);
    metrics::histogram!("haidang_http_request_duration_seconds", "route" => route.clone()).record(took.as_secs_f64());
    tracing::debug!(method, route, status, micros = took.as_micros() as u64, "answered");
    response
}

/// Anybody can invent a method; a label must not grow with it.
fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
