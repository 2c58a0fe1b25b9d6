//! How the work goes, for the supervisor: the team, and figures.

use maud::{Markup, html};
use vocabulary::{CaseState, Closing, Lang, Outcome, ReferralState};

pub(super) fn team(lang: Lang) -> Markup {
    html! {
        section #view-team .view .pages .wide hidden aria-labelledby="team-heading" {
            h1 #team-heading tabindex="-1" { (lang.pick("Công việc của nhóm", "The team's work")) }
            p #team-check .callout role="status" {}
            h2 #loads-heading { (lang.pick("Ai đang có bao nhiêu việc", "Who has how much in hand")) }
            div .table-frame tabindex="0" role="region" aria-labelledby="loads-heading" { table .list {
                thead { tr {
                    th scope="col" { (lang.pick("Người phụ trách", "Owner")) }
                    th scope="col" .right { (lang.pick("Ca đang làm", "Open cases")) }
                    th scope="col" .right { (lang.pick("Quá hạn bước tiếp", "Next step overdue")) }
                } }
                tbody #loads {}
            } }
            section #team-loads-part hidden aria-labelledby="team-loads-heading" {
                h2 #team-loads-heading { (lang.pick("Việc của từng nhóm", "What each team has")) }
                div .table-frame tabindex="0" role="region" aria-labelledby="team-loads-heading" { table .list {
                    thead { tr {
                        th scope="col" { (lang.pick("Nhóm", "Team")) }
                        th scope="col" .right { (lang.pick("Người", "Members")) }
                        th scope="col" .right { (lang.pick("Ca được giao", "Cases")) }
                        th scope="col" .right { (lang.pick("Chưa ai nhận", "Not taken on")) }
                        th scope="col" .right { (lang.pick("Quá hạn bước tiếp", "Next step overdue")) }
                    } }
                    tbody #team-loads {}
                } }
            }
            (rows("second-eyes", lang.pick("Chờ người thứ hai xem để khép", "Waiting for a second pair of eyes")))
            (rows("overdue", lang.pick("Quá hạn", "Overdue")))
            (rows("untaken", lang.pick("Chưa ai nhận", "Not taken on yet")))
            section aria-labelledby="review-heading" {
                h2 #review-heading { (lang.pick("Xem lại chất lượng", "Quality review")) }
                p .fine { (lang.pick(
                    "Mỗi tháng máy rút ngẫu nhiên vài ca đã khép; không ai biết trước là ca nào. Đọc, rồi viết vài dòng nhận xét, niêm phong cho tổ chức.",
                    "Each month a few closed cases are drawn at random; nobody knows beforehand which. Read them, then write a few lines, sealed to the organisation.",
                )) }
                div .field .month { label for="review-month" { (lang.pick("Tháng", "Month")) } input #review-month type="month"; }
                ul #review-list .cards {}
                template #t-review { li { form .review {
                    p .review-what {}
                    p .actions { button .button .quiet .review-open type="button" { (lang.pick("Mở ca", "Open the case")) } }
                    label { span { (lang.pick("Nhận xét", "Review")) } textarea .review-text rows="2" maxlength="2000" required {} }
                    p .actions { button .button .quiet { (lang.pick("Niêm phong và lưu", "Seal and keep")) } }
                } } }
                p #review-none .empty hidden { (lang.pick("Tháng này không có ca nào được khép.", "No case was closed in this month.")) }
                p #review-error .form-error role="alert" hidden {}
            }
        }
    }
}

fn rows(name: &str, heading: &str) -> Markup {
    html! {
        section aria-labelledby={ (name) "-heading" } {
            h2 id={ (name) "-heading" } { (heading) " " span id={ (name) "-count" } .fine {} }
            ul id={ (name) "-list" } .inbox-list {}
        }
    }
}

pub(super) fn figures(lang: Lang) -> Markup {
    html! {
        section #view-figures .view .pages .wide hidden aria-labelledby="figures-heading" {
            h1 #figures-heading tabindex="-1" { (lang.pick("Số liệu", "Figures")) }
            p .fine { (lang.pick(
                "Đếm từ những gì không niêm phong, theo năm báo cáo tới. Số từ 1 đến 4 ghi là \"<5\"; dấu • là số được giấu để không ai tính ra số nhỏ. Báo cáo đã xoá không còn được đếm.",
                "Counted from what is not sealed, by the year in which reports came. 1 to 4 is written \"<5\"; • is a count held back so that nobody reckons a small one. Erased reports are counted no longer.",
            )) }
            div .figure-bar {
                div .field { label for="figures-year" { (lang.pick("Năm", "Year")) } select #figures-year {} }
                button #figures-csv .button .quiet type="button" { (lang.pick("Tải CSV", "Save CSV")) }
            }
            p #figures-said .fine role="status" {}
            p #figures-error .form-error role="alert" hidden {}
            dl #figures-main .figures-main {}
            div #figures-tables .figures {}
            (names(lang))
        }
    }
}

/// Names of tables, and of codes that only figures have.
fn names(lang: Lang) -> Markup {
    let tables = [
        ("month", "Tháng", "Month"),
        ("harm", "Chuyện gì", "Harm"),
        ("age", "Tuổi", "Age"),
        ("province", "Tỉnh, thành", "Province"),
        ("state", "Tình trạng", "State"),
        ("answer", "Trả lời đầu tiên", "First answer"),
        ("outcome", "Kết quả", "Outcome"),
        ("closing", "Lý do khép", "Why closed"),
        ("referral", "Chuyển gửi (lượt)", "Referrals"),
        ("follow_up", "Hỏi thăm (lượt)", "Follow-ups"),
    ];
    let rows = [
        ("answer/within", "trong hạn", "in time"),
        ("answer/late", "trễ hạn", "late"),
        ("answer/waits", "đang chờ, còn hạn", "waits, in time"),
        ("answer/overdue", "đang chờ, quá hạn", "waits, overdue"),
        ("answer/declined", "không nhận", "declined"),
        ("follow_up/reached", "gặp được", "reached"),
        ("follow_up/not_reached", "không gặp được", "not reached"),
        ("state/open", "đang làm", "worked on"),
    ];
    html! {
        template #figure-words {
            @for (code, vi, en) in tables { i data-table=(code) { (lang.pick(vi, en)) } }
            @for (code, vi, en) in rows { i data-row=(code) { (lang.pick(vi, en)) } }
            @for state in CaseState::ALL { i data-row={ "state/" (state.code()) } { (state.name(lang)) } }
            @for outcome in Outcome::ALL { i data-row={ "outcome/" (outcome.code()) } { (outcome.name(lang)) } }
            @for closing in Closing::ALL { i data-row={ "closing/" (closing.code()) } { (closing.name(lang)) } }
            @for state in ReferralState::ALL { i data-row={ "referral/" (state.code()) } { (state.name(lang)) } }
        }
    }
}
