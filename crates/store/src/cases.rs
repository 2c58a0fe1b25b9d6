//! Cases: a report arrives, and is found again.

use crate::{
    Happening, News, Store, StoreError, access,
    entries::{self, Author, NewEntry},
    erasable::{lay, lift},
    row::{bytes, code, facts, number, some, taken, values},
};
use casework::{CaseId, Facts, ItemId, Place, Timing, clock, limits};
use sqlx::{AnyConnection, AssertSqlSafe, Row, any::AnyRow};
use std::{collections::BTreeSet, sync::Arc};
use subtle::ConstantTimeEq;
use vocabulary::{AgeBand, Audience, Harm, Lang, Sex, Urgency};

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

impl Grant {
    pub(crate) fn holder(&self) -> &str {
        self.organisation.as_deref().unwrap_or(RECEIPT)
    }
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
    /// What she sends, sealed under epoch 0.
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
    /// The head of the log as she saw it last, sealed by her device.
    pub seen: Option<Vec<u8>>,
    /// The case that this one was made out of, for another organisation. No receipt finds it but by that one.
    pub parent: Option<CaseId>,
    /// The referral that it was made by, on both sides.
    pub referral: Option<ItemId>,
    /// Whether chosen members alone open it, each with a grant of her own.
    pub members_only: bool,
    /// Whether a worker knew the receipt: until she replaces it, it counts as the worker's word.
    pub receipt_known: bool,
}

impl Store {
    /// Takes a report in. The same report again is answered as the first time.
    ///
    /// # Errors
    /// [`StoreError::Taken`] for an id or locator of another case, [`StoreError::Absent`] for an organisation that
    /// can't be let in or a file that isn't there, [`StoreError::Malformed`], [`StoreError::OverLimit`].
    pub async fn receive(&self, report: NewReport, at: i64) -> Result<Received, StoreError> {
        let timings = self.timings_of(&report, at).await?;
        self.write_and_tell(move |c| Box::pin(async move { receive(c, report, timings, &Author::Person, at).await }))
            .await
    }

    /// The clocks of whom a report goes to, in the order of the grants.
    pub(crate) async fn timings_of(&self, report: &NewReport, at: i64) -> Result<Vec<Arc<Timing>>, StoreError> {
        let organisations = report.grants.iter().filter_map(|grant| grant.organisation.as_deref());
        self.timings(organisations, at).await
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
        let row = sqlx::query(ONE).bind(&id.0[..]).fetch_optional(&self.reader).await?;
        row.as_ref().map(case).transpose()?.ok_or(StoreError::Absent("case"))
    }

    /// The grants of one holder: an organisation, or the receipt.
    pub async fn grants(&self, id: CaseId, organisation: Option<&str>) -> Result<Vec<Grant>, StoreError> {
        self.grants_of(id, organisation.unwrap_or(RECEIPT)).await
    }

    pub(crate) async fn grants_of(&self, id: CaseId, holder: &str) -> Result<Vec<Grant>, StoreError> {
        let rows =
            sqlx::query("SELECT holder, epoch, sealed FROM grants WHERE case_id = $1 AND holder = $2 ORDER BY epoch")
                .bind(&id.0[..])
                .bind(holder.to_owned())
                .fetch_all(&self.reader)
                .await?;
        rows.iter()
            .map(|row| {
                let holder: String = row.try_get(0)?;
                let organisation = (holder != RECEIPT).then_some(holder);
                Ok(Grant { organisation, epoch: row.try_get(1)?, sealed: lift(row.try_get(2)?)? })
            })
            .collect()
    }
}

/// Takes a report in, written by `author`; `timings`: of each organisation, in the order of the grants. Gives whom it is
/// news for; nobody where it was there already.
pub(crate) async fn receive(
    c: &mut AnyConnection,
    report: NewReport,
    timings: Vec<Arc<Timing>>,
    author: &Author,
    at: i64,
) -> Result<(Received, Vec<News>), StoreError> {
    let id = report.id;
    if let Some(row) = sqlx::query(ONE).bind(&id.0[..]).fetch_optional(&mut *c).await? {
        return Ok((again(c, &case(&row)?, &report).await?, Vec::new()));
    }
    let organisations: Vec<String> = report.grants.iter().filter_map(|g| g.organisation.clone()).collect();
    if organisations.len() > limits::ORGANISATIONS_OF_CASE {
        return Err(StoreError::OverLimit("organisations of a case"));
    }
    if organisations.len() + 1 != report.grants.len() || report.grants.iter().any(|grant| grant.epoch != 0) {
        return Err(StoreError::Malformed("one grant of epoch 0 for the receipt and for each organisation"));
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
    .bind(report.audience.map(Audience::code))
    .bind(facts.harm.map(Harm::code))
    .bind(facts.urgency.map(Urgency::code))
    .bind(facts.age.map(AgeBand::code))
    .bind(facts.sex.map(Sex::code))
    .bind(facts.province.map(Place::code))
    .bind(facts.language.map(Lang::code))
    .bind(at)
    .execute(&mut *c)
    .await
    .map_err(|error| taken(error, "receipt"))?;
    for (organisation, timing) in organisations.iter().zip(timings) {
        let place = clock::place_of_waiting(&timing, &facts, facts.urgency(), at);
        access::grant(c, id, organisation, &facts, place, at).await?;
    }
    let grants: Vec<_> = report.grants.iter().map(|grant| (grant.holder(), grant)).collect();
    keep_grants(c, id, &grants).await?;
    let leaves = entries::begin(c, id, author, &report.entries, at).await?;
    Ok((Received { at, leaves }, Happening::ReportReceived.to(organisations)))
}

/// A report that was sent before: right where nothing but more entries came since. Her device draws the id and keeps
/// it to itself, so whoever sends another receipt or other entries under it is somebody else.
async fn again(c: &mut AnyConnection, case: &Case, report: &NewReport) -> Result<Received, StoreError> {
    let is_hers =
        case.receipt.locator.ct_eq(&report.receipt.locator) & case.receipt.verifier.ct_eq(&report.receipt.verifier);
    let mut leaves = entries::leaves(c, case.id).await?;
    let sent: BTreeSet<[u8; 32]> = report.entries.iter().map(|entry| entry.leaf).collect();
    leaves.truncate(sent.len());
    if bool::from(is_hers) && leaves.iter().copied().collect::<BTreeSet<_>>() == sent {
        Ok(Received { at: case.received_at, leaves })
    } else {
        Err(StoreError::Taken("case"))
    }
}

/// Keeps grants, each for this holder.
pub(crate) async fn keep_grants(
    c: &mut AnyConnection,
    id: CaseId,
    grants: &[(&str, &Grant)],
) -> Result<(), StoreError> {
    let insert = format!("INSERT INTO grants (case_id, holder, epoch, sealed) VALUES {}", values(grants.len(), 4));
    let mut query = sqlx::query(AssertSqlSafe(insert));
    for (holder, grant) in grants {
        query = query.bind(&id.0[..]).bind((*holder).to_owned()).bind(grant.epoch).bind(lay(&grant.sealed)?);
    }
    query.execute(c).await.map_err(|error| taken(error, "grant"))?;
    Ok(())
}

const ONE: &str = "SELECT * FROM cases WHERE id = $1";

pub(crate) async fn one(c: &mut AnyConnection, id: CaseId) -> Result<Case, StoreError> {
    let row = sqlx::query(ONE).bind(&id.0[..]).fetch_optional(c).await?;
    row.as_ref().map(case).transpose()?.ok_or(StoreError::Absent("case"))
}

pub(crate) fn receipt_record(row: &AnyRow) -> Result<ReceiptRecord, StoreError> {
    Ok(ReceiptRecord {
        // A case that hangs on another one, or whose words were replaced after a copy was taken, has none.
        locator: some(row, "locator")?.unwrap_or_default(),
        verifier: bytes(row, "verifier")?,
        version: number(row, "receipt_version")?,
        recipient: row.try_get("receipt_recipient")?,
        verify_key: bytes(row, "receipt_verify_key")?,
    })
}

pub(crate) fn case(row: &AnyRow) -> Result<Case, StoreError> {
    Ok(Case {
        id: bytes(row, "id").map(CaseId)?,
        receipt: receipt_record(row)?,
        recipient: row.try_get("recipient")?,
        epoch: row.try_get("epoch")?,
        audience: code(row, "audience")?,
        facts: facts(row)?,
        received_at: row.try_get("received_at")?,
        closed_at: row.try_get("closed_at")?,
        locked_at: row.try_get("locked_at")?,
        erase_due: row.try_get("erase_due")?,
        seen: row.try_get("seen")?,
        parent: some(row, "parent")?.map(CaseId),
        referral: some(row, "referral")?.map(ItemId),
        members_only: row.try_get::<i64, _>("members_only")? != 0,
        receipt_known: row.try_get::<i64, _>("receipt_known")? != 0,
    })
}
