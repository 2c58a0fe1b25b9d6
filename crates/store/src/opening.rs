//! Somebody opened something: what she and the log see of it.

use crate::StoreError;
use casework::work::Reading;
use std::{fmt, str::FromStr};
use vocabulary::Role;

/// Somebody opened something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// When.
    pub at: i64,
    /// Of which organisation.
    pub organisation: String,
    /// In which role.
    pub role: Role,
    /// What kind of thing, never which.
    pub what: Opened,
}

/// What was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The case: its entries.
    Case,
    /// One of its files.
    File,
    /// A copy of all of it.
    Export,
    /// All of it as it is sealed, by a program with a token.
    Program,
}

impl Opened {
    /// The same as the log has it.
    pub const fn reading(self) -> Reading {
        match self {
            Self::Case => Reading::Case,
            Self::File => Reading::File,
            Self::Export => Reading::Export,
            Self::Program => Reading::Program,
        }
    }

    /// The word of the database and the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::File => "file",
            Self::Export => "export",
            Self::Program => "program",
        }
    }
}

impl fmt::Display for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Opened {
    type Err = StoreError;

    fn from_str(code: &str) -> Result<Self, StoreError> {
        let all = [Self::Case, Self::File, Self::Export, Self::Program];
        all.into_iter().find(|what| what.code() == code).ok_or(StoreError::Damaged("what"))
    }
}
