//! An invented house, so that anyone can walk every role in a minute: five organisations, forty people, and cases over two
//! years, drawn from a seed. Nobody and nothing of it is real, and nothing of it is explicit.
//!
//! Everything is sealed and written down as it is in life: what the desk shows of it, it opened.
//!
//! Deliberately absent: any clock and any folder of its own; both are handed in.

mod draw;
mod life;
mod people;
mod referred;
mod stories;

pub use people::{PLACES, Place};

use casework::{MemberId, Organisation, Texts};
use life::{Furnished, Life};
use seal::{Identity, grant, passphrase::Derived};
use std::sync::Mutex;
use store::{Invitation, NewMember, NoticeWays, OrganisationRecord, Store, StoreError};
use vocabulary::Role;

/// Everybody's passphrase in the invented house.
pub const PASSPHRASE: &str = "đi cùng nhau từng bước nhỏ";

/// What is to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// The same seed draws the same house.
    pub seed: u64,
    /// How many cases.
    pub cases: u32,
    /// Now; the cases lie in the two years before.
    pub now: i64,
}

/// What whoever looks at it needs.
#[derive(Clone, Debug, Default)]
pub struct House {
    /// Organisation, name and role of everybody who works there; all sign in with [`PASSPHRASE`].
    pub staff: Vec<(&'static str, &'static str, Role)>,
    /// Receipts of a few people whose cases are under way.
    pub receipts: Vec<String>,
    /// How many changes were written down.
    pub steps: usize,
}

/// Who works where, with what opens the cases there.
pub(crate) struct Office {
    pub place: &'static Place,
    pub key: Identity,
    pub members: Vec<(MemberId, Role)>,
}

/// Draws the house into an empty store. `told` hears how many steps of how many are done.
///
/// # Errors
/// As the store has them; a store that holds these organisations already gives [`StoreError::Taken`].
pub async fn fill(
    store: &Store,
    wish: &Wish,
    told: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<House, StoreError> {
    let (offices, staff) = furnish(store, wish).await?;
    let Life { steps, receipts: shown } = life::draw(wish, &offices);
    let salt = store.receipt_salt().await?;
    let salt = salt[..16].try_into().map_err(|_| StoreError::Damaged("receipt_salt"))?;
    let house = Furnished { store, offices: &offices, salt, shown: &shown, made: Mutex::default() };
    let (all, mut count) = (steps.len(), 0);
    // One after the other, so that every log is in the order of time.
    for step in &steps {
        life::take(&house, step).await?;
        count += 1;
        if count % 200 == 0 || count == all {
            told(count, all);
        }
    }
    let made = house.made.into_inner().unwrap_or_default();
    let receipts = shown.iter().filter_map(|case| made.get(case)).map(|made| made.receipt.clone()).collect();
    Ok(House { staff, receipts, steps: all })
}

type Staff = Vec<(&'static str, &'static str, Role)>;

async fn furnish(store: &Store, wish: &Wish) -> Result<(Vec<Office>, Staff), StoreError> {
    let (mut offices, mut staff) = (Vec::new(), Vec::new());
    // One passphrase for all, so one salt does: stretching it forty times would show nothing.
    let salt = draw::bytes();
    let derived = Derived::new(PASSPHRASE, &salt);
    let joined_at = wish.now - life::YEARS_SECONDS - 30 * 24 * 3600;
    for place in PLACES {
        store.add_organisation(record(place, joined_at)).await?;
        let key = Identity::generate();
        let mut members = Vec::new();
        for (name, role) in place.staff {
            let own = Identity::generate();
            let (id, hash) = (MemberId(draw::bytes()), draw::bytes());
            let expires_at = joined_at + 3600;
            store.invite(Invitation { hash, organisation: place.id.into(), role: *role, expires_at }).await?;
            let sealed = grant::seal(grant::Kind::Organisation, &key, &own.recipient());
            let founds = members.is_empty().then(|| (key.recipient().to_string(), sealed.clone()));
            let is_first = founds.is_some();
            let member = NewMember {
                id,
                name: (*name).into(),
                recipient: own.recipient().to_string(),
                wrapped_key: derived.wrap(own.to_secret_string().as_bytes()),
                salt: salt.to_vec(),
                sign_in: Derived::verifier(derived.sign_in_token()),
                totp: None,
                founds,
            };
            store.join(hash, member, joined_at).await?;
            // The auditor sees the log alone.
            if !is_first && *role != Role::Auditor {
                store.give_organisation_key(id, sealed).await?;
            }
            members.push((id, *role));
            staff.push((place.id, *name, *role));
        }
        offices.push(Office { place, key, members });
    }
    Ok((offices, staff))
}

fn record(place: &Place, added_at: i64) -> OrganisationRecord {
    let texts = |(vi, en): (&str, &str)| Texts { vi: vi.into(), en: en.into() };
    OrganisationRecord {
        card: Organisation {
            id: place.id.into(),
            kind: place.kind,
            name: texts((place.vi, place.en)),
            about: texts(place.about),
            told_by_law: texts(place.law),
            hours: place.hours.into(),
            provinces: Vec::new(),
            recipient: None,
        },
        questions: String::new(),
        retention_days: None,
        notices: NoticeWays::default(),
        added_at,
        closed_at: None,
    }
}
