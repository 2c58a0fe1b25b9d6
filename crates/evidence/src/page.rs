//! `index.html`: everything in order, to be read and printed by who has no program of ours. No script, nothing from
//! elsewhere; files are named and linked, never shown: what a picture shows is looked at on purpose only.

use crate::{about::About, hex::hex, names::visible, time};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1rem}\
h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}\
[lang=en]{opacity:.8;font-style:italic}\
.note{border:1px solid;padding:.5rem 1rem}\
section{border-top:1px solid;padding:.5rem 0;break-inside:avoid}\
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border-left:.25rem solid;padding-left:.75rem;margin:.5rem 0;unicode-bidi:isolate}\
bdi{overflow-wrap:anywhere}code{font-size:.8rem;overflow-wrap:anywhere}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;border-bottom:1px solid;padding:.25rem .5rem .25rem 0;overflow-wrap:anywhere}\
@media print{body{max-width:none;padding:0}a{color:inherit;text-decoration:none}}";

/// A line in both languages, Vietnamese first.
fn both(vi: &str, en: &str) -> Markup {
    html! { (vi) " " span lang="en" { "· " (en) } }
}

fn moment(at: u64) -> Markup {
    html! { time datetime=(time::utc(at).replacen(' ', "T", 1).replace(" UTC", "Z")) { (time::vietnam(at)) } }
}

/// `shown`: for each item the text to be shown, if it is one.
pub fn render(about: &About, shown: &[Option<String>]) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="referrer" content="no-referrer";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (about.folder) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (both("Tài liệu được giữ lại", "Documents that were kept")) }
                div .note {
                    p { (both(
                        "Đúng các tệp này đã có vào lúc ghi trong proof/time.txt. Điều đó không nói ai đã viết, hay nội dung có thật hay không. Người được nhắc tới là người bị phản ánh, chưa phải người có tội.",
                        "These very files were there at the time in proof/time.txt. That doesn't say who wrote them, or whether they are true. Whoever is named was reported, not found guilty.",
                    )) }
                    p { (both("Đọc tiếp: DOC-TRUOC-READ-ME.txt. Kiểm tra:", "Read on: DOC-TRUOC-READ-ME.txt. To check:")) " " code { "haidang verify" } }
                    p { (both("Giờ ở trang này là giờ Việt Nam, theo máy của người giữ.", "Times on this page are Vietnam's, by the device of who kept it.")) }
                }
                p { (both("Làm lúc", "Made at")) ": " (moment(about.made)) }
                h2 { (both("Tất cả, theo thứ tự", "Everything in order")) }
                @for (number, (item, shown)) in about.items.iter().zip(shown).enumerate() {
                    section {
                        h3 { (number + 1) ". " bdi { (visible(&item.name)) } }
                        @if let Some(by) = &item.by { p { (both("Của", "By")) ": " bdi { (visible(by)) } } }
                        @if let Some(at) = item.at { p { (both("Lúc", "At")) ": " (moment(at)) } }
                        @if let Some(text) = shown { pre dir="auto" { (visible(text)) } }
                        p { a href=(item.file) { (item.file) } ", " (item.bytes) " byte" @if !item.media.is_empty() { ", " bdi { (visible(&item.media)) } } }
                        p { code { "SHA-256 " (hex(&item.sha256.0)) } }
                    }
                }
                h2 { (both("Ai trao gì cho ai, lúc nào", "Who handed what to whom, and when")) }
                table {
                    thead { tr { th { (both("Lúc", "When")) } th { (both("Từ", "From")) } th { (both("Đến", "To")) } th { (both("Việc", "What")) } } }
                    tbody { @for handing in &about.custody { tr {
                        td { (moment(handing.at)) }
                        td { bdi { (visible(&handing.from)) } }
                        td { bdi { (visible(&handing.to)) } }
                        td { bdi { (visible(&handing.what)) } }
                    } } }
                }
            }
        }
    };
    page.into_string()
}
