//! What every answer tells the browser to refuse.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use std::sync::LazyLock;

/// No script or style inside a page, nothing from elsewhere, nobody may frame it. `wasm-unsafe-eval` lets the
/// recogniser run and nothing else.
const CONTENT_SECURITY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self'; connect-src 'self'; worker-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types haidang";

const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), \
    encrypted-media=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), \
    xr-spatial-tracking=()";

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

static ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("x-dns-prefetch-control"), "off"),
];

/// Adds the headers; what says nothing about keeping is not kept: a page on the disk is a trace.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    finish(&mut response);
    response
}

/// The same for an answer that was not made inside the router.
pub(crate) fn finish(response: &mut Response) {
    let headers = response.headers_mut();
    for (name, value) in &ALWAYS {
        // Only the frame for files (`pages::viewer`) and its two assets bring some of their own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(PERMISSIONS_POLICY).or_insert(HeaderValue::from_static(PERMISSIONS));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// For a document in which the report may stand: she may speak instead of write, if she lets the browser listen. The
/// page of the check is one of them, because the report takes its place in the same document.
pub(crate) fn may_listen(mut response: Response) -> Response {
    static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
        HeaderValue::try_from(PERMISSIONS.replace("microphone=()", "microphone=(self)")).expect("it stays ASCII")
    });
    response.headers_mut().insert(PERMISSIONS_POLICY, POLICY.clone());
    response
}
