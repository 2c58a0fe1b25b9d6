//! How soon, and the reason in plain words. Rules only raise the recogniser's urgency, never lower it.

use recognise::Assessment;
use vocabulary::{Asker, Lang, Tactic, Urgency};

/// How soon somebody should act, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrgencyView {
    /// The code.
    pub code: Urgency,
    /// Its name as a person reads it.
    pub name: &'static str,
    /// Why it is that urgent.
    pub reason: &'static str,
}

pub(crate) fn view(assessment: &Assessment, asker: Asker, lang: Lang) -> Option<UrgencyView> {
    let code = raised(assessment, asker)?;
    Some(UrgencyView { code, name: code.name(lang), reason: reason(assessment, asker, code, lang) })
}

/// A child in an acute harm is at least for today.
fn raised(assessment: &Assessment, asker: Asker) -> Option<Urgency> {
    let found = assessment.urgency?;
    let acute = assessment.harms.iter().any(|h| h.code.is_acute());
    // The first code is the most urgent.
    Some(if asker.age.is_child() && acute { found.min(Urgency::Today) } else { found })
}

/// The most telling sign speaks; where none does, the harm.
fn reason(assessment: &Assessment, asker: Asker, urgency: Urgency, lang: Lang) -> &'static str {
    let present = |tactic| assessment.tactics.iter().any(|t| t.code == tactic);
    let by_sign: &[(Tactic, &str, &str)] = &[
        (
            Tactic::SuicidalWords,
            "Có lời nói về cái chết hay tự làm đau mình.",
            "There are words about dying or hurting oneself.",
        ),
        (
            Tactic::ThreatViolence,
            "Có lời đe doạ đánh, giết hoặc tìm đến tận nơi.",
            "There is a threat to hurt, to kill or to come to the place.",
        ),
        (Tactic::ThreatSelfHarm, "Có người doạ tự làm hại mình.", "Someone threatens to harm themselves."),
        (Tactic::MeetRequest, "Có người muốn gặp trực tiếp.", "Someone wants to meet in person."),
        (
            Tactic::PaidAlready,
            "Tiền đã chuyển đi: báo ngân hàng càng sớm càng có cơ hội giữ lại.",
            "Money has been sent: the sooner the bank knows, the better the chance to stop it.",
        ),
        (
            Tactic::SentImageAlready,
            "Ảnh đã gửi đi: làm sớm thì dễ chặn hơn.",
            "A picture has been sent: acting early makes it easier to stop.",
        ),
        (
            Tactic::ThreatPublish,
            "Có lời doạ tung ảnh hoặc tung chuyện ra.",
            "There is a threat to publish pictures or stories.",
        ),
        (Tactic::IntimateImageDemand, "Có người đòi ảnh riêng tư.", "Someone demands private pictures."),
        (Tactic::RemoteControl, "Có người muốn điều khiển máy của bạn.", "Someone wants to control your device."),
        (
            Tactic::OtpRequest,
            "Có người hỏi mã OTP: đưa mã là có thể mất tiền ngay.",
            "Someone asks for an OTP: giving it can cost money at once.",
        ),
        (
            Tactic::Deadline,
            "Có lời hối thúc, bắt làm trong thời gian ngắn.",
            "There is pressure to act within a short time.",
        ),
    ];
    if urgency <= Urgency::Today
        && let Some((_, vi, en)) = by_sign.iter().find(|(tactic, ..)| present(*tactic))
    {
        return lang.pick(vi, en);
    }
    match urgency {
        Urgency::Now => {
            lang.pick("Có thể đang nguy hiểm đến tính mạng hay thân thể.", "Life or body may be in danger.")
        }
        Urgency::Today if asker.age.is_child() => lang.pick(
            "Người gặp chuyện còn nhỏ tuổi, nên làm ngay trong ngày.",
            "The person concerned is a child, so act within the day.",
        ),
        Urgency::Today => {
            lang.pick("Chuyện kiểu này có thể nặng lên nhanh.", "This kind of thing can get worse quickly.")
        }
        Urgency::Soon => lang.pick(
            "Chuyện kéo dài làm người ta kiệt sức; đừng chịu một mình.",
            "Going on, it wears a person down; don't bear it alone.",
        ),
        Urgency::WhenReady => lang.pick(
            "Không có gì phải gấp; bạn cứ đi theo nhịp của mình.",
            "Nothing here has to hurry; go at your own pace.",
        ),
    }
}
