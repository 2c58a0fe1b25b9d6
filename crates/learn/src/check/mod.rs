//! What is wrong with content: place, reason and remedy, in Vietnamese and English.

mod audience;
mod finding;
mod items;
mod lessons;
mod reading;
mod same;
mod scenes;
mod texts;
mod whole;

pub use audience::youngest;
pub use finding::{Finding, What};
pub use reading::{Bounds, Reading, bounds, reading};
pub use whole::PROMISED;

use crate::content::{Kept, Library};
use finding::Findings;
use serde::Serialize;
use texts::Spoken;
use vocabulary::Lang;

/// Everything that is wrong with what was read: every file by itself, and the files compared with each other. In the order
/// of the files.
pub fn check(library: &Library) -> Vec<Finding> {
    let mut findings = Vec::new();
    for kept in &library.chats {
        findings.extend(of_file(kept, &kept.content.id, |found, texts| {
            scenes::check(&kept.content, found);
            audience::check(kept.content.ages, &kept.content.harms, found);
            reading::check(kept.content.ages, texts, found);
        }));
    }
    for kept in &library.lessons {
        findings.extend(of_file(kept, &kept.content.id, |found, texts| {
            lessons::check_lesson(&kept.content, library, found);
            audience::check(kept.content.ages, &kept.content.harms, found);
            reading::check(kept.content.ages, texts, found);
        }));
    }
    for kept in &library.modules {
        findings.extend(of_file(kept, &kept.content.id, |found, texts| {
            lessons::check_module(&kept.content, library, found);
            reading::check(crate::Ages::Adult, texts, found);
        }));
    }
    for kept in &library.items {
        findings.extend(of_file(kept, kept.name(), |found, texts| items::check(kept, texts, found)));
    }
    for policy in &library.policies {
        for lang in Lang::ALL.iter().filter(|lang| !policy.text.pick(**lang).trim_start().starts_with("# ")) {
            let file = format!("{}.{}.md", policy.stem, lang.code());
            let (vi, en) =
                ("thiếu tệp này, hoặc dòng đầu chưa là `# tên`", "missing, or its first line is no `# title`");
            findings.push(Finding::new(&file, What::Translation, vi, en));
        }
    }
    findings.extend(same::check(library));
    findings.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    findings
}

/// What the whole still lacks: harms that no lesson of the right age meets, and counts that were promised.
pub fn check_whole(library: &Library) -> Vec<Finding> {
    let mut findings = audience::check_coverage(library);
    findings.extend(whole::check(library));
    findings
}

/// What every file must hold, then what `more` looks at.
fn of_file<X: Serialize>(kept: &Kept<X>, id: &str, more: impl FnOnce(&mut Findings, &[Spoken])) -> Vec<Finding> {
    let mut found = Findings::new(&kept.file, &kept.lines);
    if id != kept.name() {
        found.whole(
            What::Name,
            format!("id là `{id}` nhưng tệp tên `{}`: hãy đặt hai tên giống nhau", kept.name()),
            format!("the id is `{id}` but the file is called `{}`: give both the same name", kept.name()),
        );
    }
    let texts = texts::all(&kept.content);
    for spoken in &texts {
        let missing = Lang::ALL.iter().find(|lang| spoken.text.pick(**lang).trim().is_empty());
        if let Some(lang) = missing {
            let (vi, en) = match lang {
                Lang::Vi => ("thiếu tiếng Việt: hãy viết vào `vi`", "Vietnamese is missing: write it in `vi`"),
                Lang::En => ("thiếu tiếng Anh: hãy dịch vào `en`", "English is missing: translate it in `en`"),
            };
            found.at(spoken.section, &spoken.path, What::Translation, vi, en);
        } else if spoken.text.vi == spoken.text.en && spoken.text.vi.split_whitespace().count() > 4 {
            found.at(
                spoken.section,
                &spoken.path,
                What::Translation,
                "hai thứ tiếng giống hệt nhau: hãy dịch câu này",
                "both languages are the same: translate this text",
            );
        }
    }
    more(&mut found, &texts);
    found.list
}
