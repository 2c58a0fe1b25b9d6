//! The takedown notice as a file: an independent parser reads it, and nothing that was typed becomes a header.

use mail_parser::{MessageParser, MimeHeaders};
use papers::{
    Case, Paper, Values,
    takedown::{self, NoticeError},
};
use proptest::prelude::*;
use vocabulary::Lang;

fn case() -> Case {
    serde_json::from_str(r#"{"facts": {"harm": "defamation", "age": "25_59"}, "now": 1795660200}"#).expect("a case")
}

fn values() -> Values {
    [
        ("platform", "facebook"),
        ("harm", "Bôi nhọ, vu khống bằng bài viết và bình luận công khai trong nhiều nhóm lớn, kéo dài nhiều tháng"),
        ("links", "https://xau.example/bai/1\r\nhttps://xau.example/bai/2?x=ấ\n\n"),
        ("reason", "Bài viết bịa chuyện về một phụ nữ.\nNgười đó không đồng ý."),
        ("name", "Tổng đài Bình Minh"),
        ("email", "truc@binh-minh.vn"),
        ("good_faith", "yes"),
    ]
    .into_iter()
    .map(|(code, value)| (code.to_owned(), value.to_owned()))
    .collect()
}

fn letter(values: &Values, lang: Lang) -> Result<String, NoticeError> {
    takedown::letter(Paper::by_code("takedown").expect("a paper"), values, &case(), lang)
}

#[test]
fn another_program_reads_subject_sender_links_and_good_faith() {
    let file = letter(&values(), Lang::Vi).unwrap();
    assert!(file.lines().all(|line| line.len() <= 78 && line.is_ascii()), "{file}");
    let read = MessageParser::new().parse(file.as_bytes()).unwrap();
    let subject = read.subject().unwrap();
    assert_eq!(subject, format!("Yêu cầu gỡ nội dung: {}", values()["harm"]));
    let from = read.from().and_then(|from| from.first()).unwrap();
    assert_eq!((from.name(), from.address()), (Some("Tổng đài Bình Minh"), Some("truc@binh-minh.vn")));
    assert_eq!(read.date().unwrap().to_rfc3339(), "2026-11-26T09:30:00+07:00");
    assert!(read.to().is_none(), "no address is made up");
    assert_eq!((read.attachment_count(), read.parts.len()), (0, 1));
    assert_eq!(read.parts[0].content_type().and_then(|kind| kind.attribute("charset")), Some("utf-8"));
    let text = read.body_text(0).unwrap();
    for line in ["https://xau.example/bai/1", "https://xau.example/bai/2?x=ấ", "Người đó không đồng ý.", "thiện chí"]
    {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let english = letter(&values(), Lang::En).unwrap();
    let english = MessageParser::new().parse(english.as_bytes()).unwrap().body_text(0).unwrap().into_owned();
    assert!(english.contains("bona fide belief"), "{english}");
}

#[test]
fn what_article_16_asks_for_must_be_there() {
    let without = |code: &str| {
        let mut values = values();
        values.remove(code);
        letter(&values, Lang::Vi)
    };
    assert_eq!(without("links"), Err(NoticeError::NoLink));
    assert_eq!(without("reason"), Err(NoticeError::NoReason));
    assert_eq!(without("name"), Err(NoticeError::NoName));
    assert_eq!(without("good_faith"), Err(NoticeError::NoGoodFaith));
    assert!(matches!(without("email"), Err(NoticeError::Address(_))));
    for lang in Lang::ALL {
        assert!(!NoticeError::Link(2).message(*lang).is_empty());
    }
}

#[test]
fn a_line_break_in_a_link_or_a_name_is_refused() {
    let with = |code: &str, value: &str| {
        let mut values = values();
        values.insert(code.to_owned(), value.to_owned());
        letter(&values, Lang::Vi)
    };
    assert_eq!(with("links", "https://a.example/\rBcc: x@y.vn"), Err(NoticeError::Link(1)));
    assert_eq!(with("links", "https://a.example/\r\nBcc: x@y.vn"), Err(NoticeError::Link(2)));
    assert_eq!(with("links", "https://a.example/ javascript:alert(1)"), Err(NoticeError::Link(1)));
    assert_eq!(with("links", "javascript:alert(1)"), Err(NoticeError::Link(1)));
    assert_eq!(with("name", "Lan\r\nBcc: x@y.vn"), Err(NoticeError::Control("name")));
    assert_eq!(with("harm", "a\nSubject: b"), Err(NoticeError::Control("harm")));
    assert!(matches!(with("email", "a@b.vn>\r\nBcc: <x@y.vn"), Err(NoticeError::Control("email"))));
    assert!(matches!(with("address", "a@b.vn, x@y.vn"), Err(NoticeError::Address(_))));
    assert!(with("address", "abuse@xau.example").unwrap().contains("\r\nTo: abuse@xau.example\r\n"));
    assert_eq!(with("platform", "hotline"), Err(NoticeError::OnlyHotline));
    let many = "https://a.example/x\n".repeat(takedown::LINKS + 1);
    assert_eq!(with("links", &many), Err(NoticeError::TooManyLinks));
}

#[test]
fn sexual_material_of_a_child_never_becomes_a_letter() {
    let case: Case = serde_json::from_str(r#"{"facts": {"harm": "child_sexual_material"}}"#).unwrap();
    let paper = Paper::by_code("takedown").unwrap();
    assert_eq!(takedown::letter(paper, &values(), &case, Lang::Vi), Err(NoticeError::OnlyHotline));
    // Who reports it need not say who she is.
    let mut values = values();
    values.remove("name");
    values.insert("platform".into(), "hotline".into());
    assert_eq!(takedown::check(&values), Ok(()));
}

proptest! {
    #[test]
    fn whatever_is_typed_there_are_no_other_headers(name in "\\PC{0,80}|[\r\n:a-z ]{0,40}", harm in "\\PC{0,300}|[\r\n:a-z ]{0,40}", reason in "(?s).{0,300}", links in "(?s).{0,80}") {
        let mut values = values();
        values.insert("name".into(), name);
        values.insert("harm".into(), harm);
        values.insert("reason".into(), reason);
        if let Ok(file) = letter(&values, Lang::Vi) {
            let head = file.split("\r\n\r\n").next().unwrap();
            let names: Vec<_> = head.lines().filter(|line| !line.starts_with(' ')).filter_map(|line| line.split(':').next()).collect();
            prop_assert_eq!(names, ["Date", "From", "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "X-Unsent"]);
            let read = MessageParser::new().parse(file.as_bytes()).unwrap();
            prop_assert_eq!(read.from().and_then(|from| from.first()).and_then(|from| from.address()), Some("truc@binh-minh.vn"));
        }
        values.insert("links".into(), links);
        let _ = letter(&values, Lang::En);
    }
}
