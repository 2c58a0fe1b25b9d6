//! The path: choose an age, then card by card. Choosing is a link within the page, so that it needs no script and the
//! server is not told.

use super::{drawings::drawing, happening, how_to_read, remember};
use crate::{
    Page, Place, Site, assets,
    pages::layout::Frame,
    shelf::{Book, Kind, Shelf, Whom},
};
use learn::{Ages, Picture, Reader};
use maud::{Markup, html};
use vocabulary::Lang;

pub(super) fn render(place: Place, site: &Site) -> Markup {
    let (lang, shelf) = (place.lang, site.shelf());
    let title = lang.pick("Học để giữ mình, giữ bạn", "Learn to look after yourself and each other");
    let main = html! {
        div #learn-path .learn
            data-done=(lang.pick("Đã xong", "Done"))
            data-again=(lang.pick("Gặp lại {n} câu", "Meet {n} again")) {
            h1 .page-title { (title) }
            p .intro { (lang.pick(
                "Bài ngắn, làm chứ không chỉ đọc. Không tên, không điểm danh: câu trả lời ở lại trong máy bạn.",
                "Short lessons, done rather than read. No name, no register: your answers stay on your device.",
            )) }
            nav .bands aria-label=(lang.pick("Chọn lứa tuổi", "Choose an age")) {
                h2 #choose { (lang.pick("Bạn mấy tuổi?", "How old are you?")) }
                ul { @for &ages in Ages::ALL { li { a .band href=(format!("#{}", anchor(Whom::Ages(ages)))) { (drawing(face(ages))) span { (band(ages, lang)) } } } } }
                p .fine { (lang.pick("Dành cho người lớn bên cạnh:", "For the grown-ups beside them:")) }
                ul { @for &reader in Reader::ALL { li { a .band .apart href=(format!("#{}", anchor(Whom::Reader(reader)))) { (reader_name(reader, lang)) } } } }
            }
            section #due hidden aria-labelledby="due-heading" {
                h2 #due-heading { (lang.pick("Hôm nay gặp lại", "To meet again today")) }
                p .fine { (lang.pick("Những câu lần trước chưa trúng.", "Questions that went wrong last time.")) }
                ul #due-list .due-list {}
            }
            div .paths {
                @for &ages in Ages::ALL { (section(place, &shelf, Whom::Ages(ages))) }
                @for &reader in Reader::ALL { (section(place, &shelf, Whom::Reader(reader))) }
            }
            (how_to_read(lang))
            (remember(lang))
            (happening(place))
        }
    };
    Frame { place, settings: site.settings(), page: Some(Page::Learn), title, styles: &[assets::LEARN_CSS] }.wrap(&main)
}

fn section(place: Place, shelf: &Shelf, whom: Whom) -> Markup {
    let lang = place.lang;
    let path = shelf.path(lang, whom);
    let of = |kind: Kind| path.iter().copied().filter(move |book| book.kind == kind).collect::<Vec<_>>();
    let (lessons, chats, rounds) = ([of(Kind::Lesson), of(Kind::Module)].concat(), of(Kind::Chat), of(Kind::Practice));
    let id = anchor(whom);
    html! {
        section #(id) .path aria-labelledby=(format!("{id}-heading")) {
            h2 id=(format!("{id}-heading")) { (whom_name(whom, lang)) }
            (cards(place, &lessons, true))
            @if !chats.is_empty() {
                h3 { (lang.pick("Trò chuyện mô phỏng", "Simulated chats")) }
                p .fine { (lang.pick("Bạn chọn, hoặc tự viết, rồi xem chuyện đi tới đâu. Tua lại lúc nào cũng được.", "You choose, or write yourself, and see where it leads. Rewind whenever you like.")) }
                (cards(place, &chats, false))
            }
            @if !rounds.is_empty() {
                h3 { (lang.pick("Luyện tập", "Practice")) }
                (cards(place, &rounds, false))
            }
            div .keep-path .needs-script {
                button .button .quiet type="button" data-keep-path=(place.base()) { (lang.pick("Giữ các bài này để học khi không có mạng", "Keep these for use without network")) }
                p .fine role="status"
                    data-working=(lang.pick("Đang giữ…", "Keeping…"))
                    data-done=(lang.pick("Xong: mở được cả khi không có mạng. Gỡ ở trang “Dùng không cần mạng”.", "Done: they open without network. Remove them on “Use without network”."))
                    data-failed=(lang.pick("Chưa giữ được. Hãy thử lại khi mạng tốt hơn.", "They could not be kept. Try again on a better network.")) {}
            }
        }
    }
}

/// Cards on a path, or in a plain list.
fn cards(place: Place, books: &[&Book], is_path: bool) -> Markup {
    html! {
        ol .cards .on-path[is_path] {
            @for book in books { li { a .card-link href=(format!("{}/{}", place.href(Page::Learn), book.pack.id)) data-id=(book.pack.id) {
                (drawing(book.pack.picture))
                span .card-words {
                    strong { (book.pack.title) }
                    @if book.kind != Kind::Practice { span .card-aim { (book.pack.aim) } }
                    span .card-foot { (minutes(book, place.lang)) span .card-state {} }
                }
            } } }
        }
    }
}

pub(super) fn minutes(book: &Book, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("{} phút", book.pack.minutes),
        Lang::En => format!("{} minutes", book.pack.minutes),
    }
}

pub(super) fn anchor(whom: Whom) -> String {
    match whom {
        Whom::Ages(ages) => format!("ages-{ages}"),
        Whom::Reader(reader) => format!("for-{reader}"),
    }
}

fn band(ages: Ages, lang: Lang) -> &'static str {
    match ages {
        Ages::From6 => lang.pick("6 đến 8 tuổi", "6 to 8"),
        Ages::From9 => lang.pick("9 đến 11 tuổi", "9 to 11"),
        Ages::From12 => lang.pick("12 đến 14 tuổi", "12 to 14"),
        Ages::From15 => lang.pick("15 đến 17 tuổi", "15 to 17"),
        Ages::Adult => lang.pick("Từ 18 tuổi", "18 and over"),
    }
}

const fn face(ages: Ages) -> Picture {
    match ages {
        Ages::From6 => Picture::Lantern,
        Ages::From9 => Picture::Game,
        Ages::From12 => Picture::Phone,
        Ages::From15 => Picture::Friends,
        Ages::Adult => Picture::Market,
    }
}

pub(super) fn whom_name(whom: Whom, lang: Lang) -> &'static str {
    match whom {
        Whom::Ages(ages) => band(ages, lang),
        Whom::Reader(reader) => reader_name(reader, lang),
    }
}

fn reader_name(reader: Reader, lang: Lang) -> &'static str {
    match reader {
        Reader::Teacher => lang.pick("Thầy cô", "Teachers"),
        Reader::Parent => lang.pick("Cha mẹ", "Parents"),
        Reader::Responder => lang.pick("Người trực và người hỗ trợ", "Those who answer and help"),
    }
}
