//! What scripts say of the work on a case, and of the queue.

use super::words::list;
use maud::{Markup, html};
use papers::PLATFORMS;
use vocabulary::{
    CaseState, Closing, DeclineReason, FollowUp, Helped, Lang, LegalDuty, NoteKind, Outcome, ReferralState, Risk,
    ServiceKind, TakedownState, TaskKind, Wellbeing,
};

/// Names of codes.
pub(super) fn lists(lang: Lang) -> Markup {
    html! {
        (list("case_state", CaseState::ALL.iter().map(|c| (c.code(), c.name(lang)))))
        (list("closing", Closing::ALL.iter().map(|c| (c.code(), c.name(lang)))))
        (list("decline_reason", DeclineReason::ALL.iter().map(|c| (c.code(), c.name(lang)))))
        (list("follow_up", FollowUp::ALL.iter().map(|c| (c.code(), c.name(lang)))))
        (list("helped", Helped::ALL.iter().map(|c| (c.code(), c.name(lang)))))
        (list("legal_duty", LegalDuty::ALL.iter().map(|c| (c.code(), c.name(lang)))))
        (list("note", NoteKind::ALL.iter().map(|c| (c.code(), c.name(lang)))))
        (list("outcome", Outcome::ALL.iter().map(|c| (c.code(), c.name(lang)))))
        (list("platform", PLATFORMS.iter().map(|platform| (platform.code, platform.name))))
        (list("referral_state", ReferralState::ALL.iter().map(|c| (c.code(), c.name(lang)))))
        (list("risk", Risk::ALL.iter().map(|c| (c.code(), c.name(lang)))))
        (list("service", ServiceKind::ALL.iter().map(|c| (c.code(), c.name(lang)))))
        (list("takedown_state", TakedownState::ALL.iter().map(|c| (c.code(), c.name(lang)))))
        (list("task", TaskKind::ALL.iter().map(|c| (c.code(), c.name(lang)))))
        (list("wellbeing", Wellbeing::ALL.iter().map(|c| (c.code(), c.name(lang)))))
    }
}

pub(super) static PHRASES: &[(&str, &str, &str)] = &[
    // The queue.
    ("late-steps", "· trễ {n}", "· {n} late"),
    ("late-answers", "{n} chờ trả lời quá hạn", "{n} answers overdue"),
    (
        "empty-all",
        "Không có báo cáo nào đang chờ. Báo cáo mới hiện ra ở đây ngay khi tới.",
        "No report is waiting. A new one appears here the moment it arrives.",
    ),
    ("empty-new", "Không có ca mới nào chưa ai nhận.", "No new case waits for somebody to take it on."),
    (
        "empty-mine",
        "Bạn chưa có ca nào trong tay. Nhấn A ở một ca để nhận.",
        "You have no case in hand. Press A on one to take it.",
    ),
    ("empty-due", "Không có việc nào đến hạn. Tốt lắm.", "Nothing is due. Well done."),
    ("empty-over", "Chưa có ca nào xong.", "No case is over yet."),
    ("empty-filter", "Không ca nào khớp điều kiện lọc.", "No case fits the filter."),
    (
        "filter-part",
        "Đang lọc trong {n} ca đầu; bấm “Xem thêm” để lọc tiếp.",
        "Filtering the first {n} cases; press “More” to go on.",
    ),
    ("conditions", "({n} điều kiện)", "({n} on)"),
    ("view-drop", "Bỏ góc nhìn {n}", "Remove the view {n}"),
    (
        "views-full",
        "Giữ được tối đa {n} góc nhìn. Hãy bỏ bớt một cái trước.",
        "At most {n} views are kept. Remove one first.",
    ),
    ("pick", "Đánh dấu: {n}", "Pick: {n}"),
    ("picked", "Đã chọn {n}", "{n} picked"),
    ("several", "Cho {n} ca đã chọn", "For the {n} cases that are picked"),
    ("several-progress", "Đang làm {n} trong {m}…", "Doing {n} of {m}…"),
    ("several-done", "Xong {n} trong {m} ca.", "Done for {n} of {m} cases."),
    ("several-ok", "xong", "done"),
    (
        "several-changed",
        "vừa có người đổi ca này (phụ trách: {n}). Hãy xem lại trước.",
        "somebody has just changed this case (owner: {n}). Look at it first.",
    ),
    // Who.
    ("me", "{n} (bạn)", "{n} (you)"),
    ("nobody", "chưa ai phụ trách", "nobody has it"),
    ("left-us", "người đã thôi việc", "somebody who left"),
    ("teams", "Nhóm", "Teams"),
    ("of-team", "nhóm {n}", "team {n}"),
    ("no-team", "không nhóm nào nữa", "no team any more"),
    ("no-team-more", "không còn nữa", "that is no more"),
    ("empty-team", "Nhóm này không có ca nào đang chờ hay đang làm.", "This team has no case waiting or worked on."),
    ("came-as", "lúc tới: {n}", "as it came: {n}"),
    ("owned", "phụ trách: {n}", "owner: {n}"),
    ("whoever", "bất cứ người giám sát nào", "any supervisor"),
    ("owner-does", "người phụ trách ca", "the owner of the case"),
    ("a-program", "Một chương trình của tổ chức", "A program of the organisation"),
    ("the-clock", "Đồng hồ của hệ thống", "The system's clock"),
    // Where it stands.
    ("step-on", "việc tới {n}", "next {n}"),
    ("step-late", "trễ {n}", "{n} late"),
    ("due-on", "hạn {n}", "due {n}"),
    ("waits-until", "Chờ tới {n}", "Waits until {n}"),
    ("closed-as", "Khép {m}: {n}", "Closed {m}: {n}"),
    ("declined-as", "Không nhận: {n}", "Declined: {n}"),
    ("merged-as", "Ca này đã gộp; việc tiếp tục ở ca kia.", "This case was merged; the other one goes on."),
    ("asked-close", "{n} xin khép: {m}.", "{n} asks to close it: {m}."),
    ("close-it", "Khép ca", "Close"),
    ("ask-close", "Xin xem lại", "Ask for the review"),
    ("done-closed", "Đã khép ca.", "The case is closed."),
    ("done-asked", "Đã xin người giám sát xem lại.", "A supervisor was asked to look."),
    (
        "work-changed",
        "Đồng nghiệp vừa làm gì đó ở ca này. Bản mới đã hiện; những gì bạn gõ vẫn còn đây: hãy xem rồi làm lại.",
        "A colleague has just done something here. The new state is shown; what you typed is still here: look, then do it again.",
    ),
    (
        "altered-note",
        "(Ghi chú này không mở được: nó đã bị đổi hoặc hỏng.)",
        "(This note can't be opened: it was altered or damaged.)",
    ),
    // Clocks.
    ("answer-left", "Trả lời: còn {n}", "Answer: {n} left"),
    ("answer-late", "Trả lời: quá hạn {n}", "Answer: {n} overdue"),
    (
        "child_abuse-left",
        "Báo 111, công an hoặc xã, phường ngay: còn {n} (Nghị định 56/2017, điều 25)",
        "Tell 111, the police or the commune at once: {n} left (Decree 56/2017, article 25)",
    ),
    (
        "child_abuse-late",
        "Báo 111, công an hoặc xã, phường ngay: quá hạn {n} (Nghị định 56/2017, điều 25)",
        "Tell 111, the police or the commune at once: {n} overdue (Decree 56/2017, article 25)",
    ),
    (
        "child_danger-left",
        "Biện pháp khẩn cấp: còn {n} (điều 26, trong 12 giờ)",
        "Emergency measures: {n} left (article 26, within 12 hours)",
    ),
    (
        "child_danger-late",
        "Biện pháp khẩn cấp: quá hạn {n} (điều 26, trong 12 giờ)",
        "Emergency measures: {n} overdue (article 26, within 12 hours)",
    ),
    ("told-authority", "Đã báo lúc {m}: {n}", "Told {m}: {n}"),
    ("no-clock", "Không đồng hồ nào đang chạy.", "No clock is running."),
    // Tasks and follow-ups.
    ("no-tasks", "Không có việc nào.", "No tasks."),
    ("no-day", "Hãy chọn ngày và giờ.", "Choose a day and an hour."),
    (
        "needs-next",
        "Đây là việc cuối của ca. Hãy chọn việc tiếp theo và ngày làm.",
        "This is the last step of the case. Choose the next one and its day.",
    ),
    ("request-next", "Đi tới đâu…", "How far…"),
    ("request-since", "{n}, từ {m}", "{n}, since {m}"),
    ("task-done", "Xong", "Done"),
    ("task-change", "Sửa", "Change"),
    ("follow-note", "Ghi kết quả", "Note"),
    ("reached", "liên hệ được", "reached"),
    ("not-reached", "chưa liên hệ được", "not reached"),
    ("not-planned", "không hẹn", "not planned"),
    ("person-said", "Người gửi nói: {n}", "The person said: {n}"),
    ("then", "tiếp theo: {n}, {m}", "next: {n}, {m}"),
    // Risk.
    ("no-risk", "Chưa đánh giá.", "Not assessed yet."),
    ("act", "cần hành động: {n}", "act: {n}"),
    ("risk-harm", "Tổn hại", "Harm"),
    ("risk-access", "Tiếp cận", "Access"),
    ("risk-obstacles", "Cản trở", "Obstacles"),
    ("risk-ability", "Tự bảo vệ", "Ability"),
    // What was done.
    ("did-accepted", "nhận ca, phụ trách", "took it on, owner"),
    ("did-declined", "không nhận", "declined"),
    ("did-teamed", "giao cho nhóm", "handed to a team"),
    ("did-assigned", "giao cho", "handed to"),
    ("did-left", "đã thôi việc", "left"),
    ("did-erased", "đã xoá", "erased"),
    ("did-answered", "trả lời", "answered"),
    ("did-person_wrote", "viết thêm", "wrote"),
    ("did-waiting", "chờ tới", "waits until"),
    ("did-resumed", "tiếp tục", "went on"),
    ("did-assessed", "đánh giá nguy cơ", "assessed the risk"),
    ("did-notified", "đã báo cơ quan", "told an authority"),
    ("did-task_set", "đặt việc", "set a task"),
    ("did-task_done", "xong một việc", "finished a task"),
    ("did-noted", "ghi", "noted"),
    ("did-served", "đã hỗ trợ", "gave a service"),
    ("did-followed_up", "hỏi thăm", "followed up"),
    ("did-she_said", "trả lời khi được hỏi thăm", "answered a follow-up"),
    ("did-close_asked", "xin khép ca", "asked to close"),
    ("did-close_refused", "chưa đồng ý khép", "did not agree to close"),
    ("did-closed", "khép ca", "closed it"),
    ("did-reopened", "mở lại", "reopened it"),
    ("did-merged", "gộp vào ca khác", "merged it into another"),
    ("did-entered", "ghi lại lời kể", "took it down"),
    ("did-consent_asked", "hỏi ý", "asked for consent"),
    ("did-consent_given", "đồng ý", "agreed"),
    ("did-consent_refused", "không đồng ý", "did not agree"),
    ("did-consent_recorded", "ghi lại sự đồng ý", "recorded the consent"),
    ("did-consent_withdrawn", "rút lại sự đồng ý", "took the consent back"),
    ("did-consent_expired", "sự đồng ý hết hạn", "the consent ended"),
    ("did-referral_offered", "giới thiệu tới", "referred to"),
    ("did-referral_received", "nhận giới thiệu từ", "was referred by"),
    ("did-referral_moved", "việc giới thiệu", "the referral"),
    ("did-takedown_set", "yêu cầu gỡ nội dung", "request to remove content"),
];
