//! Files that repeat each other.

use super::{Finding, What, reading::sentences_of, texts};
use crate::content::Library;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// No two files share more than this part of the sentences of the shorter one.
pub const MOST_SHARED: f64 = 0.2;
/// Shorter sentences are everyday words that anybody may use.
const LEAST_WORDS: usize = 4;

pub(super) fn check(library: &Library) -> Vec<Finding> {
    let mut files: Vec<(&str, HashSet<String>)> = Vec::new();
    files.extend(library.chats.iter().map(|kept| (kept.file.as_str(), sentences(&kept.content))));
    files.extend(library.lessons.iter().map(|kept| (kept.file.as_str(), sentences(&kept.content))));
    files.extend(library.modules.iter().map(|kept| (kept.file.as_str(), sentences(&kept.content))));
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, (_, list)) in files.iter().enumerate() {
        for sentence in list {
            places.entry(sentence).or_default().push(at);
        }
    }
    let mut pairs: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for list in places.values() {
        for (nth, one) in list.iter().enumerate() {
            for other in &list[nth + 1..] {
                *pairs.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    let too_many = pairs.into_iter().filter_map(|((one, other), shared)| {
        let [(file, list), (second, others)] = [&files[one], &files[other]];
        let least = list.len().min(others.len());
        let share = shared as f64 / least as f64;
        (share > MOST_SHARED).then(|| {
            let percent = (share * 100.0).round();
            Finding::new(
                file,
                What::Same,
                format!("trùng {shared} trong {least} câu ({percent}%) với {second}: hãy viết lại bằng lời khác"),
                format!("shares {shared} of {least} sentences ({percent}%) with {second}: tell one of them anew"),
            )
        })
    });
    too_many.collect()
}

/// The Vietnamese sentences of a file, in lower case. The teacher's plan counts too.
fn sentences<X: Serialize>(content: &X) -> HashSet<String> {
    let all = texts::all(content);
    let sentences = all.iter().flat_map(|spoken| sentences_of(&spoken.text.vi));
    let folded = sentences.map(|one| one.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "));
    folded.filter(|one| one.split(' ').count() >= LEAST_WORDS).collect()
}
