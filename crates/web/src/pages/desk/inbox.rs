//! The list: most urgent first, as it stands in the clear.

use super::exchange;
use maud::{Markup, html};
use vocabulary::Lang;

pub(super) fn render(lang: Lang) -> Markup {
    html! {
        section #inbox .inbox aria-labelledby="inbox-heading" {
            div .pane-head {
                h1 #inbox-heading tabindex="-1" { (lang.pick("Hộp thư", "Inbox")) }
                p #inbox-count .fine role="status" {}
            }
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
            p #inbox-empty .empty hidden { (lang.pick(
                "Không có báo cáo nào đang chờ. Báo cáo mới hiện ra ở đây ngay khi tới.",
                "No report is waiting. A new one appears here the moment it arrives.",
            )) }
            ol #inbox-list .inbox-list aria-labelledby="inbox-heading" {}
            p .actions { button #inbox-more .button .quiet type="button" hidden { (lang.pick("Xem thêm", "More")) } }
            (exchange::opener(lang))
            template #t-row {
                li { button .row type="button" {
                    span .row-urgency {}
                    span .row-main { strong .row-harm {} span .row-facts {} }
                    span .row-side { span .row-clock {} span .row-state {} }
                } }
            }
        }
    }
}
