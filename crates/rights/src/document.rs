//! `docs/rights.md`: the table for people, and a reading of it that compares every cell.

use crate::{Acting, Action, Relation, Who};
use std::collections::{BTreeMap, BTreeSet};

/// What a document says of the policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Cells that it says as the policy does.
    pub agreed: usize,
    /// Cells that it says nothing of, or what nobody can read.
    pub unsaid: usize,
    /// Cells of which it says the opposite.
    pub wrong: Vec<String>,
}

const HEAD: &str = "\
# Who may do what at the desk

Drawn from `crates/rights/policy.cedar` by `UPDATE_GOLDEN=1 cargo test -p rights`; read the difference before you commit it.
What stands in no cell is refused. Every cell of role × action × relation × platform is compared with the policy.

A letter says to what: ";

/// The whole document.
pub fn draw() -> String {
    let relations = Relation::ALL.iter().filter_map(|&relation| Some((letter(relation)?, relation)));
    let relations =
        relations.map(|(letter, relation)| format!("**{letter}** {} ({})", relation.code(), tail(relation)));
    let mut text = HEAD.to_owned() + &relations.collect::<Vec<_>>().join("; ") + ".\n";
    text += "To `withdrawn` and to `none` nobody may do anything, so that they have no letter.\n";
    for at_platform in [false, true] {
        let kind = if at_platform { "At a platform" } else { "At any other organisation" };
        text += &format!("\n## {kind}\n| action | what |");
        text += &Who::all().map(|who| format!(" {} |", who.code())).collect::<String>();
        text += &format!("\n| --- | --- |{}\n", " --- |".repeat(Who::COUNT));
        for &action in Action::ALL {
            text += &format!("| `{}` | {} |", action.code(), action.about().trim_end_matches('.'));
            for who in Who::all() {
                text += &format!(" {} |", cell(Acting { who, at_platform }, action));
            }
            text.push('\n');
        }
    }
    text
}

/// Letters of what it may be done to. `withdrawn` and `none` have none on purpose: a policy that permits something there
/// can't be drawn, and the comparison says so.
fn letter(relation: Relation) -> Option<char> {
    match relation {
        Relation::Own => Some('o'),
        Relation::Granted => Some('g'),
        Relation::Held => Some('h'),
        Relation::Withdrawn | Relation::None => None,
    }
}

fn tail(relation: Relation) -> String {
    let about = relation.about().trim_end_matches('.');
    let mut letters = about.chars();
    letters.next().map(|first| first.to_lowercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

fn cell(acting: Acting, action: Action) -> String {
    let set = Relation::ALL.iter().filter(|&&relation| acting.may(action, relation)).filter_map(|&r| letter(r));
    let set: String = set.collect();
    if set.is_empty() { "–".into() } else { set }
}

/// Holds a document against the policy, cell by cell.
pub fn compare(document: &str) -> Compared {
    let said = read(document);
    let mut compared = Compared::default();
    for at_platform in [false, true] {
        for who in Who::all() {
            for &action in Action::ALL {
                let letters = said.get(&(at_platform, who.code().to_owned(), action.code().to_owned()));
                for &relation in Relation::ALL {
                    let Some(letters) = letters else {
                        compared.unsaid += 1;
                        continue;
                    };
                    let may = letter(relation).is_some_and(|letter| letters.contains(&letter));
                    if may == (Acting { who, at_platform }).may(action, relation) {
                        compared.agreed += 1;
                    } else {
                        let (who, action, relation) = (who.code(), action.code(), relation.code());
                        compared.wrong.push(format!("{who} {action} {relation}, at a platform: {at_platform}"));
                    }
                }
            }
        }
    }
    compared
}

/// The letters by platform, role and action. A cell with anything else in it says nothing.
fn read(document: &str) -> BTreeMap<(bool, String, String), BTreeSet<char>> {
    let mut said = BTreeMap::new();
    let (mut at_platform, mut roles) = (None, Vec::new());
    for line in document.lines() {
        match line {
            "## At any other organisation" => at_platform = Some(false),
            "## At a platform" => at_platform = Some(true),
            _ => {}
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let (Some(at_platform), [action, _, cells @ ..]) = (at_platform, &cells[..]) else { continue };
        if *action == "action" {
            roles = cells.iter().map(|&role| role.to_owned()).collect();
        } else if let Some(action) = action.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
            for (role, letters) in roles.iter().zip(cells) {
                let letters: BTreeSet<char> = letters.chars().collect();
                let nothing = letters.len() == 1 && letters.contains(&'–');
                let known = Relation::ALL.iter().filter_map(|&relation| letter(relation)).collect();
                if nothing || (!letters.is_empty() && letters.is_subset(&known)) {
                    said.insert((at_platform, role.clone(), action.to_owned()), letters);
                }
            }
        }
    }
    said
}
