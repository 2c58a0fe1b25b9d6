//! Keeps what was forgotten from coming back with an older copy: looks at each row before it is brought back.

use crate::{Forgotten, Mark, Replaced, Row, Value, What, cases::RECEIPT, passkeys::beginning};
use casework::CaseId;
use std::collections::HashMap;

/// The lines that are younger than a copy.
pub struct Forgetting {
    mark: Mark,
    lines: HashMap<[u8; 32], Vec<Forgotten>>,
    replaced: HashMap<i64, Replaced>,
    buried: Vec<(i64, Option<String>)>,
    renewed: Vec<(CaseId, Replaced)>,
}

impl Forgetting {
    /// Of a house with this mark; `replaced`: what is known of receipts that were replaced meanwhile.
    pub fn new(mark: Mark, lines: Vec<Forgotten>, replaced: Vec<Replaced>) -> Self {
        let mut by_mark: HashMap<_, Vec<_>> = HashMap::new();
        for line in lines {
            by_mark.entry(line.whose).or_default().push(line);
        }
        let replaced = replaced.into_iter().map(|replaced| (replaced.line, replaced)).collect();
        Self { mark, lines: by_mark, replaced, buried: Vec::new(), renewed: Vec::new() }
    }

    /// Cases that were left out so far: when they had arrived, and their harm. They are still counted.
    pub fn buried(&self) -> &[(i64, Option<String>)] {
        &self.buried
    }

    /// Cases so far that another receipt opens by now than in the copy.
    pub fn renewed(&self) -> &[(CaseId, Replaced)] {
        &self.renewed
    }

    /// Since when the key that an organisation has in the copy must be made anew; none where it may stay.
    pub(crate) fn keys_due(&self, organisation: &str) -> Option<i64> {
        let lines = self.lines.get(&self.mark.of(organisation.as_bytes()))?;
        lines.iter().find(|line| line.what == What::Key).map(|line| line.at)
    }

    /// Whether a row of this table may come back; changes it where only a part of it was forgotten.
    pub fn lets_back(&mut self, table: &str, columns: &[String], row: &mut Row) -> bool {
        if self.lines.is_empty() {
            return true;
        }
        let row = &mut Named { columns, row };
        match table {
            "cases" => self.case(row),
            "access" => self.access(row),
            "grants" => {
                let (holder, epoch) = (row.text("holder"), row.number("epoch"));
                let of_it = |line: &Forgotten| {
                    line.what == What::Case || line.what == What::Grant && line.holder == holder && epoch <= line.epoch
                };
                !self.of(row, "case_id").iter().any(of_it)
            }
            "events" => {
                self.event(row);
                true
            }
            "entries" | "files" | "openings" | "replaced" | "work" | "hands" => {
                !self.of(row, "case_id").iter().any(|line| line.what == What::Case)
            }
            "organisations" => {
                let closed = self.of(row, "id").iter().find(|line| line.what == What::Organisation).map(|line| line.at);
                row.fill("closed_at", closed);
                true
            }
            "members" => !self.of(row, "id").iter().any(|line| line.what == What::Member),
            "accounts" => !self.of(row, "member").iter().any(|line| line.what == What::Member),
            "member_keys" | "passkeys" => {
                let key = if table == "passkeys" { row.bytes("id").map(beginning) } else { row.text("what") };
                let of_it =
                    |line: &Forgotten| line.what == What::Member || line.what == What::Passkey && line.holder == key;
                !self.of(row, "member").iter().any(of_it)
            }
            _ => true,
        }
    }

    fn of(&self, row: &Named<'_>, column: &str) -> &[Forgotten] {
        let id = match row.value(column) {
            Some(Value::Bytes(id)) => &id[..],
            Some(Value::Text(id)) => id.as_bytes(),
            _ => return &[],
        };
        self.lines.get(&self.mark.of(id)).map_or(&[], Vec::as_slice)
    }

    fn case(&mut self, row: &mut Named<'_>) -> bool {
        let lines = self.of(row, "id").to_vec();
        if lines.iter().any(|line| line.what == What::Case) {
            self.buried.push((row.number("received_at").unwrap_or_default(), row.text("harm")));
            return false;
        }
        for line in &lines {
            match line.what {
                What::Asked => row.set("erase_due", Value::Number(line.at)),
                What::Stopped => row.set("erase_due", Value::Null),
                What::Locked => row.fill("locked_at", Some(line.at)),
                // The words that were replaced, or that must not find it any more, find it no more.
                What::Grant if line.holder.as_deref() == Some(RECEIPT) => row.set("locator", Value::Null),
                _ => {}
            }
        }
        self.renew(row, &lines);
        true
    }

    /// The words that hold by now find it: of a case that goes back to an earlier identity, up to that one.
    fn renew(&mut self, row: &Named<'_>, lines: &[Forgotten]) {
        let of_receipt = |line: &&Forgotten| line.what == What::Grant && line.holder.as_deref() == Some(RECEIPT);
        let last = lines.iter().rfind(of_receipt).and_then(|line| self.replaced.remove(&line.number));
        let id = row.bytes("id").and_then(|id| id.try_into().ok()).map(CaseId);
        if let (Some(mut replaced), Some(id), Some(epoch)) = (last, id, row.number("epoch")) {
            replaced.grants.retain(|grant| grant.epoch <= epoch);
            self.renewed.push((id, replaced));
        }
    }

    /// That there was a line stays, so that the chain holds; what it says goes with the case, its words when the organisation
    /// was shut out.
    fn event(&self, row: &mut Named<'_>) {
        let (lines, organisation) = (self.of(row, "case_id"), row.text("organisation"));
        let erased = lines.iter().any(|line| line.what == What::Case);
        let shut = lines.iter().any(|line| line.what == What::Access && line.holder == organisation);
        if erased {
            for column in ["case_id", "body", "nonce", "digest", "sealed"] {
                row.set(column, Value::Null);
            }
        } else if shut {
            row.set("sealed", Value::Null);
        }
    }

    fn access(&self, row: &mut Named<'_>) -> bool {
        let (lines, organisation) = (self.of(row, "case_id"), row.text("organisation"));
        let shut = lines.iter().find(|line| line.what == What::Access && line.holder == organisation);
        let (shut, erased) = (shut.map(|line| line.at), lines.iter().any(|line| line.what == What::Case));
        row.fill("withdrawn_at", shut);
        !erased
    }
}

/// A row whose values are found by their columns' names.
struct Named<'r> {
    columns: &'r [String],
    row: &'r mut Row,
}

impl Named<'_> {
    fn at(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| name == column).filter(|at| *at < self.row.len())
    }

    fn value(&self, column: &str) -> Option<&Value> {
        self.at(column).map(|at| &self.row[at])
    }

    fn text(&self, column: &str) -> Option<String> {
        match self.value(column) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    fn number(&self, column: &str) -> Option<i64> {
        match self.value(column) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    fn bytes(&self, column: &str) -> Option<&[u8]> {
        match self.value(column) {
            Some(Value::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }

    fn set(&mut self, column: &str, value: Value) {
        if let Some(at) = self.at(column) {
            self.row[at] = value;
        }
    }

    /// Sets a time where there is none yet.
    fn fill(&mut self, column: &str, time: Option<i64>) {
        if let (Some(time), Some(Value::Null)) = (time, self.value(column)) {
            self.set(column, Value::Number(time));
        }
    }
}
