//! Who else helps: what she allowed, who was asked, and asking somebody more.

use maud::{Markup, html};
use vocabulary::{AgeBand, ConsentState, ConsentWay, DeclineReason, Lang, LegalDuty, ReferralState, Representative};

/// What the script says, beside the phrases of the desk.
#[rustfmt::skip]
pub(super) static PHRASES: &[(&str, &str, &str)] = &[
    ("share-to-line", "Cho {n} biết · tới {m}", "Tell {n} · until {m}"),
    ("share-refer-line", "Nhờ {n} cùng giúp · tới {m}", "{n} is asked to help · until {m}"),
    ("share-transfer-line", "Chuyển giao cho {n} · tới {m}", "Handed over to {n} · until {m}"),
    ("share-conference-line", "Hội ý ca với {n} · tới {m}", "Case conference with {n} · until {m}"),
    ("share-from-line", "{n} nhờ chúng ta giúp · tới {m}", "{n} asks us to help · until {m}"),
    ("share-take-over", "Nơi đó muốn ta nhận hẳn ca này.", "They want us to take the case over."),
    ("share-outside", "một nơi ngoài trang này", "an organisation outside of this site"),
    ("share-refer", "Giới thiệu theo sự đồng ý này", "Refer by this consent"),
    ("share-withdrawn", "Người đó rút lại", "The person takes it back"),
    ("share-revoke", "Thu hồi", "Withdraw it"),
    ("share-revoke-sure", "Chắc chắn thu hồi. Điều đã đọc thì không lấy lại được.", "Yes, withdraw. What was read can't be unread."),
    ("share-accept", "Nhận giúp", "Accept"),
    ("share-look", "Đang xem xét", "Looking at it"),
    ("share-decline", "Không nhận", "Decline"),
    ("share-done", "Đã xong phần của ta", "Our part is done"),
    ("share-none", "Chưa có nơi nào khác.", "Nobody else yet."),
    ("share-choose", "Hãy chọn nơi nhận.", "Choose whom it goes to."),
    ("share-entries", "Hãy chọn ít nhất một mục.", "Choose at least one entry."),
    ("share-why", "Hãy viết vì sao.", "Write down why."),
    ("share-way", "Hãy chọn cách có được sự đồng ý.", "Choose how consent is given."),
    ("share-until", "Hãy chọn ngày hết hạn.", "Choose the last day."),
    ("share-representative", "Dưới 16 tuổi: hãy ghi trẻ có đồng tình không, và người đại diện.", "Under 16: record whether the child assents, and the representative."),
    ("share-duty", "Hãy chọn điều luật.", "Choose the article."),
    ("share-too-much", "Mục {n} không nằm trong điều người đó đã đồng ý.", "Entry {n} is not among what the person agreed to."),
    ("share-members", "Hãy chọn người của cả hai nơi.", "Choose members of both organisations."),
    ("share-asked", "Đã hỏi. Khi người đó trả lời, ca có tin mới.", "Asked. The case has news when the person answers."),
    ("share-sent", "Đã giới thiệu, đã niêm phong.", "Referred, sealed."),
    ("share-sending", "Đang niêm lại từng mục trên máy này…", "Sealing each entry anew on this device…"),
    ("share-outside-next", "Đã ghi. Giờ hãy tạo gói có khoá ở dưới và đưa tận tay.", "Noted. Now make the locked package below and hand it over."),
    ("share-moved", "Đã ghi; cả hai nơi cùng thấy.", "Noted; both organisations see it."),
    ("share-law", "Luật buộc chúng tôi cho nơi này biết.", "The law makes us tell them."),
    ("share-recorded", "Chúng tôi ghi lại điều bạn đã đồng ý.", "We wrote down what you agreed to."),
    ("share-via", "{n}, qua {m}", "{n}, by way of {m}"),
    ("letter-not-told", "Không được cho biết", "Must not be told"),
    ("letter-contact", "Liên hệ thế nào là an toàn", "How it is safe to be in touch"),
    ("letter-consent", "Theo", "By"),
    ("letter-until", "Được đọc tới", "May be read until"),
    ("letter-cover", "Phiếu giao hồ sơ", "Cover sheet"),
    ("enter-done", "Đã niêm và lưu. Đọc mười từ này cho người đó ghi lại, rồi quên đi.", "Sealed and kept. Read these ten words out to be written down, then forget them."),
    ("enter-files", "Đang niêm và gửi tệp: {n}%", "Sealing and sending files: {n}%"),
    ("enter-there", "Tờ này đã được nhập rồi; không thêm lần nữa.", "This sheet was entered already; nothing was added."),
    ("enter-need", "Hãy ghi lời kể và cách người đó kể.", "Write down what was told, and how."),
    ("enter-agree", "Hãy hỏi và đánh dấu là người đó đồng ý để ghi lại.", "Ask, and mark that the person agrees that it is written down."),
];

type Words<'a> = Box<dyn Iterator<Item = (&'a str, &'a str)> + 'a>;

/// Lists of codes that the script names.
pub(super) fn lists(lang: Lang) -> [(&'static str, Words<'static>); 6] {
    macro_rules! all {
        ($list:literal, $code:ty) => {
            ($list, Box::new(<$code>::ALL.iter().map(move |c| (c.code(), c.name(lang)))) as Words<'static>)
        };
    }
    [
        all!("consent_state", ConsentState),
        all!("consent_way", ConsentWay),
        all!("representative", Representative),
        all!("legal_duty", LegalDuty),
        all!("referral_state", ReferralState),
        all!("decline_reason", DeclineReason),
    ]
}

/// The ages at which the child's word is assent.
fn young() -> String {
    [AgeBand::Under7, AgeBand::From7To11, AgeBand::From12To15].map(AgeBand::code).join(" ")
}

fn options<T: Copy>(all: &[T], one: impl Fn(T) -> (&'static str, &'static str)) -> Markup {
    html! { option value="" { "…" } @for (code, name) in all.iter().map(|item| one(*item)) { option value=(code) { (name) } } }
}

fn area(id: &str, name: &str, hint: &str, rows: u8) -> Markup {
    html! { div .field { label for=(id) { (name) } @if !hint.is_empty() { span .fine id=(format!("{id}-hint")) { (hint) } }
    textarea #(id) rows=(rows) autocomplete="off" aria-describedby=[(!hint.is_empty()).then(|| format!("{id}-hint"))] {} } }
}

pub(super) fn render(lang: Lang) -> Markup {
    html! {
        section #case-sharing .case-sharing aria-labelledby="sharing-heading" {
            h2 #sharing-heading { (lang.pick("Ai cùng giúp", "Who else helps")) }
            ul #sharing-list .sharing-list {}
            p #sharing-error .form-error role="alert" hidden {}
            template #t-sharing { li .sharing-row {
                span .sharing-line {} span .sharing-state {}
                p .actions {}
            } }
            template #t-decline { span .sharing-decline {
                select aria-label=(lang.pick("Vì sao không nhận", "Why it is declined")) { (options(DeclineReason::ALL, |r| (r.code(), r.name(lang)))) }
                button .button .quiet .danger type="button" { (lang.pick("Không nhận", "Decline")) }
            } }
            button #refer-open .button .quiet type="button" aria-expanded="false" aria-controls="refer" { (lang.pick("Giới thiệu tới nơi khác…", "Refer to another organisation…")) }
            (form(lang))
        }
    }
}

fn form(lang: Lang) -> Markup {
    html! {
        form #refer .refer hidden autocomplete="off" novalidate data-young=(young()) {
            div .field {
                label for="refer-to" { (lang.pick("Tới đâu", "To whom")) }
                select #refer-to { option value="" { "…" } option value="outside" { (lang.pick("Một nơi ngoài trang này (gói có khoá)", "Outside of this site (a locked package)")) } }
            }
            div #refer-outside .field hidden {
                label for="refer-name" { (lang.pick("Tên nơi đó; được niêm phong", "Its name; sealed")) }
                input #refer-name type="text" maxlength="200" autocomplete="off";
            }
            fieldset .package-parts { legend { (lang.pick("Những mục nào? Chưa chọn sẵn mục nào.", "Which entries? None is chosen beforehand.")) } ul #refer-parts {} }
            p .fine { (lang.pick(
                "Nơi đó cũng thấy những gì đang để ngỏ: loại chuyện, gấp tới đâu, khoảng tuổi, giới, tỉnh, ngôn ngữ. Ghi chú của ta thì không.",
                "They also see what stands open: what it is about, urgency, age band, sex, province, language. Never our notes.",
            )) }
            (area("refer-why", lang.pick("Vì sao nhờ nơi này (người đó đọc được)", "Why they are asked (the person reads this)"), "", 3))
            (area("refer-not", lang.pick("Điều không được cho biết", "What must not be told"), lang.pick("Ví dụ: trường em học, tên mẹ", "For example: her school, her mother's name"), 2))
            (area("refer-contact", lang.pick("Liên hệ thế nào là an toàn", "How it is safe to be in touch"), "", 2))
            (consent(lang))
            div .field { label for="refer-until" { (lang.pick("Tới hết ngày", "Until the end of")) } input #refer-until type="date"; }
            label .choice { input #refer-transfer type="checkbox"; span { (lang.pick("Chuyển giao hẳn: khi nơi đó nhận, ca ở đây khép lại", "Hand over: once they accept, the case here ends")) } }
            div #refer-conference hidden {
                label .choice { input #refer-meet type="checkbox"; span { (lang.pick("Hội ý ca: chỉ những người được chọn ở hai nơi mở được", "Case conference: only chosen members of both can open it")) } }
                fieldset #refer-members .package-parts hidden { legend { (lang.pick("Những ai?", "Who?")) } ul {} }
            }
            p #refer-error .form-error role="alert" hidden {}
            p #refer-status .fine role="status" {}
            p .actions {
                button #refer-go .button .primary
                    data-ask=(lang.pick("Niêm và hỏi người đó", "Seal and ask the person")) data-send=(lang.pick("Niêm và gửi", "Seal and send")) { (lang.pick("Niêm và gửi", "Seal and send")) }
                button #refer-not-now .button .quiet type="button" { (lang.pick("Thôi", "Cancel")) }
            }
        }
    }
}

/// How consent is given; nothing is chosen beforehand.
fn consent(lang: Lang) -> Markup {
    let way = |value: &str, name: &str| html! { label .choice { input type="radio" name="refer-way" value=(value); span { (name) } } };
    html! {
        fieldset #refer-consent { legend { (lang.pick("Sự đồng ý", "Consent")) }
            p #refer-by .fine hidden {}
            div #refer-ways {
                (way("ask", lang.pick("Hỏi người đó ngay trên trang (bạn ấy ký bằng phiếu nhận)", "Ask the person on the page (signed with the receipt)")))
                (way("recorded", lang.pick("Người đó đã nói với tôi; tôi ghi lại", "The person told me; I record it")))
                (way("law", lang.pick("Luật buộc; người đó được cho biết", "The law demands it; the person is told")))
            }
            div #refer-recorded hidden {
                div .field { label for="refer-said" { (lang.pick("Đã đồng ý thế nào", "How it was given")) } select #refer-said { (options(ConsentWay::ALL, |w| (w.code(), w.name(lang)))) } }
                label #refer-assent-row .choice hidden { input #refer-assent type="checkbox"; span { (lang.pick("Trẻ đồng tình", "The child assents")) } }
                div #refer-representative-row .field hidden { label for="refer-representative" { (lang.pick("Người đại diện", "The representative")) }
                    select #refer-representative { (options(Representative::ALL, |r| (r.code(), r.name(lang)))) } }
            }
            div #refer-law .field hidden { label for="refer-duty" { (lang.pick("Điều luật", "The article")) } select #refer-duty { (options(LegalDuty::ALL, |d| (d.code(), d.name(lang)))) } }
        }
    }
}
