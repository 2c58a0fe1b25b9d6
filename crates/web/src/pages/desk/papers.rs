//! Papers of a case: filled in and printed in the worker's browser. Nothing of this page's forms is ever posted.

use maud::{Markup, html};
use papers::{Choice, Field, Kind, PAPERS, PLATFORMS, Paper, Words, takedown::HOTLINE};
use vocabulary::Lang;

/// Which papers there are, within an open case.
pub(super) fn section(lang: Lang) -> Markup {
    html! {
        details #case-papers .case-log { summary { (lang.pick("Giấy tờ, biểu mẫu", "Papers and forms")) }
            p .fine { (lang.pick(
                "Điền ngay trong trình duyệt này rồi in, chép hoặc lưu. Bản lấy ra được giữ cùng hồ sơ, niêm phong, chỉ đồng nghiệp mở được; việc lấy ra được ghi lại, người gửi báo cáo thấy được.",
                "Filled in within this browser, then printed, copied or saved. What was taken out is kept with the case, sealed, for colleagues alone; taking it out is noted, and who sent the report sees it.",
            )) }
            ul .paper-list { @for paper in PAPERS { li {
                button .button .quiet type="button" data-paper=(paper.code) { (paper.name.get(lang)) }
            } } }
            div #paper-kept-part hidden {
                h3 { (lang.pick("Đã giữ cùng hồ sơ", "Kept with the case")) }
                ul #paper-kept .paper-kept {}
            }
        }
    }
}

/// The form and its sheet, over everything else; and the sheet once more, for the printer alone.
pub(super) fn dialog(lang: Lang) -> Markup {
    html! {
        dialog #paper-dialog .wide-dialog aria-labelledby="paper-heading" {
            div .paper-bar {
                h2 #paper-heading tabindex="-1" {}
                div #paper-language-box .paper-language {
                    label for="paper-language" { (lang.pick("Ngôn ngữ của giấy", "Language of the paper")) }
                    select #paper-language {
                        option value="vi" { (lang.pick("tiếng Việt", "Vietnamese")) }
                        option value="en" { (lang.pick("tiếng Anh", "English")) }
                    }
                }
                button #paper-close .button .quiet type="button" { (lang.pick("Đóng", "Close")) }
            }
            div .paper-panes {
                form #paper-form .paper-form autocomplete="off" novalidate aria-labelledby="paper-heading" {}
                section #paper-side aria-label=(lang.pick("Như trên giấy", "As on paper")) tabindex="0" {
                    div #paper-sheet .paper {}
                }
            }
            div .paper-foot {
                p #paper-error .form-error role="alert" hidden {}
                p #paper-status .fine role="status" {}
                p .actions {
                    button #paper-keep .button .quiet type="button" hidden { (lang.pick("Giữ cùng hồ sơ", "Keep with the case")) }
                    button #paper-to-her .button .quiet type="button" hidden { (lang.pick("Đưa vào lời trả lời", "Put into the answer")) }
                    button #paper-copy .button .quiet type="button" { (lang.pick("Chép dạng chữ", "Copy as text")) }
                    button #paper-letter .button .quiet type="button" hidden { (lang.pick("Lưu thành thư (.eml)", "Save as a letter (.eml)")) }
                    button #paper-print .button .primary type="button" { (lang.pick("In", "Print")) }
                }
            }
            @for paper in PAPERS { (template(lang, paper)) }
        }
        div #on-paper .paper aria-hidden="true" {}
    }
}

fn template(lang: Lang, paper: &Paper) -> Markup {
    let languages = paper.languages.iter().map(|lang| lang.code()).collect::<Vec<_>>().join(" ");
    html! {
        template id=(format!("t-paper-{}", paper.code)) data-languages=(languages) data-to-her[paper.to_her] {
            p .callout { (paper.hint.get(lang)) }
            (source(lang, paper))
            @if paper.code == "takedown" { (hotline(lang)) }
            @for part in paper.parts {
                fieldset .paper-part {
                    @if !part.heading.get(lang).is_empty() { legend { (part.heading.get(lang)) } }
                    @for each in part.fields { (field(lang, each)) }
                }
            }
        }
    }
}

/// What it rests on; where nobody compared it, that is said as the help directory says it.
fn source(lang: Lang, paper: &Paper) -> Markup {
    let source = &paper.source;
    html! {
        details .stated { summary .fine { (lang.pick("Dựa trên", "Rests on")) ": " (source.title) }
            p .fine { (source.date)
                @if !source.url.is_empty() { " · " span translate="no" { (source.url) } }
                " · " @if source.read.is_empty() { (lang.pick("chưa đối chiếu với bản công báo", "not compared with the official print")) }
                @else { (lang.pick("đối chiếu ngày", "compared on")) " " (source.read) }
                ". " (lang.pick("Kiểm tra lại trước mỗi bản phát hành.", "Check again before each release."))
            }
        }
        @if source.read.is_empty() { p { span .label { (lang.pick("Chưa đối chiếu với bản công báo", "Not compared with the official print")) } } }
    }
}

/// Where a letter to a platform would spread what must not be spread.
fn hotline(lang: Lang) -> Markup {
    html! {
        div #paper-hotline .callout .stern hidden {
            p { strong { (lang.pick("Chỉ báo 111, VN-COP hoặc công an.", "To 111, VN-COP or the police only.")) } }
            p { (lang.pick(
                "Có thể là hình ảnh tình dục của người dưới 18 tuổi: không gửi thư cho nền tảng, không gửi hình, không mở lại. Ghi đường dẫn và lời tả, rồi đọc cho 111 hoặc dán vào vn-cop.vn. Hình của chính em ấy: takeitdown.ncmec.org gỡ được mà hình không rời máy.",
                "This may be a sexual picture of somebody under 18: no letter to a platform, no picture, no reopening. Write links and description, then read them to 111 or paste them at vn-cop.vn. For pictures of herself: takeitdown.ncmec.org, where the picture stays on the device.",
            )) }
        }
    }
}

fn field(lang: Lang, field: &Field) -> Markup {
    let id = format!("paper-{}", field.code);
    let about = format!("{id}-help");
    let help = field.help.get(lang);
    let described = (!help.is_empty()).then_some(about.as_str());
    html! {
        div .field data-field=(field.code) {
            @match field.kind {
                Kind::Line => {
                    label for=(id) { (field.name.get(lang)) }
                    input #(id) type="text" name=(field.code) maxlength="500" aria-describedby=[described] autocomplete="off" autocorrect="off" spellcheck="false" writingsuggestions="false" translate="no";
                }
                Kind::Text { lines } => {
                    label for=(id) { (field.name.get(lang)) }
                    textarea #(id) name=(field.code) rows=(lines.clamp(2, 6)) maxlength="20000" aria-describedby=[described] autocomplete="off" autocorrect="off" spellcheck="false" writingsuggestions="false" translate="no" {}
                }
                Kind::Choice(choices) => {
                    label for=(id) { (field.name.get(lang)) }
                    select #(id) name=(field.code) aria-describedby=[described] {
                        option value="" { "–" }
                        @for choice in choices { option value=(choice.code) { (choice.words.get(lang)) } }
                    }
                }
                Kind::Choices(choices) => { (boxes(lang, field, choices)) }
                Kind::Level(means) => { (levels(lang, field, means)) }
                Kind::Count => { p .fine { (field.name.get(lang)) ": " output data-count {} } }
                Kind::Tick => label .choice { input type="checkbox" name=(field.code) value="yes"; span { (field.name.get(lang)) } },
                Kind::Platform => { (platforms(lang, field, &id)) }
            }
            @if !help.is_empty() { p .fine id=(about) { (help) } }
        }
    }
}

fn boxes(lang: Lang, field: &Field, choices: &[Choice]) -> Markup {
    html! { fieldset .paper-choices { legend { (field.name.get(lang)) }
        @for choice in choices {
            label .choice { input type="checkbox" name=(field.code) value=(choice.code) data-many; span { (choice.words.get(lang)) } }
        }
    } }
}

fn levels(lang: Lang, field: &Field, means: [Words; 3]) -> Markup {
    let names = [
        ("high", lang.pick("Cao", "High")),
        ("medium", lang.pick("Trung bình", "Medium")),
        ("low", lang.pick("Thấp", "Low")),
    ];
    html! { fieldset .paper-levels { legend { (field.name.get(lang)) }
        @for ((code, name), means) in names.into_iter().zip(means) {
            label .choice { input type="radio" name=(field.code) value=(code); span { strong { (name) } ": " (means.get(lang)) } }
        }
    } }
}

fn platforms(lang: Lang, field: &Field, id: &str) -> Markup {
    html! {
        label for=(id) { (field.name.get(lang)) }
        select #(id) name=(field.code) {
            option value="" { "–" }
            @for platform in PLATFORMS { option value=(platform.code) hidden[platform.code == HOTLINE] disabled[platform.code == HOTLINE] { (platform.name) } }
        }
        ul .platform-steps { @for platform in PLATFORMS { li data-platform=(platform.code) hidden {
            (platform.steps.get(lang)) " "
            @if platform.read.is_empty() { span .label { (lang.pick("chưa kiểm chứng", "not verified")) } }
            @else { span .fine { (lang.pick("Theo danh bạ, trang ngày", "As in the directory, page of")) " " (platform.read) } }
        } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_paper_has_its_form_and_every_field_its_label_in_both_languages() {
        for &lang in Lang::ALL {
            let (section, dialog) = (section(lang).into_string(), dialog(lang).into_string());
            for paper in PAPERS {
                assert!(section.contains(&format!("data-paper=\"{}\"", paper.code)), "{}", paper.code);
                assert!(dialog.contains(&format!("id=\"t-paper-{}\"", paper.code)), "{}", paper.code);
            }
            assert_eq!(dialog.matches("data-field=").count(), PAPERS.iter().flat_map(Paper::fields).count());
            assert!(!dialog.contains("action=") && !dialog.contains("type=\"file\""), "nothing is posted or attached");
            assert!(dialog.contains(lang.pick("Chưa đối chiếu", "Not compared")));
        }
    }
}
