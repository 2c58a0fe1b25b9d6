//! Reading an organisation's log: as an auditor does, filtered, and as whoever checks it, link by link.

use crate::{Store, StoreError, row::bytes};
use casework::{CaseId, MemberId, work::Actor};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

/// Lines that are read at once when all are walked.
const AT_ONCE: i64 = 1000;
/// Lines that a filter goes through for one page: a rare kind is looked for step by step, never through all at once.
const LOOKED_THROUGH: i64 = 20_000;

/// Which lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// Of one case.
    pub case: Option<CaseId>,
    /// Of one member, also one who left.
    pub member: Option<MemberId>,
    /// Of one kind ([`casework::work::Change::kind`], or what concerns the organisation itself).
    pub kind: Option<String>,
    /// From this second on.
    pub from: Option<i64>,
    /// Before this second.
    pub until: Option<i64>,
}

/// A line of a log without the sealed words beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Its place in the log, from 0.
    pub number: i64,
    /// The case.
    pub case: Option<CaseId>,
    /// When.
    pub at: i64,
    /// Who did it, as [`Actor`] writes it.
    pub by: String,
    /// What, as JSON; none once it is erased, or where it is held back.
    pub body: Option<String>,
    /// SHA-256 of the sealed words.
    pub digest: Option<[u8; 32]>,
    /// What keeps an erased line from being guessed.
    pub nonce: Option<[u8; 32]>,
    /// The hash of what it says.
    pub leaf: [u8; 32],
    /// The chain up to here.
    pub chain: [u8; 32],
}

/// Part of a log, the newest line first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPage {
    /// The lines that fit.
    pub lines: Vec<LogLine>,
    /// Where to look on, towards older ones; none: the beginning was reached.
    pub next: Option<i64>,
}

/// What a walk along a log found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogCheck {
    /// Lines that hold.
    pub lines: i64,
    /// Those of them whose content was erased with their case.
    pub erased: i64,
    /// Those of them whose content was held back from an export: their place in the chain alone is checked.
    pub withheld: i64,
    /// The first line that doesn't hold.
    pub broken: Option<i64>,
    /// The chain up to the last line.
    pub head: [u8; 32],
}

/// A walk along a log, line by line.
#[derive(Clone, Debug)]
pub struct Walk {
    organisation: String,
    next: i64,
    check: LogCheck,
}

impl Walk {
    /// From this line on; `before` is the chain up to the line before it, nothing but zeros at the beginning.
    pub fn new(organisation: &str, from: i64, before: [u8; 32]) -> Self {
        let check = LogCheck { head: before, ..LogCheck::default() };
        Self { organisation: organisation.to_owned(), next: from, check }
    }

    /// Whether this is the next line, says what its leaf holds, and continues the chain. Nothing behind a broken line is
    /// looked at.
    pub fn push(&mut self, line: &LogLine, is_withheld: bool) -> bool {
        if self.check.broken.is_some() {
            return false;
        }
        let says = match (&line.body, &line.nonce) {
            (None, None) if line.case.is_none() && line.digest.is_none() => true,
            (Some(body), Some(nonce)) if !is_withheld => {
                let (organisation, number, case, at) = (&self.organisation[..], line.number, line.case, line.at);
                let content =
                    Line { organisation, number, case, at, actor: &line.by, body, digest: line.digest.as_ref() };
                content.leaf(nonce) == line.leaf
            }
            _ => false,
        };
        if !says || line.number != self.next || link(&self.check.head, &line.leaf) != line.chain {
            self.check.broken = Some(self.next);
            return false;
        }
        self.check.lines += 1;
        match (is_withheld, &line.body) {
            (true, _) => self.check.withheld += 1,
            (false, None) => self.check.erased += 1,
            _ => {}
        }
        (self.next, self.check.head) = (self.next + 1, line.chain);
        true
    }

    /// What was found so far.
    pub const fn found(&self) -> LogCheck {
        self.check
    }
}

/// A line's content, as it is hashed.
pub(crate) struct Line<'a> {
    pub organisation: &'a str,
    pub number: i64,
    pub case: Option<CaseId>,
    pub at: i64,
    pub actor: &'a str,
    pub body: &'a str,
    pub digest: Option<&'a [u8; 32]>,
}

impl Line<'_> {
    pub fn leaf(&self, nonce: &[u8; 32]) -> [u8; 32] {
        let mut content = Sha256::new();
        // Each part behind its length, so that no two lines give the same bytes.
        let mut part = |bytes: &[u8]| {
            content.update((bytes.len() as u64).to_be_bytes());
            content.update(bytes);
        };
        part(self.organisation.as_bytes());
        part(&self.number.to_be_bytes());
        part(self.case.as_ref().map_or(&[], |case| &case.0));
        part(&self.at.to_be_bytes());
        part(self.actor.as_bytes());
        part(self.body.as_bytes());
        part(self.digest.map_or(&[], |digest| &digest[..]));
        let mut leaf = Sha256::new();
        leaf.update(nonce);
        leaf.update(content.finalize());
        leaf.finalize().into()
    }
}

pub(crate) fn link(before: &[u8; 32], leaf: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update(before).chain_update(leaf).finalize().into()
}

impl LogFilter {
    /// Whether a line fits.
    pub fn fits(&self, line: &LogLine) -> bool {
        let by_member = |id: MemberId| matches!(line.by.parse(), Ok(Actor::Member(by, _)) if by == id);
        let of_kind = |kind: &str| line.body.as_deref().is_some_and(|body| body.starts_with(&kind_begins(kind)));
        self.case.is_none_or(|case| line.case == Some(case))
            && self.member.is_none_or(by_member)
            && self.kind.as_deref().is_none_or(of_kind)
            && self.from.is_none_or(|from| line.at >= from)
            && self.until.is_none_or(|until| line.at < until)
    }
}

/// How the body of a line of this kind begins: its kind stands first.
fn kind_begins(kind: &str) -> String {
    format!("{{\"kind\":\"{kind}\"")
}

impl Store {
    /// Lines that fit, from before this number on, the newest first.
    pub async fn log(
        &self,
        organisation: &str,
        filter: &LogFilter,
        before: Option<i64>,
        most: u32,
    ) -> Result<LogPage, StoreError> {
        let before = match before {
            Some(before) => before,
            None => self.log_length(organisation).await?,
        };
        // Lines of one case are found by an index; any other filter goes along the log for a piece.
        let from = if filter.case.is_some() { 0 } else { (before - LOOKED_THROUGH).max(0) };
        let of_case = if filter.case.is_some() { "case_id = $4 AND " } else { "" };
        let sql = format!(
            "SELECT number, case_id, at, actor, body, digest, nonce, leaf, chain FROM events \
             WHERE {of_case}organisation = $1 AND number < $2 AND number >= $3 ORDER BY number DESC"
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(organisation.to_owned()).bind(before).bind(from);
        if let Some(case) = filter.case {
            query = query.bind(case.0.to_vec());
        }
        let mut rows = query.fetch(&self.reader);
        let mut lines = Vec::new();
        while let Some(row) = futures_util::TryStreamExt::try_next(&mut rows).await? {
            let line = line(&row)?;
            if filter.fits(&line) {
                lines.push(line);
            }
            if lines.len() >= most as usize {
                break;
            }
        }
        let next = if lines.len() >= most as usize { lines.last().map(|line| line.number) } else { Some(from) };
        Ok(LogPage { lines, next: next.filter(|next| *next > 0) })
    }

    /// How many lines a log has.
    pub async fn log_length(&self, organisation: &str) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT COALESCE(MAX(number) + 1, 0) FROM events WHERE organisation = $1")
            .bind(organisation.to_owned())
            .fetch_one(&self.reader)
            .await?;
        Ok(row.try_get(0)?)
    }

    /// The number of the first line at this second or behind it; the length of the log where there is none.
    pub async fn log_from(&self, organisation: &str, at: i64) -> Result<i64, StoreError> {
        // Times grow along a log, but for a clock that was put back: the place is sought by halving.
        let (mut low, mut high) = (0, self.log_length(organisation).await?);
        while low < high {
            let middle = i64::midpoint(low, high);
            let row = sqlx::query("SELECT at FROM events WHERE organisation = $1 AND number = $2")
                .bind(organisation.to_owned())
                .bind(middle)
                .fetch_optional(&self.reader)
                .await?;
            let is_before = row.map(|row| row.try_get::<i64, _>("at")).transpose()?.is_some_and(|there| there < at);
            if is_before { low = middle + 1 } else { high = middle }
        }
        Ok(low)
    }

    /// Lines in their order, from this number on; a thousand at most.
    pub async fn log_lines(&self, organisation: &str, from: i64) -> Result<Vec<LogLine>, StoreError> {
        let rows = sqlx::query(
            "SELECT number, case_id, at, actor, body, digest, nonce, leaf, chain FROM events \
             WHERE organisation = $1 AND number >= $2 ORDER BY number LIMIT $3",
        )
        .bind(organisation.to_owned())
        .bind(from)
        .bind(AT_ONCE)
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(line).collect()
    }

    /// Walks an organisation's log from its beginning and checks each link, and that sealed words are those of their line.
    pub async fn check_log(&self, organisation: &str) -> Result<LogCheck, StoreError> {
        let mut walk = Walk::new(organisation, 0, [0; 32]);
        loop {
            let rows =
                sqlx::query("SELECT * FROM events WHERE organisation = $1 AND number >= $2 ORDER BY number LIMIT $3")
                    .bind(organisation.to_owned())
                    .bind(walk.next)
                    .bind(AT_ONCE)
                    .fetch_all(&self.reader)
                    .await?;
            for row in &rows {
                let line = line(row)?;
                let sealed: Option<Vec<u8>> = row.try_get("sealed")?;
                let words = sealed.map(|sealed| <[u8; 32]>::from(Sha256::digest(sealed)));
                if words.is_some() && words != line.digest {
                    walk.check.broken = Some(walk.next);
                }
                if !walk.push(&line, false) {
                    return Ok(walk.found());
                }
            }
            if rows.len() < AT_ONCE as usize {
                return Ok(walk.found());
            }
        }
    }
}

fn line(row: &AnyRow) -> Result<LogLine, StoreError> {
    let case: Option<Vec<u8>> = row.try_get("case_id")?;
    let maybe = |column: &'static str| {
        let bytes: Option<Vec<u8>> = row.try_get(column)?;
        bytes.map(|bytes| bytes.try_into().map_err(|_| StoreError::Damaged(column))).transpose()
    };
    Ok(LogLine {
        number: row.try_get("number")?,
        case: case.map(|case| case[..].try_into()).transpose().map_err(|_| StoreError::Damaged("case_id"))?,
        at: row.try_get("at")?,
        by: row.try_get("actor")?,
        body: row.try_get("body")?,
        digest: maybe("digest")?,
        nonce: maybe("nonce")?,
        leaf: bytes(row, "leaf")?,
        chain: bytes(row, "chain")?,
    })
}
