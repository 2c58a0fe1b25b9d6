//! What the browser fetches once: embedded, named by content, squeezed at build time.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use sha2::{Digest, Sha256};

pub(crate) struct Asset {
    path: &'static str,
    /// Of the plain bytes, in hexadecimal.
    sha256: &'static str,
    mime: &'static str,
    plain: &'static [u8],
    br: &'static [u8],
    gz: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");

/// What a phone that keeps the page takes in, in megabytes with one decimal.
pub(crate) fn kept_megabytes() -> String {
    let bytes: usize = ASSETS.iter().filter(|asset| asset.mime != "image/png").map(|asset| asset.br.len()).sum();
    format!("{:.1}", bytes as f64 / 1e6)
}

/// Where the list of all assets with their hashes lies, the same address on every server.
pub(crate) const SUMS: &str = "/assets/SHA256SUMS";

/// SHA-256 and address of every asset, as `sha256sum` writes them, sorted by name.
///
/// Pages hold no script of their own, so this is all of our code that a browser runs. Built twice from the same commit,
/// on whatever machine, it is the same (`docs/assets.md`).
pub fn sums() -> String {
    ASSETS.iter().map(|asset| format!("{}  {}\n", asset.sha256, asset.path)).collect()
}

/// One hash over all of them: the SHA-256 of [`sums`], in hexadecimal.
pub fn total() -> String {
    Sha256::digest(sums()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The list, for whoever compares.
pub(crate) async fn serve_sums() -> Response {
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    ([kind, (header::CACHE_CONTROL, ASK_EACH_TIME)], sums()).into_response()
}

/// Answers `/a/<hash>/<name>` and `/sw.js`.
pub(crate) async fn serve(request: Request) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.path == request.uri().path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (bytes, encoding) = match best_encoding(request.headers()) {
        Encoding::Brotli => (asset.br, Some("br")),
        Encoding::Gzip => (asset.gz, Some("gzip")),
        Encoding::Plain => (asset.plain, None),
    };
    let keep = if asset.path == SW_JS { ASK_EACH_TIME } else { FOR_EVER };
    let mut response = answer(Bytes::from_static(bytes), encoding, asset.mime, keep);
    // The frame for files has no origin, so for it these two come from elsewhere.
    if [VIEWER_CSS, VIEWER_JS].contains(&asset.path) {
        let name = HeaderName::from_static("cross-origin-resource-policy");
        response.headers_mut().insert(name, HeaderValue::from_static("cross-origin"));
    }
    response
}

/// A file that changes while the server runs, squeezed when it changes and not for each request.
pub(crate) struct Squeezed {
    plain: Bytes,
    br: Bytes,
    etag: HeaderValue,
}

impl Squeezed {
    pub fn new(plain: Vec<u8>) -> Self {
        let mut br = Vec::new();
        // Quality 5: some ms for a directory, so that the first answer of a fresh server isn't late.
        let params = brotli::enc::BrotliEncoderParams { quality: 5, size_hint: plain.len(), ..Default::default() };
        brotli::BrotliCompress(&mut &plain[..], &mut br, &params).expect("memory takes every write");
        let etag = format!("\"{:08x}-{}\"", fingerprint(&plain), plain.len());
        Self { plain: plain.into(), br: br.into(), etag: HeaderValue::try_from(etag).expect("hexadecimal is a header") }
    }

    pub fn answer(&self, headers: &HeaderMap, mime: &'static str) -> Response {
        if headers.get(header::IF_NONE_MATCH) == Some(&self.etag) {
            return (StatusCode::NOT_MODIFIED, [(header::ETAG, self.etag.clone())]).into_response();
        }
        let mut response = match best_encoding(headers) {
            Encoding::Brotli => answer(self.br.clone(), Some("br"), mime, ASK_EACH_TIME),
            Encoding::Gzip | Encoding::Plain => answer(self.plain.clone(), None, mime, ASK_EACH_TIME),
        };
        response.headers_mut().insert(header::ETAG, self.etag.clone());
        response
    }
}

/// FNV-1a: only to tell one version of a public file from the next.
fn fingerprint(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

fn best_encoding(headers: &HeaderMap) -> Encoding {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let takes = |name: &str| {
        accepted.split(',').map(|part| part.trim().split_once(';').unwrap_or((part.trim(), ""))).any(
            |(coding, weight)| {
                let weight = weight.trim().strip_prefix("q=").map_or(1.0, |q| q.parse().unwrap_or(0.0));
                coding.trim() == name && weight > 0.0
            },
        )
    };
    if takes("br") {
        Encoding::Brotli
    } else if takes("gzip") {
        Encoding::Gzip
    } else {
        Encoding::Plain
    }
}

fn answer(bytes: Bytes, encoding: Option<&'static str>, mime: &'static str, keep: HeaderValue) -> Response {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    headers.insert(header::CACHE_CONTROL, keep);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// How many bytes an asset takes on its way.
#[cfg(test)]
pub(crate) fn squeezed_bytes(path: &str) -> usize {
    ASSETS.iter().find(|asset| asset.path == path).map_or(0, |asset| asset.br.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_is_there_in_three_forms() {
        for asset in ASSETS {
            assert!(!asset.plain.is_empty() && !asset.br.is_empty() && !asset.gz.is_empty(), "{}", asset.path);
        }
    }

    #[test]
    fn the_list_names_every_asset_by_the_hash_of_its_bytes() {
        let sums = sums();
        assert_eq!(sums.lines().count(), ASSETS.len());
        for asset in ASSETS {
            let hash: String = Sha256::digest(asset.plain).iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(sums.contains(&format!("{hash}  {}\n", asset.path)), "{}", asset.path);
            assert!(asset.path == SW_JS || asset.path.contains(&hash[..12]), "{}", asset.path);
        }
    }

    #[test]
    fn an_encoding_that_is_refused_is_not_sent() {
        let headers =
            |value: &'static str| HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]);
        assert!(matches!(best_encoding(&headers("gzip, deflate, br;q=1.0")), Encoding::Brotli));
        assert!(matches!(best_encoding(&headers("br;q=0, gzip")), Encoding::Gzip));
        assert!(matches!(best_encoding(&headers("")), Encoding::Plain));
    }
}
