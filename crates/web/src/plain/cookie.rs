//! The key of a draft or a visit, in the one place where it is kept: a cookie of her browser, for this page alone, gone
//! when the browser is closed.

use axum::http::{HeaderMap, HeaderValue, header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use seal::Key;
use zeroize::Zeroizing;

/// Where a cookie belongs.
pub(crate) struct Cookie {
    /// Says nothing about what it is for.
    name: &'static str,
    path: String,
    /// Whether the way to the browser is encrypted: on loopback it may not be.
    encrypted: bool,
}

impl Cookie {
    pub const fn new(name: &'static str, path: String, encrypted: bool) -> Self {
        Self { name, path, encrypted }
    }

    /// The key that the browser sent.
    pub fn read(&self, headers: &HeaderMap) -> Option<Key> {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let (_, text) = pairs.find(|(name, _)| *name == self.name)?;
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
        bytes.as_slice().try_into().ok().map(Key::from_bytes)
    }

    /// Hands the key to the browser, for as long as it is open.
    pub fn set(&self, key: &Key) -> HeaderValue {
        let text = Zeroizing::new(URL_SAFE_NO_PAD.encode(key.expose()));
        let mut value = self.value(&text, "");
        value.set_sensitive(true);
        value
    }

    /// Takes it away.
    pub fn clear(&self) -> HeaderValue {
        self.value("", "; Max-Age=0")
    }

    fn value(&self, text: &str, more: &str) -> HeaderValue {
        let secure = if self.encrypted { "; Secure" } else { "" };
        let cookie = format!("{}={text}; Path={}; HttpOnly; SameSite=Strict{secure}{more}", self.name, self.path);
        HeaderValue::try_from(cookie).expect("base64 and our own paths are a header")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_from_its_cookie_and_nothing_else_does() {
        let cookie = Cookie::new("p", "/vi/ask/plain".into(), true);
        let key = Key::from_bytes([7; 32]);
        let set = cookie.set(&key);
        let set = set.to_str().unwrap();
        assert!(set.ends_with("; Path=/vi/ask/plain; HttpOnly; SameSite=Strict; Secure"), "{set}");
        let shown = |line: &str| HeaderMap::from_iter([(header::COOKIE, HeaderValue::try_from(line).unwrap())]);
        assert_eq!(cookie.read(&shown(&format!("x=1; {}", set.split(';').next().unwrap()))), Some(key));
        for wrong in ["p=", "p=AAAA", "q=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "p"] {
            assert_eq!(cookie.read(&shown(wrong)), None, "{wrong}");
        }
        assert!(cookie.clear().to_str().unwrap().contains("Max-Age=0"));
    }
}
