//! What happens to an invented case, from its report to its closing, and how it is written down.

use crate::{
    Office, Wish,
    draw::{self, Dice},
    referred::{self, Asked},
    stories::{ANSWERS, NOTES, REPLIES, STORIES, Story, WHEN, WHERE, WHO},
};
use casework::{
    CaseId, Facts, ItemId, Place,
    clock::answer_within,
    work::{Actor, Change, NewTask},
};
use seal::{Identity, Receipt, entry, grant};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, sync::Mutex};
use store::{Grant, Moved, NewEntry, NewEvent, NewReport, Opened, Opening, ReceiptRecord, Store, StoreError};
use vocabulary::{
    Closing, EntryKind, FollowUp, Lang, LegalDuty, NoteKind, Outcome, PROVINCES, ReferralState, Risk, Role,
    ServiceKind, Sex, TakedownState, TaskKind, Urgency,
};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// How far back the cases lie.
pub const YEARS_SECONDS: i64 = 2 * 365 * DAY;
/// Receipts that are shown to whoever looks at the house.
const SHOWN: usize = 3;

/// Something that happens.
pub struct Step {
    at: i64,
    case: u32,
    office: usize,
    what: What,
}

enum What {
    Arrives {
        facts: Facts,
        story: &'static Story,
        text: String,
        also: Option<usize>,
    },
    IsRead(usize),
    IsAnswered(usize, &'static str),
    Writes(&'static str),
    IsNoted(usize, NoteKind, &'static str),
    /// With her consent, to another office.
    IsReferred(usize, Asked),
    /// By the office that it was referred to.
    IsTakenOn(usize, Asked),
    Changes(usize, Change),
}

/// Everything that happens, in its order, and whose receipts are shown.
pub struct Life {
    pub steps: Vec<Step>,
    pub receipts: Vec<u32>,
}

/// What was made of a case.
pub struct Made {
    pub id: CaseId,
    pub key: Identity,
    pub receipt: String,
}

/// What is made out of a case for another office goes by the case's number and this.
const REFERRED: u32 = 1 << 31;

/// Where things happen.
pub struct Furnished<'a> {
    pub store: &'a Store,
    pub offices: &'a [Office],
    /// The server's public salt.
    pub salt: [u8; 16],
    /// Cases whose receipts are shown.
    pub shown: &'a [u32],
    pub made: Mutex<BTreeMap<u32, Made>>,
}

/// Draws what happens.
pub fn draw(wish: &Wish, offices: &[Office]) -> Life {
    let mut dice = Dice::new(wish.seed);
    let (mut steps, mut receipts) = (Vec::new(), Vec::new());
    for case in 0..wish.cases {
        // More and more reports come, the more people know of it; the last ones a moment ago.
        let share = dice.from(0, 1_000_000).max(dice.from(0, 1_000_000));
        let at = wish.now - YEARS_SECONDS + YEARS_SECONDS / 1_000_000 * share - dice.from(0, HOUR);
        let is_open = one_life(&mut dice, wish.now, offices, case, at, &mut steps);
        if is_open && receipts.len() < SHOWN && at > wish.now - 20 * DAY {
            receipts.push(case);
        }
    }
    steps.sort_by_key(|step| step.at);
    Life { steps, receipts }
}

/// One case. Gives whether it is still under way.
fn one_life(dice: &mut Dice, now: i64, offices: &[Office], case: u32, at: i64, steps: &mut Vec<Step>) -> bool {
    let story = &STORIES[dice.place(0, STORIES.len())];
    let facts = facts(dice, story);
    // The helpline gets most of them.
    let office = if dice.chance(60) { 0 } else { dice.place(1, offices.len()) };
    let also = (dice.chance(12) && office == 0).then(|| dice.place(1, offices.len()));
    let text = story.text.replace("{who}", dice.one(WHO)).replace("{where}", dice.one(WHERE));
    let text = text.replace("{when}", dice.one(WHEN));
    let mut life = OneLife { steps, now, case, office, at, owner: 0 };
    life.step(at, What::Arrives { facts, story, text, also });
    let members = &offices[office].members;
    let of = |role| members.iter().enumerate().filter(move |(_, member)| member.1 == role).map(|(index, _)| index);
    let (workers, supervisors): (Vec<_>, Vec<_>) = (of(Role::Caseworker).collect(), of(Role::Supervisor).collect());
    life.owner = dice.one(&workers);
    let clock = answer_within(&facts);
    // Most are answered within the clock, some late, the newest not yet.
    let late = dice.chance(12);
    let mut t = at + if late { clock + dice.from(HOUR, clock + 2 * HOUR) } else { dice.from(5 * 60, clock * 9 / 10) };
    if !life.can(t + 600) {
        return true;
    }
    life.step(t, What::IsRead(life.owner));
    life.step(t + 120, What::IsAnswered(life.owner, dice.one(ANSWERS)));
    t += 600;
    let risk =
        dice.one(if story.harm.is_acute() { &[Risk::High, Risk::Medium][..] } else { &[Risk::Medium, Risk::Low] });
    life.change(t, Change::Assessed { risk, urgency: None, age: None, harm: None });
    if facts.is_child() && story.harm.is_acute() {
        life.change(t + 60, Change::Notified { duty: LegalDuty::ChildAbuse });
    }
    if dice.chance(70) {
        let call = NewTask {
            task: ItemId(dice_id(dice)),
            what: dice.one(&[TaskKind::Call, TaskKind::SafetyPlan, TaskKind::Document]),
            due: t + 2 * DAY,
            owner: None,
        };
        life.change(t + 120, Change::TaskSet { set: call });
        let done = t + dice.from(HOUR, 3 * DAY);
        life.change(done, Change::TaskDone { task: call.task, next: None });
    }
    if dice.chance(60) {
        let writes = t + dice.from(HOUR, DAY);
        life.step_if(writes, What::Writes(dice.one(REPLIES)));
        life.step_if(writes + dice.from(600, 6 * HOUR), What::IsAnswered(life.owner, dice.one(ANSWERS)));
    }
    if dice.chance(50) {
        life.step_if(t + dice.from(HOUR, 2 * DAY), What::IsNoted(life.owner, NoteKind::Note, dice.one(NOTES)));
    }
    let service = dice.one(&[
        ServiceKind::Information,
        ServiceKind::Psychological,
        ServiceKind::DigitalSafety,
        ServiceKind::Legal,
        ServiceKind::ContentRemoval,
    ]);
    life.change(t + dice.from(HOUR, 3 * DAY), Change::Served { what: service });
    if service == ServiceKind::ContentRemoval {
        let (takedown, platform) = (ItemId(dice_id(dice)), dice.one(&["facebook", "tiktok", "zalo"]));
        let far = [(TakedownState::Sent, 1), (TakedownState::Acknowledged, 2), (TakedownState::Removed, 5)];
        for (state, days) in far {
            let set = Change::TakedownSet { takedown, platform: platform.into(), state, due: None };
            life.change(t + days * DAY - HOUR, set);
        }
    }
    if office == 0 && !facts.is_child() && facts.urgency() != Urgency::Now && dice.chance(25) {
        referred_on(dice, &mut life, offices, t);
    }
    follow(dice, &mut life, &facts, risk, &supervisors, t)
}

/// Another office helps too: it is asked, takes it on, and closes its part some weeks later.
fn referred_on(dice: &mut Dice, life: &mut OneLife<'_>, offices: &[Office], from: i64) {
    let to = dice.place(1, offices.len());
    let members = offices[to].members.iter().enumerate();
    let workers: Vec<_> = members.filter(|(_, member)| member.1 == Role::Caseworker).map(|(index, _)| index).collect();
    let worker = dice.one(&workers);
    let sent = from + dice.from(2 * HOUR, 2 * DAY);
    let asked = Asked { to, consent: ItemId(dice_id(dice)), referral: ItemId(dice_id(dice)), until: sent + 90 * DAY };
    life.step_if(sent, What::IsReferred(life.owner, asked));
    let mut there = OneLife {
        steps: &mut *life.steps,
        now: life.now,
        case: life.case | REFERRED,
        office: to,
        at: sent,
        owner: worker,
    };
    let taken = sent + dice.from(HOUR, 2 * DAY);
    there.step_if(taken, What::IsTakenOn(worker, asked));
    there.step_if(taken + HOUR, What::IsAnswered(worker, dice.one(ANSWERS)));
    let (reason, outcome) = (Closing::GoalsMet, dice.one(&[Outcome::SupportOngoing, Outcome::Protected]));
    there.change(taken + dice.from(14 * DAY, 60 * DAY), Change::Closed { reason, outcome });
}

/// Follow-ups on their days, and the end.
fn follow(
    dice: &mut Dice,
    life: &mut OneLife<'_>,
    facts: &Facts,
    risk: Risk,
    supervisors: &[usize],
    from: i64,
) -> bool {
    for (which, days) in [(FollowUp::Day1, 1), (FollowUp::Week1, 7), (FollowUp::Week3, 21), (FollowUp::Month3, 91)] {
        let at = from + days * DAY + dice.from(-4 * HOUR, 6 * HOUR);
        if !life.can(at) {
            return true;
        }
        let next = (which == FollowUp::Month3).then(|| NewTask {
            task: ItemId(dice_id(dice)),
            what: TaskKind::Call,
            due: at + 20 * DAY,
            owner: None,
        });
        life.change(at, Change::FollowedUp { which, reached: dice.chance(80), next });
        // What was begun on the first days is finished before anybody closes.
        if days >= 7 && dice.chance(if days >= 21 { 65 } else { 12 }) {
            let reason = dice.one(&[Closing::GoalsMet, Closing::GoalsMet, Closing::PersonAsks, Closing::NoContact]);
            let outcome = dice.one(&[
                Outcome::Stopped,
                Outcome::ContentRemoved,
                Outcome::Protected,
                Outcome::SupportOngoing,
                Outcome::MoneyReturnedPart,
                Outcome::Unknown,
                Outcome::Unchanged,
            ]);
            let end = at + HOUR;
            if !life.can(end + 2 * HOUR) {
                return true;
            }
            if risk == Risk::High || facts.urgency() == Urgency::Now {
                life.change(end, Change::CloseAsked { reason, outcome });
                life.change_by(dice.one(supervisors), end + 2 * HOUR, Change::Closed { reason, outcome });
            } else {
                life.change(end, Change::Closed { reason, outcome });
            }
            return false;
        }
    }
    true
}

struct OneLife<'a> {
    steps: &'a mut Vec<Step>,
    now: i64,
    case: u32,
    office: usize,
    at: i64,
    owner: usize,
}

impl OneLife<'_> {
    fn can(&self, at: i64) -> bool {
        at <= self.now && at >= self.at
    }

    fn step(&mut self, at: i64, what: What) {
        self.steps.push(Step { at, case: self.case, office: self.office, what });
    }

    fn step_if(&mut self, at: i64, what: What) {
        if self.can(at) {
            self.step(at, what);
        }
    }

    fn change(&mut self, at: i64, change: Change) {
        self.change_by(self.owner, at, change);
    }

    fn change_by(&mut self, member: usize, at: i64, change: Change) {
        self.step_if(at, What::Changes(member, change));
    }
}

fn facts(dice: &mut Dice, story: &Story) -> Facts {
    let province = &PROVINCES[dice.place(0, PROVINCES.len())];
    Facts {
        harm: Some(story.harm),
        urgency: Some(story.urgency),
        age: Some(dice.one(story.ages)),
        sex: dice.chance(92).then(|| if dice.chance(78) { Sex::Female } else { Sex::Male }),
        province: dice.chance(85).then_some(Place::Province(province)),
        language: Some(Lang::Vi),
    }
}

fn dice_id(dice: &mut Dice) -> [u8; 16] {
    (dice.from(0, i64::MAX) as u128).to_be_bytes().map(|byte| byte ^ 0x5a)
}

/// Writes a step down.
pub async fn take(house: &Furnished<'_>, step: &Step) -> Result<(), StoreError> {
    let (store, offices, made) = (house.store, house.offices, &house.made);
    let office = &offices[step.office];
    let organisation = office.place.id.to_owned();
    let by = |member: usize, sealed| {
        let (id, role) = office.members[member];
        NewEvent { by: Actor::Member(id, role), at: step.at, nonce: draw::bytes(), sealed }
    };
    if let What::Arrives { facts, story, text, also } = &step.what {
        let also = also.map(|also| &offices[also]);
        let salt = house.shown.contains(&step.case).then_some(house.salt);
        let (report, case) = arrives((*facts, story, text), salt, [Some(office), also].into_iter().flatten());
        made.lock().expect("nobody panics with it").insert(step.case, case);
        return store.receive(report, step.at).await.map(drop);
    }
    let (id, sealed) = {
        let made = made.lock().expect("nobody panics with it");
        let case = &made[&step.case];
        let content = match &step.what {
            What::IsAnswered(_, text) | What::Writes(text) => {
                Some(entry(EntryKind::Message, &json!({ "text": text }), &case.key))
            }
            _ => None,
        };
        (case.id, content)
    };
    match &step.what {
        What::Arrives { .. } => Ok(()),
        What::IsReferred(member, asked) => {
            let child = referred::sent(house, office, step.case, asked, &by(*member, None)).await?;
            made.lock().expect("nobody panics with it").insert(step.case | REFERRED, child);
            Ok(())
        }
        What::IsTakenOn(member, asked) => {
            let moved = Moved { state: ReferralState::Accepted, reason: None };
            store.move_referral(id, organisation, asked.referral, moved, None, by(*member, None)).await.map(drop)
        }
        What::IsRead(member) => {
            let role = office.members[*member].1;
            let opening = Opening { at: step.at, organisation, role, what: Opened::Case };
            store.note_opening(id, opening, by(*member, None)).await
        }
        What::IsAnswered(member, _) => store
            .add_by_organisation(id, organisation, 0, sealed.into_iter().collect(), by(*member, None))
            .await
            .map(drop),
        What::Writes(_) => {
            store.add_by_person(id, 0, sealed.into_iter().collect(), draw::bytes(), step.at).await.map(drop)
        }
        What::IsNoted(member, about, text) => {
            let content = json!({ "text": text }).to_string();
            let words = entry::seal(content.as_bytes(), &office.key.recipient(), &mut draw::system()).bytes;
            let change = Change::Noted { about: *about };
            store.change(id, organisation, change, None, by(*member, Some(words))).await.map(drop)
        }
        What::Changes(member, change) => {
            store.change(id, organisation, change.clone(), None, by(*member, None)).await.map(drop)
        }
    }
}

/// A report as her device makes it. Only the receipts that are shown open anything: stretching two thousand would take
/// long and show nothing.
fn arrives<'a>(
    what: (Facts, &Story, &str),
    salt: Option<[u8; 16]>,
    offices: impl Iterator<Item = &'a Office>,
) -> (NewReport, Made) {
    let (facts, story, text) = what;
    let key = Identity::generate();
    let (receipt, record, own) = receipt(salt);
    let id = CaseId(draw::bytes());
    let seal = |to: &seal::Recipient| grant::seal(grant::Kind::Case, &key, to);
    let mut grants = vec![Grant { organisation: None, epoch: 0, sealed: seal(&own) }];
    for office in offices {
        let sealed = seal(&office.key.recipient());
        grants.push(Grant { organisation: Some(office.place.id.into()), epoch: 0, sealed });
    }
    let told = json!({ "text": text });
    let answers =
        json!({ "answers": [{ "question": "since", "choice": "weeks" }, { "question": "going_on", "choice": "yes" }] });
    let contact = json!({ "how": "Nhắn ở trang này", "never": "Đừng gọi sau 18 giờ" });
    let entries = [(EntryKind::Story, told), (EntryKind::Answers, answers), (EntryKind::Contact, contact)];
    let report = NewReport {
        id,
        receipt: record,
        recipient: key.recipient().to_string(),
        audience: Some(story.audience),
        facts,
        grants,
        entries: entries.iter().map(|(kind, content)| entry(*kind, content, &key)).collect(),
    };
    (report, Made { id, key, receipt })
}

fn receipt(salt: Option<[u8; 16]>) -> (String, ReceiptRecord, seal::Recipient) {
    let Some(salt) = salt else {
        let own = Identity::generate().recipient();
        let record = ReceiptRecord {
            locator: draw::bytes(),
            verifier: draw::bytes(),
            version: 0,
            recipient: own.to_string(),
            verify_key: draw::bytes(),
        };
        return (String::new(), record, own);
    };
    let receipt = Receipt::generate(&mut draw::system());
    let keys = receipt.derive(&salt);
    let record = ReceiptRecord {
        locator: keys.locator,
        verifier: Sha256::digest(keys.authenticator()).into(),
        version: 0,
        recipient: keys.recipient().to_string(),
        verify_key: keys.signing().verifier().to_bytes(),
    };
    (receipt.text(Lang::Vi).to_string(), record, keys.recipient())
}

pub fn entry(kind: EntryKind, content: &Value, to: &Identity) -> NewEntry {
    let sealed = entry::seal(content.to_string().as_bytes(), &to.recipient(), &mut draw::system());
    NewEntry { kind, sealed: sealed.bytes, leaf: sealed.leaf, files: Vec::new() }
}
