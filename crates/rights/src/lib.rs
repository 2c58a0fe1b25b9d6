//! Who may do what at the desk.
//!
//! `policy.cedar` says it, for a person to read; `schema.cedarschema` says which words it may use. The build asks Cedar
//! about every cell ([`Who`] × at a platform or not × [`Action`] × [`Relation`]) and keeps the answers as a table:
//! [`Acting::may`] looks one up. What the policy doesn't permit is refused. `docs/rights.md` is that table for people; a
//! test holds both together.
//!
//! Deliberately absent: keys. A right lets somebody ask this server for sealed things; what opens them is in her browser.

mod document;
mod words;

pub use document::{Compared, compare, draw};
pub use words::{Action, Relation, Who};

use vocabulary::{OrganisationKind, Role};

/// A bit for each relation, by asker, at a platform or not, and action.
static TABLE: [[[u8; Action::ALL.len()]; 2]; Who::COUNT] = include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// Whoever acts, as far as rights go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Acting {
    /// Who.
    pub who: Who,
    /// Whether her organisation is a platform, which gets notices, never cases.
    pub at_platform: bool,
}

impl Acting {
    /// A member with this role of an organisation of this kind.
    pub fn member(role: Role, kind: OrganisationKind) -> Self {
        Self { who: Who::Member(role), at_platform: kind == OrganisationKind::Platform }
    }

    /// Whether she may do this to what stands so to her organisation.
    pub fn may(self, action: Action, relation: Relation) -> bool {
        self.relations(action) & (1 << relation as usize) != 0
    }

    /// Whether there is anything at all that she may do this to: what can be said before it is known to what.
    pub fn may_ever(self, action: Action) -> bool {
        self.relations(action) != 0
    }

    fn relations(self, action: Action) -> u8 {
        let who = match self.who {
            Who::Member(role) => role as usize,
            Who::Operator => Role::ALL.len(),
        };
        TABLE[who][usize::from(self.at_platform)][action as usize]
    }
}
