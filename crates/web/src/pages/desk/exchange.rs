//! Lists of cases, out and in. Files are made and read in the worker's browser; the format is that of `docs/exchange.md`.

use maud::{Markup, html};
use vocabulary::{ConsentWay, Lang};

/// At the foot of the inbox.
pub(super) fn opener(lang: Lang) -> Markup {
    html! { p .actions .exchange-open {
        button #exchange-open .button .quiet type="button" { (lang.pick("Xuất, nhập danh sách…", "Export, import a list…")) }
    } }
}

/// Both ways, over everything else.
pub(super) fn dialog(lang: Lang) -> Markup {
    html! { dialog #exchange-dialog .wide-dialog aria-labelledby="exchange-heading" {
        div .paper-bar {
            h2 #exchange-heading tabindex="-1" { (lang.pick("Xuất và nhập danh sách ca", "Export and import a list of cases")) }
            button #exchange-close .button .quiet type="button" { (lang.pick("Đóng", "Close")) }
        }
        div .exchange-panes {
            (out(lang))
            (in_(lang))
        }
    } }
}

fn out(lang: Lang) -> Markup {
    html! { section aria-labelledby="export-heading" {
        h3 #export-heading { (lang.pick("Xuất ra tệp", "Export to a file")) }
        p .fine { (lang.pick(
            "Tệp nằm ngoài niêm phong: ai mở được máy thì đọc được. Không có lời kể thì tệp chỉ chứa những gì máy chủ cũng thấy.",
            "The file is outside the seal: whoever opens the device can read it. Without texts it holds only what the server sees too.",
        )) }
        form #export-form autocomplete="off" {
            fieldset .paper-choices { legend { (lang.pick("Những ca nào", "Which cases")) }
                label .choice { input #export-all type="checkbox"; span { (lang.pick("Tất cả", "All")) } }
                ul #export-list .export-list {}
                p #export-none .fine hidden { (lang.pick("Hộp thư đang trống.", "The inbox is empty.")) }
            }
            fieldset .paper-choices { legend { (lang.pick("Dạng", "Format")) }
                label .choice { input type="radio" name="format" value="csv" checked; span { "CSV" } }
                label .choice { input type="radio" name="format" value="json"; span { "JSON" } }
            }
            label .choice { input #export-texts type="checkbox"; span { (lang.pick(
                "Cả lời kể, cách liên hệ, tin nhắn: mở từng ca trong trình duyệt này; được ghi lại, từng người gửi thấy được",
                "Stories, contact and messages too: opens each case in this browser; it is noted, and each person sees it",
            )) } }
            p #export-error .form-error role="alert" hidden {}
            p #export-status .fine role="status" {}
            p .actions { button #export-go .button .primary { (lang.pick("Tạo tệp", "Make the file")) } }
        }
    } }
}

fn in_(lang: Lang) -> Markup {
    html! { section aria-labelledby="import-heading" {
        h3 #import-heading { (lang.pick("Nhập từ tệp", "Import from a file")) }
        p .fine { (lang.pick(
            "CSV hoặc JSON, cột như tệp xuất ra; mỗi dòng cần số riêng (id) và lời kể (story). Đọc trong trình duyệt này. Nhập lại cùng tệp không tạo thêm ca nào.",
            "CSV or JSON with the columns of an export; each row needs a number of its own (id) and a story. It is read in this browser. The same file a second time adds nothing.",
        )) }
        div .field {
            label for="import-pick" { (lang.pick("Chọn tệp", "Choose a file")) }
            input #import-pick type="file" accept=".csv,.json,text/csv,application/json";
        }
        p #import-error .form-error role="alert" hidden {}
        p #import-status .fine role="status" {}
        ul #import-faults .import-faults aria-label=(lang.pick("Dòng không nhập được", "Lines that can't be taken")) {}
        div #import-preview .import-preview hidden tabindex="0" role="region" aria-label=(lang.pick("Xem trước", "Preview")) {
            table { thead { tr {
                th scope="col" { (lang.pick("Dòng", "Line")) }
                th scope="col" { (lang.pick("Số", "Number")) }
                th scope="col" { (lang.pick("Chuyện gì", "What")) }
                th scope="col" { (lang.pick("Lời kể", "Story")) }
            } } tbody #import-rows {} }
        }
        div #import-enter .import-enter hidden {
            div .field {
                label for="import-way" { (lang.pick("Mỗi người trong danh sách đã đồng ý để chúng ta ghi lại và đọc, bằng cách nào?", "Everybody in the list agreed that we write it down and read it. How?")) }
                select #import-way { option value="" { "…" } @for way in ConsentWay::ALL { option value=(way) { (way.name(lang)) } } }
            }
            p .actions { button #import-go .button .primary type="button" { (lang.pick("Niêm phong và nhập", "Seal and enter")) } }
        }
        div #receipts .callout hidden {
            p { (lang.pick(
                "Mỗi người được mười từ để quay lại và tự quyết định. Lưu tệp này, đưa tận tay từng người, rồi xoá tệp: ai có mười từ thì mở được ca ấy. Đóng khung này là mất.",
                "Each person gets ten words to come back and decide. Save the file, hand each their own, then delete it: whoever has the ten words opens that case. Closing this loses them.",
            )) }
            p .actions { button #receipts-save .button .quiet type="button" { (lang.pick("Lưu mười từ của từng dòng…", "Save the ten words of each row…")) } }
        }
    } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_list_is_posted_from_a_form() {
        for &lang in Lang::ALL {
            let html = dialog(lang).into_string();
            assert!(!html.contains("action=") && !html.contains("method="));
            assert!(opener(lang).into_string().contains("exchange-open"));
        }
    }
}
