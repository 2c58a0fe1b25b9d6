//! Who reads, as the page hands it in.

use guidance::Reader;
use serde::Deserialize;
use vocabulary::{AgeBand, Asker, Audience, Lang, Province, directory::Moment};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Options<'a> {
    lang: &'a str,
    audience: &'a str,
    age: &'a str,
    province: &'a str,
    now: f64,
}

/// A wrong option must not cost her the answer: it falls back to what is true of everybody.
pub(crate) fn reader(json: &str) -> Reader {
    let options: Options<'_> = serde_json::from_str(json).unwrap_or_default();
    let asker = Asker::default();
    Reader {
        lang: options.lang.parse().unwrap_or(Lang::Vi),
        asker: Asker {
            audience: options.audience.parse::<Audience>().unwrap_or(asker.audience),
            age: options.age.parse::<AgeBand>().unwrap_or(asker.age),
        },
        province: Province::by_code(options.province),
        now: Moment::from_unix_seconds(options.now as i64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_option_falls_back() {
        let reader = reader(r#"{"lang":"en","audience":"nobody","age":"12_15","province":"99"}"#);
        assert_eq!(reader.lang, Lang::En);
        assert_eq!(reader.asker, Asker { audience: Audience::Self_, age: AgeBand::From12To15 });
        assert!(reader.province.is_none());
        assert_eq!(super::reader("no json").lang, Lang::Vi);
    }
}
