//! What an organisation's card shows, field by field: its flag, what it means, and what is wrong with a value.

use super::questions;
use casework::{
    office::is_address,
    parse_hours,
    retention::{LEAST_DAYS, MOST_DAYS},
};
use store::OrganisationRecord;
use vocabulary::{Lang, OrganisationKind, Province};

/// One thing that can be said of an organisation.
pub struct Field {
    pub flag: &'static str,
    /// Without it there is no card.
    pub needed: bool,
    meaning: [&'static str; 2],
    put: fn(&mut OrganisationRecord, &str, Lang) -> Result<(), String>,
}

impl Field {
    pub const fn meaning(&self, lang: Lang) -> &'static str {
        lang.pick(self.meaning[0], self.meaning[1])
    }

    /// Writes it into the record, or says what is wrong with it.
    pub fn put(&self, record: &mut OrganisationRecord, value: &str, lang: Lang) -> Result<(), String> {
        (self.put)(record, value.trim(), lang).map_err(|why| format!("--{}: {why}", self.flag))
    }
}

/// Every field, in the order in which help shows them. `--kind` stands apart: it never changes.
pub static FIELDS: &[Field] = &[
    Field {
        flag: "name-vi",
        needed: true,
        meaning: ["Tên tiếng Việt, như người cần giúp đọc", "Vietnamese name, as a person in need reads it"],
        put: |record, value, lang| {
            if value.is_empty() {
                return Err(lang.pick("phải có tên", "there must be a name").into());
            }
            line(&mut record.card.name.vi, value, 120, lang)
        },
    },
    Field {
        flag: "name-en",
        needed: false,
        meaning: ["Tên tiếng Anh", "English name"],
        put: |record, value, lang| line(&mut record.card.name.en, value, 120, lang),
    },
    Field {
        flag: "about-vi",
        needed: false,
        meaning: ["Nơi này làm gì, một hai câu (tiếng Việt)", "What it does, in a sentence or two (Vietnamese)"],
        put: |record, value, lang| line(&mut record.card.about.vi, value, 600, lang),
    },
    Field {
        flag: "about-en",
        needed: false,
        meaning: ["Nơi này làm gì (tiếng Anh)", "What it does (English)"],
        put: |record, value, lang| line(&mut record.card.about.en, value, 600, lang),
    },
    Field {
        flag: "law-vi",
        needed: false,
        meaning: [
            "Luật buộc nơi này báo cho ai, khi nào (tiếng Việt); bỏ trống nếu không có",
            "Whom the law makes it tell, and when (Vietnamese); leave out if nobody",
        ],
        put: |record, value, lang| line(&mut record.card.told_by_law.vi, value, 600, lang),
    },
    Field {
        flag: "law-en",
        needed: false,
        meaning: ["Luật buộc nơi này báo cho ai (tiếng Anh)", "Whom the law makes it tell (English)"],
        put: |record, value, lang| line(&mut record.card.told_by_law.en, value, 600, lang),
    },
    Field {
        flag: "hours",
        needed: false,
        meaning: [
            "Giờ có người trả lời: always, hoặc \"mon-fri 08:00-17:00, sat 08:00-11:30\" (giờ Việt Nam)",
            "When somebody answers: always, or \"mon-fri 08:00-17:00, sat 08:00-11:30\" (Vietnam's time)",
        ],
        put: |record, value, lang| {
            parse_hours(value).map_err(|why| match lang {
                Lang::Vi => format!("`{value}` không đọc được; viết như: mon-fri 08:00-17:00, sat 08:00-11:30"),
                Lang::En => why.to_string(),
            })?;
            value.clone_into(&mut record.card.hours);
            Ok(())
        },
    },
    Field {
        flag: "provinces",
        needed: false,
        meaning: [
            "Mã các tỉnh, thành nơi này phục vụ, cách nhau bằng dấu phẩy; bỏ trống là cả nước",
            "Codes of the provinces it serves, separated by commas; empty means everywhere",
        ],
        put: provinces,
    },
    Field {
        flag: "questions",
        needed: false,
        meaning: [
            "Tệp TOML có các câu hỏi riêng của nơi này, hỏi ở cuối báo cáo (docs/desk.md); - là bỏ hết",
            "TOML file with its own questions, asked at the end of a report (docs/desk.md); - means none",
        ],
        put: |record, value, lang| {
            record.questions = questions::read(value, lang)?;
            Ok(())
        },
    },
    Field {
        flag: "retention-days",
        needed: false,
        meaning: [
            "Giữ báo cáo bao nhiêu ngày sau lần viết cuối, từ 60; - là giữ tới khi có người xoá",
            "How many days it keeps a report after the last entry, from 60; - means until somebody erases it",
        ],
        put: |record, value, lang| {
            let range = LEAST_DAYS..=MOST_DAYS;
            record.retention_days = match value {
                "-" => None,
                days => Some(days.parse().ok().filter(|days| range.contains(days)).ok_or_else(|| match lang {
                    Lang::Vi => format!("phải là số ngày từ {LEAST_DAYS} đến {MOST_DAYS}, hoặc -"),
                    Lang::En => format!("must be a number of days from {LEAST_DAYS} to {MOST_DAYS}, or -"),
                })?),
            };
            Ok(())
        },
    },
    Field {
        flag: "notice-email",
        needed: false,
        meaning: [
            "Địa chỉ thư nhận tin \"có việc mới\" (không bao giờ có nội dung)",
            "Address that is told \"something new\" (never what)",
        ],
        put: |record, value, lang| {
            record.notices.email = if value.is_empty() { None } else { Some(email(value, lang)?) };
            Ok(())
        },
    },
    Field {
        flag: "webhook-url",
        needed: false,
        meaning: [
            "Địa chỉ https nhận lệnh gọi có chữ ký \"có việc mới\" (không bao giờ có nội dung)",
            "https address that gets a signed call \"something new\" (never what)",
        ],
        put: |record, value, lang| {
            record.notices.webhook_url = if value.is_empty() { None } else { Some(webhook(value, lang)?) };
            Ok(())
        },
    },
];

/// A short stable word for the organisation.
pub fn id(value: &str, lang: Lang) -> Result<String, String> {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let good = (1..=40).contains(&value.len()) && value.bytes().all(fits) && !value.starts_with('-');
    // Both stand where an organisation's id could: an author, a holder of a grant.
    if good && !["person", "receipt"].contains(&value) {
        return Ok(value.to_owned());
    }
    Err(match lang {
        Lang::Vi => format!("--id: `{value}` không dùng được; tối đa 40 chữ a-z, số và dấu -, ví dụ truong-le-loi"),
        Lang::En => format!("--id: `{value}` can't be used; at most 40 of a-z, digits and -, such as truong-le-loi"),
    })
}

/// What kind of organisation it is.
pub fn kind(value: &str, lang: Lang) -> Result<OrganisationKind, String> {
    value.parse().map_err(|_| {
        let all = OrganisationKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(", ");
        match lang {
            Lang::Vi => format!("--kind: không có loại `{value}`; chọn một trong: {all}"),
            Lang::En => format!("--kind: there is no kind `{value}`; choose one of: {all}"),
        }
    })
}

fn line(into: &mut String, value: &str, most: usize, lang: Lang) -> Result<(), String> {
    let letters = value.chars().count();
    if letters > most || value.contains(char::is_control) {
        return Err(match lang {
            Lang::Vi => format!("phải là một dòng, tối đa {most} chữ cái (ở đây {letters})"),
            Lang::En => format!("must be one line of at most {most} letters (here {letters})"),
        });
    }
    value.clone_into(into);
    Ok(())
}

fn provinces(record: &mut OrganisationRecord, value: &str, lang: Lang) -> Result<(), String> {
    let codes: Vec<&str> = value.split([',', ' ']).filter(|code| !code.is_empty()).collect();
    let unknown: Vec<&str> = codes.iter().copied().filter(|code| Province::by_code(code).is_none()).collect();
    if !unknown.is_empty() {
        let unknown = unknown.join(", ");
        return Err(match lang {
            Lang::Vi => format!("không có mã tỉnh {unknown}; mã hai chữ số theo Quyết định 19/2025/QĐ-TTg, ví dụ 01"),
            Lang::En => {
                format!("no province has the code {unknown}; two digits as in Decision 19/2025/QĐ-TTg, such as 01")
            }
        });
    }
    record.card.provinces = codes.into_iter().map(str::to_owned).collect();
    Ok(())
}

fn email(value: &str, lang: Lang) -> Result<String, String> {
    if is_address(value) {
        return Ok(value.to_owned());
    }
    Err(match lang {
        Lang::Vi => format!("`{value}` không phải địa chỉ thư, ví dụ truc@haidang.example"),
        Lang::En => format!("`{value}` is not an address, such as duty@haidang.example"),
    })
}

/// Plain HTTP only within this machine.
fn webhook(value: &str, lang: Lang) -> Result<String, String> {
    let rest = value.strip_prefix("https://").or_else(|| {
        let rest = value.strip_prefix("http://")?;
        let host = rest.split(['/', '?']).next().unwrap_or_default();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        ["127.0.0.1", "localhost", "[::1]"].contains(&name).then_some(rest)
    });
    let fits = |b: u8| b.is_ascii_graphic() && !b"\"'<>\\^`{|}@#".contains(&b);
    if rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(fits)) && value.len() <= 500 {
        return Ok(value.to_owned());
    }
    Err(match lang {
        Lang::Vi => format!("`{value}` phải là https://… (http:// chỉ trong máy này), không kèm tên và mật khẩu"),
        Lang::En => {
            format!("`{value}` must be https://… (http:// only within this machine), without name and password")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_short_word_that_means_nothing_else() {
        assert!(id("111", Lang::En).is_ok() && id("truong-le-loi", Lang::En).is_ok());
        for wrong in ["", "Trường", "a b", "-a", "receipt", "person", &"a".repeat(41)] {
            assert!(id(wrong, Lang::Vi).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_webhook_is_reached_by_https_or_within_this_machine() {
        for good in ["https://a.example/x?y=1", "http://127.0.0.1:9000/", "http://localhost/x", "http://[::1]:80/"] {
            assert!(webhook(good, Lang::En).is_ok(), "{good}");
        }
        for wrong in ["http://a.example/", "ftp://x", "https://", "https://u:p@a.example", "http://localhost.evil/"] {
            assert!(webhook(wrong, Lang::En).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_address_is_one_address() {
        assert!(email("truc@haidang.example", Lang::En).is_ok());
        for wrong in ["truc", "a@b", "@a.example", "a@b@c.example", "a b@c.example", "a@c.example, d@e.example"] {
            assert!(email(wrong, Lang::Vi).is_err(), "{wrong}");
        }
    }
}
