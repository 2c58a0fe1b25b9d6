//! Which language a request asks for. Vietnamese, unless it clearly prefers English.

use axum::http::{HeaderMap, header};
use vocabulary::Lang;

/// Reads `Accept-Language` (RFC 9110, 12.5.4).
pub(crate) fn preferred(headers: &HeaderMap) -> Lang {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let weight = |lang: Lang| {
        let matching = accepted.split(',').filter_map(|part| {
            let (tag, weight) = part.trim().split_once(";q=").unwrap_or((part.trim(), "1"));
            let primary = tag.split('-').next()?;
            primary.eq_ignore_ascii_case(lang.code()).then(|| weight.trim().parse().unwrap_or(0.0_f32))
        });
        matching.fold(0.0, f32::max)
    };
    if weight(Lang::En) > weight(Lang::Vi) { Lang::En } else { Lang::Vi }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn vietnamese_unless_english_is_preferred() {
        let lang = |value: &'static str| {
            preferred(&HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static(value))]))
        };
        assert_eq!(lang("en-GB,en;q=0.9"), Lang::En);
        assert_eq!(lang("en;q=0.5, vi-VN;q=0.8"), Lang::Vi);
        assert_eq!(lang("fr, de;q=0.3"), Lang::Vi);
        assert_eq!(lang(";;q=x,"), Lang::Vi);
        assert_eq!(preferred(&HeaderMap::new()), Lang::Vi);
    }
}
