//! What was promised of the whole.

use super::{Finding, What};
use crate::{Ages, Form, Reader, content::Library};

/// At least so many: lessons for learners, simulated chats, items, modules for teachers, parents and responders.
pub const PROMISED: [(&str, usize); 6] =
    [("lessons", 32), ("chats", 24), ("items", 200), ("teacher", 8), ("parent", 6), ("responder", 6)];

pub(super) fn check(library: &Library) -> Vec<Finding> {
    let modules = |reader| library.modules.iter().filter(|kept| kept.content.reader == reader).count();
    let there = [
        library.lessons.len(),
        library.chats.len(),
        library.items.iter().map(|kept| kept.content.items.len()).sum(),
        modules(Reader::Teacher),
        modules(Reader::Parent),
        modules(Reader::Responder),
    ];
    let words = [
        ["bài học", "lessons"],
        ["cuộc trò chuyện mô phỏng", "simulated chats"],
        ["câu hỏi", "items"],
        ["học phần cho thầy cô", "modules for teachers"],
        ["học phần cho cha mẹ", "modules for parents"],
        ["học phần cho người hỗ trợ", "modules for responders"],
    ];
    let lacking = PROMISED.iter().zip(there).zip(words).filter(|(((_, wanted), there), _)| there < wanted);
    let mut findings: Vec<Finding> = lacking
        .map(|(((_, wanted), there), [vi, en])| {
            Finding::new(
                "",
                What::Whole,
                format!("mới có {there} {vi}, cần ít nhất {wanted}"),
                format!("only {there} {en}, at least {wanted} are needed"),
            )
        })
        .collect();
    for ages in Ages::ALL {
        let measured = |kept: &&crate::content::Kept<crate::content::Items>| {
            kept.name() == ages.code() && kept.content.form(Form::A).next().is_some()
        };
        if !library.items.iter().any(|kept| measured(&kept)) {
            findings.push(Finding::new(
                "",
                What::Whole,
                format!("lứa tuổi {ages} chưa có hai bộ câu hỏi trước và sau"),
                format!("ages {ages} have no two forms, before and after"),
            ));
        }
    }
    findings
}
