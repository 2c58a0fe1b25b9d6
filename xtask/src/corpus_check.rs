//! `cargo xtask corpus`: the corpus is what it promises to be, and its test split is honest.

use crate::{
    agreement,
    corpus::{self, Record},
    sha256,
};
use anyhow::{Context, Result, bail};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, hash_map::DefaultHasher},
    fs,
    hash::{Hash, Hasher},
    path::Path,
};
use unicode_normalization::is_nfc;
use vocabulary::{BenignKind, Harm, Tactic};

/// What both splits hold together, at least: (what, how many).
const LEAST: [(&str, usize); 3] = [("Vietnamese texts", 1200), ("English texts", 400), ("chats", 100)];
/// The same with corpus 2, of which only chats of ten turns and more count.
const LEAST_DEEP: [(&str, usize); 3] = [("Vietnamese texts", 6000), ("English texts", 2000), ("long chats", 600)];
const LONG: usize = 10;
/// Two texts of different splits that share this part of their word triples are one text.
const ALIKE: f64 = 0.6;

pub fn check() -> Result<()> {
    let train = corpus::read(Path::new("corpus/train"))?;
    let test = corpus::read(Path::new("corpus/test"))?;
    frozen(Path::new("corpus/test"))?;
    let both = || train.iter().chain(&test);
    unique(both())?;
    let mut wrong = Vec::new();
    wrong.extend(counts(&train, &test));
    wrong.extend(covered("corpus/train", &train));
    wrong.extend(covered("corpus/test", &test));
    wrong.extend(
        both()
            .filter(|r| !is_nfc(&r.text) && !r.voice.iter().any(|v| v == "nfd"))
            .map(|r| format!("`{}` is not NFC and its voice doesn't say `nfd`", r.id)),
    );
    wrong.extend(shared_scenarios(&train, &test));
    wrong.extend(near_duplicates(&train, &test));
    if !wrong.is_empty() {
        bail!("the corpus is not as promised:\n{}\nWhat to do: mend corpus/train", wrong.join("\n"));
    }
    println!("{} texts and chats to train, {} to test: sound", train.len(), test.len());
    deep(train, test)
}

/// Corpus 2 (`corpus/deep`): as honest as the first, and with it as large as promised. No text of a split leans on the other
/// split of either.
fn deep(mut train: Vec<Record>, mut test: Vec<Record>) -> Result<()> {
    let (new_train, new_test) =
        (corpus::read(Path::new("corpus/deep/train"))?, corpus::read(Path::new("corpus/deep/test"))?);
    frozen(Path::new("corpus/deep/test"))?;
    let mut wrong = covered("corpus/deep/test", &new_test);
    let chats = new_train.iter().chain(&new_test).filter(|r| r.is_chat());
    wrong.extend(
        chats
            .filter(|r| r.turns.len() < LONG || r.harms.is_empty() != r.harmful_turns.is_empty())
            .map(|r| format!("`{}` is short, or its harmful turns don't fit its harms", r.id)),
    );
    train.extend(new_train);
    test.extend(new_test);
    let all = || train.iter().chain(&test);
    unique(all())?;
    wrong.extend(
        all()
            .filter(|r| !is_nfc(&r.text) && !r.voice.iter().any(|v| v == "nfd"))
            .map(|r| format!("`{}` is not NFC", r.id)),
    );
    let texts = |lang: &str| all().filter(|r| !r.is_chat() && r.lang == lang).count();
    let have = [texts("vi"), texts("en"), all().filter(|r| r.turns.len() >= LONG).count()];
    for ((what, least), have) in LEAST_DEEP.into_iter().zip(have) {
        println!("with corpus 2: {have} {what}");
        if have < least {
            wrong.push(format!("{have} {what}, {least} promised"));
        }
    }
    wrong.extend(shared_scenarios(&train, &test));
    wrong.extend(near_duplicates(&train, &test));
    let all: Vec<_> = all().collect();
    wrong.extend(conflicts(&all));
    if !wrong.is_empty() {
        bail!("corpus 2 is not as promised:\n{}\nWhat to do: mend corpus/deep/train", wrong.join("\n"));
    }
    agreement::check(&all)
}

/// The same words with other labels.
fn conflicts(records: &[&Record]) -> Vec<String> {
    let mut known: HashMap<(bool, Vec<String>), &Record> = HashMap::new();
    let mut wrong = Vec::new();
    for record in records {
        let lower = record.text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
        let first = *known.entry((record.is_chat(), words)).or_insert(record);
        if first.harms != record.harms || first.benign_kind != record.benign_kind {
            wrong.push(format!("`{}` and `{}` say the same and have other labels", first.id, record.id));
        }
    }
    wrong
}

/// The test split is byte for byte what was frozen before the first training.
fn frozen(folder: &Path) -> Result<()> {
    let sums = fs::read_to_string(folder.join("SHA256SUMS")).context("the test split is not frozen")?;
    let named: BTreeMap<&str, &str> =
        sums.lines().filter_map(|l| l.split_once(char::is_whitespace)).map(|(sum, name)| (name.trim(), sum)).collect();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".jsonl") && named.get(name.as_str()) != Some(&sha256(&fs::read(&path)?).as_str()) {
            bail!("{} is not what was frozen\nWhat to do: git checkout {}", path.display(), folder.display());
        }
    }
    for name in named.keys() {
        if !folder.join(name).exists() {
            bail!("{} is frozen but not there", folder.join(name).display());
        }
    }
    Ok(())
}

fn unique<'a>(records: impl Iterator<Item = &'a Record>) -> Result<()> {
    let mut seen = BTreeSet::new();
    for record in records {
        if !seen.insert(&record.id) {
            bail!("the id `{}` stands twice\nWhat to do: give the later one an id of its own", record.id);
        }
    }
    Ok(())
}

fn counts(train: &[Record], test: &[Record]) -> Vec<String> {
    let of = |records: &[Record]| {
        let texts = |lang: &str| records.iter().filter(|r| !r.is_chat() && r.lang == lang).count();
        [texts("vi"), texts("en"), records.iter().filter(|r| r.is_chat()).count()]
    };
    let (train, test) = (of(train), of(test));
    let mut wrong = Vec::new();
    for (at, (what, least)) in LEAST.into_iter().enumerate() {
        let all = train[at] + test[at];
        if all < least {
            wrong.push(format!("{all} {what}, {least} promised"));
        }
        if test[at] * 4 < all {
            wrong.push(format!("{} of {all} {what} test; a quarter is promised", test[at]));
        }
        println!("{all} {what}, {} of them ({} %) to test", test[at], 100 * test[at] / all.max(1));
    }
    wrong
}

/// Every harm, tactic and innocent look-alike stands in the split.
fn covered(split: &str, records: &[Record]) -> Vec<String> {
    let tactics: BTreeSet<&str> = records.iter().flat_map(|r| &r.spans).map(|s| s.code.code()).collect();
    let harms: BTreeSet<&str> = records.iter().flat_map(|r| &r.harms).map(|h| h.code()).collect();
    let benign: BTreeSet<&str> = records.iter().filter_map(|r| r.benign_kind).map(BenignKind::code).collect();
    let lacks = |what: &str, all: Vec<&'static str>, have: &BTreeSet<&str>| {
        let missing: Vec<_> = all.into_iter().filter(|c| !have.contains(c)).collect();
        (!missing.is_empty()).then(|| format!("{split} lacks the {what} {}", missing.join(", ")))
    };
    [
        lacks("harms", Harm::ALL.iter().map(|h| h.code()).collect(), &harms),
        lacks("tactics", Tactic::ALL.iter().map(|t| t.code()).collect(), &tactics),
        lacks("innocent kinds", BenignKind::ALL.iter().map(|b| b.code()).collect(), &benign),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn shared_scenarios(train: &[Record], test: &[Record]) -> Vec<String> {
    let known: BTreeSet<_> = train.iter().map(|r| &r.scenario).collect();
    let shared: BTreeSet<_> = test.iter().map(|r| &r.scenario).filter(|s| known.contains(s)).collect();
    shared.into_iter().map(|s| format!("the scenario `{s}` stands in both splits")).collect()
}

/// Pairs of texts, one of each split, that share most of their word triples.
fn near_duplicates(train: &[Record], test: &[Record]) -> Vec<String> {
    let shingles: Vec<BTreeSet<u64>> = train.iter().map(|r| triples(&r.text)).collect();
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, set) in shingles.iter().enumerate() {
        for &triple in set {
            holders.entry(triple).or_default().push(at);
        }
    }
    let mut wrong = Vec::new();
    for record in test {
        let own = triples(&record.text);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for at in own.iter().filter_map(|t| holders.get(t)).flatten() {
            *shared.entry(*at).or_default() += 1;
        }
        for (at, common) in shared {
            let union = own.len() + shingles[at].len() - common;
            if common as f64 / union as f64 >= ALIKE {
                wrong.push(format!("`{}` (test) and `{}` (train) are nearly one text", record.id, train[at].id));
            }
        }
    }
    wrong
}

/// Hashes of each three words in a row, lower case; a shorter text is one shingle.
fn triples(text: &str) -> BTreeSet<u64> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let hash = |words: &[&str]| {
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        hasher.finish()
    };
    if words.len() < 3 {
        return BTreeSet::from([hash(&words)]);
    }
    words.windows(3).map(hash).collect()
}

#[cfg(test)]
mod tests {
    use super::triples;

    #[test]
    fn triples_mind_neither_case_nor_punctuation() {
        assert_eq!(triples("Chị ơi, chuyển tiền!"), triples("chị ơi chuyển tiền"));
        assert_eq!(triples("chị ơi chuyển tiền").len(), 2);
        assert_eq!(triples("ok").len(), 1);
        assert_eq!(triples("").len(), 1);
    }
}
