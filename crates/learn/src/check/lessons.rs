//! Lessons and modules: enough is done and not too much is told.

use super::{What, finding::Findings, scenes};
use crate::{
    Ages,
    content::{Lesson, Library, Module, Piece, Plan, Step, Text, pieces},
};
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{Lang, Tactic};

pub(super) fn check_lesson(lesson: &Lesson, library: &Library, found: &mut Findings) {
    found.count(None, "minutes", ["phút", "minutes"], lesson.minutes.into(), [5, 12]);
    found.count(None, "competences", ["năng lực", "competences"], lesson.competences.len(), [1, 6]);
    steps(&lesson.steps, 3, Some(lesson.ages), library, found);
    for lang in Lang::ALL {
        own_words(&lesson.in_language(*lang).steps, *lang, found);
    }
    if let Some(plan) = &lesson.plan {
        check_plan(plan, found);
    }
}

pub(super) fn check_module(module: &Module, library: &Library, found: &mut Findings) {
    found.count(None, "minutes", ["phút", "minutes"], module.minutes.into(), [5, 30]);
    steps(&module.steps, 5, None, library, found);
    for lang in Lang::ALL {
        own_words(&module.in_language(*lang).steps, *lang, found);
    }
}

fn name<T>(at: usize, step: &Step<T>) -> String {
    format!("step {} ({})", at + 1, step.kind())
}

fn own_words(steps: &[Step<String>], lang: Lang, found: &mut Findings) {
    for (at, step) in steps.iter().enumerate() {
        if let Step::Write { roads, .. } = step {
            scenes::roads(roads, lang, Some(at), &name(at, step), found);
        }
    }
}

fn steps(steps: &[Step<Text>], tells: usize, ages: Option<Ages>, library: &Library, found: &mut Findings) {
    found.count(None, "step", ["bước", "steps"], steps.len(), [6, 14]);
    let told = steps.iter().filter(|step| matches!(step, Step::Tell { .. })).count();
    found.count(None, "step", ["bước tell", "steps that tell"], told, [0, tells]);
    let kinds: BTreeSet<_> = steps.iter().map(Step::kind).collect();
    found.count(None, "step", ["kiểu bước", "kinds of steps"], kinds.len(), [4, usize::MAX]);
    for (at, step) in steps.iter().enumerate() {
        if at > 0 && matches!((&steps[at - 1], step), (Step::Tell { .. }, Step::Tell { .. })) {
            found.at(
                Some(at),
                &name(at, step),
                What::Count,
                "hai bước tell liền nhau: hãy để người học làm gì đó ở giữa",
                "two steps in a row that tell: let the learner do something in between",
            );
        }
        one(at, step, ages, library, found);
    }
}

fn one(at: usize, step: &Step<Text>, ages: Option<Ages>, library: &Library, found: &mut Findings) {
    let (section, name) = (Some(at), name(at, step));
    match step {
        Step::Tell { text, .. } => {
            let words = text.vi.split_whitespace().count();
            found.count(section, &name, ["tiếng", "Vietnamese syllables"], words, [1, 80]);
        }
        Step::Choose { answers, .. } => {
            found.count(section, &name, ["câu trả lời", "answers"], answers.len(), [2, 4]);
            if !answers.iter().any(|answer| answer.good) {
                let (vi, en) = ("không câu trả lời nào là tốt", "no answer is good");
                found.at(section, &name, What::Answer, vi, en);
            }
        }
        Step::Spot { text, why, .. } => spot(text, why, section, &name, found),
        Step::Sort { baskets, things, .. } => {
            found.count(section, &name, ["giỏ", "baskets"], baskets.len(), [2, 3]);
            found.count(section, &name, ["thứ để xếp", "things"], things.len(), [4, 8]);
            for basket in 0..baskets.len() {
                if !things.iter().any(|thing| thing.basket == basket) {
                    found.at(
                        section,
                        &name,
                        What::Answer,
                        format!("giỏ {} trống", basket + 1),
                        format!("basket {} stays empty", basket + 1),
                    );
                }
            }
            if things.iter().any(|thing| thing.basket >= baskets.len()) {
                found.at(
                    section,
                    &name,
                    What::Lost,
                    "có thứ thuộc giỏ không tồn tại (giỏ đầu là 0)",
                    "a thing belongs into a basket that isn't there (the first is 0)",
                );
            }
        }
        Step::Order { things, .. } => {
            found.count(section, &name, ["việc để xếp", "things"], things.len(), [3, 6]);
        }
        Step::Chat { chat, .. } => inner_chat(chat, ages, library, section, &name, found),
        Step::Settings { switches, .. } => {
            found.count(section, &name, ["công tắc", "switches"], switches.len(), [3, 6]);
        }
        Step::Write { .. } | Step::Reflect { .. } => {}
    }
}

fn inner_chat(
    id: &str,
    ages: Option<Ages>,
    library: &Library,
    section: Option<usize>,
    name: &str,
    found: &mut Findings,
) {
    // An author's folder may build on what is shipped.
    let here = library.chats.iter().chain(&Library::shipped().chats).find(|kept| kept.content.id == id);
    match (here, ages) {
        (None, _) => found.at(
            section,
            name,
            What::Lost,
            format!("không có cuộc trò chuyện `{id}`"),
            format!("there is no chat `{id}`"),
        ),
        (Some(chat), Some(ages)) if chat.content.ages > ages => found.at(
            section,
            name,
            What::Audience,
            format!("cuộc trò chuyện `{id}` dành cho tuổi lớn hơn ({})", chat.content.ages),
            format!("the chat `{id}` is for older ones ({})", chat.content.ages),
        ),
        _ => {}
    }
}

fn spot(text: &Text, why: &BTreeMap<Tactic, Text>, section: Option<usize>, name: &str, found: &mut Findings) {
    let marked = |lang: Lang| -> Vec<String> {
        let code = |piece: &Piece<'_>| match piece {
            Piece::Marked(code, _) => Some((*code).to_owned()),
            Piece::Plain(_) => None,
        };
        pieces(text.pick(lang)).iter().filter_map(code).collect()
    };
    let [vi, en] = [marked(Lang::Vi), marked(Lang::En)];
    found.count(section, name, ["chỗ để chạm", "marked pieces"], vi.len(), [2, 4]);
    let sorted = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
    if vi.len() != en.len() || sorted(&vi) != sorted(&en) {
        found.at(
            section,
            name,
            What::Mark,
            "hai thứ tiếng đánh dấu khác nhau: mỗi mã phải có ở cả vi và en",
            "the languages are marked differently: every code must stand in vi and en",
        );
    }
    for code in sorted(&vi).union(&sorted(&en)) {
        match code.parse::<Tactic>() {
            Err(_) => found.at(
                section,
                name,
                What::Mark,
                format!("`{code}` không phải là mã thủ đoạn"),
                format!("`{code}` is no code of a tactic"),
            ),
            Ok(tactic) if !why.contains_key(&tactic) => {
                found.at(section, name, What::Mark, format!("thiếu why cho `{code}`"), format!("no why for `{code}`"));
            }
            Ok(_) => {}
        }
    }
    for tactic in why.keys().filter(|tactic| !vi.iter().any(|code| code == tactic.code())) {
        found.at(
            section,
            name,
            What::Mark,
            format!("why nói về `{tactic}` nhưng không chỗ nào đánh dấu mã ấy"),
            format!("why speaks of `{tactic}`, which nothing is marked with"),
        );
    }
}

fn check_plan(plan: &Plan<Text>, found: &mut Findings) {
    let sum: u16 = plan.phases.iter().fold(0, |sum, phase| sum.saturating_add(phase.minutes));
    if sum != plan.minutes {
        found.at(
            None,
            "plan",
            What::Plan,
            format!("các phần cộng lại {sum} phút, nhưng tiết dài {} phút", plan.minutes),
            format!("the phases add up to {sum} minutes, but the lesson has {}", plan.minutes),
        );
    }
    found.count(None, "plan › questions", ["câu hỏi", "questions"], plan.questions.len(), [3, 5]);
    found.count(None, "plan › aims", ["mục tiêu", "aims"], plan.aims.len(), [1, 5]);
}
