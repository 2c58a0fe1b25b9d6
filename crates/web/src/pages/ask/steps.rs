//! The first steps: who asks, how old, how urgent, who does it, where.

use super::parts::{about, calls, choices, said, step, tile};
use crate::{Place, pages::form};
use maud::{Markup, html};
use vocabulary::{AgeBand, Audience, Lang, Relation, Sex, Urgency};

pub(super) fn steps(place: Place) -> Markup {
    let lang = place.lang;
    html! {
        (who(lang))
        (age(lang))
        (danger(lang))
        (relation(lang))
        (whereabouts(lang))
    }
}

fn who(lang: Lang) -> Markup {
    step(
        "who",
        &lang.pick("Bạn nhờ giúp cho ai?", "Who needs help?"),
        &html! {
            p .lead { (lang.pick(
                "Không cần tên, không cần tài khoản. Câu nào cũng bỏ qua được. Chưa gì được gửi đi cho tới khi bạn bấm Gửi.",
                "No name, no account. You can skip every question. Nothing is sent until you press Send.",
            )) }
            p #came-along .note hidden { (lang.pick(
                "Kết quả kiểm tra vừa rồi đi cùng bạn, vẫn ở trong máy bạn.",
                "What the check just found comes along; it is still on your device.",
            )) }
            div .tiles { @for &a in Audience::ALL { (tile("radio", "audience", a.code(), &a.name(lang))) } }
        },
    )
}

fn age(lang: Lang) -> Markup {
    step(
        "age",
        &about(
            lang.pick("Bạn bao nhiêu tuổi?", "How old are you?"),
            lang.pick("Người gặp chuyện bao nhiêu tuổi?", "How old is the person it happens to?"),
        ),
        &html! {
            p .lead { (lang.pick("Để hỏi cho hợp và tìm nơi giúp đúng tuổi.", "So that questions and helpers fit.")) }
            div .tiles .two { @for &a in AgeBand::ALL { (tile("radio", "age", a.code(), &a.name(lang))) } }
            (choices(
                &lang.pick("Bạn muốn được trả lời bằng tiếng gì?", "In which language would you like an answer?"),
                &html! { div .tiles .two { @for &l in Lang::ALL { (tile("radio", "language", l.code(), &match l { Lang::Vi => "Tiếng Việt", Lang::En => "English" })) } } },
            ))
        },
    )
}

fn danger(lang: Lang) -> Markup {
    let ways = [
        (
            Urgency::Now,
            lang.pick("Có, ngay lúc này", "Yes, right now"),
            lang.pick(
                "Có thể bị đánh, bị hại, tự làm đau mình, hoặc sắp phải đi gặp người đó.",
                "Somebody may be hurt or harmed, hurt herself, or has to meet that person soon.",
            ),
        ),
        (
            Urgency::Today,
            lang.pick("Gấp, trong hôm nay", "Urgent, today"),
            lang.pick(
                "Ảnh sắp bị tung, tiền vừa mất, chuyện đang nặng lên.",
                "Pictures about to spread, money just lost, things getting worse.",
            ),
        ),
        (
            Urgency::Soon,
            lang.pick("Vài ngày nữa cũng được", "Within a few days"),
            lang.pick("Chuyện kéo dài, làm tôi mệt mỏi.", "It goes on and wears me down."),
        ),
        (
            Urgency::WhenReady,
            lang.pick("Không gấp", "No hurry"),
            lang.pick("Chuyện đã qua, hoặc tôi muốn hỏi thêm.", "It is past, or I want to ask."),
        ),
    ];
    step(
        "danger",
        &lang.pick("Có ai đang gặp nguy hiểm không?", "Is somebody in danger?"),
        &html! {
            (calls("danger-calls", lang, &lang.pick("Hãy gọi trước đã", "Please call first"), true))
            div .tiles { @for (urgency, name, line) in ways {
                (tile("radio", "urgency", urgency.code(), &html! { strong { (name) } small { (line) } }))
            } }
        },
    )
}

fn relation(lang: Lang) -> Markup {
    step(
        "relation",
        &said(
            lang.pick("Người gây ra chuyện này là ai?", "Who is the person who does it?"),
            lang.pick("Ai làm bạn buồn, sợ hay đau?", "Who makes you sad, scared or hurt?"),
        ),
        &html! {
            p .lead { (lang.pick(
                "Để không gợi ý một nơi có người đó. Câu trả lời được niêm kín.",
                "So that no place is suggested where that person is. Your answer is sealed.",
            )) }
            div .tiles .two { @for &r in Relation::ALL { (tile("radio", "relation", r.code(), &r.name(lang))) } }
        },
    )
}

fn whereabouts(lang: Lang) -> Markup {
    step(
        "place",
        &about(
            lang.pick("Bạn ở đâu?", "Where are you?"),
            lang.pick("Người gặp chuyện ở đâu?", "Where is the person it happens to?"),
        ),
        &html! {
            div .field { label for="province" { (lang.pick("Tỉnh, thành phố", "Province or city")) } (form::province_select(lang, None, lang.pick("Không nói", "Not said"))) }
            label .tile .alone { input #abroad type="checkbox" name="abroad" value="1"; span { (lang.pick("Đang ở nước ngoài", "Abroad")) } }
            (choices(
                &about(lang.pick("Bạn là", "You are"), lang.pick("Người gặp chuyện là", "The person is")),
                &html! { div .tiles .two { @for &s in Sex::ALL { (tile("radio", "sex", s.code(), &s.name(lang))) } } },
            ))
        },
    )
}
