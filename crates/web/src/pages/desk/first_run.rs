//! What the operator sees where no organisation has joined yet.

use crate::{Place, Settings};
use maud::{Markup, html};

pub(super) fn render(place: Place, settings: &Settings) -> Markup {
    let lang = place.lang;
    let main = html! {
        article #view-first-run .prose .first-run {
            h1 .page-title { (lang.pick("Chưa có tổ chức nào ở đây", "No organisation has joined yet")) }
            p .intro { (lang.pick(
                "Người cần giúp chưa gửi báo cáo được, vì chưa có ai để đọc. Trang kiểm tra và danh bạ vẫn dùng được. Ba bước sau mở bàn tiếp nhận.",
                "People can't send a report yet, because nobody is there to read it. The check and the directory work. Three steps open the desk.",
            )) }
            ol .steps {
                li {
                    h2 { (lang.pick("Thêm tổ chức", "Add the organisation")) }
                    p { (lang.pick("Trên máy chủ, trong thư mục chạy Hải Đăng (hoặc thêm --data):", "On the server, in the folder where Hải Đăng runs (or add --data):")) }
                    pre .code tabindex="0" { "haidang org add --id tong-dai --kind helpline \\\n  --name-vi \"Tổng đài …\" --name-en \"… helpline\" \\\n  --about-vi \"…\" --hours always" }
                    p .fine { (lang.pick("Mọi mục: haidang org add --help", "All fields: haidang org add --help")) }
                }
                li {
                    h2 { (lang.pick("Mời người đầu tiên", "Invite its first member")) }
                    pre .code tabindex="0" { "haidang staff invite tong-dai --role organisation_admin" }
                    p { (lang.pick(
                        "Lệnh in một đường dẫn dùng một lần. Đưa tận tay người ấy: ai mở trước thì người đó vào. Trình duyệt của người ấy tạo khoá của tổ chức; bạn, người vận hành máy chủ, không bao giờ có khoá và không đọc được báo cáo.",
                        "It prints a one-time link. Hand it over in person: whoever opens it first is in. Her browser makes the organisation's key; you, who run the server, never have it and can't read a report.",
                    )) }
                }
                li {
                    h2 { (lang.pick("In và cất ba mảnh khoá dự phòng", "Print and keep three recovery shares")) }
                    p { (lang.pick(
                        "Người đầu tiên in ba mảnh; hai mảnh bất kỳ mở lại được khoá khi mọi người quên mật khẩu. Cất ở ba nơi, do ba người giữ. Mất cả hai lối thì không ai, kể cả bạn, mở lại được các báo cáo cũ.",
                        "The first member prints three shares; any two bring the key back when everyone has forgotten. Keep them in three places, with three people. If both ways are lost, nobody, you included, can open the old reports again.",
                    )) }
                }
            }
            h2 { (lang.pick("Còn nên làm", "Also worth doing")) }
            ul {
                li { (lang.pick("Tin \"có việc mới\" qua thư hoặc webhook, không có nội dung: đặt smtp_host, rồi haidang org change … --notice-email", "Notices \"something new\" by mail or webhook, without content: set smtp_host, then haidang org change … --notice-email")) }
                li { (lang.pick("Sao lưu thư mục dữ liệu mỗi ngày.", "Back up the data folder every day.")) }
                @if settings.operator.is_empty() {
                    li { (lang.pick("Ghi tên và liên hệ của bạn: operator, operator_contact.", "State who you are and how to reach you: operator, operator_contact.")) }
                }
            }
        }
    };
    super::frame::wrap(place, settings, &main, false)
}
