//! How it stands, what was said, who opened what.

use super::helpers;
use crate::Place;
use casework::questions::QUESTIONS;
use maud::{Markup, html};
use vocabulary::{AgeBand, EntryKind, Harm, HoldGround, Lang, PROVINCES, Relation, ReportState, Role, Sex, Urgency};

/// How long an organisation keeps it.
pub(in crate::pages) const KEPT_UNTIL: Both = Both(
    "Giữ tới {when} nếu không ai viết thêm, rồi huỷ khoá.",
    "Kept until {when} unless somebody writes, then the key is destroyed.",
);
/// It runs out within a month.
pub(in crate::pages) const KEPT_NEAR: Both = Both(
    "Sắp hết hạn giữ: sau {when} nơi này không mở được nữa, và nếu không còn nơi nào thì tin báo bị huỷ hẳn. Muốn giữ tiếp, hãy viết thêm một lời.",
    "Its time runs out: after {when} it can open nothing, and where nobody else is let in the report is destroyed. To keep it, write a word more.",
);
/// Its time ran out.
pub(in crate::pages) const KEPT_OVER: Both = Both(
    "Đã hết hạn giữ từ {when}; nơi này không mở được nữa.",
    "Its time ran out on {when}; it can open nothing any more.",
);
/// It must keep it longer.
pub(in crate::pages) const KEPT_HELD: Both =
    Both("Nơi này phải giữ lâu hơn những gì đã nhận: {why}.", "It must keep what it got for longer: {why}.");

/// The organisation has left.
pub(in crate::pages) const LEFT: Both = Both(
    "Nơi này đã đóng từ {when}; không ai ở đó đọc nữa. Bạn có thể cho nơi khác đọc.",
    "This place has closed since {when}; nobody there reads it any more. You can let another one in.",
);

/// A sentence in both languages.
pub(in crate::pages) struct Both(&'static str, &'static str);

impl Both {
    pub const fn get(&self, lang: Lang) -> &'static str {
        lang.pick(self.0, self.1)
    }
}

pub(super) fn case(place: Place) -> Markup {
    let lang = place.lang;
    html! {
        p #case-line .lead
            data-received=(lang.pick("Gửi lúc {when}.", "Sent {when}."))
            data-closed=(lang.pick("Bạn đã đóng lúc {when}. Vẫn đọc và viết thêm được.", "You closed it {when}. You can still read and write.")) {}
        p #case-locked .note hidden { (lang.pick("Nơi giúp thấy trong tin có ảnh nhạy cảm của người dưới 18 tuổi, nên đã khoá việc xem tệp và báo nơi có trách nhiệm. Bạn không có lỗi.", "Staff met a sexual picture of somebody under 18, so viewing files is locked and those responsible were told. It isn't your fault.")) }
        p #log-line .note role="status"
            data-right=(lang.pick("Đã kiểm tra: cả {n} mục còn nguyên, máy chủ không quên và không đổi gì.", "Checked: all {n} entries are whole; the server forgot and changed nothing."))
            data-unsigned=(lang.pick("Cẩn thận: chữ ký của máy chủ không khớp. Có thể ai đó đã can thiệp. Hãy chụp lại trang này và hỏi một người bạn tin.", "Careful: the server's signature doesn't fit. Somebody may have interfered. Take a screenshot and ask someone you trust."))
            data-other=(lang.pick("Cẩn thận: những mục ở đây không phải những mục máy chủ đã ký. Hãy chụp lại trang này và hỏi một người bạn tin.", "Careful: these are not the entries that the server signed. Take a screenshot and ask someone you trust."))
            data-forgot=(lang.pick("Cẩn thận: máy chủ đã quên một phần của tin báo này. Lần trước bạn xem có nhiều mục hơn. Hãy chụp lại trang này và hỏi một người bạn tin.", "Careful: the server has forgotten a part of this report. There were more entries when you last looked. Take a screenshot and ask someone you trust."))
            data-changed=(lang.pick("Cẩn thận: có mục cũ đã bị đổi từ lần trước bạn xem. Hãy chụp lại trang này và hỏi một người bạn tin.", "Careful: an earlier entry was changed since you last looked. Take a screenshot and ask someone you trust."))
            data-key=(lang.pick("Cẩn thận: máy chủ này ký bằng một chìa khoá khác với lần trước. Có thể đây không còn là máy chủ cũ. Hãy hỏi một người bạn tin trước khi viết thêm.", "Careful: this server signs with another key than last time. It may not be the same server. Ask someone you trust before you write more.")) {}
        ul #standing .standing {}
        template #standing-template {
            li .stand {
                p .stand-name { strong {} }
                p .stand-state data-names=(states(lang)) data-withdrawn=(lang.pick("Đã thôi cho đọc từ {when}", "No longer lets in, since {when}")) data-left=(LEFT.get(lang)) {}
                p .fine .stand-when
                    data-opened=(lang.pick("Mở lần đầu {when}", "First opened {when}"))
                    data-answered=(lang.pick("Trả lời lần đầu {when}", "First answered {when}")) {}
                p .fine .stand-keeps data-until=(KEPT_UNTIL.get(lang)) data-near=(KEPT_NEAR.get(lang)) data-over=(KEPT_OVER.get(lang))
                    data-hold=(KEPT_HELD.get(lang)) data-grounds=(names(HoldGround::ALL, |ground| (ground.code(), ground.name(lang)))) {}
            }
        }
        (helpers::helpers(place))
        section .sheet aria-labelledby="talk-heading" {
            h2 #talk-heading { (lang.pick("Trao đổi", "Messages")) }
            ol #talk .talk
                data-kinds=(kinds(lang))
                data-answers=(answers(lang))
                data-you=(lang.pick("Bạn", "You"))
                data-correction=(lang.pick("Nói lại về mục {n}", "About entry {n}"))
                data-locked=(lang.pick("Không mở được mục này trên máy bạn.", "This entry can't be opened on your device."))
                data-file=(lang.pick("{name} ({size})", "{name} ({size})"))
                data-copy=(lang.pick("{name} ({size}): bản không có vị trí và tên máy, cho người giúp xem", "{name} ({size}): the copy without place and device, for helpers"))
                data-checked=(lang.pick("Kết quả kiểm tra lúc gửi", "What the check found when you sent it"))
                data-contact=(lang.pick("Cách: {how}. Lúc: {when}. Đừng: {never}.", "How: {how}. When: {when}. Never: {never}.")) {}
            template #entry-template {
                li .entry {
                    p .entry-head .fine { span .entry-number {} " " span .entry-author {} " · " span .entry-kind {} " · " time {} }
                    p .entry-text dir="auto" {}
                    button .link data-correct type="button" hidden { (lang.pick("Nói lại cho đúng", "Correct this")) }
                }
            }
            form #write .write autocomplete="off" novalidate {
                p #correcting .note hidden
                    data-line=(lang.pick("Bạn đang nói lại về mục {n}. Lời ban đầu vẫn còn.", "You correct entry {n}. Your first words stay.")) {
                    span {} " " button #correct-not .link type="button" { (lang.pick("Thôi", "Cancel")) }
                }
                label .big-label for="message" { (lang.pick("Viết cho nơi giúp", "Write to the helpers")) }
                div .box { textarea #message rows="4" autocomplete="off" autocapitalize="sentences" autocorrect="off" spellcheck="false"
                    writingsuggestions="false" data-gramm="false" translate="no" dir="auto" maxlength="400000" {} }
                p .actions { button #send-message .button .primary type="submit" { (lang.pick("Niêm và gửi", "Seal and send")) } }
            }
        }
        (helpers::record(place))
        details .sheet .openings {
            summary { (lang.pick("Ai đã mở gì", "Who opened what")) " " span #openings-count {} }
            ul #openings
                data-roles=(roles(lang))
                data-what=(format!("case={};file={};export={};program={}",
                    lang.pick("mở tin báo", "opened the report"), lang.pick("mở một tệp", "opened a file"), lang.pick("xuất hồ sơ", "exported the case"), lang.pick("lấy về bằng chương trình, còn niêm phong", "fetched by a program, still sealed")))
                data-none=(lang.pick("Chưa ai mở.", "Nobody has opened it yet.")) {}
            p .fine { (lang.pick("Ghi nơi và vai trò, không ghi tên nhân viên.", "Organisation and role are noted, never names of staff.")) }
        }
    }
}

/// [`answer_words`] as scripts read them.
pub(in crate::pages) fn answers(lang: Lang) -> String {
    answer_words(lang).iter().map(|(code, name)| format!("{code}={name}")).collect::<Vec<_>>().join(";")
}

/// What stands in an entry of answers, in words: questions (`code`) and choices (`code.choice`) of the report, and of
/// the follow-up questions.
pub(in crate::pages) fn answer_words(lang: Lang) -> Vec<(String, &'static str)> {
    let facts = [
        ("harm", lang.pick("Loại chuyện", "What it is about")),
        ("urgency", lang.pick("Gấp tới đâu", "How urgent")),
        ("age", lang.pick("Khoảng tuổi", "Age band")),
        ("sex", lang.pick("Giới", "Sex")),
        ("province", lang.pick("Tỉnh, thành phố", "Province or city")),
        ("language", lang.pick("Ngôn ngữ", "Language")),
        ("relation", lang.pick("Người gây chuyện", "Who does it")),
        ("knows_offender", lang.pick("Có người ở đó quen người gây chuyện", "Somebody there knows the person")),
        ("checked_message", lang.pick("Tin nhắn đã kiểm tra", "The message that was checked")),
        ("language.vi", "Tiếng Việt"),
        ("language.en", "English"),
        ("province.abroad", lang.pick("Nước ngoài", "Abroad")),
        ("knows_offender.yes", lang.pick("Có", "Yes")),
        ("knows_offender.no", lang.pick("Không", "No")),
        ("knows_offender.unsure", lang.pick("Không biết", "I don't know")),
    ];
    let mut words: Vec<_> = facts.iter().map(|(code, name)| ((*code).to_owned(), *name)).collect();
    words.extend(Harm::ALL.iter().map(|c| (format!("harm.{c}"), c.name(lang))));
    words.extend(Urgency::ALL.iter().map(|c| (format!("urgency.{c}"), c.name(lang))));
    words.extend(AgeBand::ALL.iter().map(|c| (format!("age.{c}"), c.name(lang))));
    words.extend(Sex::ALL.iter().map(|c| (format!("sex.{c}"), c.name(lang))));
    words.extend(Relation::ALL.iter().map(|c| (format!("relation.{c}"), c.name(lang))));
    words.extend(PROVINCES.iter().map(|p| (format!("province.{}", p.code), p.name(lang))));
    for question in QUESTIONS {
        words.push((question.code.to_owned(), question.text(lang, None, None)));
        words.extend(question.choices.iter().map(|c| (format!("{}.{}", question.code, c.code), c.words.get(lang))));
    }
    words
}

fn names<T: Copy>(all: &[T], one: impl Fn(T) -> (&'static str, &'static str)) -> String {
    all.iter().map(|item| one(*item)).map(|(code, name)| format!("{code}={name}")).collect::<Vec<_>>().join(";")
}

fn states(lang: Lang) -> String {
    names(ReportState::ALL, |state| (state.code(), state.name(lang)))
}

fn kinds(lang: Lang) -> String {
    // No page calls a way to be reached safe: only she can tell.
    let name = |kind: EntryKind| match kind {
        EntryKind::Contact => lang.pick("Cách liên hệ", "How to be reached"),
        kind => kind.name(lang),
    };
    names(EntryKind::ALL, |kind| (kind.code(), name(kind)))
}

fn roles(lang: Lang) -> String {
    names(Role::ALL, |role| (role.code(), role.name(lang)))
}
