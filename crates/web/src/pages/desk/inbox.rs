//! The queue: most urgent first, as it stands in the clear; its parts, filters, and what is done to several at once.

use super::exchange;
use maud::{Markup, html};
use vocabulary::{AgeBand, Harm, Lang, PROVINCES, Urgency};

pub(super) fn render(lang: Lang) -> Markup {
    html! {
        section #inbox .inbox aria-labelledby="inbox-heading" {
            div .pane-head {
                h1 #inbox-heading tabindex="-1" { (lang.pick("Hàng chờ", "Queue")) }
                p #inbox-count .fine role="status" {}
                p #inbox-late .late {}
            }
            (parts(lang))
            (filter(lang))
            details #keeping .keeping hidden {
                summary #keeping-count {}
                ul #keeping-list .inbox-list {}
                p .fine { (lang.pick(
                    "Muốn giữ lâu hơn thì viết thêm một mục trong báo cáo; khi luật buộc phải giữ, người giám sát hoặc quản trị đánh dấu ở cuối báo cáo.",
                    "To keep one longer, write an entry in it; where the law makes you keep it, a supervisor or administrator marks so at the end of the report.",
                )) }
            }
            p #inbox-closed .callout hidden { (lang.pick(
                "Bạn đã vào, nhưng chưa có khoá của tổ chức. Hãy nhờ một đồng nghiệp đang ở bàn mở cửa cho bạn (Đồng nghiệp → Mở cửa). Trang này tự nhận ra khi cửa mở.",
                "You are in, but don't have the organisation's key yet. Ask a colleague who is at the desk to open the door for you (Colleagues → Open the door). This page notices when it is open.",
            )) }
            p #inbox-empty .empty hidden {}
            ol #inbox-list .inbox-list aria-labelledby="inbox-heading" {}
            p .actions { button #inbox-more .button .quiet type="button" hidden { (lang.pick("Xem thêm", "More")) } }
            (exchange::opener(lang))
            (several(lang))
            template #t-row {
                li .line {
                    label .tick { input .row-pick type="checkbox"; span .visually-hidden {} }
                    button .row type="button" {
                        span .row-urgency {}
                        span .row-main { span .row-came {} strong .row-harm {} span .row-facts {} span .row-work {} }
                        span .row-side { span .row-clock {} span .row-state {} }
                    }
                }
            }
        }
    }
}

/// The parts of the queue, in the order of the keys 1 to 5.
fn parts(lang: Lang) -> Markup {
    let parts = [
        ("new", lang.pick("Mới", "New")),
        ("mine", lang.pick("Của tôi", "Mine")),
        ("due", lang.pick("Đến hạn", "Due")),
        ("all", lang.pick("Tất cả", "All")),
        ("over", lang.pick("Đã xong", "Over")),
    ];
    html! {
        div #queue-parts .queue-parts role="group" aria-label=(lang.pick("Phần của hàng chờ", "Parts of the queue")) {
            @for (number, (code, name)) in (1..).zip(parts) {
                button type="button" data-queue=(code) aria-pressed=(if code == "all" { "true" } else { "false" }) aria-keyshortcuts=(number) {
                    (name) @if code == "due" { " " span #late-steps .late-count {} }
                }
            }
        }
    }
}

fn filter(lang: Lang) -> Markup {
    let any = lang.pick("mọi thứ", "any");
    html! {
        search .queue-filter {
            label .visually-hidden for="filter-text" { (lang.pick("Lọc danh sách", "Filter the list")) }
            input #filter-text type="search" autocomplete="off" spellcheck="false" aria-keyshortcuts="/"
                placeholder=(lang.pick("Lọc: chuyện gì, tuổi, tỉnh, ai phụ trách", "Filter: harm, age, province, owner"));
            details #filter-more .filter-more {
                summary { (lang.pick("Điều kiện và góc nhìn", "Conditions and views")) " " span #filter-on .fine {} }
                div .filter-grid {
                    label { span { (lang.pick("Chuyện gì", "Harm")) } select #filter-harm { option value="" { (any) }
                        @for code in Harm::ALL { option value=(code) { (code.name(lang)) } } } }
                    label { span { (lang.pick("Mức gấp", "Urgency")) } select #filter-urgency { option value="" { (any) }
                        @for code in Urgency::ALL { option value=(code.code()) { (super::words::urgency(*code, lang)) } } } }
                    label { span { (lang.pick("Tuổi", "Age")) } select #filter-age { option value="" { (any) }
                        @for code in AgeBand::ALL { option value=(code.code()) { (code.name(lang)) } } } }
                    label { span { (lang.pick("Tỉnh, thành", "Province")) } select #filter-province { option value="" { (any) }
                        @for province in PROVINCES { option value=(province.code) { (province.name(lang)) } } } }
                    label { span { (lang.pick("Phụ trách", "Owner")) } select #filter-owner { option value="" { (any) }
                        option value="nobody" { (lang.pick("chưa ai", "nobody yet")) } } }
                    button #filter-clear .button .quiet type="button" { (lang.pick("Bỏ lọc", "Clear")) }
                }
                form #view-save .view-save {
                    label .visually-hidden for="view-name" { (lang.pick("Tên góc nhìn", "Name of the view")) }
                    input #view-name type="text" maxlength="60" autocomplete="off" required
                        placeholder=(lang.pick("Tên để lưu góc nhìn này", "Name to save this view by"));
                    button .button .quiet { (lang.pick("Lưu", "Save")) }
                }
                p #view-error .form-error role="alert" hidden {}
                p .fine { (lang.pick("Góc nhìn được niêm phong cho riêng bạn.", "Views are sealed to you alone.")) }
            }
            ul #view-list .view-list aria-label=(lang.pick("Góc nhìn đã lưu", "Saved views")) {}
            template #t-view { li {
                button .view-use type="button" {}
                button .view-drop type="button" { span aria-hidden="true" { "×" } span .visually-hidden {} }
            } }
            p #filter-part .fine role="status" {}
        }
    }
}

/// What is done to the reports that were picked.
fn several(lang: Lang) -> Markup {
    html! {
        div #several .several role="group" aria-labelledby="several-count" hidden {
            span #several-count role="status" {}
            button #several-mine .button .quiet type="button" { (lang.pick("Giao cho tôi", "To me")) }
            button #several-assign .button .quiet type="button" { (lang.pick("Giao cho…", "Hand to…")) }
            button #several-task .button .quiet type="button" { (lang.pick("Đặt việc…", "Set a task…")) }
            button #several-none .bar-button type="button" { (lang.pick("Bỏ chọn", "None")) }
        }
        dialog #several-dialog aria-labelledby="several-heading" {
            h2 #several-heading { (lang.pick("Làm cho nhiều ca", "Several cases")) }
            p #several-progress role="status" {}
            progress #several-bar max="1" value="0" aria-labelledby="several-progress" {}
            ul #several-outcomes .outcomes {}
            form method="dialog" .actions { button #several-close .button .quiet { (lang.pick("Đóng", "Close")) } }
        }
    }
}
