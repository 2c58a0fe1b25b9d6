//! What an organisation decides for itself, at the desk: card, hours, clocks, own questions, retention, duty contacts, teams
//! and answer templates. Each change is a line of its log.

use super::session::SignedIn;
use crate::report::{Refusal, respond};
use axum::{
    Json,
    extract::{Path, rejection::JsonRejection},
    http::HeaderMap,
    response::Response,
};
use casework::{
    Clocks, ItemId, MemberId, Texts, limits,
    office::{self, Mistake, OfficeEvent, OfficePart},
    own_questions::{self, OwnQuestion},
    parse_hours, retention,
};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{OrganisationRecord, StoreError, Team, Template};

/// Letters of a name, of another text of the card, of a team, of a template's title.
const NAME: usize = 120;
const TEXT: usize = 600;
const TEAM: usize = 60;
const TITLE: usize = 80;

/// `GET /api/v1/desk/office`.
pub(crate) async fn show(signed_in: SignedIn, headers: HeaderMap) -> Response {
    let shown = async {
        let (store, organisation) = (&signed_in.house.store, &signed_in.member.organisation);
        let (record, office) = (store.organisation(organisation).await?, store.office(organisation).await?);
        let questions: Vec<OwnQuestion> = serde_json::from_str(&record.questions).unwrap_or_default();
        Ok(json!({
            "card": record.card, "clocks": office.clocks, "longest": Clocks::DEFAULT, "questions": questions,
            "retention_days": record.retention_days, "duty_contacts": office.duty_contacts,
        }))
    };
    respond(&headers, shown.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    name: Option<Texts>,
    about: Option<Texts>,
    told_by_law: Option<Texts>,
    hours: Option<String>,
    clocks: Option<Clocks>,
    questions: Option<Vec<OwnQuestion>>,
    retention: Option<Keep>,
    duty_contacts: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keep {
    /// None: until somebody erases it.
    days: Option<i64>,
}

/// `POST /api/v1/desk/office`: what isn't named stays.
pub(crate) async fn change(
    signed_in: SignedIn,
    headers: HeaderMap,
    body: Result<Json<Change>, JsonRejection>,
) -> Response {
    let changed = async {
        let Json(change) = body?;
        let (store, organisation) = (&signed_in.house.store, signed_in.member.organisation.clone());
        let (mut record, mut office) = (store.organisation(&organisation).await?, store.office(&organisation).await?);
        let before = (record.clone(), office.clone());
        let moves_clocks = change.hours.is_some() || change.clocks.is_some();
        let parts = put(&mut record, change, &mut office).map_err(Refusal::Office)?;
        if record != before.0 {
            store.change_organisation(record).await?;
        }
        if office != before.1 {
            store.change_office(organisation.clone(), office.clocks, office.duty_contacts).await?;
        }
        if !parts.is_empty() {
            signed_in.note(&OfficeEvent::OfficeChanged { parts }).await?;
        }
        if moves_clocks {
            store.place_anew(&organisation, signed_in.now).await?;
        }
        Ok(json!({}))
    };
    respond(&headers, changed.await)
}

/// Writes what was named, and gives which parts that were.
fn put(
    record: &mut OrganisationRecord,
    change: Change,
    office: &mut store::Office,
) -> Result<Vec<OfficePart>, Mistake> {
    let mut parts = Vec::new();
    for (texts, into, most) in [
        (change.name, &mut record.card.name, NAME),
        (change.about, &mut record.card.about, TEXT),
        (change.told_by_law, &mut record.card.told_by_law, TEXT),
    ] {
        let Some(texts) = texts else { continue };
        let texts = Texts { vi: texts.vi.trim().to_owned(), en: texts.en.trim().to_owned() };
        if !office::is_line(&texts.vi, most) || !office::is_line(&texts.en, most) {
            return Err(Mistake::Card);
        }
        *into = texts;
        parts.push(OfficePart::Card);
    }
    if record.card.name.vi.is_empty() {
        return Err(Mistake::Card);
    }
    if let Some(hours) = change.hours {
        parse_hours(&hours).map_err(|_| Mistake::Hours)?;
        hours.trim().clone_into(&mut record.card.hours);
        parts.push(OfficePart::Hours);
    }
    if let Some(clocks) = change.clocks {
        if !clocks.may_be_set() {
            return Err(Mistake::Clocks);
        }
        office.clocks = clocks;
        parts.push(OfficePart::Clocks);
    }
    if let Some(questions) = change.questions {
        own_questions::check(&questions).map_err(|_| Mistake::Questions)?;
        let json = serde_json::to_string(&questions).map_err(|_| Mistake::Questions)?;
        record.questions = if questions.is_empty() { String::new() } else { json };
        parts.push(OfficePart::Questions);
    }
    if let Some(Keep { days }) = change.retention {
        if days.is_some_and(|days| !(retention::LEAST_DAYS..=retention::MOST_DAYS).contains(&days)) {
            return Err(Mistake::Retention);
        }
        record.retention_days = days;
        parts.push(OfficePart::Retention);
    }
    if let Some(contacts) = change.duty_contacts {
        if contacts.len() > office::DUTY_CONTACTS || !contacts.iter().all(|contact| office::is_address(contact)) {
            return Err(Mistake::DutyContacts);
        }
        office.duty_contacts = contacts;
        parts.push(OfficePart::DutyContacts);
    }
    parts.dedup();
    Ok(parts)
}

/// `GET /api/v1/desk/teams`.
pub(crate) async fn teams(signed_in: SignedIn, headers: HeaderMap) -> Response {
    let listed = async {
        let teams = signed_in.house.store.teams(&signed_in.member.organisation).await?;
        let shown = |team: &Team| json!({ "id": team.id, "name": team.name, "members": team.members });
        Ok(json!({ "teams": teams.iter().map(shown).collect::<Vec<_>>() }))
    };
    respond(&headers, listed.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTeam {
    id: ItemId,
    name: String,
    members: Vec<MemberId>,
}

/// `POST /api/v1/desk/teams`: a new one, or the one with this id as it is from now on.
pub(crate) async fn keep_team(
    signed_in: SignedIn,
    headers: HeaderMap,
    body: Result<Json<NewTeam>, JsonRejection>,
) -> Response {
    let kept = async {
        let Json(NewTeam { id, name, mut members }) = body?;
        let (store, organisation) = (&signed_in.house.store, signed_in.member.organisation.clone());
        let name = name.trim().to_owned();
        let has_room = store.teams(&organisation).await?.iter().filter(|team| team.id != id).count() < office::SHELF;
        if name.is_empty() || !office::is_line(&name, TEAM) || !has_room {
            return Err(Refusal::Office(Mistake::Team));
        }
        members.sort_unstable();
        members.dedup();
        let team = Team { id, name, members: members.clone() };
        store.keep_team(organisation, team).await.map_err(|error| match error {
            StoreError::Absent(_) => Refusal::Office(Mistake::Team),
            other => other.into(),
        })?;
        signed_in.note(&OfficeEvent::TeamKept { team: id, members }).await?;
        Ok(json!({}))
    };
    respond(&headers, kept.await)
}

/// `POST /api/v1/desk/teams/{team}/remove`.
pub(crate) async fn drop_team(signed_in: SignedIn, Path(team): Path<String>, headers: HeaderMap) -> Response {
    let dropped = async {
        let team: ItemId = team.parse().map_err(|_| Refusal::Absent)?;
        signed_in.house.store.drop_team(signed_in.member.organisation.clone(), team).await?;
        signed_in.note(&OfficeEvent::TeamDropped { team }).await?;
        Ok(json!({}))
    };
    respond(&headers, dropped.await)
}

/// `GET /api/v1/desk/templates`: for whoever answers.
pub(crate) async fn templates(signed_in: SignedIn, headers: HeaderMap) -> Response {
    let listed = async {
        let templates = signed_in.house.store.templates(&signed_in.member.organisation).await?;
        let shown = templates.iter().map(|t| -> Value { json!({ "id": t.id, "title": t.title, "text": t.text }) });
        Ok(json!({ "templates": shown.collect::<Vec<_>>() }))
    };
    respond(&headers, listed.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTemplate {
    id: ItemId,
    title: String,
    text: Texts,
}

/// `POST /api/v1/desk/templates`: a new one, or the one with this id as it is from now on.
pub(crate) async fn keep_template(
    signed_in: SignedIn,
    headers: HeaderMap,
    body: Result<Json<NewTemplate>, JsonRejection>,
) -> Response {
    let kept = async {
        let Json(NewTemplate { id, title, text }) = body?;
        let (store, organisation) = (&signed_in.house.store, signed_in.member.organisation.clone());
        let title = title.trim().to_owned();
        let fits = |text: &str| {
            let is_plain = |letter: char| !letter.is_control() || letter == '\n';
            text.chars().count() <= office::TEMPLATE_LETTERS && text.chars().all(is_plain)
        };
        let has_room = store.templates(&organisation).await?.iter().filter(|t| t.id != id).count() < office::SHELF;
        let is_whole = !title.is_empty() && office::is_line(&title, TITLE) && !text.vi.trim().is_empty();
        if !is_whole || !fits(&text.vi) || !fits(&text.en) || !has_room {
            return Err(Refusal::Office(Mistake::Template));
        }
        store.keep_template(organisation, Template { id, title, text }, signed_in.now).await?;
        signed_in.note(&OfficeEvent::TemplateKept { template: id }).await?;
        Ok(json!({}))
    };
    respond(&headers, kept.await)
}

/// `POST /api/v1/desk/templates/{template}/remove`.
pub(crate) async fn drop_template(signed_in: SignedIn, Path(template): Path<String>, headers: HeaderMap) -> Response {
    let dropped = async {
        let template: ItemId = template.parse().map_err(|_| Refusal::Absent)?;
        signed_in.house.store.drop_template(signed_in.member.organisation.clone(), template).await?;
        signed_in.note(&OfficeEvent::TemplateDropped { template }).await?;
        Ok(json!({}))
    };
    respond(&headers, dropped.await)
}

/// Bytes of a key that is sealed to one recipient.
pub(super) const fn is_sealed_key(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.len() <= limits::GRANT_BYTES
}
