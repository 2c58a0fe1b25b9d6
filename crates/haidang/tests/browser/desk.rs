//! The desk of some organisations, for stories that are about her side: they have joined, read what reaches them with
//! their own keys, and answer. The staff's own pages have stories of their own.

use anyhow::{Context, Result};
use casework::{CaseId, MemberId, Organisation, Texts, work::Actor};
use seal::{Identity, entry, grant};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    time::{SystemTime, UNIX_EPOCH},
};
use store::{Invitation, NewEntry, NewEvent, NewMember, NoticeWays, Opened, Opening, OrganisationRecord, Store, View};
use system_random::{SysRng, rand_core::UnwrapErr};
use tempfile::TempDir;
use visitor::House;
use vocabulary::{Audience, EntryKind, OrganisationKind, Role};

/// A helpline that is always open.
pub const LINE: &str = "duong-day";
/// A school.
pub const SCHOOL: &str = "truong-le-loi";
/// A women's union that is never open.
pub const UNION: &str = "hoi-phu-nu";

/// What the school asks by itself.
const OWN_QUESTIONS: &str = r#"[
    {"code": "grade", "kind": "choice", "text": {"vi": "Bạn học khối nào?", "en": "Which grade are you in?"},
     "choices": [{"code": "6", "vi": "Khối 6", "en": "Grade 6"}, {"code": "7", "vi": "Khối 7", "en": "Grade 7"}]},
    {"code": "place", "kind": "text",
     "text": {"vi": "Ở trường, chỗ nào bạn thấy yên tâm?", "en": "Where at school are you at ease?"}}
]"#;

/// A server with organisations that have joined, and their keys.
pub struct Desk {
    /// The server; its store lies in `folder`.
    pub house: House,
    store: Store,
    keys: HashMap<&'static str, Identity>,
    folder: TempDir,
}

/// Something sealed as its reader sees it.
#[derive(Debug)]
pub struct Read {
    pub kind: EntryKind,
    pub content: Value,
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().cast_signed()
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

impl Desk {
    /// Three organisations have joined, and the server runs.
    pub async fn open() -> Result<Self> {
        let folder = TempDir::new()?;
        let store = Store::open(folder.path(), &random()?).await?;
        let mut keys = HashMap::new();
        for (id, kind, vi, en, hours) in [
            (LINE, OrganisationKind::Helpline, "Đường dây Hoa Sen", "Lotus Helpline", "always"),
            (SCHOOL, OrganisationKind::School, "Trường Lê Lợi", "Le Loi School", "mon-fri 07:00-17:00"),
            (UNION, OrganisationKind::WomensUnion, "Hội Phụ nữ phường", "Women's Union", ""),
        ] {
            keys.insert(id, joins(&store, card(id, kind, vi, en, hours)).await?);
        }
        let path = folder.path().to_str().context("a folder of UTF-8")?.to_owned();
        // The server alone holds the folder; from then on the test looks in beside it.
        store.close().await;
        let house = House::open_with(crate::binary(), &["--data", &path])?;
        let store = Store::open_beside(folder.path(), &random()?).await?;
        Ok(Self { house, store, keys, folder })
    }

    /// Where the server keeps everything.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The cases in an organisation's inbox.
    pub async fn inbox(&self, organisation: &str) -> Result<Vec<CaseId>> {
        Ok(self.store.inbox(organisation, View::All, None, 100).await?.into_iter().map(|row| row.id).collect())
    }

    /// The clear facts of a case.
    pub async fn facts(&self, id: CaseId) -> Result<casework::Facts> {
        Ok(self.store.case(id).await?.facts)
    }

    /// Who asked.
    pub async fn audience(&self, id: CaseId) -> Result<Option<Audience>> {
        Ok(self.store.case(id).await?.audience)
    }

    /// Everything that an organisation can open of a case, by what it was granted.
    pub async fn read(&self, organisation: &str, id: CaseId) -> Result<Vec<Read>> {
        let opened = Opening { at: now(), organisation: organisation.into(), role: Role::Intake, what: Opened::Case };
        self.store.note_opening(id, opened, by()).await?;
        let identities = self.identities(organisation, id).await?;
        let mut read = Vec::new();
        for entry in self.store.entries(id, 0).await? {
            if let Some(identity) = identities.get(&entry.epoch) {
                let content = serde_json::from_slice(&entry::open(&entry.sealed, identity)?.content)?;
                read.push(Read { kind: entry.kind, content });
            }
        }
        Ok(read)
    }

    /// Case identities by epoch, as far as they were granted to it.
    pub async fn identities(&self, organisation: &str, id: CaseId) -> Result<HashMap<i64, Identity>> {
        let grants = self.store.grants(id, Some(organisation)).await?;
        let open =
            |g: store::Grant| Ok((g.epoch, grant::open(grant::Kind::Case, &g.sealed, &self.keys[organisation])?));
        grants.into_iter().map(open).collect()
    }

    /// Opens a file that an entry names.
    pub async fn file(&self, organisation: &str, id: CaseId, about: &Value) -> Result<Vec<u8>> {
        let file = about["file"].as_str().context("the entry names a file")?;
        let (source, size) = self.store.open_file(id, organisation, file.parse()?).await?;
        let sealed = source.read(0, size as usize).await?;
        let identities = self.identities(organisation, id).await?;
        let identity = identities.values().next().context("it was let in")?;
        Ok(entry::open(&sealed, identity)?.content.to_vec())
    }

    /// An organisation answers.
    pub async fn answer(&self, organisation: &str, id: CaseId, text: &str) -> Result<()> {
        let epoch = self.store.case(id).await?.epoch;
        let identities = self.identities(organisation, id).await?;
        let identity = identities.get(&epoch).context("it is let in")?;
        let content = serde_json::to_vec(&json!({ "text": text }))?;
        let sealed = entry::seal(&content, &identity.recipient(), &mut UnwrapErr(SysRng));
        let message = NewEntry { kind: EntryKind::Message, sealed: sealed.bytes, leaf: sealed.leaf, files: Vec::new() };
        self.store.add_by_organisation(id, organisation.into(), epoch, vec![message], by()).await?;
        Ok(())
    }
}

fn card(id: &str, kind: OrganisationKind, vi: &str, en: &str, hours: &str) -> OrganisationRecord {
    let texts = |vi: &str, en: &str| Texts { vi: vi.into(), en: en.into() };
    let card = Organisation {
        id: id.into(),
        kind,
        name: texts(vi, en),
        about: texts("Nghe và giúp phụ nữ, trẻ em.", "Listens to women and children."),
        told_by_law: texts("Khi trẻ em bị hại: công an, 111.", "When a child is harmed: the police, 111."),
        hours: hours.into(),
        provinces: Vec::new(),
        recipient: None,
    };
    let questions = if id == SCHOOL { OWN_QUESTIONS.into() } else { String::new() };
    let notices = NoticeWays::default();
    OrganisationRecord { card, questions, retention_days: None, notices, added_at: now(), closed_at: None }
}

/// Its first member makes its key.
async fn joins(store: &Store, record: OrganisationRecord) -> Result<Identity> {
    let (organisation, hash) = (record.card.id.clone(), random()?);
    store.add_organisation(record).await?;
    let expires_at = now() + 3600;
    store.invite(Invitation { hash, organisation, role: Role::OrganisationAdmin, expires_at }).await?;
    let (member, key) = (Identity::generate(), Identity::generate());
    let sealed = grant::seal(grant::Kind::Organisation, &key, &member.recipient());
    let founds = Some((key.recipient().to_string(), sealed));
    let new = NewMember {
        id: MemberId(random()?),
        name: "lan".into(),
        recipient: member.recipient().to_string(),
        wrapped_key: vec![0; 60],
        salt: vec![0; 16],
        sign_in: random()?,
        totp: None,
        founds,
    };
    store.join(hash, new, now()).await?;
    Ok(key)
}

/// A member does it now.
fn by() -> NewEvent {
    NewEvent { by: Actor::Member(MemberId([1; 16]), Role::Caseworker), at: now(), nonce: [9; 32], sealed: None }
}
