//! How the work goes: for the supervisor. Lists of cases, and figures in which nobody can be found.

use super::{cases::row_json, session::SignedIn};
use crate::{
    report::{Refusal, respond},
    site::House,
};
use axum::{
    Json,
    extract::{Query, rejection::JsonRejection},
    http::HeaderMap,
    response::Response,
};
use casework::{
    CaseId, Timing,
    figures::{Figures, Shown, Year, shown, shown_total},
    office::OfficeEvent,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use store::{Load, Store, StoreError, View};

/// Rows of a list.
const ROWS: u32 = 50;
/// Cases that are drawn for a month's review.
const DRAWN: u32 = 5;
/// The longest time that is drawn from, in seconds.
const MONTH: i64 = 31 * 24 * 3600;
/// Figures that are older than this are counted anew, in seconds.
const FRESH: i64 = 3600;
/// Cases that are read at once for counting.
const AT_ONCE: u32 = 2000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Drawn {
    /// Closed cases are drawn between these seconds, a month at most.
    from: i64,
    until: i64,
}

/// `GET /api/v1/desk/overview`: team load, what waits for the supervisor, and what should not be.
pub(crate) async fn show(signed_in: SignedIn, Query(drawn): Query<Drawn>, headers: HeaderMap) -> Response {
    let shown = async {
        let until = drawn.until.clamp(drawn.from, drawn.from.saturating_add(MONTH));
        let (store, organisation, now) = (&signed_in.house.store, &signed_in.member.organisation, signed_in.now);
        let terms = store.terms(organisation, now).await?;
        let load = |l: &Load| json!({ "owner": l.owner, "open": l.open, "overdue": l.overdue });
        let loads: Vec<_> = store.loads(organisation, now).await?.iter().map(load).collect();
        let team_loads = store.team_loads(organisation, now).await?;
        let team_loads = team_loads.iter().map(|load| {
            json!({
                "team": load.team.id, "name": load.team.name, "members": load.team.members, "open": load.open,
                "untaken": load.untaken, "overdue": load.overdue,
            })
        });
        let team_loads: Vec<_> = team_loads.collect();
        let rows = async |view| -> Result<Vec<Value>, StoreError> {
            let rows = store.inbox(organisation, view, None, ROWS).await?;
            Ok(rows.iter().map(|row| row_json(row, &terms)).collect())
        };
        let closed = store.drawn_closed(organisation, (drawn.from, until), DRAWN).await?;
        let review = closed.iter().map(
            |closed| json!({ "row": row_json(&closed.row, &terms), "at": closed.at, "reviewed": closed.is_reviewed }),
        );
        Ok(json!({
            "loads": loads, "teams": team_loads, "without_step": store.without_step(organisation).await?,
            "untaken": rows(View::New).await?, "overdue": rows(View::Due(now)).await?,
            "second_eyes": rows(View::SecondEyes).await?, "review": review.collect::<Vec<_>>(), "now": now,
        }))
    };
    respond(&headers, shown.await)
}

/// Figures as they were counted last, by organisation. They live in memory alone: a figure of somebody who was erased is
/// gone with the next count.
#[derive(Default)]
pub(crate) struct Counts(Mutex<HashMap<String, Count>>);

#[derive(Clone, Default)]
struct Count {
    at: i64,
    figures: Option<Arc<Figures>>,
    /// How many were gone through, while it is counted.
    under_way: Option<u64>,
}

impl Counts {
    fn change<T>(&self, organisation: &str, change: impl FnOnce(&mut Count) -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(all.entry(organisation.to_owned()).or_default())
    }
}

/// Counts all cases of an organisation, a piece at a time, so that whoever reads a case meanwhile waits for none of it.
async fn count(
    store: &Store,
    counts: &Counts,
    organisation: &str,
    timing: &Timing,
    now: i64,
) -> Result<(), StoreError> {
    let (mut figures, mut behind, mut done) = (Figures::default(), CaseId([0; 16]), 0_u64);
    loop {
        let part = store.counted(organisation, behind, AT_ONCE).await?;
        let Some((last, _)) = part.last() else { break };
        behind = *last;
        done += part.len() as u64;
        for (_, case) in &part {
            figures.add(case, timing, now);
        }
        counts.change(organisation, |count| count.under_way = Some(done));
        tokio::task::yield_now().await;
    }
    counts.change(organisation, |count| *count = Count { at: now, figures: Some(Arc::new(figures)), under_way: None });
    Ok(())
}

fn begin(house: &Arc<House>, organisation: String, timing: Arc<Timing>, now: i64) {
    let is_free = house.counts.change(&organisation, |count| {
        let is_free = count.under_way.is_none() && (count.figures.is_none() || !(0..FRESH).contains(&(now - count.at)));
        if is_free {
            count.under_way = Some(0);
        }
        is_free
    });
    if !is_free {
        return;
    }
    let house = Arc::clone(house);
    tokio::spawn(async move {
        if let Err(error) = count(&house.store, &house.counts, &organisation, &timing, now).await {
            tracing::error!(%error, "figures can't be counted");
            house.counts.change(&organisation, |count| count.under_way = None);
        }
    });
}

/// `GET /api/v1/desk/figures`: as they were counted last, at most an hour ago; `counting` while it goes on.
pub(crate) async fn figures(signed_in: SignedIn, headers: HeaderMap) -> Response {
    let told = async {
        let organisation = signed_in.member.organisation.clone();
        begin(
            &signed_in.house,
            organisation.clone(),
            signed_in.house.store.timing(&organisation, signed_in.now).await?,
            signed_in.now,
        );
        let count = signed_in.house.counts.change(&organisation, |count| count.clone());
        let years = count.figures.iter().flat_map(|figures| figures.0.iter().rev());
        let years: Vec<_> = years.map(|(year, figures)| year_json(*year, figures)).collect();
        Ok(json!({ "years": years, "counted_at": count.at, "counting": count.under_way, "now": signed_in.now }))
    };
    respond(&headers, told.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Taken {
    year: i32,
}

/// `POST /api/v1/desk/figures/taken`: a table is saved from the page; it is noted first.
pub(crate) async fn taken(
    signed_in: SignedIn,
    headers: HeaderMap,
    body: Result<Json<Taken>, JsonRejection>,
) -> Response {
    let noted = async {
        let Json(Taken { year }) = body?;
        signed_in.note(&OfficeEvent::FiguresExported { year }).await?;
        Ok::<_, Refusal>(json!({}))
    };
    respond(&headers, noted.await)
}

/// A count as a page gets it: the number, `few` or `held`.
fn cell(shown: Shown) -> Value {
    match shown {
        Shown::Count(count) => json!(count),
        Shown::Few => json!("few"),
        Shown::Held => json!("held"),
    }
}

fn year_json(number: i64, year: &Year) -> Value {
    let tables = year.tables.iter().map(|(table, counts)| {
        let cases: Vec<u64> = counts.values().copied().collect();
        // A table that would give somebody away has no rows at all.
        let rows = shown(&cases).into_iter().flat_map(|cells| counts.keys().zip(cells));
        let rows = rows.map(|(code, shown)| json!({ "code": code, "cases": cell(shown) }));
        json!({ "table": table, "rows": rows.collect::<Vec<_>>(), "total": cell(shown_total(&cases)) })
    });
    json!({ "year": number, "median_minutes": year.median_minutes(), "tables": tables.collect::<Vec<_>>() })
}
