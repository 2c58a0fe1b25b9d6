//! Assessed items: one good answer that nothing gives away, and twins that match.

use super::{What, finding::Findings, texts::Spoken};
use crate::{
    Ages, Form,
    check::{audience, reading},
    content::{Item, Items, Kept},
};
use std::collections::BTreeMap;
use vocabulary::Lang;

/// A good answer that is longer than so many times the longest other one is given away.
const TOO_LONG: f64 = 1.6;
/// So much longer than the longest other answer it is seen at a glance to be the longest.
const SEEN: f64 = 1.1;
/// In no more than this share of a file's items may that be so (a quarter to a third are so by chance).
const MOST_LONGEST: f64 = 0.5;

pub(super) fn check(kept: &Kept<Items>, texts: &[Spoken], found: &mut Findings) {
    let items = &kept.content.items;
    let Ok(ages) = kept.name().parse::<Ages>() else {
        found.whole(
            What::Name,
            "tên tệp phải là một lứa tuổi: 6-8, 9-11, 12-14, 15-17 hoặc adult",
            "the file must be named for an age: 6-8, 9-11, 12-14, 15-17 or adult",
        );
        return;
    };
    let mut by_id: BTreeMap<&str, &Item> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        if by_id.insert(&item.id, item).is_some() {
            let (vi, en) = ("hai câu hỏi trùng tên", "two items have this name");
            found.at(Some(at), &name(item), What::Name, vi, en);
        }
    }
    for (at, item) in items.iter().enumerate() {
        one(at, item, &by_id, found);
        audience::check_item(ages, item, at, found);
    }
    for lang in Lang::ALL {
        let seen =
            |item: &&Item| good_and_rest(item, *lang).is_some_and(|(good, rest)| good as f64 > rest as f64 * SEEN);
        let (longest, all, code) = (items.iter().filter(seen).count(), items.len(), lang.code());
        if all >= 8 && longest as f64 > all as f64 * MOST_LONGEST {
            found.whole(
                What::Length,
                format!("ở {longest} trong {all} câu, câu đúng dài nhất thấy rõ ({code}): hãy viết các câu kia dài ngang"),
                format!("in {longest} of {all} items the good answer is seen to be the longest ({code}): make the others as long"),
            );
        }
    }
    let count = |form| kept.content.form(form).count();
    let (a, b) = (count(Form::A), count(Form::B));
    if a != b || !(6..=10).contains(&a) {
        found.whole(
            What::Twin,
            format!("bộ A có {a} câu, bộ B có {b}: mỗi bộ cần 6 đến 10 câu và bằng nhau"),
            format!("form A has {a} items, form B {b}: each needs 6 to 10, and as many as the other"),
        );
    }
    reading::check(ages, texts, found);
}

fn name(item: &Item) -> String {
    format!("item {}", item.id)
}

fn one(at: usize, item: &Item, by_id: &BTreeMap<&str, &Item>, found: &mut Findings) {
    let (section, name) = (Some(at), name(item));
    found.count(section, &name, ["câu trả lời", "answers"], item.answers.len(), [3, 4]);
    if item.answers.iter().filter(|answer| answer.good).count() != 1 {
        found.at(section, &name, What::Answer, "phải có đúng một câu trả lời đúng", "exactly one answer must be good");
        return;
    }
    for lang in Lang::ALL {
        if good_and_rest(item, *lang).is_some_and(|(good, rest)| good as f64 > rest as f64 * TOO_LONG) {
            found.at(
                section,
                &name,
                What::Length,
                format!("câu đúng dài hơn hẳn các câu kia nên lộ ra ({})", lang.code()),
                format!("the good answer is much longer than the others, which gives it away ({})", lang.code()),
            );
        }
    }
    twin(section, &name, item, by_id, found);
}

/// Characters of the good answer and of the longest other one.
fn good_and_rest(item: &Item, lang: Lang) -> Option<(usize, usize)> {
    let length = |at: usize| item.answers[at].text.pick(lang).chars().count();
    let good = item.good()?;
    let rest = (0..item.answers.len()).filter(|at| *at != good).map(length).max()?;
    Some((length(good), rest))
}

fn twin(section: Option<usize>, name: &str, item: &Item, by_id: &BTreeMap<&str, &Item>, found: &mut Findings) {
    let other = match item.form {
        Form::A => Form::B,
        Form::B => Form::A,
        Form::Practice => return,
    };
    let twin = item.twin.as_deref().and_then(|id| by_id.get(id));
    let (vi, en) = match twin {
        None => ("không có câu song đôi: hãy nêu `twin`", "has no twin: name it in `twin`"),
        Some(twin) if twin.twin.as_deref() != Some(&item.id) => {
            ("câu song đôi lại nêu một câu khác", "its twin names another item")
        }
        Some(twin) if twin.form != other => {
            ("câu song đôi phải thuộc bộ kia", "its twin must belong to the other form")
        }
        Some(twin)
            if !twin.competences.iter().any(|one| item.competences.contains(one))
                || (!item.harms.is_empty() && !twin.harms.iter().any(|one| item.harms.contains(one))) =>
        {
            (
                "câu song đôi đo một điều khác (không chung năng lực hoặc chung mối hại nào)",
                "its twin measures something else (no competence or no harm in common)",
            )
        }
        Some(_) => return,
    };
    found.at(section, name, What::Twin, vi, en);
}
