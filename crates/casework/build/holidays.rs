//! What stands in `holidays.toml`, checked: days written out, in order.

use serde::Deserialize;
use std::{collections::BTreeSet, fs, path::Path};
use vocabulary::directory::{Date, Moment};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    fixed: Vec<String>,
    year: Vec<OfYear>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfYear {
    year: u16,
    tet: String,
    hung_kings: String,
    #[serde(default)]
    more: Vec<String>,
}

/// Two constants: days of each year, and days of single years.
pub fn source(path: &Path) -> String {
    let file: File = toml::from_str(&fs::read_to_string(path).expect("holidays.toml is there")).expect("holidays.toml");
    for day in &file.fixed {
        // 2028 has a 29 February.
        assert!(Date::parse(&format!("2028-{day}")).is_some(), "{day} is no month and day");
    }
    let mut single = BTreeSet::new();
    for year in &file.year {
        let mut days = vec![year.hung_kings.clone()];
        days.extend(year.more.clone());
        days.extend((-1..3).map(|days| behind(&year.tet, days)));
        for day in days {
            assert!(Date::parse(&day).is_some() && day.starts_with(&year.year.to_string()), "{day} of {}", year.year);
            single.insert(day);
        }
    }
    let single: Vec<_> = single.into_iter().collect();
    format!(
        "/// Each year, as month and day.\nconst FIXED: &[&str] = &{:?};\n\
         /// Of single years, in order.\nconst SINGLE: &[&str] = &{single:?};\n",
        file.fixed
    )
}

/// So many days behind a day.
fn behind(day: &str, days: i64) -> String {
    let date = Date::parse(day).unwrap_or_else(|| panic!("{day} is no day"));
    // Any second of that day: sought by halving, for a date doesn't tell its number.
    let (mut low, mut high) = (0_i64, 200 * 366 * 86_400);
    while low + 1 < high {
        let middle = i64::midpoint(low, high);
        if Moment::from_unix_seconds(middle).date() > date { high = middle } else { low = middle }
    }
    Moment::from_unix_seconds(low + days * 86_400).date().to_string()
}
