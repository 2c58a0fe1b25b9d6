//! What surrounds the desk: a bar of its own, without the menus of the public pages.

use crate::{Place, Settings, assets, pages::mark};
use maud::{DOCTYPE, Markup, html};
use rights::Action;
use vocabulary::Lang;

/// The whole document. Its title never changes: a tab must not tell what is open. `works`: there is a desk for the
/// script to work at.
pub(super) fn wrap(place: Place, settings: &Settings, main: &Markup, works: bool) -> Markup {
    let lang = place.lang;
    let title = lang.pick("Bàn tiếp nhận · Hải Đăng", "Desk · Hải Đăng");
    html! {
        (DOCTYPE)
        html lang=(lang.code()) data-cover="open" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                title { (title) }
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                meta name="format-detection" content="telephone=no";
                link rel="stylesheet" href=(assets::TOKENS_CSS);
                link rel="stylesheet" href=(assets::COMPONENTS_CSS);
                link rel="stylesheet" href=(assets::DESK_CSS);
                link rel="stylesheet" href=(assets::DESK_OFFICE_CSS);
                link rel="stylesheet" href=(assets::DESK_WORK_CSS);
                link rel="stylesheet" href=(assets::LETTERS_CSS);
                link rel="stylesheet" href=(assets::DESK_PAPERS_CSS);
                link rel="icon" type="image/svg+xml" href=(mark::icon(place.cover));
                @if works { script type="module" src=(assets::DESK_JS) {} }
                noscript { link rel="stylesheet" href=(assets::NOSCRIPT_CSS); }
            }
            body .desk data-page="desk" data-view="none" data-desk=(home(lang)) data-exit=(settings.exit_url) {
                a .skip href="#main" { (lang.pick("Tới phần chính", "Skip to main content")) }
                (bar(place))
                p #notice .notice role="status" aria-live="polite" hidden {}
                main #main tabindex="-1" {
                    @if works { div .needs-no-script { p .sheet { (lang.pick(
                        "Bàn tiếp nhận cần JavaScript: khoá mở báo cáo được giữ và dùng ngay trong trình duyệt này, máy chủ không có khoá.",
                        "The desk needs JavaScript: the keys that open reports are kept and used in this browser; the server has none.",
                    )) } } }
                    (main)
                }
            }
        }
    }
}

/// Where the desk is.
pub(super) fn home(lang: Lang) -> String {
    format!("/{}/desk", lang.code())
}

fn bar(place: Place) -> Markup {
    let lang = place.lang;
    let other = place.switched().lang;
    html! {
        header .desk-bar {
            span .brand { (mark::mark(place.cover)) span #org-name { (lang.pick("Bàn tiếp nhận", "Desk")) } }
            nav #desk-nav aria-label=(lang.pick("Các phần của bàn", "Parts of the desk")) hidden { ul {
                li { button type="button" data-go="inbox" { (lang.pick("Hàng chờ", "Queue")) } }
                li { button type="button" data-go="colleagues" { (lang.pick("Đồng nghiệp", "Colleagues")) } }
                (door(lang, "team", Action::ReviewQuality, "Công việc", "Team"))
                (door(lang, "figures", Action::ReadIndicators, "Số liệu", "Figures"))
                (door(lang, "log", Action::ReadAudit, "Nhật ký", "Log"))
                (door(lang, "office", Action::ManageOrganisation, "Tổ chức", "Organisation"))
                li { button type="button" data-go="keys" { (lang.pick("Khoá của tôi", "My keys")) } }
            } }
            span .bar-end {
                span #live .live role="status" data-on=(lang.pick("Đang nối", "Live")) data-off=(lang.pick("Mất nối, đang thử lại", "Connection lost, trying again")) hidden {}
                a #switch-language .bar-link href=(home(other)) hreflang=(other.code()) lang=(other.code()) { (lang.pick("English", "Tiếng Việt")) }
                button #shortcuts-open .bar-button type="button" title="?" hidden { (lang.pick("Phím tắt", "Keys")) }
                button #lock .bar-button type="button" hidden title=(lang.pick("Quên khoá khỏi trình duyệt này và đăng xuất (Shift+L)", "Forget the keys in this browser and sign out (Shift+L)")) {
                    (lang.pick("Khoá bàn", "Lock"))
                }
            }
        }
    }
}

/// A part of the desk for whoever may do this; hidden until she is there.
fn door(lang: Lang, room: &str, may: Action, vi: &'static str, en: &'static str) -> Markup {
    html! { li data-may=(may.code()) hidden { button type="button" data-go=(room) { (lang.pick(vi, en)) } } }
}

/// What the keys do.
pub(super) fn shortcuts(lang: Lang) -> Markup {
    let rows = [
        ("J · K", lang.pick("Báo cáo sau, báo cáo trước", "Next report, previous report")),
        ("Enter", lang.pick("Mở báo cáo đang chọn", "Open the chosen report")),
        ("X", lang.pick("Đánh dấu để làm nhiều ca một lượt", "Pick it, to do several at once")),
        ("1 – 5", lang.pick("Mới, của tôi, đến hạn, tất cả, đã xong", "New, mine, due, all, over")),
        ("/", lang.pick("Lọc danh sách", "Filter the list")),
        ("U", lang.pick("Về danh sách", "Back to the list")),
        ("A", lang.pick("Giao cho tôi", "Into my hands")),
        ("R", lang.pick("Viết trả lời", "Write an answer")),
        ("M", lang.pick("Chèn mẫu trả lời", "Insert an answer template")),
        ("N", lang.pick("Viết ghi chú", "Write a note")),
        ("T", lang.pick("Đặt việc", "Set a task")),
        ("F", lang.pick("Ghi lần hỏi thăm kế tiếp", "Note the next follow-up")),
        ("C", lang.pick("Khép ca", "Close the case")),
        ("Ctrl + Enter", lang.pick("Gửi hoặc lưu điều đang viết", "Send or save what is being written")),
        ("Shift + L", lang.pick("Khoá bàn", "Lock the desk")),
        ("?", lang.pick("Bảng này", "This list")),
    ];
    html! {
        dialog #shortcuts aria-labelledby="shortcuts-heading" {
            h2 #shortcuts-heading { (lang.pick("Phím tắt", "Keys")) }
            dl .keys { @for (key, what) in rows { div { dt { kbd { (key) } } dd { (what) } } } }
            form method="dialog" { button .button .quiet { (lang.pick("Đóng", "Close")) } }
        }
    }
}
