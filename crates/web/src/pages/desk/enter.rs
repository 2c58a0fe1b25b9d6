//! Entered on her behalf: a call, somebody at the door, a paper form. The same questions and the same ground rules as her
//! own device shows.

use super::super::ask::{card, file_picker, receipt_words, telling::question_template, whom::rules};
use crate::Place;
use maud::{Markup, html};
use vocabulary::{AgeBand, Audience, ConsentWay, Harm, PROVINCES, Relation, Sex, Urgency};

fn select<'a>(id: &str, name: &str, rows: impl Iterator<Item = (&'a str, &'a str)>) -> Markup {
    html! { div .field { label for=(id) { (name) } select #(id) name=(id) {
        option value="" { "…" } @for (code, said) in rows { option value=(code) { (said) } }
    } } }
}

fn area(id: &str, name: &str, rows: u8) -> Markup {
    html! { div .field { label for=(id) { (name) } textarea #(id) rows=(rows) autocomplete="off" spellcheck="false" translate="no" dir="auto" {} } }
}

pub(super) fn render(place: Place) -> Markup {
    let lang = place.lang;
    html! {
        div #view-enter .view .enter hidden {
            form #enter-form .sheet autocomplete="off" novalidate {
                h1 #enter-heading tabindex="-1" { (lang.pick("Ghi hộ lời kể", "Write down what somebody tells")) }
                p .fine { (lang.pick(
                    "Cuộc gọi, người tới tận nơi, tờ khai giấy. Máy này niêm kín như máy của chính người đó; người đó được mười từ để quay lại và tự quyết định tiếp.",
                    "Calls, people at the door, paper forms. This device seals it as the person's own would; the person gets ten words to come back and decide.",
                )) }
                fieldset { legend { (lang.pick("Kể bằng cách nào", "How it was told")) }
                    @for way in ConsentWay::ALL { label .choice { input type="radio" name="enter-way" value=(way); span { (way.name(lang)) } } } }
                details .rules-read { summary { (lang.pick("Đọc cho người đó nghe trước", "Read this out first")) } (rules(lang, None).body) }
                label .choice { input #enter-agrees type="checkbox"; span { (lang.pick("Đã đọc cho nghe; người đó đồng ý để chúng ta ghi lại và đọc", "It was read out; the person agrees that we write it down and read it")) } }
                (select("enter-audience", lang.pick("Cần giúp cho ai", "Who needs help"), Audience::ALL.iter().map(|c| (c.code(), c.name(lang)))))
                (area("enter-story", lang.pick("Lời kể, đúng lời người đó", "What was told, in the person's own words"), 6))
                div .enter-facts {
                    (select("enter-harm", lang.pick("Loại chuyện", "What it is about"), Harm::ALL.iter().map(|c| (c.code(), c.name(lang)))))
                    (select("enter-urgency", lang.pick("Gấp tới đâu", "How urgent"), Urgency::ALL.iter().map(|c| (c.code(), c.name(lang)))))
                    (select("enter-age", lang.pick("Khoảng tuổi", "Age band"), AgeBand::ALL.iter().map(|c| (c.code(), c.name(lang)))))
                    (select("enter-sex", lang.pick("Giới", "Sex"), Sex::ALL.iter().map(|c| (c.code(), c.name(lang)))))
                    (select("enter-province", lang.pick("Tỉnh, thành phố", "Province or city"), PROVINCES.iter().map(|p| (p.code, p.name(lang))).chain([("abroad", lang.pick("Nước ngoài", "Abroad"))])))
                    (select("enter-language", lang.pick("Trả lời bằng", "Answer in"), [("vi", "Tiếng Việt"), ("en", "English")].into_iter()))
                    (select("enter-relation", lang.pick("Người gây chuyện", "Who does it"), Relation::ALL.iter().map(|c| (c.code(), c.name(lang)))))
                }
                div .questions-of-hers { (question_template(lang)) }
                (area("enter-how", lang.pick("Liên hệ an toàn bằng cách nào", "How to be in touch safely"), 2))
                (area("enter-never", lang.pick("Đừng bao giờ", "Never"), 2))
                fieldset .enter-files { legend { (lang.pick("Ảnh, tờ khai, đoạn ghi âm", "Pictures, sheets, recordings")) }
                    p .fine { (lang.pick(
                        "Đừng nhận hình tình dục của người dưới 18 tuổi, kể cả để làm bằng chứng: ghi lại bằng lời, rồi báo 111.",
                        "Take no sexual picture of anyone under 18, not even as evidence: put it into words, and tell 111.",
                    )) }
                    (file_picker(place))
                }
                fieldset .package-parts { legend { (lang.pick("Người đó muốn nơi nào khác đọc nữa? Không chọn sẵn nơi nào.", "Who else may read it, as the person wishes? None is chosen beforehand.")) } ul #enter-others {} }
                div .field { label for="enter-paper" { (lang.pick("Số tờ hoặc dòng (nếu có), để không nhập hai lần; chỉ giữ dấu băm", "Number of the sheet or row, so that it is entered once; only a hash is kept")) }
                    input #enter-paper type="text" maxlength="200" autocomplete="off"; }
                p #enter-error .form-error role="alert" hidden {}
                p #enter-status .fine role="status" {}
                p .actions { button #enter-go .button .primary { (lang.pick("Niêm và lưu", "Seal and keep")) } }
            }
            section #enter-done .sheet hidden {
                h2 tabindex="-1" { (lang.pick("Mười từ của người đó", "The person's ten words")) }
                p { (lang.pick(
                    "Đọc cho nghe hoặc in ra. Chỉ hiện một lần. Lần đầu quay lại, người đó nên đổi sang mười từ mới; tới lúc đó chữ ký bằng mười từ này được tính là cán bộ ghi hộ.",
                    "Read them out or print them. They are shown once. At the first visit the person should replace them; until then a signature with these words counts as written down by staff.",
                )) }
                (receipt_words(lang, &[]))
                p .actions {
                    button #enter-print .button .quiet type="button" { (lang.pick("In thành tờ giấy đi chợ", "Print as a shopping list")) }
                    button #enter-forget .button .primary type="button" { (lang.pick("Người đó đã ghi lại; quên đi", "The person wrote them down; forget them")) }
                }
            }
            (card(lang))
        }
    }
}
