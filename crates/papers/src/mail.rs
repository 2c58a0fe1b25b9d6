//! A letter as a file that every mail program opens as a draft: RFC 5322, its headers by RFC 2047, its text as UTF-8 in
//! base64. Nothing can be attached.

use base64::{Engine, prelude::BASE64_STANDARD};
use vocabulary::directory::Moment;

/// The most bytes of a text within one encoded word, so that a line stays under 76 letters (RFC 2047, section 2).
const WORD_BYTES: usize = 45;
/// The most letters of a line of base64 (RFC 2045, section 6.8).
const LINE_LETTERS: usize = 76;
/// The most letters of an e-mail address (RFC 5321, section 4.5.3.1).
const ADDRESS_LETTERS: usize = 254;

/// No address that a letter can go to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no e-mail address")]
pub struct BadAddress(pub String);

/// `name@host.tld` in plain letters: nothing that could end a header or name a second address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address(String);

impl Address {
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let bad = || BadAddress(text.chars().filter(|letter| !letter.is_control()).take(60).collect());
        let (name, host) = text.split_once('@').ok_or_else(bad)?;
        let of_name = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b);
        let of_host = |b: u8| b.is_ascii_alphanumeric() || b".-".contains(&b);
        let dotted = |text: &str| text.split('.').all(|part| !part.is_empty());
        let fits = name.bytes().all(of_name) && host.bytes().all(of_host) && dotted(name) && dotted(host);
        let fits = fits && host.contains('.') && text.len() <= ADDRESS_LETTERS;
        if fits { Ok(Self(text.to_owned())) } else { Err(bad()) }
    }
}

/// What a letter says. Control characters in names and subject are dropped, so none can begin a header.
pub(crate) struct Letter<'a> {
    pub from_name: &'a str,
    pub from: &'a Address,
    pub to: Option<&'a Address>,
    pub subject: &'a str,
    /// Seconds since 1970.
    pub at: i64,
    pub text: &'a str,
}

impl Letter<'_> {
    /// The file. `X-Unsent` makes mail programs open it as a draft.
    pub fn file(&self) -> String {
        let mut out = format!("Date: {}\r\n", date(self.at));
        out += &format!("From: {} <{}>\r\n", header(self.from_name, "From: ".len()), self.from.0);
        if let Some(to) = self.to {
            out += &format!("To: {}\r\n", to.0);
        }
        out += &format!("Subject: {}\r\n", header(self.subject, "Subject: ".len()));
        out += "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\nX-Unsent: 1\r\n\r\n";
        // The lines of a text end as those of a letter do (RFC 2046, section 4.1.1).
        let text = self.text.lines().map(|line| line.to_owned() + "\r\n").collect::<String>();
        let encoded = BASE64_STANDARD.encode(text);
        for line in encoded.as_bytes().chunks(LINE_LETTERS) {
            // Base64 is ASCII: every cut lies between letters.
            out.extend(line.iter().map(|byte| char::from(*byte)));
            out += "\r\n";
        }
        out
    }
}

/// A text as encoded words, each on a line of its own; `after` letters stand before the first.
fn header(text: &str, after: usize) -> String {
    let clean: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let mut words = vec![String::new()];
    for letter in clean.trim().chars() {
        let room = if words.len() == 1 { WORD_BYTES.saturating_sub(after) } else { WORD_BYTES };
        let last = words.last_mut().expect("there is always a last word");
        if last.len() + letter.len_utf8() > room {
            words.push(letter.into());
        } else {
            last.push(letter);
        }
    }
    let encoded = words.iter().map(|word| format!("=?UTF-8?B?{}?=", BASE64_STANDARD.encode(word)));
    encoded.collect::<Vec<_>>().join("\r\n ")
}

/// `Thu, 26 Nov 2026 09:30:00 +0700`.
fn date(seconds: i64) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let moment = Moment::from_unix_seconds(seconds);
    let iso = moment.date().to_string();
    let mut parts = iso.rsplitn(3, '-');
    let (day, month, year) =
        (parts.next().unwrap_or("01"), parts.next().unwrap_or("01"), parts.next().unwrap_or("1970"));
    let month = month.parse::<usize>().ok().and_then(|month| MONTHS.get(month.wrapping_sub(1))).unwrap_or(&"Jan");
    let weekday = DAYS[usize::from(moment.weekday())];
    let (hour, minute, second) = (moment.minute() / 60, moment.minute() % 60, seconds.rem_euclid(60));
    format!("{weekday}, {day} {month} {year} {hour:02}:{minute:02}:{second:02} +0700")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_is_an_address() {
        assert!(Address::parse("truc.ban+1@tong-dai.vn").is_ok());
        for bad in [
            "",
            "a",
            "a@b",
            "a@b.",
            "@b.vn",
            "a b@c.vn",
            "a@b.vn\r\nBcc: x@y.vn",
            "a@b.vn, c@d.vn",
            "<a@b.vn>",
            "ấ@b.vn",
            "a..b@c.vn",
        ] {
            assert!(Address::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_date_is_written_as_letters_have_it() {
        assert_eq!(date(1_795_660_205), "Thu, 26 Nov 2026 09:30:05 +0700");
    }

    #[test]
    fn no_line_of_a_header_is_too_long_and_none_is_cut_within_a_letter() {
        let subject = "Yêu cầu gỡ nội dung: phát tán hình ảnh riêng tư không được đồng ý ".repeat(6);
        let written = header(&subject, "Subject: ".len());
        assert!(written.lines().count() > 5);
        for (at, line) in written.lines().enumerate() {
            let before = if at == 0 { "Subject: ".len() } else { 0 };
            assert!(line.len() + before <= 76, "{line}");
            let word = line.trim().trim_start_matches("=?UTF-8?B?").trim_end_matches("?=");
            assert!(String::from_utf8(BASE64_STANDARD.decode(word).unwrap()).is_ok(), "{line}");
        }
    }
}
