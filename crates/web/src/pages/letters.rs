//! Letters to police, bank, platform, school: filled on the device by a script, or printed empty and filled by hand.
//! Nothing is posted from this page, and nothing kept.

use super::{layout::Frame, page};
use crate::{Page, Place, Settings, Site, assets};
use axum::{Extension, extract::State, response::Response};
use casework::letters::{BLANKS, Blank, LETTERS, Letter, Piece, pieces};
use maud::{Markup, html};
use vocabulary::Lang;

pub(crate) async fn letters(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    page(render(place, site.settings()))
}

pub(super) fn render(place: Place, settings: &Settings) -> Markup {
    let lang = place.lang;
    let title = lang.pick("Viết đơn", "Write a letter");
    let main = html! {
        div #letters .letters {
            h1 .page-title { (title) }
            p .intro { (lang.pick(
                "Chọn nơi gửi, điền, rồi in. Thiếu chỗ nào thì để trống, điền tay sau cũng được. Bạn không có lỗi trong chuyện đã xảy ra.",
                "Choose whom to write to, fill it in, print it. What you leave empty can be filled in by hand. What happened is not your fault.",
            )) }
            p .note { (lang.pick(
                "Điều bạn điền ở lại trong trang này: không gửi đi, không lưu lại, rời trang là mất. Bản in là một dấu vết: hãy cất nơi người khác không thấy.",
                "What you fill in stays in this page: it is neither sent nor kept, and gone when you leave. The printed letter is a trace: keep it where nobody sees it.",
            )) }
            p .note .strong { (lang.pick(
                "Đừng kèm ảnh, clip nhạy cảm của người dưới 18 tuổi, kể cả của chính bạn. Tả bằng lời là đủ.",
                "Attach no sexual picture of anyone under 18, not even of yourself. Words are enough.",
            )) }
            @if lang == Lang::En { p .note { "Authorities in Vietnam read Vietnamese: switch the language to print the Vietnamese letter. What you filled in stays." } }
            @for letter in LETTERS { (one(lang, letter)) }
            p { (lang.pick("Dưới 18 tuổi: cha mẹ, người giám hộ hoặc một người lớn bạn tin có thể ký cùng. Không có ai thì vẫn gọi 111 được.", "Under 18: a parent, guardian or a grown-up you trust may sign along. If there is nobody, 111 listens all the same.")) " "
                a href=(place.href(Page::Help)) { (Page::Help.name(lang)) } }
        }
    };
    let styles = &[assets::ASK_CSS, assets::LETTERS_CSS];
    Frame { place, settings, page: Some(Page::Letters), title, styles }.wrap(&main)
}

/// One folds open at a time; only the open one goes onto paper.
fn one(lang: Lang, letter: &Letter) -> Markup {
    html! {
        details .letter name="letter" data-letter=(letter.code) {
            summary { (letter.name.get(lang)) }
            p .note { (letter.hint.get(lang)) }
            form .letter-form .needs-script autocomplete="off" novalidate {
                (field(lang, letter, place_of_writing()))
                @for blank in letter.blanks(lang) { (field(lang, letter, blank)) }
                p .actions { button .button .primary type="submit" { (lang.pick("In đơn này", "Print this letter")) } }
            }
            p .fine .needs-no-script { (lang.pick("Hãy dùng lệnh In của trình duyệt: chỉ lá đơn đang mở được in, với những dòng để điền tay.", "Use the browser's print command: only the letter that is open is printed, with lines to fill in by hand.")) }
            (paper(lang, letter))
        }
    }
}

fn place_of_writing() -> &'static Blank {
    BLANKS.first().expect("the first blank is the place of writing")
}

fn field(lang: Lang, letter: &Letter, blank: &Blank) -> Markup {
    let id = format!("{}-{}", letter.code, blank.code);
    html! { div .field {
        label for=(id) { (blank.name.get(lang)) }
        @if blank.lines == 0 {
            input #(id) type="text" name=(blank.code) maxlength="200" autocomplete="off" autocorrect="off" spellcheck="false" translate="no";
        } @else {
            textarea #(id) name=(blank.code) .line-box rows=(blank.lines.clamp(2, 8)) maxlength="8000" autocomplete="off" autocorrect="off" spellcheck="false"
                writingsuggestions="false" data-gramm="false" translate="no" {}
        }
    } }
}

/// The letter as it lies on paper.
fn paper(lang: Lang, letter: &Letter) -> Markup {
    html! {
        article .paper translate="no" aria-label=(letter.name.get(lang)) {
            @if letter.national {
                p .nation { strong { (lang.pick("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM")) } br;
                    span .motto { (lang.pick("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness")) } }
            }
            p .place-line { (gap(place_of_writing())) (lang.pick(", ngày ...... tháng ...... năm ............", ", date ........................")) }
            h2 { (letter.title.get(lang)) }
            p .about { (line(letter.about.get(lang))) }
            p .to { (lang.pick("Kính gửi: ", "To: ")) (line(letter.to.get(lang))) }
            (body(letter.body.get(lang)))
            div .signatures {
                p { strong { (lang.pick("Người đại diện", "Representative")) } br; (lang.pick("(nếu người gặp chuyện dưới 18 tuổi; ký, ghi rõ họ tên)", "(if the person is under 18; signature and full name)")) }
                p { strong { (lang.pick("Người viết đơn", "The writer")) } br; (lang.pick("(ký, ghi rõ họ tên)", "(signature and full name)")) }
            }
        }
    }
}

fn body(text: &'static str) -> Markup {
    html! {
        @for each in text.lines().filter(|each| !each.is_empty()) {
            @if let Some(heading) = each.strip_prefix("## ") { h3 { (heading) } }
            @else if let Some(item) = each.strip_prefix("- ") { p .item { "– " (line(item)) } }
            @else { p { (line(each)) } }
        }
    }
}

fn line(text: &'static str) -> Markup {
    html! { @for piece in pieces(text) { @match piece {
        Piece::Text(text) => (text),
        Piece::Blank(blank) => (gap(blank)),
    } } }
}

/// A place for her words; empty it is ruled for the hand.
fn gap(blank: &Blank) -> Markup {
    html! { span .gap data-blank=(blank.code) data-long[blank.lines > 0] {
        @for _ in 0..blank.lines.max(1) { span .rule {} }
    } }
}
