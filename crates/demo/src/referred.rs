//! One case and a second office: what she was asked, and the case that is made out of hers.

use crate::{
    Office, draw,
    life::{Furnished, Made, entry},
};
use casework::{CaseId, ItemId, work::Change};
use seal::{Identity, grant};
use serde_json::json;
use store::{NewChild, NewEvent, NewReferral, StoreError, Told};
use vocabulary::{ConsentWay, EntryKind};

const WHY: &str = "Bạn ấy cần thêm người giúp ở gần nhà: nghe trực tiếp, và tính cách giữ an toàn lâu dài.";
const NOT_TOLD: &str = "Đừng liên hệ nơi làm việc.";

/// A consent and the referral that rests on it.
#[derive(Clone, Copy)]
pub struct Asked {
    /// Which office is asked, by its place in the list.
    pub to: usize,
    pub consent: ItemId,
    pub referral: ItemId,
    pub until: i64,
}

/// She agreed on the phone, which is written down where she reads it; then the case goes there, sealed anew. Gives the case
/// that was made there.
pub async fn sent(
    house: &Furnished<'_>,
    from: &Office,
    case: u32,
    asked: &Asked,
    event: &NewEvent,
) -> Result<Made, StoreError> {
    let (store, there, organisation) = (house.store, &house.offices[asked.to], from.place.id.to_owned());
    let (agreed, until, to) = (asked.consent, asked.until, there.place.id.to_owned());
    let (id, told, origin, key) = {
        let made = house.made.lock().expect("nobody panics with it");
        let hers = &made[&case];
        let key = Identity::generate();
        let content =
            json!({ "text": WHY, "consent": { "id": agreed, "to": to, "until": until, "not_told": NOT_TOLD } });
        let origin = grant::seal(grant::Kind::Case, &key, &hers.key.recipient());
        (hers.id, entry(EntryKind::Message, &content, &hers.key), origin, key)
    };
    let recorded = Change::ConsentRecorded {
        consent: agreed,
        to: to.clone(),
        until,
        way: Some(ConsentWay::ByPhone),
        assent: false,
        representative: None,
        duty: None,
    };
    let told = Some(Told { epoch: 0, entry: told });
    store.consent(id, organisation.clone(), recorded, told, None, again(event)).await?;
    let child = CaseId(draw::bytes());
    let letter =
        json!({ "text": WHY, "letter": { "consent": "recorded_by_worker", "until": until, "not_told": NOT_TOLD } });
    let new = NewReferral {
        referral: asked.referral,
        to,
        consent: agreed,
        until,
        transfer: false,
        child: Some(NewChild {
            id: child,
            recipient: key.recipient().to_string(),
            origin,
            organisation: Some(grant::seal(grant::Kind::Case, &key, &there.key.recipient())),
            members: Vec::new(),
            entries: vec![entry(EntryKind::Message, &letter, &key)],
        }),
    };
    store.refer(id, organisation, new, None, again(event)).await?;
    Ok(Made { id: child, key, receipt: String::new() })
}

/// The same moment and member, for one more line of the log.
fn again(event: &NewEvent) -> NewEvent {
    NewEvent { nonce: draw::bytes(), ..event.clone() }
}
