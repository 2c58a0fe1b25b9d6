//! What several steps are made of.

use crate::{Page, Place, plain::Answers};
use maud::{Markup, Render, html};
use vocabulary::Lang;

/// What stands in a step already: nothing where a script keeps it, her answers where the page is posted.
#[derive(Clone, Copy, Default)]
pub(in crate::pages) struct Filled<'a>(pub Option<&'a Answers>);

impl<'a> Filled<'a> {
    /// Whether this answer was chosen.
    pub fn has(self, name: &str, value: &str) -> bool {
        self.0.is_some_and(|answers| answers.has(name, value))
    }

    /// What was written.
    pub fn text(self, name: &str) -> &'a str {
        self.0.and_then(|answers| answers.all(name).first()).map_or("", String::as_str)
    }

    /// Whether the page is posted, so that her words pass through the server's memory.
    pub const fn is_posted(self) -> bool {
        self.0.is_some()
    }
}

/// A step. Drawn as it is, it waits for a script that shows it; its heading then takes the focus.
pub(in crate::pages) struct Step {
    id: &'static str,
    pub heading: Markup,
    pub body: Markup,
}

impl Render for Step {
    fn render(&self) -> Markup {
        let id = self.id;
        html! {
            section .step data-step=(id) hidden aria-labelledby=(format!("step-{id}")) {
                h2 id=(format!("step-{id}")) tabindex="-1" { (self.heading) }
                (self.body)
            }
        }
    }
}

pub(super) fn step(id: &'static str, heading: &impl Render, body: &Markup) -> Step {
    Step { id, heading: html! { (heading) }, body: html! { (body) } }
}

/// The same said twice: to a grown-up, and simpler to somebody under 16 who tells of herself.
pub(in crate::pages) fn said(grown: &str, young: &str) -> Markup {
    html! { span .grown { (grown) } span .young { (young) } }
}

/// The same said twice: about herself, and about another.
pub(in crate::pages) fn about(own: &str, another: &str) -> Markup {
    html! { span .own { (own) } span .another { (another) } }
}

/// One answer to choose, large enough for a thumb.
pub(in crate::pages) fn tile(kind: &str, name: &str, value: &str, label: &impl Render, filled: Filled<'_>) -> Markup {
    html! { label .tile { input type=(kind) name=(name) value=(value) checked[filled.has(name, value)]; span { (label) } } }
}

/// Several answers under one question that is not the heading.
pub(super) fn choices(legend: &impl Render, tiles: &Markup) -> Markup {
    html! { fieldset .choices { legend { (legend) } (tiles) } }
}

/// Numbers that come before anything else in danger.
pub(in crate::pages) fn calls(id: &str, lang: Lang, line: &impl Render, hidden: bool) -> Markup {
    let numbers = [
        ("113", lang.pick("Công an", "Police")),
        ("115", lang.pick("Cấp cứu", "Ambulance")),
        ("111", lang.pick("Bảo vệ trẻ em", "Child protection")),
    ];
    html! {
        section id=(id) .emergency hidden[hidden] aria-live="polite" {
            @if hidden { h3 { (line) } } @else { h2 { (line) } }
            ul .calls { @for (number, name) in numbers { li {
                a .call-big href=(format!("tel:{number}")) { strong { (number) } span { (name) } }
            } } }
            p .fine { (lang.pick("Miễn phí, ngày đêm. Cuộc gọi nằm lại trong lịch sử máy. Gọi xong bạn kể tiếp ở đây được.", "Free, day and night. Calls stay in the phone's history. You can go on here afterwards.")) }
        }
    }
}

/// Before every file picker, wherever the picture might be a sexual one of somebody under 18.
pub(in crate::pages) fn picture_warning(place: Place) -> Markup {
    warning(
        place,
        true,
        &html! {
            p .actions { button #describe .button .quiet type="button" { (place.lang.pick("Tôi tả bằng lời", "I'll describe it in words")) } }
        },
    )
}

/// The same with another way to the page where she tells it in words.
pub(in crate::pages) fn warning(place: Place, hidden: bool, describe: &Markup) -> Markup {
    let lang = place.lang;
    html! {
        section #picture-warning .note .strong hidden[hidden] {
            h3 { (lang.pick("Đừng gửi ảnh, clip nhạy cảm của người dưới 18 tuổi", "Please send no sexual picture of anyone under 18")) }
            p { (lang.pick(
                "Kể cả ảnh của chính bạn. Bạn không có lỗi vì có ảnh đó. Nhưng mỗi lần chuyển đi là thêm một bản, và nơi nhận cũng không được giữ. Hãy tả bằng lời, hoặc chụp đoạn chat đã che phần ảnh.",
                "Not even of yourself. It isn't your fault that it exists. But each passing on makes one more copy, and those who receive it may not keep it either. Describe it in words, or send the chat with the picture covered.",
            )) }
            p { (lang.pick("Muốn gỡ ảnh hoặc báo nơi đăng ảnh:", "To have a picture taken down, or to report where it is:")) }
            ul .ways {
                li { a href="tel:111" { "111" } " " (lang.pick("Tổng đài quốc gia bảo vệ trẻ em, miễn phí", "National Child Protection Hotline, free")) }
                li { a href="https://vn-cop.vn" rel="noreferrer noopener external" { "vn-cop.vn" } " " (lang.pick("báo nội dung xâm hại trẻ em", "reports of child abuse online")) }
                li { a href="https://takeitdown.ncmec.org" rel="noreferrer noopener external" { "takeitdown.ncmec.org" } " " (lang.pick("gỡ ảnh chụp khi dưới 18 tuổi, ảnh không rời máy bạn", "takes down pictures taken under 18; the picture stays on your device")) }
            }
            (describe)
        }
    }
}

/// The picker, the list with previews, the recorder. Used by the report and on coming back.
pub(in crate::pages) fn file_picker(place: Place) -> Markup {
    let lang = place.lang;
    html! {
        div #files .files
            data-too-big=(lang.pick("Tất cả tệp cộng lại tối đa {n} MB. Tệp này chưa thêm được: {name}", "All files together may have {n} MB. This one could not be added: {name}"))
            data-too-many=(lang.pick("Mỗi tin báo tối đa {n} tệp.", "A report may have {n} files."))
            data-empty=(lang.pick("Tệp này trống hoặc máy không đọc được: {name}", "This file is empty or can't be read: {name}"))
            data-added=(lang.pick("Đã thêm {name}", "{name} was added"))
            data-removed=(lang.pick("Đã bỏ {name}", "{name} was removed"))
            data-voice=(lang.pick("Lời nói", "Spoken words")) {
            p .actions {
                label .button .quiet .picker { input #pick .visually-hidden type="file" multiple; span { (lang.pick("Chọn ảnh, clip, tệp", "Choose pictures, clips, files")) } }
                button #record .button .quiet type="button" hidden
                    data-start=(lang.pick("Ghi lời nói", "Record my voice"))
                    data-stop=(lang.pick("Dừng ghi", "Stop recording"))
                    data-refused=(lang.pick("Máy không cho dùng micrô. Bạn vẫn viết hoặc thêm tệp được.", "The microphone is not allowed. You can still write or add files.")) { (lang.pick("Ghi lời nói", "Record my voice")) }
            }
            ul #file-list .file-list {}
            p #file-status .fine role="status" {}
            template #file-template {
                li .file {
                    canvas .file-preview width="0" height="0" hidden {}
                    div .file-facts {
                        p .file-name dir="auto" {}
                        p .fine .file-size {}
                        p .fine .file-clean hidden { (lang.pick("Người giúp xem bản không có vị trí và tên máy. Bản gốc được niêm làm bằng chứng.", "Helpers see a copy without place and device. The original is sealed as evidence.")) }
                    }
                    div .file-tools {
                        button .button .quiet data-play type="button" hidden { (lang.pick("Nghe lại", "Listen")) }
                        button .button .quiet data-remove type="button" { (lang.pick("Bỏ", "Remove")) }
                    }
                }
            }
        }
        p .fine { (lang.pick("Tệp được niêm trên máy bạn rồi mới gửi, và không tải ngược về được.", "Files are sealed on your device before they are sent, and can't be fetched back.")) " "
            a href=(place.href(Page::Traces)) target="_blank" rel="noreferrer" { (Page::Traces.name(lang)) } }
    }
}
