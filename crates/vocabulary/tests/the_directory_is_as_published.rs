//! Every contact that is shipped is one that a published page states, and none that has no source: compared with
//! `contacts.toml`, the project's list of both.

use serde::Deserialize;
use std::{collections::BTreeSet, fs};
use vocabulary::directory::{Directory, Service};

#[derive(Deserialize)]
struct Contacts {
    may: Vec<May>,
    never: Vec<Never>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct May {
    id: String,
    phone: Option<String>,
    url: Option<String>,
    page: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Never {
    contact: String,
    why: String,
}

fn contacts() -> Contacts {
    toml::from_str(include_str!("contacts.toml")).expect("contacts.toml is read here only")
}

/// As one compares numbers: `1900 96 96 80` and `1900.969.680` are one.
fn bare(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| !" .-\u{a0}".contains(*c)).collect()
}

#[test]
fn the_directory_holds_the_contacts_of_the_list_and_no_other() {
    let directory = Directory::shipped();
    let (listed, contacts) = (directory.services(), contacts());
    let ids = |ids: &mut dyn Iterator<Item = &String>| ids.cloned().collect::<BTreeSet<_>>();
    assert_eq!(ids(&mut listed.iter().map(|s| &s.id)), ids(&mut contacts.may.iter().map(|row| &row.id)));
    for row in &contacts.may {
        let service = directory.by_id(&row.id).unwrap();
        assert_eq!(service.dial(), row.phone, "{}", row.id);
        assert_eq!(service.url, row.url, "{}", row.id);
        assert!(service.sources.iter().any(|source| source.contains(&row.page)), "{}: {}", row.id, row.page);
    }
}

#[test]
fn every_contact_names_a_published_page_and_a_date_that_has_been() {
    // Checked on a later day than its source, and not before the web: a date typed wrong is no date.
    let year = |date: &str| date.get(..4).and_then(|year| year.parse::<u16>().ok());
    for Service { id, sources, source_date, checked_on, .. } in Directory::shipped().services() {
        assert!(sources.iter().all(|source| source.len() > 5), "{id}: {sources:?}");
        assert!(year(source_date).is_some_and(|year| (2010..=2100).contains(&year)), "{id}: {source_date}");
        assert!(year(&checked_on.to_string()) >= year(source_date), "{id}: {checked_on} is before {source_date}");
    }
}

/// The content as it is shipped: file by file.
fn shipped_texts() -> Vec<(String, String)> {
    let mut files = vec![concat!(env!("CARGO_MANIFEST_DIR"), "/data/directory.json").into()];
    let advice = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/data/advice")).unwrap();
    files.extend(advice.map(|entry| entry.unwrap().path()));
    files.into_iter().map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap())).collect()
}

#[test]
fn no_contact_without_a_source_is_named_anywhere() {
    for (file, text) in shipped_texts() {
        let text = bare(&text);
        for Never { contact, why } in &contacts().never {
            assert!(!text.contains(&bare(contact)), "{file} names {contact}: {why}");
        }
    }
}

#[test]
fn every_number_in_an_advice_is_one_of_the_list() {
    let known: BTreeSet<String> = contacts().may.into_iter().filter_map(|row| row.phone).collect();
    let mut seen = 0;
    for (file, text) in shipped_texts().into_iter().filter(|(file, _)| file.contains("/advice/")) {
        for line in text.lines().filter(|line| line.starts_with("vi = ") || line.starts_with("en = ")) {
            for number in numbers(line) {
                assert!(known.contains(&number), "{file}: {number} has no row in contacts.toml: {line}");
                seen += 1;
            }
        }
    }
    assert!(seen > 50, "the numbers of the advice are found: {seen}");
}

/// What somebody could dial: digits with single spaces between, as long as a number, or the three of an emergency line.
fn numbers(line: &str) -> Vec<String> {
    let runs = line.split(|c: char| !(c.is_ascii_digit() || c == ' ')).map(|run| bare(run.trim()));
    runs.filter(|run| run.len() >= 8 || (run.len() == 3 && run.starts_with("11"))).collect()
}
