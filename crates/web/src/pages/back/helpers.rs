//! Others who help too: what she is asked, what she allowed, what was done and what is next, and their messages.

use crate::Place;
use maud::{Markup, html};
use vocabulary::{Helped, Lang, ReferralState, Wellbeing};

/// What agreeing means, the same with and without scripts.
pub(in crate::pages) struct ConsentWords {
    pub title: &'static str,
    pub told: &'static str,
    pub open: &'static str,
    pub hidden: &'static str,
    pub until: &'static str,
    pub otherwise: &'static str,
    pub agree: &'static str,
    pub refuse: &'static str,
    pub take_back: &'static str,
    pub taken_back: &'static str,
    pub known: &'static str,
}

/// In her language; `{org}` asks, `{to}` would be told.
pub(in crate::pages) const fn consent_words(lang: Lang) -> ConsentWords {
    ConsentWords {
        title: lang.pick("{org} hỏi: cho {to} biết chuyện của bạn nhé?", "{org} asks: may {to} be told?"),
        told: lang.pick("{to} sẽ được đọc", "{to} would read"),
        open: lang.pick(
            "Và những gì đang để ngỏ ở tin báo của bạn: loại chuyện, gấp tới đâu, khoảng tuổi, giới, tỉnh, ngôn ngữ.",
            "And what stands open in your report: what it is about, how urgent, age band, sex, province, language.",
        ),
        hidden: lang.pick("{to} sẽ không được biết", "{to} must not be told"),
        until: lang.pick("Tới {when} là tự hết.", "It ends by itself on {when}."),
        otherwise: lang.pick(
            "Không đồng ý cũng không sao: {to} sẽ không biết gì, và {org} vẫn giúp bạn như trước. Bạn đổi ý lúc nào cũng được.",
            "You may say no: {to} learns nothing, and {org} helps you as before. You can change your mind at any time.",
        ),
        agree: lang.pick("Tôi đồng ý", "I agree"),
        refuse: lang.pick("Tôi không đồng ý", "I don't agree"),
        take_back: lang.pick("Rút lại", "Take it back"),
        taken_back: lang.pick(
            "Rút lại thì {to} không mở được gì nữa. Điều họ đã đọc thì không lấy lại được.",
            "Once you take it back, {to} can open nothing more. What was read can't be unread.",
        ),
        known: lang.pick(
            "Người ghi lại lời bạn biết mười từ này. Hãy đổi mười từ ở dưới; tới lúc đó chữ ký của bạn được tính là họ ghi hộ.",
            "Whoever wrote down your words knows these ten words. Replace them below; until then your signature counts as written down by them.",
        ),
    }
}

/// How a referral stands, as she reads it.
pub(in crate::pages) const fn state(state: ReferralState, lang: Lang) -> &'static str {
    match state {
        ReferralState::Offered => lang.pick("Đã được nhờ, chưa trả lời", "Was asked, no answer yet"),
        ReferralState::InProgress => lang.pick("Đang xem", "Is looking at it"),
        ReferralState::Accepted => lang.pick("Đang giúp bạn", "Helps you"),
        ReferralState::Declined => {
            lang.pick("Không giúp được; không mở được tin của bạn nữa", "Can't help; can't open your report any more")
        }
        ReferralState::Done => lang.pick("Đã làm xong phần của mình", "Has done its part"),
        ReferralState::Revoked => lang.pick("Không mở được tin của bạn nữa", "Can't open your report any more"),
    }
}

/// Who will be in touch.
pub(in crate::pages) const fn next(lang: Lang) -> &'static str {
    lang.pick("{org} sẽ làm việc tiếp theo cho bạn trước {when}.", "{org} will do the next thing for you by {when}.")
}

/// The question of a follow-up.
pub(in crate::pages) const fn how_are_you(lang: Lang) -> (&'static str, &'static str) {
    (lang.pick("Giờ bạn thấy thế nào?", "How are you now?"), lang.pick("Việc giúp có ích không?", "Did it help?"))
}

pub(super) fn helpers(place: Place) -> Markup {
    let lang = place.lang;
    let words = consent_words(lang);
    let states = ReferralState::ALL.iter().map(|each| format!("{each}={}", state(*each, lang)));
    html! {
        p #receipt-known .note hidden { (words.known) }
        section #asked .sheet .asked hidden aria-labelledby="asked-heading" {
            h2 #asked-heading { (lang.pick("Hỏi ý bạn", "You are asked")) }
            ul #asked-list {}
        }
        template #asked-template { li .consent {
            h3 data-line=(words.title) {}
            p .consent-why dir="auto" {}
            p .consent-told data-line=(words.told) {}
            ul .consent-entries data-line=(lang.pick("mục {n}: {kind}", "entry {n}: {kind}")) {}
            p .fine .consent-open { (words.open) }
            p .consent-hidden-label data-line=(words.hidden) {}
            p .consent-hidden dir="auto" {}
            p .consent-until data-line=(words.until) {}
            p .consent-otherwise data-line=(words.otherwise) {}
            p .note .consent-wrong hidden { (lang.pick(
                "Máy chủ nói khác với lời hỏi đã niêm. Đừng đồng ý; hãy hỏi nơi giúp bạn.",
                "The server says something else than the sealed question. Don't agree; ask whoever helps you.",
            )) }
            p .actions {
                button .button .quiet .consent-agree type="button" { (words.agree) }
                button .button .quiet .consent-refuse type="button" { (words.refuse) }
            }
        } }
        section #wellbeing .sheet .asked hidden aria-labelledby="wellbeing-heading" {
            h2 #wellbeing-heading { (how_are_you(lang).0) }
            div .tiles role="radiogroup" aria-labelledby="wellbeing-heading" { @for each in Wellbeing::ALL {
                label .tile { input type="radio" name="wellbeing" value=(each); span { (each.name(lang)) } }
            } }
            p #helped-label { (how_are_you(lang).1) }
            div .tiles role="radiogroup" aria-labelledby="helped-label" { @for each in Helped::ALL {
                label .tile { input type="radio" name="helped" value=(each); span { (each.name(lang)) } }
            } }
            p .actions { button #said-go .button .primary type="button" { (lang.pick("Gửi câu trả lời", "Send my answer")) } }
        }
        ul #next .next data-line=(next(lang)) {}
        section #helpers .sheet hidden aria-labelledby="helpers-heading" {
            h2 #helpers-heading { (lang.pick("Các nơi cùng giúp", "Others who help")) }
            ul #helper-list data-states=(states.collect::<Vec<_>>().join(";")) {}
        }
        template #helper-template { li .helper {
            h3 {}
            p .helper-state {}
            p .fine .helper-until data-line=(words.until) {}
            p .fine .helper-knows data-line=(lang.pick("Được đọc {n} mục của bạn.", "May read {n} of your entries.")) {}
            ol .talk {}
            div .write {
                label .big-label {  (lang.pick("Viết cho nơi này", "Write to them")) textarea .box-text rows="3" autocomplete="off" autocorrect="off" spellcheck="false"
                    writingsuggestions="false" data-gramm="false" translate="no" dir="auto" maxlength="400000" {} }
                p .actions { button .button .primary .helper-send type="button" { (lang.pick("Niêm và gửi", "Seal and send")) } }
            }
        } }
    }
}

/// What she allowed, and what was done; below the messages.
pub(super) fn record(place: Place) -> Markup {
    let lang = place.lang;
    let words = consent_words(lang);
    html! {
        details #consents .sheet { summary { (lang.pick("Điều bạn đã cho phép", "What you allowed")) " " span #consents-count {} }
            ul #consent-list data-line=(lang.pick("{org} cho {to} biết, tới {when}", "{org} tells {to}, until {when}"))
                data-none=(lang.pick("Chưa có gì.", "Nothing yet.")) {}
            template #consent-template { li .consent {
                p { strong .consent-line {} } p .consent-said {}
                p .fine .consent-warn data-line=(words.taken_back) {}
                p .actions { button .button .quiet .consent-back type="button" { (words.take_back) } }
            } }
        }
        details #done .sheet { summary { (lang.pick("Những gì đã làm", "What was done")) " " span #done-count {} }
            ol #done-list data-none=(lang.pick("Chưa có gì.", "Nothing yet.")) {}
        }
    }
}
