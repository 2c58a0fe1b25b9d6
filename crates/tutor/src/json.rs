//! JSON as far as lessons and answers need it: objects, lists, texts, whole numbers. A reader for every kind of number and
//! type would weigh a third of all that a learner downloads before she can begin.

use std::fmt::{self, Write};

/// Deeper than any lesson is; what is nested deeper is refused, so that no input exhausts the stack.
const DEEPEST: u8 = 32;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(u64),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

impl Json {
    /// None where it isn't JSON, or holds a number that isn't whole or is below 0.
    pub fn read(text: &str) -> Option<Self> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(DEEPEST)?;
        reader.blanks();
        (reader.at == text.len()).then_some(value)
    }

    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Map(pairs) = self else { return None };
        pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub fn list(&self) -> Option<&[Self]> {
        if let Self::List(list) = self { Some(list) } else { None }
    }

    /// None also where it doesn't fit into what is asked for.
    pub fn number<T: TryFrom<u64>>(&self) -> Option<T> {
        if let Self::Number(number) = self { T::try_from(*number).ok() } else { None }
    }

    pub fn bool(&self) -> Option<bool> {
        if let Self::Bool(bool) = self { Some(*bool) } else { None }
    }

    /// A list of whole numbers.
    pub fn numbers(&self) -> Option<Vec<usize>> {
        self.list()?.iter().map(Self::number).collect()
    }

    pub fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::List(texts.into_iter().map(Self::from).collect())
    }

    pub fn map<const N: usize>(pairs: [(&str, Self); N]) -> Self {
        Self::Map(pairs.map(|(name, value)| (name.to_owned(), value)).into())
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<usize> for Json {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl FromIterator<Json> for Json {
    fn from_iter<I: IntoIterator<Item = Self>>(list: I) -> Self {
        Self::List(list.into_iter().collect())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(bool) => write!(f, "{bool}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => quoted(f, text),
            Self::List(list) => {
                for (at, value) in list.iter().enumerate() {
                    write!(f, "{}{value}", if at == 0 { '[' } else { ',' })?;
                }
                f.write_str(if list.is_empty() { "[]" } else { "]" })
            }
            Self::Map(pairs) => {
                for (at, (name, value)) in pairs.iter().enumerate() {
                    f.write_char(if at == 0 { '{' } else { ',' })?;
                    quoted(f, name)?;
                    write!(f, ":{value}")?;
                }
                f.write_str(if pairs.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for letter in text.chars() {
        match letter {
            '"' | '\\' => write!(f, "\\{letter}")?,
            '\0'..='\u{1f}' => write!(f, "\\u{:04x}", u32::from(letter))?,
            _ => f.write_char(letter)?,
        }
    }
    f.write_char('"')
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Goes past this, where it stands here.
    fn past(&mut self, wanted: &str) -> Option<()> {
        self.text.as_bytes().get(self.at..)?.starts_with(wanted.as_bytes()).then(|| self.at += wanted.len())
    }

    fn value(&mut self, depth: u8) -> Option<Json> {
        let depth = depth.checked_sub(1)?;
        self.blanks();
        match self.peek()? {
            b'n' => self.past("null").map(|()| Json::Null),
            b't' => self.past("true").map(|()| Json::Bool(true)),
            b'f' => self.past("false").map(|()| Json::Bool(false)),
            b'"' => self.quoted().map(Json::Text),
            b'[' => self.each(']', |reader| reader.value(depth)).map(Json::List),
            b'{' => {
                let pair = |reader: &mut Self| {
                    reader.blanks();
                    let name = reader.quoted()?;
                    reader.blanks();
                    reader.past(":")?;
                    Some((name, reader.value(depth)?))
                };
                self.each('}', pair).map(Json::Map)
            }
            _ => self.number(),
        }
    }

    /// What stands between brackets, with commas between.
    fn each<T>(&mut self, end: char, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.at += 1;
        let mut all = Vec::new();
        self.blanks();
        if self.peek() == Some(end as u8) {
            self.at += 1;
            return Some(all);
        }
        loop {
            all.push(one(self)?);
            self.blanks();
            let next = self.peek()?;
            self.at += 1;
            match next {
                b',' => {}
                _ if next == end as u8 => return Some(all),
                _ => return None,
            }
        }
    }

    fn number(&mut self) -> Option<Json> {
        let digits = self.text.get(self.at..)?;
        let end = digits.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
        let digits = &digits[..end];
        self.at += end;
        // A zero ahead is no JSON; and what goes on as a fraction ends here, so that whoever asked meets a dot and refuses.
        (digits.len() == 1 || !digits.starts_with('0')).then(|| digits.parse().ok().map(Json::Number))?
    }

    fn quoted(&mut self) -> Option<String> {
        self.past("\"")?;
        let mut text = String::new();
        loop {
            let plain = self.text.get(self.at..)?;
            let end = plain.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
            text.push_str(&plain[..end]);
            self.at += end;
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(text);
                }
                b'\\' => text.push(self.escaped()?),
                _ => return None,
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let kind = *self.text.as_bytes().get(self.at + 1)?;
        self.at += 2;
        Some(match kind {
            b'"' | b'\\' | b'/' => kind as char,
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.four()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first);
                }
                self.past("\\u")?;
                let low = self.four()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                return char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + low);
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn four(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
    }
}

#[cfg(test)]
mod tests {
    use super::Json;
    use proptest::prelude::*;
    use serde_json::Value;

    fn whole_numbers_only() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from)
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            let pairs = proptest::collection::btree_map(any::<String>(), inner.clone(), 0..6);
            prop_oneof![
                proptest::collection::vec(inner, 0..6).prop_map(Value::from),
                pairs.prop_map(|pairs| Value::Object(pairs.into_iter().collect()))
            ]
        })
    }

    proptest! {
        /// Compared with a reader that the world uses.
        #[test]
        fn what_is_written_is_read_as_others_read_it(value in whole_numbers_only()) {
            let read = Json::read(&value.to_string()).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Value>(&read.to_string()).unwrap(), &value);
            let pretty = serde_json::to_string_pretty(&value).unwrap();
            prop_assert_eq!(Json::read(&pretty), Some(read));
        }

        /// Whatever is read here is JSON for others, and nothing breaks it.
        #[test]
        fn what_others_refuse_is_refused(text in r#"[\[\]{}",:\\u0-9a-fntrels. +-]{0,24}|\PC{0,16}"#) {
            if Json::read(&text).is_some() {
                prop_assert!(serde_json::from_str::<Value>(&text).is_ok(), "{}", text);
            }
        }
    }

    #[test]
    fn escapes_are_read_and_half_ones_refused() {
        assert_eq!(Json::read(r#""\ud83d\ude42\u0111\n""#), Some("🙂đ\n".into()));
        for half in [
            r#""\ud83d""#,
            r#""\ud83d\u0041""#,
            r#""\u+123""#,
            r#""\x""#,
            "\"\n\"",
            "\"",
            "01",
            "1.5",
            "-1",
            "1e3",
            "[1,]",
            "{\"a\"}",
            "[1] 2",
            "",
        ] {
            assert_eq!(Json::read(half), None, "{half}");
        }
        assert_eq!(Json::read(&"[".repeat(100_000)), None, "no input exhausts the stack");
    }
}
