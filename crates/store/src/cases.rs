//! Cases: a report arrives, its holder comes back, lets in, shuts out, changes the receipt.

use crate::{
    Store, StoreError, access,
    entries::{self, Author, NewEntry},
};
use casework::{CaseId, Facts, clock, limits};
use sqlx::{AnyConnection, Row, any::AnyRow};
use std::str::FromStr;
use subtle::ConstantTimeEq;
use vocabulary::Audience;

/// Whose grants are the receipt's.
pub(crate) const RECEIPT: &str = "receipt";

/// What is kept of a receipt. Nothing of it opens anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRecord {
    /// Where a receipt is found, derived from its words.
    pub locator: [u8; 16],
    /// SHA-256 of the authenticator, which is derived from the words too.
    pub verifier: [u8; 32],
    /// Which derivation the words ask for.
    pub version: u8,
    /// The age recipient whose identity only the words give.
    pub recipient: String,
    /// The Ed25519 key that checks consents given with the receipt.
    pub verify_key: [u8; 32],
}

/// The case identity of one epoch, sealed to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The organisation's id; none for the receipt.
    pub organisation: Option<String>,
    /// Which case identity: 0 at first, one more after each withdrawal.
    pub epoch: i64,
    /// An age file with the identity.
    pub sealed: Vec<u8>,
}

/// A report as her device sends it.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// Drawn by her device: a report sent twice arrives once.
    pub id: CaseId,
    /// Her receipt.
    pub receipt: ReceiptRecord,
    /// The age recipient of the case.
    pub recipient: String,
    /// Who asks.
    pub audience: Option<Audience>,
    /// What stands in the clear.
    pub facts: Facts,
    /// One for the receipt, one for each organisation, all of epoch 0.
    pub grants: Vec<Grant>,
    /// What she sends.
    pub entries: Vec<NewEntry>,
}

/// What is acknowledged: on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// When the report arrived first.
    pub at: i64,
    /// The leaves of the case's log.
    pub leaves: Vec<[u8; 32]>,
}

/// A case without its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// Her receipt's record.
    pub receipt: ReceiptRecord,
    /// Whom new entries are sealed to.
    pub recipient: String,
    /// Of that recipient.
    pub epoch: i64,
    /// Who asked.
    pub audience: Option<Audience>,
    /// What stands in the clear.
    pub facts: Facts,
    /// When the report arrived.
    pub received_at: i64,
    /// When she closed it.
    pub closed_at: Option<i64>,
    /// When staff marked a sexual picture of somebody under 18: viewing and export are locked from then on.
    pub locked_at: Option<i64>,
    /// When its keys will be destroyed.
    pub erase_due: Option<i64>,
}

impl Store {
    /// Takes a report in. The same id with the same receipt again is answered as the first time.
    ///
    /// # Errors
    /// [`StoreError::Taken`] for an id or locator of another case, [`StoreError::Absent`] for an organisation that is
    /// not there, [`StoreError::OverLimit`].
    pub async fn receive(&self, report: NewReport, at: i64) -> Result<Received, StoreError> {
        let organisations: Vec<String> = report.grants.iter().filter_map(|g| g.organisation.clone()).collect();
        if organisations.len() > limits::ORGANISATIONS_OF_CASE {
            return Err(StoreError::OverLimit("organisations of a case"));
        }
        let id = report.id;
        let at = self.write(move |c| Box::pin(receive(c, report, at))).await?;
        self.tell(organisations);
        Ok(Received { at, leaves: self.leaves(id).await? })
    }

    /// The case of a receipt. A wrong locator and a wrong authenticator look and cost alike.
    pub async fn by_receipt(&self, locator: [u8; 16], verifier: [u8; 32]) -> Result<Case, StoreError> {
        let row = sqlx::query("SELECT * FROM cases WHERE locator = $1")
            .bind(&locator[..])
            .fetch_optional(&self.reader)
            .await?;
        let case = row.as_ref().map(case).transpose()?;
        let kept = case.as_ref().map_or([0; 32], |case| case.receipt.verifier);
        let right = kept.ct_eq(&verifier);
        case.filter(|_| bool::from(right)).ok_or(StoreError::Absent("receipt"))
    }

    /// A case by its id, for staff whose way in was checked ([`Store::access`]).
    pub async fn case(&self, id: CaseId) -> Result<Case, StoreError> {
        let row = sqlx::query("SELECT * FROM cases WHERE id = $1").bind(&id.0[..]).fetch_optional(&self.reader).await?;
        row.as_ref().map(case).transpose()?.ok_or(StoreError::Absent("case"))
    }

    /// The grants of one holder: an organisation, or the receipt.
    pub async fn grants(&self, id: CaseId, organisation: Option<&str>) -> Result<Vec<Grant>, StoreError> {
        let rows =
            sqlx::query("SELECT holder, epoch, sealed FROM grants WHERE case_id = $1 AND holder = $2 ORDER BY epoch")
                .bind(&id.0[..])
                .bind(organisation.unwrap_or(RECEIPT).to_owned())
                .fetch_all(&self.reader)
                .await?;
        rows.iter()
            .map(|row| {
                let holder: String = row.try_get(0)?;
                let organisation = (holder != RECEIPT).then_some(holder);
                Ok(Grant { organisation, epoch: row.try_get(1)?, sealed: row.try_get(2)? })
            })
            .collect()
    }

    /// Appends what the holder of the receipt adds; every organisation let in is told. Gives the numbers.
    pub async fn add_by_person(&self, id: CaseId, entries: Vec<NewEntry>, at: i64) -> Result<Vec<i64>, StoreError> {
        let (numbers, told) = self
            .write(move |c| {
                Box::pin(async move {
                    let numbers = entries::append(c, id, &Author::Person, &entries, at).await?;
                    Ok((numbers, access::news_of_person(c, id).await?))
                })
            })
            .await?;
        self.tell(told);
        Ok(numbers)
    }

    /// Lets another organisation in: a grant for each epoch so far.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where an epoch is missing or too many.
    pub async fn allow(&self, id: CaseId, organisation: String, sealed: Vec<Grant>, at: i64) -> Result<(), StoreError> {
        let told = organisation.clone();
        self.write(move |c| {
            Box::pin(async move {
                let case = one(c, id).await?;
                if sealed.iter().map(|g| g.epoch).ne(0..=case.epoch) {
                    return Err(StoreError::Stale("the case's keys"));
                }
                let count = access::count(c, id).await?;
                if count >= limits::ORGANISATIONS_OF_CASE as i64 {
                    return Err(StoreError::OverLimit("organisations of a case"));
                }
                access::grant(c, id, &organisation, clock::place_in_inbox(&case.facts, at, false), at).await?;
                for grant in &sealed {
                    keep_grant(c, id, &organisation, grant).await?;
                }
                Ok(())
            })
        })
        .await?;
        self.tell([told]);
        Ok(())
    }

    /// Shuts an organisation out: its grants are destroyed, and the case goes on under a fresh identity (`recipient`)
    /// for which `grants` brings one for the receipt and one for each organisation that stays.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where the grants don't fit who is let in by now.
    pub async fn withdraw(
        &self,
        id: CaseId,
        organisation: String,
        recipient: String,
        grants: Vec<Grant>,
        at: i64,
    ) -> Result<(), StoreError> {
        let told = organisation.clone();
        self.write(move |c| {
            Box::pin(async move {
                let case = one(c, id).await?;
                access::withdraw(c, id, &organisation, at).await?;
                let mut holders = access::holders(c, id).await?;
                holders.push(RECEIPT.into());
                let mut given: Vec<String> =
                    grants.iter().map(|g| g.organisation.clone().unwrap_or_else(|| RECEIPT.into())).collect();
                holders.sort();
                given.sort();
                if holders != given || grants.iter().any(|g| g.epoch != case.epoch + 1) {
                    return Err(StoreError::Stale("who is let in"));
                }
                sqlx::query("DELETE FROM grants WHERE case_id = $1 AND holder = $2")
                    .bind(&id.0[..])
                    .bind(organisation)
                    .execute(&mut *c)
                    .await?;
                sqlx::query("UPDATE cases SET recipient = $1, epoch = epoch + 1 WHERE id = $2")
                    .bind(recipient)
                    .bind(&id.0[..])
                    .execute(&mut *c)
                    .await?;
                for grant in &grants {
                    let holder = grant.organisation.as_deref().unwrap_or(RECEIPT);
                    keep_grant(c, id, holder, grant).await?;
                }
                Ok(())
            })
        })
        .await?;
        self.tell([told]);
        Ok(())
    }

    /// Puts a new receipt in the place of the old one, which opens nothing any more. `grants` brings every epoch.
    pub async fn replace_receipt(
        &self,
        id: CaseId,
        receipt: ReceiptRecord,
        grants: Vec<Grant>,
    ) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let case = one(c, id).await?;
                if grants.iter().map(|g| g.epoch).ne(0..=case.epoch) {
                    return Err(StoreError::Stale("the case's keys"));
                }
                sqlx::query(
                    "UPDATE cases SET locator = $1, verifier = $2, receipt_version = $3, receipt_recipient = $4, \
                     receipt_verify_key = $5 WHERE id = $6",
                )
                .bind(&receipt.locator[..])
                .bind(&receipt.verifier[..])
                .bind(i64::from(receipt.version))
                .bind(receipt.recipient)
                .bind(&receipt.verify_key[..])
                .bind(&id.0[..])
                .execute(&mut *c)
                .await
                .map_err(|error| taken(error, "receipt"))?;
                sqlx::query("DELETE FROM grants WHERE case_id = $1 AND holder = $2")
                    .bind(&id.0[..])
                    .bind(RECEIPT)
                    .execute(&mut *c)
                    .await?;
                for grant in &grants {
                    keep_grant(c, id, RECEIPT, grant).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// She says that it is over, or (`None`) that it goes on.
    pub async fn close(&self, id: CaseId, at: Option<i64>) -> Result<(), StoreError> {
        let told = self
            .write(move |c| {
                Box::pin(async move {
                    sqlx::query("UPDATE cases SET closed_at = $1 WHERE id = $2")
                        .bind(at)
                        .bind(&id.0[..])
                        .execute(&mut *c)
                        .await?;
                    access::news_of_person(c, id).await
                })
            })
            .await?;
        self.tell(told);
        Ok(())
    }

    /// Asks for the erasure, to be carried out at `due`; `None` stops it. Hidden from and shown to the receipt at once;
    /// the organisations keep it until then and are told.
    pub async fn set_erasure(&self, id: CaseId, due: Option<i64>) -> Result<(), StoreError> {
        let told = self
            .write(move |c| {
                Box::pin(async move {
                    sqlx::query("UPDATE cases SET erase_due = $1 WHERE id = $2")
                        .bind(due)
                        .bind(&id.0[..])
                        .execute(&mut *c)
                        .await?;
                    access::news_of_person(c, id).await
                })
            })
            .await?;
        self.tell(told);
        Ok(())
    }
}

async fn receive(c: &mut AnyConnection, report: NewReport, at: i64) -> Result<i64, StoreError> {
    let id = report.id;
    let before = sqlx::query("SELECT locator, received_at FROM cases WHERE id = $1")
        .bind(&id.0[..])
        .fetch_optional(&mut *c)
        .await?;
    if let Some(row) = before {
        let same = row.try_get::<Option<Vec<u8>>, _>(0)?.as_deref() == Some(&report.receipt.locator[..]);
        return if same { Ok(row.try_get(1)?) } else { Err(StoreError::Taken("case")) };
    }
    let facts = report.facts;
    sqlx::query(
        "INSERT INTO cases (id, locator, verifier, receipt_version, receipt_recipient, receipt_verify_key, recipient, \
         epoch, audience, harm, urgency, age, sex, province, language, received_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(&id.0[..])
    .bind(&report.receipt.locator[..])
    .bind(&report.receipt.verifier[..])
    .bind(i64::from(report.receipt.version))
    .bind(report.receipt.recipient)
    .bind(&report.receipt.verify_key[..])
    .bind(report.recipient)
    .bind(report.audience.map(|a| a.code()))
    .bind(facts.harm.map(|h| h.code()))
    .bind(facts.urgency.map(|u| u.code()))
    .bind(facts.age.map(|a| a.code()))
    .bind(facts.sex.map(|s| s.code()))
    .bind(facts.province.map(|p| p.code()))
    .bind(facts.language.map(|l| l.code()))
    .bind(at)
    .execute(&mut *c)
    .await
    .map_err(|error| taken(error, "receipt"))?;
    let place = clock::place_in_inbox(&facts, at, false);
    for grant in &report.grants {
        if let Some(organisation) = &grant.organisation {
            access::grant(c, id, organisation, place, at).await?;
        }
        keep_grant(c, id, grant.organisation.as_deref().unwrap_or(RECEIPT), grant).await?;
    }
    entries::append(c, id, &Author::Person, &report.entries, at).await?;
    Ok(at)
}

async fn keep_grant(c: &mut AnyConnection, id: CaseId, holder: &str, grant: &Grant) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO grants (case_id, holder, epoch, sealed) VALUES ($1, $2, $3, $4)")
        .bind(&id.0[..])
        .bind(holder.to_owned())
        .bind(grant.epoch)
        .bind(&grant.sealed[..])
        .execute(c)
        .await
        .map_err(|error| taken(error, "grant"))?;
    Ok(())
}

pub(crate) async fn one(c: &mut AnyConnection, id: CaseId) -> Result<Case, StoreError> {
    let row = sqlx::query("SELECT * FROM cases WHERE id = $1").bind(&id.0[..]).fetch_optional(c).await?;
    row.as_ref().map(case).transpose()?.ok_or(StoreError::Absent("case"))
}

/// A row that is there already is something that the caller can answer.
pub(crate) fn taken(error: sqlx::Error, what: &'static str) -> StoreError {
    match &error {
        sqlx::Error::Database(database) if database.is_unique_violation() => StoreError::Taken(what),
        _ => error.into(),
    }
}

fn case(row: &AnyRow) -> Result<Case, StoreError> {
    Ok(Case {
        id: bytes(row, "id").map(CaseId)?,
        receipt: ReceiptRecord {
            locator: bytes(row, "locator")?,
            verifier: bytes(row, "verifier")?,
            version: row.try_get::<i64, _>("receipt_version")? as u8,
            recipient: row.try_get("receipt_recipient")?,
            verify_key: bytes(row, "receipt_verify_key")?,
        },
        recipient: row.try_get("recipient")?,
        epoch: row.try_get("epoch")?,
        audience: code(row, "audience")?,
        facts: facts(row)?,
        received_at: row.try_get("received_at")?,
        closed_at: row.try_get("closed_at")?,
        locked_at: row.try_get("locked_at")?,
        erase_due: row.try_get("erase_due")?,
    })
}

/// The facts of a row that has their columns.
pub(crate) fn facts(row: &AnyRow) -> Result<Facts, StoreError> {
    Ok(Facts {
        harm: code(row, "harm")?,
        urgency: code(row, "urgency")?,
        age: code(row, "age")?,
        sex: code(row, "sex")?,
        province: code(row, "province")?,
        language: code(row, "language")?,
    })
}

/// A column that holds a code of the vocabulary, or nothing.
pub(crate) fn code<T: FromStr>(row: &AnyRow, column: &'static str) -> Result<Option<T>, StoreError> {
    let code: Option<String> = row.try_get(column)?;
    code.map(|code| code.parse().map_err(|_| StoreError::Damaged(column))).transpose()
}

/// A column of a known number of bytes.
pub(crate) fn bytes<const N: usize>(row: &AnyRow, column: &'static str) -> Result<[u8; N], StoreError> {
    row.try_get::<Vec<u8>, _>(column)?.try_into().map_err(|_| StoreError::Damaged(column))
}
