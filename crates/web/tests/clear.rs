//! Every JSON key that a device sends or the server answers is listed in docs/clear.md, and nothing else.
//!
//! Read out of the source: a structure or an answer that somebody adds tomorrow can't be forgotten, whether or not a
//! story sends it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Keys by the structure or the file that has them.
type Keys = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_key_that_is_sent_is_listed_and_nothing_else_is_taken() {
    let mut taken = Keys::new();
    // What else `casework` reads comes from the operator's files.
    for (name, source) in
        sources().into_iter().filter(|(name, _)| !name.starts_with("casework/") || name.contains("facts"))
    {
        for (head, keys) in structures(&source, "Deserialize") {
            let structure = head.split("struct ").nth(1).unwrap().split([' ', '<']).next().unwrap();
            // What she sends is taken as it is listed, or not at all.
            assert!(head.contains("deny_unknown_fields"), "{name} {structure} takes keys that nobody knows");
            taken.insert(format!("{name} {structure}"), keys);
        }
    }
    compare(&taken, &listed("What devices send"));
}

#[test]
fn every_key_that_is_answered_is_listed() {
    let mut answered = Keys::new();
    for (name, source) in sources() {
        let keys = written(&source);
        if !keys.is_empty() {
            answered.insert(name.clone(), keys);
        }
        if name.starts_with("casework/") && !name.contains("facts") {
            for (head, keys) in structures(&source, "Serialize") {
                let structure = head.split("struct ").nth(1).unwrap().split([' ', '<']).next().unwrap().to_owned();
                answered.insert(format!("{name} {structure}"), keys);
            }
        }
    }
    compare(&answered, &listed("What the server answers"));
}

#[test]
fn every_key_of_a_change_is_listed() {
    let mut kept = Keys::new();
    for name in ["change", "mod"] {
        let path = format!("{}/../casework/src/work/{name}.rs", env!("CARGO_MANIFEST_DIR"));
        let source = fs::read_to_string(path).unwrap();
        let code: Vec<_> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for (head, keys) in structures(&code.join("\n"), "Serialize") {
            let structure = head.split("struct ").nth(1).unwrap().split([' ', '<']).next().unwrap().to_owned();
            kept.insert(format!("{name}.rs {structure}"), keys);
        }
        // Of the one enumeration: the fields of all its variants.
        if let Some(variants) = code.join("\n").split_once("pub enum Change {").map(|(_, rest)| rest.to_owned()) {
            let body = variants.split("\n}").next().unwrap().to_owned();
            let field = |line: &str| {
                line.strip_prefix("        ").and_then(|l| l.split_once(": ")).map(|(key, _)| key.to_owned())
            };
            let keys = body.lines().filter_map(field).filter(|key| is_key(key)).chain(["kind".to_owned()]);
            kept.insert(format!("{name}.rs Change"), keys.collect());
        }
    }
    compare(&kept, &listed("What a change holds"));
}

/// Every file that knows the wire of reports, their way back, and the desk; without tests and comments.
fn sources() -> Vec<(String, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folder = |of: &str| fs::read_dir(crates.join("web/src").join(of)).unwrap().map(|entry| entry.unwrap().path());
    let inner: Vec<_> = folder("report").chain(folder("desk")).collect();
    assert!(inner.iter().all(|path| path.is_file()), "folders within are not read");
    let mut files: Vec<_> = folder("").filter(|path| path.is_file()).chain(inner).collect();
    files.extend(["facts", "organisation", "own_questions"].map(|name| crates.join(format!("casework/src/{name}.rs"))));
    let named = |path: &PathBuf| {
        let name = path.strip_prefix(crates).unwrap().to_string_lossy().replace("web/src/", "").replace("/src", "");
        let source = fs::read_to_string(path).unwrap();
        let shipped = source.split("#[cfg(test)]").next().unwrap();
        let code = shipped.lines().filter(|line| !line.trim_start().starts_with("//"));
        (name, code.collect::<Vec<_>>().join("\n"))
    };
    files.iter().map(named).collect()
}

/// Structures that derive this: what stands from the derive to the brace, and their fields.
fn structures(source: &str, derived: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for part in source.split("#[derive(").skip(1) {
        let (traits, rest) = part.split_once(")]").unwrap();
        let traits: Vec<_> = traits.split(',').map(str::trim).collect();
        let Some((head, body)) = rest.split_once(" {\n") else { continue };
        if !traits.contains(&derived) || !head.contains("struct ") {
            continue;
        }
        assert!(!head.contains("rename"), "keys are called as they are written: {head}");
        let body = body.split("\n}").next().unwrap();
        let field = |line: &str| {
            let line = line.trim();
            let line = line.strip_prefix("pub(super) ").or_else(|| line.strip_prefix("pub ")).unwrap_or(line);
            line.split_once(": ").map(|(name, _)| name.to_owned()).filter(|name| is_key(name))
        };
        assert!(!body.contains("rename") && !body.contains("flatten"), "keys are called as they are written: {head}");
        found.push((head.to_owned(), body.lines().filter_map(field).collect()));
    }
    found
}

/// Keys of `json!({"key": …})` and of `value["key"] = …`.
fn written(source: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let parts: Vec<_> = source.split('"').collect();
    for pair in parts.windows(2) {
        if is_key(pair[0]) && (pair[1].starts_with(':') && !pair[1].starts_with("::") || pair[1].starts_with("] = ")) {
            keys.insert(pair[0].to_owned());
        }
    }
    keys
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// The rows of the table under this headline: what the first cell names, and every key of the second.
fn listed(headline: &str) -> Keys {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/clear.md")).unwrap();
    let after = page.split_once(&format!("\n## {headline}\n")).unwrap_or_else(|| panic!("## {headline}")).1;
    let part = after.split_once("\n## ").map_or(after, |(part, _)| part);
    let mut listed = Keys::new();
    for row in part.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        assert!(cells.len() == 5 && cells.iter().all(|cell| !cell.is_empty()), "keys, who, why, who reads it: {row}");
        let of = listed.entry(cells[0].trim_matches('`').to_owned()).or_default();
        for key in cells[1].split(", ").map(|key| key.trim_matches('`')) {
            assert!(of.insert(key.to_owned()), "{}: `{key}` is listed twice", cells[0]);
        }
    }
    listed
}

fn compare(found: &Keys, listed: &Keys) {
    let pairs = |keys: &Keys| -> BTreeSet<String> {
        keys.iter().flat_map(|(of, keys)| keys.iter().map(move |key| format!("{of}: {key}"))).collect()
    };
    let (found, listed) = (pairs(found), pairs(listed));
    assert!(found.len() > 50, "the source was not read: {found:?}");
    let missing: Vec<_> = found.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&found).collect();
    assert!(missing.is_empty() && gone.is_empty(), "not in docs/clear.md: {missing:#?}; not in the source: {gone:#?}");
}
