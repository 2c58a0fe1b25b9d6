//! For `cargo xtask bench --only evidence`: `tamper missed` alters packages in every way that we can think of and prints
//! how many it tried and how many of them were held for whole; `tamper large FILE MIB` writes a large package.

#![expect(clippy::print_stdout, reason = "what it is for")]

#[path = "../tests/support/mod.rs"]
mod support;

use serde_json::Value;
use std::{env, fs};
use support::forge;

/// Flipped bits in each file, header, line of the directory and end.
const FLIPS: usize = 60;

fn main() {
    let args: Vec<String> = env::args().collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [_, "missed"] => {
            let (tried, missed) = missed();
            println!("{{\"tried\":{tried},\"missed\":{missed}}}");
        }
        [_, "large", path, mib] => large(path, mib.parse().expect("a number of MiB")),
        _ => panic!("tamper missed | tamper large FILE MIB"),
    }
}

fn large(path: &str, mib: usize) {
    let things = vec![(support::named("clip.mp4"), (0..=255).cycle().take(mib << 20).collect())];
    let unproved = support::draft(&things).seal(&mut support::rng()).expect("it is not empty");
    let proven = support::proven(unproved.root());
    let packing = unproved.prove(proven).expect("the answer fits");
    fs::write(path, support::written(packing, &things)).expect("the file can be written");
}

/// The same numbers each time: a run can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap_or(0)
    }
}

fn missed() -> (usize, usize) {
    let stamp = evidence::Stamp { response: vec![0x30; 900], authority: "-----BEGIN CERTIFICATE-----\n".into() };
    let mut dice = Dice(88_172_645_463_325_252);
    let (mut tried, mut missed) = (0, 0);
    for package in [support::package(), support::of_case(), support::package_with(Some(stamp))] {
        assert!(!support::fails(&package), "what was not altered holds");
        let mut judge = |altered: &[u8]| {
            if altered != package {
                tried += 1;
                missed += usize::from(!support::fails(altered));
            }
        };
        flipped(&package, &mut dice, &mut judge);
        moved(&package, &mut dice, &mut judge);
        forged(&package, &mut judge);
    }
    (tried, missed)
}

/// Bits in each kind of byte: every file, every header, every line of the directory, the end.
fn flipped(package: &[u8], dice: &mut Dice, judge: &mut impl FnMut(&[u8])) {
    let mut starts: Vec<_> = (0..package.len() - 4).filter(|at| package[*at..].starts_with(b"PK")).collect();
    for (name, bytes) in forge::files(package) {
        if !bytes.is_empty() {
            starts.extend(package.windows(name.len()).position(|w| w == name.as_bytes()).map(|at| at + name.len()));
        }
    }
    starts.sort_unstable();
    starts.push(package.len());
    for part in starts.windows(2) {
        for _ in 0..FLIPS {
            let mut altered = package.to_vec();
            altered[part[0] + dice.below(part[1] - part[0])] ^= 1 << dice.below(8);
            judge(&altered);
        }
    }
}

/// Bytes taken out, put in, exchanged, and the end cut off.
fn moved(package: &[u8], dice: &mut Dice, judge: &mut impl FnMut(&[u8])) {
    for _ in 0..300 {
        let (at, length) = (dice.below(package.len() - 200), 1 + dice.below(90));
        let (before, rest) = package.split_at(at);
        judge(&[before, &rest[length..]].concat());
        judge(&[before, &vec![b'0'; length], rest].concat());
        judge(&[before, &rest[length..2 * length], &rest[..length], &rest[2 * length..]].concat());
        judge(before);
    }
}

/// Every value of the two JSON files changed, each list and checksum mended; every file left out, or put in twice.
fn forged(package: &[u8], judge: &mut impl FnMut(&[u8])) {
    let files = forge::files(package);
    for (at, (name, bytes)) in files.iter().enumerate() {
        let mut without = files.clone();
        without.remove(at);
        judge(&forge::mended(without));
        let mut more = files.clone();
        more.insert(at, (format!("{name}x"), bytes.clone()));
        judge(&forge::mended(more));
        if !["/about.json", "/proof.json"].iter().any(|own| name.ends_with(own)) {
            continue;
        }
        let json: Value = serde_json::from_slice(bytes).expect("ours is JSON");
        let mut paths = Vec::new();
        leaves(&json, String::new(), &mut paths);
        for path in paths {
            let mut json = json.clone();
            let value = json.pointer_mut(&path).expect("it was found there");
            let other = match &*value {
                Value::Number(number) => (number.as_u64().unwrap_or(0) + 1).into(),
                Value::String(text) => {
                    let other = if text.starts_with('1') { "2" } else { "1" };
                    format!("{other}{}", text.chars().skip(1).collect::<String>()).into()
                }
                other => other.clone(),
            };
            *value = other;
            let mut altered = files.clone();
            altered[at].1 = serde_json::to_vec_pretty(&json).expect("it was JSON");
            altered[at].1.push(b'\n');
            judge(&forge::mended(altered));
        }
    }
}

fn leaves(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                leaves(value, format!("{path}/{key}"), found);
            }
        }
        Value::Array(list) => {
            for (number, value) in list.iter().enumerate() {
                leaves(value, format!("{path}/{number}"), found);
            }
        }
        Value::Null => {}
        _ => found.push(path),
    }
}
