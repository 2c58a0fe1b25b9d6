//! What is known of each link, in plain words. A link is shown, never made clickable.

use crate::phrases;
use recognise::{LinkFinding, LinkReason, LinkVerdict};
use vocabulary::Lang;

/// One link for reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkView {
    /// The host, as it reads.
    pub host: String,
    /// What is known.
    pub verdict: LinkVerdict,
    /// The verdict in words.
    pub name: &'static str,
    /// What follows from it.
    pub note: &'static str,
    /// Whom it belongs to or plays, as a phrase.
    pub brand: Option<String>,
    /// Each reason as a sentence.
    pub reasons: Vec<&'static str>,
}

/// More hosts than anybody reads; the worst are shown.
const MAX_LINKS: usize = 20;

pub(crate) fn view(links: &[LinkFinding], lang: Lang) -> Vec<LinkView> {
    let mut seen = Vec::new();
    let mut worst_first: Vec<&LinkFinding> = links.iter().collect();
    worst_first.sort_by_key(|link| std::cmp::Reverse(link.verdict));
    worst_first.retain(|link| {
        let new = !seen.contains(&link.host.as_str());
        if new {
            seen.push(&link.host);
        }
        new && seen.len() <= MAX_LINKS
    });
    worst_first.into_iter().map(|link| one(link, lang)).collect()
}

fn one(link: &LinkFinding, lang: Lang) -> LinkView {
    let (name, note) = match link.verdict {
        LinkVerdict::KnownGood => (phrases::link_known_good(lang), phrases::link_known_good_note(lang)),
        LinkVerdict::Unknown => (phrases::link_unknown(lang), phrases::link_unknown_note(lang)),
        LinkVerdict::Suspicious => (phrases::link_suspicious(lang), phrases::link_suspicious_note(lang)),
        LinkVerdict::KnownBad => (phrases::link_known_bad(lang), phrases::link_known_bad_note(lang)),
    };
    let owns = link.verdict == LinkVerdict::KnownGood;
    let relation = if owns { phrases::belongs_to(lang) } else { phrases::plays_brand(lang) };
    LinkView {
        host: link.host.chars().take(120).collect(),
        verdict: link.verdict,
        name,
        note,
        brand: link.brand.as_ref().map(|brand| format!("{relation} {brand}")),
        reasons: link.reasons.iter().map(|reason| sentence(*reason, lang)).collect(),
    }
}

fn sentence(reason: LinkReason, lang: Lang) -> &'static str {
    match reason {
        LinkReason::ReportedScam => lang.pick("Đã bị báo là trang lừa đảo.", "Reported as a scam or phishing site."),
        LinkReason::ReportedGambling => lang.pick("Đã bị báo là trang cờ bạc.", "Reported as an online gambling site."),
        LinkReason::ReportedAdult => lang.pick("Đã bị báo là trang người lớn.", "Reported as a site for adults."),
        LinkReason::LookalikeBrand => lang.pick(
            "Tên gần giống một nơi quen biết, nhưng không phải trang của họ.",
            "The name is close to a known one, but it is not their site.",
        ),
        LinkReason::MixedScript => {
            lang.pick("Có chữ lạ trông giống chữ thường.", "It has foreign letters that look like ordinary ones.")
        }
        LinkReason::Punycode => lang.pick(
            "Tên miền dùng ký tự đặc biệt, dễ giả dạng.",
            "The name uses special characters, which makes imitation easy.",
        ),
        LinkReason::IpAddress => lang.pick("Chỉ có dãy số thay cho tên trang.", "A row of numbers instead of a name."),
        LinkReason::Userinfo => lang
            .pick("Chữ đứng trước dấu @ không phải tên trang thật.", "What stands before the @ is not the real site."),
        LinkReason::Port => lang.pick("Dùng cổng kết nối lạ.", "It uses an unusual port."),
        LinkReason::Shortener => {
            lang.pick("Link rút gọn: không thấy được nó dẫn đi đâu.", "A short link hides where it leads.")
        }
        LinkReason::AppDownload => {
            lang.pick("Tải ứng dụng từ ngoài kho chính thức.", "It downloads an app from outside the official stores.")
        }
        LinkReason::RemoteControl => lang
            .pick("Dẫn tới công cụ điều khiển máy từ xa.", "It leads to a tool that controls your device from afar."),
        LinkReason::RiskyEnding => {
            lang.pick("Đuôi tên miền này hay bị kẻ lừa dùng.", "Deceivers use this ending far more than others.")
        }
        LinkReason::FreeHost => lang.pick(
            "Nằm trên nơi ai cũng đăng trang miễn phí được.",
            "It lies on a free host where anybody can put a page.",
        ),
        LinkReason::LureWords => {
            lang.pick("Có chữ như “xác thực”, “nhận quà” để dụ bấm.", "It has luring words such as “verify” or “gift”.")
        }
        LinkReason::OddShape => lang.pick("Đường dẫn dài hoặc rối bất thường.", "Unusually long or tangled."),
        LinkReason::PlainHttp => lang.pick("Kết nối không được mã hoá.", "The connection is not encrypted."),
        LinkReason::Official => {
            lang.pick("Trang chính thức của nơi mang tên này.", "The official site of the name it carries.")
        }
    }
}
