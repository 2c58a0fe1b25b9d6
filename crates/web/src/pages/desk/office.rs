//! What an organisation decides for itself, for its administrator.

use maud::{Markup, html};
use vocabulary::{AgeBand, Harm, Lang};

/// A form that is saved by itself: its heading, what is to be known, its fields.
fn sheet(lang: Lang, name: &str, heading: &str, hint: &str, fields: &Markup) -> Markup {
    html! {
        form id={ "office-" (name) } .sheet aria-labelledby={ "office-" (name) "-heading" } {
            h2 id={ "office-" (name) "-heading" } { (heading) }
            @if !hint.is_empty() { p .fine { (hint) } }
            (fields)
            p id={ "office-" (name) "-error" } .form-error role="alert" hidden {}
            button .button .primary { (lang.pick("Lưu", "Save")) }
        }
    }
}

fn field(id: &str, label: &str, inner: &Markup) -> Markup {
    html! { div .field { label for=(id) { (label) } (inner) } }
}

fn line(id: &str, label: &str, most: usize) -> Markup {
    field(id, label, &html! { input id=(id) type="text" maxlength=(most) autocomplete="off"; })
}

pub(super) fn render(lang: Lang) -> Markup {
    html! {
        section #view-office .view .pages hidden aria-labelledby="office-heading" {
            h1 #office-heading tabindex="-1" { (lang.pick("Tổ chức", "Organisation")) }
            p .fine { (lang.pick(
                "Mỗi thay đổi được ghi vào nhật ký của tổ chức.",
                "Each change is a line of the organisation's log.",
            )) }
            (hours(lang))
            (contacts(lang))
            (card(lang))
            (retention(lang))
            (questions(lang))
            (teams(lang))
            (templates(lang))
        }
    }
}

fn hours(lang: Lang) -> Markup {
    let clocks = [
        ("now", lang.pick("Ngay", "Now")),
        ("today_child", lang.pick("Hôm nay, trẻ em và chuyện cấp bách", "Today, a child and an acute harm")),
        ("today", lang.pick("Hôm nay", "Today")),
        ("soon", lang.pick("Vài ngày", "Days")),
        ("when_ready", lang.pick("Không gấp", "Can wait")),
    ];
    let fields = html! {
        (line("office-hours-text", lang.pick("Giờ có người trả lời", "When somebody answers"), 200))
        fieldset .clocks { legend { (lang.pick("Trả lời trong vòng (giờ)", "Answer within (hours)")) }
            @for (code, name) in clocks {
                div .field { label for={ "clock-" (code) } { (name) }
                    input id={ "clock-" (code) } data-clock=(code) type="number" min="0.1" step="any" inputmode="decimal" required; }
            }
        }
    };
    let hint = lang.pick(
        "Viết như: always, hoặc mon-fri 08:00-17:00, sat 08:00-11:30 (giờ Việt Nam). Hạn trả lời chỉ được ngắn hơn mức chung. Ngay và Hôm nay tính cả ngày lẫn đêm; hai mức kia, nếu rơi vào giờ đóng cửa hay ngày lễ thì dời tới lúc mở cửa kế tiếp.",
        "Written as: always, or mon-fri 08:00-17:00, sat 08:00-11:30 (Vietnam's time). A clock may only be shorter than the default. Now and Today run day and night; the other two, where they end in closed hours or on a holiday, move to the next opening.",
    );
    sheet(lang, "hours", lang.pick("Giờ làm việc và hạn trả lời", "Hours and clocks"), hint, &fields)
}

fn contacts(lang: Lang) -> Markup {
    let fields = field(
        "office-contacts-text",
        lang.pick("Địa chỉ thư, mỗi dòng một địa chỉ", "Mail addresses, one a line"),
        &html! { textarea #office-contacts-text rows="3" autocomplete="off" autocapitalize="none" spellcheck="false" {} },
    );
    let hint = lang.pick(
        "Khi một báo cáo mức Ngay nằm 30 phút mà chưa ai mở, mỗi người ở đây nhận một lá thư, một lần: có tin báo chờ từ mấy giờ, không nói việc gì.",
        "When a report of level Now lies unopened for 30 minutes, everybody here gets one letter: since when a report waits, never what.",
    );
    sheet(lang, "contacts", lang.pick("Người trực", "Duty contacts"), hint, &fields)
}

fn card(lang: Lang) -> Markup {
    let fields = html! {
        (line("card-name-vi", lang.pick("Tên (tiếng Việt)", "Name (Vietnamese)"), 120))
        (line("card-name-en", lang.pick("Tên (tiếng Anh)", "Name (English)"), 120))
        (line("card-about-vi", lang.pick("Nơi này làm gì (tiếng Việt)", "What it does (Vietnamese)"), 600))
        (line("card-about-en", lang.pick("Nơi này làm gì (tiếng Anh)", "What it does (English)"), 600))
        (line("card-law-vi", lang.pick("Luật buộc báo cho ai (tiếng Việt)", "Whom the law makes it tell (Vietnamese)"), 600))
        (line("card-law-en", lang.pick("Luật buộc báo cho ai (tiếng Anh)", "Whom the law makes it tell (English)"), 600))
    };
    let hint = lang
        .pick("Người cần giúp đọc thẻ này trước khi chọn nơi gửi.", "Who needs help reads this card before choosing.");
    sheet(lang, "card", lang.pick("Thẻ của tổ chức", "Its card"), hint, &fields)
}

fn retention(lang: Lang) -> Markup {
    let fields = field(
        "office-retention-days",
        lang.pick("Số ngày (bỏ trống: tới khi có người xoá)", "Days (empty: until somebody erases it)"),
        &html! { input #office-retention-days type="number" min="60" max="36500" inputmode="numeric"; },
    );
    let hint = lang.pick(
        "Giữ báo cáo bao lâu sau lần viết cuối. Hết hạn thì khoá của tổ chức tới báo cáo ấy bị huỷ.",
        "How long a report is kept after the last entry. Then the organisation's key to it is destroyed.",
    );
    sheet(lang, "retention", lang.pick("Thời gian giữ", "Retention"), hint, &fields)
}

fn questions(lang: Lang) -> Markup {
    let fields = html! {
        ol #question-list .cards {}
        template #t-question { li .question {
            label { span { (lang.pick("Câu hỏi (tiếng Việt)", "Question (Vietnamese)")) } input .question-vi maxlength="300"; }
            label { span { (lang.pick("Câu hỏi (tiếng Anh)", "Question (English)")) } input .question-en maxlength="300"; }
            label { span { (lang.pick("Trả lời bằng", "Answered by")) } select .question-kind {
                option value="text" { (lang.pick("lời của mình", "own words")) }
                option value="choice" { (lang.pick("chọn một", "choosing one")) }
                option value="choices" { (lang.pick("chọn nhiều", "choosing several")) }
            } }
            label .question-choices-field { span { (lang.pick("Mỗi dòng một lựa chọn: tiếng Việt | tiếng Anh", "One choice a line: Vietnamese | English")) }
                textarea .question-choices rows="3" {} }
            details { summary { (lang.pick("Hỏi ai (không đánh dấu gì: hỏi mọi người)", "Who is asked (nothing ticked: everybody)")) }
                (fits("ages", lang.pick("Tuổi", "Age"), AgeBand::ALL.iter().map(|age| (age.code(), age.name(lang)))))
                (fits("harms", lang.pick("Chuyện gì", "What it is about"), Harm::ALL.iter().map(|harm| (harm.code(), harm.name(lang)))))
            }
            p .actions { button .button .quiet .question-remove type="button" { (lang.pick("Bỏ câu này", "Remove")) } }
        } }
        p .actions { button #question-add .button .quiet type="button" { (lang.pick("Thêm câu hỏi", "Add a question")) } }
    };
    let hint = lang.pick(
        "Hỏi ở cuối báo cáo gửi tới tổ chức; ai cũng bỏ qua được. Đừng hỏi điều không cần, đừng hỏi tên khi biệt danh là đủ.",
        "Asked at the end of a report to the organisation; anybody may skip them. Don't ask for what you don't need, nor for a name where a nickname will do.",
    );
    sheet(lang, "questions", lang.pick("Câu hỏi riêng", "Own questions"), hint, &fields)
}

/// Whom a question fits.
fn fits<'a>(which: &str, legend: &str, codes: impl Iterator<Item = (&'a str, &'a str)>) -> Markup {
    html! { fieldset { legend { (legend) } @for (code, name) in codes {
        label .choice { input type="checkbox" value=(code) data-fits=(which); span { (name) } }
    } } }
}

fn teams(lang: Lang) -> Markup {
    html! {
        section .sheet aria-labelledby="teams-heading" {
            h2 #teams-heading { (lang.pick("Nhóm", "Teams")) }
            ul #team-list .cards {}
            template #t-team { li { form .team {
                label { span { (lang.pick("Tên nhóm", "Name")) } input .team-name maxlength="60" required; }
                fieldset { legend { (lang.pick("Thành viên", "Members")) } div .team-members {} }
                p .actions {
                    button .button .quiet { (lang.pick("Lưu", "Save")) }
                    button .button .quiet .team-remove type="button" { (lang.pick("Bỏ nhóm", "Remove")) }
                }
            } } }
            p #teams-error .form-error role="alert" hidden {}
            p .actions { button #team-add .button .quiet type="button" { (lang.pick("Thêm nhóm", "Add a team")) } }
        }
    }
}

fn templates(lang: Lang) -> Markup {
    html! {
        section .sheet aria-labelledby="templates-heading" {
            h2 #templates-heading { (lang.pick("Mẫu trả lời", "Answer templates")) }
            p .fine { (lang.pick(
                "Chèn vào ô trả lời bằng phím M. Mẫu không được niêm phong: đừng viết điều gì về một người.",
                "Inserted into the reply with the key M. Templates are not sealed: write nothing about a person.",
            )) }
            ul #template-list .cards {}
            template #t-template { li { form .template {
                label { span { (lang.pick("Tên mẫu", "Title")) } input .template-title maxlength="80" required; }
                label { span { (lang.pick("Lời tiếng Việt", "Vietnamese")) } textarea .template-vi rows="3" maxlength="4000" required {} }
                label { span { (lang.pick("Lời tiếng Anh", "English")) } textarea .template-en rows="3" maxlength="4000" {} }
                p .actions {
                    button .button .quiet { (lang.pick("Lưu", "Save")) }
                    button .button .quiet .template-remove type="button" { (lang.pick("Bỏ mẫu", "Remove")) }
                }
            } } }
            p #templates-error .form-error role="alert" hidden {}
            p .actions { button #template-add .button .quiet type="button" { (lang.pick("Thêm mẫu", "Add a template")) } }
        }
    }
}

/// Chosen at a reply, by the key M.
pub(super) fn choose_template(lang: Lang) -> Markup {
    html! {
        dialog #templates-dialog aria-labelledby="choose-template-heading" {
            h2 #choose-template-heading { (lang.pick("Chèn mẫu trả lời", "Insert a template")) }
            p #choose-template-none hidden { (lang.pick("Chưa có mẫu nào. Người quản trị viết mẫu ở phần Tổ chức.", "There is none yet. The administrator writes them under Organisation.")) }
            ul #choose-template .people {}
            form method="dialog" { button .button .quiet { (lang.pick("Đóng", "Close")) } }
        }
    }
}
