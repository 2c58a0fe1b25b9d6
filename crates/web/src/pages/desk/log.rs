//! The log, for whoever audits the organisation.

use maud::{Markup, html};
use vocabulary::Lang;

pub(super) fn render(lang: Lang) -> Markup {
    html! {
        section #view-log .view .pages .wide hidden aria-labelledby="log-heading" {
            h1 #log-heading tabindex="-1" { (lang.pick("Nhật ký", "Log")) }
            p .fine { (lang.pick(
                "Ai đã đọc, sửa, chia sẻ, tải gì. Nhật ký chỉ dài thêm, mỗi dòng nối với dòng trước. Ở đây không có lời kể của ai; mã ca không mở được gì.",
                "Who read, changed, shared, took what. It only grows, each line chained to the one before. No word of anybody stands here; the id of a case opens nothing.",
            )) }
            form #log-filter .log-filter {
                div .field { label for="log-kind" { (lang.pick("Việc", "What")) }
                    select id="log-kind" { option value="" { (lang.pick("mọi việc", "everything")) }
                        @for (code, vi, en) in KINDS { option value=(code) { (lang.pick(vi, en)) } } } }
                div .field { label for="log-member" { (lang.pick("Người làm", "Who")) }
                    select id="log-member" { option value="" { (lang.pick("mọi người", "everybody")) } } }
                div .field { label for="log-from" { (lang.pick("Từ ngày", "From")) } input #log-from type="date"; }
                div .field { label for="log-until" { (lang.pick("Đến hết ngày", "To the end of")) } input #log-until type="date"; }
                div .field { label for="log-case" { (lang.pick("Mã ca", "Case")) }
                    input #log-case autocomplete="off" autocapitalize="none" spellcheck="false" pattern="[0-9a-f]{32}" maxlength="32"; }
                button .button .quiet { (lang.pick("Lọc", "Filter")) }
            }
            p #log-error .form-error role="alert" hidden {}
            div .actions {
                button #log-check .button .quiet type="button" { (lang.pick("Kiểm tra cả nhật ký", "Check the whole log")) }
                button #log-csv .button .quiet type="button" { (lang.pick("Tải CSV", "Save CSV")) }
                button #log-json .button .quiet type="button" { (lang.pick("Tải JSON", "Save JSON")) }
            }
            p #log-checked .callout role="status" hidden {}
            p .fine { (lang.pick(
                "Tệp tải về mang theo chuỗi mã; ai cũng kiểm được bằng: haidang log verify TỆP. Dòng không thuộc phần đang lọc chỉ có mã, không có nội dung. Việc tải được ghi lại.",
                "A saved file carries the chain; anybody checks it by: haidang log verify FILE. Lines that the filter leaves out are there as hashes only. Saving is noted.",
            )) }
            div .table-frame tabindex="0" role="region" aria-label=(lang.pick("Các dòng nhật ký", "Lines of the log")) {
                table .list {
                    thead { tr {
                        th scope="col" { (lang.pick("Số", "No.")) }
                        th scope="col" { (lang.pick("Lúc", "When")) }
                        th scope="col" { (lang.pick("Ai", "Who")) }
                        th scope="col" { (lang.pick("Việc", "What")) }
                        th scope="col" { (lang.pick("Ca", "Case")) }
                    } }
                    tbody #log-lines {}
                }
            }
            p #log-none .empty hidden { (lang.pick("Không có dòng nào như vậy.", "No such line.")) }
            p .actions { button #log-more .button .quiet type="button" hidden { (lang.pick("Tìm tiếp về trước", "Look further back")) } }
        }
    }
}

/// Every kind of line, as the log names it: of a case (`casework::work::Change`), then of the organisation
/// (`casework::office::OfficeEvent`).
pub(super) static KINDS: &[(&str, &str, &str)] = &[
    ("read", "đọc", "read"),
    ("accepted", "nhận ca", "took it on"),
    ("declined", "không nhận", "declined"),
    ("assigned", "giao người phụ trách", "gave it to a colleague"),
    ("teamed", "giao nhóm", "gave it to a team"),
    ("left", "người phụ trách thôi việc", "who had it left"),
    ("erased", "báo cáo bị xoá", "the case was erased"),
    ("answered", "trả lời", "answered"),
    ("person_wrote", "người gửi viết", "the person wrote"),
    ("waiting", "chờ", "waits"),
    ("resumed", "làm tiếp", "went on"),
    ("assessed", "đánh giá nguy cơ", "assessed the risk"),
    ("notified", "báo cơ quan theo luật", "told an authority"),
    ("task_set", "đặt việc", "set a task"),
    ("task_done", "xong việc", "did a task"),
    ("noted", "ghi chú", "noted"),
    ("served", "giúp", "gave a service"),
    ("followed_up", "hỏi thăm", "followed up"),
    ("she_said", "người gửi trả lời hỏi thăm", "the person said how she is"),
    ("close_asked", "xin khép ca", "asked to close"),
    ("close_refused", "chưa cho khép", "closing was refused"),
    ("closed", "khép ca", "closed"),
    ("reopened", "mở lại ca", "reopened"),
    ("merged", "gộp ca", "merged"),
    ("entered", "ghi hộ", "entered for the person"),
    ("consent_asked", "hỏi ý", "asked for consent"),
    ("consent_given", "đồng ý", "consent was given"),
    ("consent_refused", "không đồng ý", "consent was refused"),
    ("consent_recorded", "ghi lại sự đồng ý", "recorded consent"),
    ("consent_withdrawn", "rút lại sự đồng ý", "consent was withdrawn"),
    ("consent_expired", "sự đồng ý hết hạn", "consent ran out"),
    ("referral_offered", "chuyển gửi", "referred"),
    ("referral_received", "nhận chuyển gửi", "got a referral"),
    ("referral_moved", "chuyển gửi có bước mới", "a referral went on"),
    ("takedown_set", "yêu cầu gỡ nội dung", "asked for removal"),
    ("invited", "mời người mới", "invited a colleague"),
    ("joined", "vào tổ chức", "joined"),
    ("door_opened", "mở cửa cho đồng nghiệp", "opened the door"),
    ("role_changed", "đổi vai trò", "changed a role"),
    ("member_left", "cho thôi việc", "ended a colleague's access"),
    ("key_replaced", "thay khoá của tổ chức", "replaced the organisation's key"),
    ("office_changed", "sửa thiết lập của tổ chức", "changed the organisation's settings"),
    ("team_kept", "lập hoặc sửa nhóm", "made or changed a team"),
    ("team_dropped", "bỏ nhóm", "dropped a team"),
    ("template_kept", "viết mẫu trả lời", "wrote a template"),
    ("template_dropped", "bỏ mẫu trả lời", "dropped a template"),
    ("log_exported", "tải nhật ký", "exported the log"),
    ("figures_exported", "tải số liệu", "exported figures"),
];
