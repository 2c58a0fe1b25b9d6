//! From HSDS to services. Whatever is missing or wrong is named by row and field.

use super::{
    Channel, Date, DirectoryError, Document, Hours, Service, Wrong,
    hsds::{self, Schedule},
};
use crate::Province;
use std::{collections::HashSet, str::FromStr};

pub(super) fn document(json: &str) -> Result<Document, DirectoryError> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let document = serde_path_to_error::deserialize(&mut reader)
        .map_err(|e| DirectoryError::shape(e.path().to_string(), e.inner()))?;
    reader.end().map_err(|e| DirectoryError::shape("}".into(), &e))?;
    Ok(document)
}

pub(super) fn services(document: &Document) -> Result<Vec<Service>, DirectoryError> {
    let mut ids = HashSet::new();
    let active = document.services.iter().filter(|s| s.status == "active");
    active
        .map(|raw| {
            let row = Row(raw);
            if !ids.insert(&raw.id) {
                return Err(row.wrong("id", Wrong::Twice));
            }
            service(&row)
        })
        .collect()
}

struct Row<'a>(&'a hsds::Service);

impl<'a> Row<'a> {
    fn wrong(&self, field: impl Into<String>, why: Wrong) -> DirectoryError {
        DirectoryError::Row { row: self.0.id.clone(), field: field.into(), why }
    }

    fn missing(&self, field: impl Into<String>) -> DirectoryError {
        self.wrong(field, Wrong::Missing)
    }

    fn not(&self, field: impl Into<String>, found: &str, form: &'static str) -> DirectoryError {
        self.wrong(field, Wrong::Not { found: found.into(), form })
    }

    fn values(&self, taxonomy: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let of_taxonomy = move |a: &&hsds::Attribute| a.taxonomy_term.taxonomy == taxonomy;
        self.0.attributes.iter().filter(of_taxonomy).map(|a| (a.taxonomy_term.code.as_str(), a.value.as_str()))
    }

    fn codes<T: FromStr>(&self, taxonomy: &'a str) -> Result<Vec<T>, DirectoryError> {
        let unknown = |code: &str| self.wrong(taxonomy, Wrong::Unknown(code.into()));
        self.values(taxonomy).map(|(_, code)| code.parse().map_err(|_| unknown(code))).collect()
    }

    fn one<T: FromStr>(&self, taxonomy: &'a str) -> Result<T, DirectoryError> {
        self.codes(taxonomy)?.pop().ok_or_else(|| self.missing(taxonomy))
    }

    fn check(&self, code: &str) -> Option<&'a str> {
        self.values("haidang.check").find(|(c, _)| *c == code).map(|(_, value)| value.trim()).filter(|v| !v.is_empty())
    }

    fn date(&self, code: &str) -> Result<Option<Date>, DirectoryError> {
        let parse =
            |text| Date::parse(text).ok_or_else(|| self.not(format!("haidang.check {code}"), text, "YYYY-MM-DD"));
        self.check(code).map(parse).transpose()
    }

    fn flag(&self, code: &str) -> bool {
        self.values("haidang.flag").any(|flag| flag == (code, "true"))
    }
}

fn service(row: &Row<'_>) -> Result<Service, DirectoryError> {
    let raw = row.0;
    let need = |code: &str| row.check(code).ok_or_else(|| row.missing(format!("haidang.check {code}")));
    let source_date = need("source_date")?.to_owned();
    if !is_partial_date(&source_date) {
        return Err(row.not("haidang.check source_date", &source_date, "YYYY | YYYY-MM | YYYY-MM-DD"));
    }
    need("source")?;
    need("checked_on")?;
    let verified = match row.check("verified") {
        Some("true") => true,
        Some("false") => false,
        other => {
            return Err(row.not("haidang.check verified", other.unwrap_or_default(), "true | false"));
        }
    };
    let emergency = row.flag("emergency");
    let recheck_after = row.date("recheck_after")?;
    if recheck_after.is_none() && !emergency {
        return Err(row.missing("haidang.check recheck_after"));
    }
    let service = Service {
        id: raw.id.clone(),
        kind: row.one("haidang.organisation_kind")?,
        channel: channel(row)?,
        phone: raw.phones.first().map(|p| p.number.clone()),
        url: raw.url.clone(),
        hours: hours(row)?,
        emergency,
        not_emergency: row.flag("not_emergency"),
        harms: row.codes("haidang.harm")?,
        any_age_harms: row.codes("haidang.harm_any_age")?,
        ages: row.codes("haidang.age_band")?,
        audiences: row.codes("haidang.audience")?,
        provinces: provinces(row)?,
        sources: row.values("haidang.check").filter(|(c, _)| *c == "source").map(|(_, v)| v.to_owned()).collect(),
        source_date,
        checked_on: row.date("checked_on")?.expect("asked for above"),
        recheck_after,
        verified,
        texts: row.values("haidang.text").map(|(code, text)| (code.to_owned(), text.to_owned())).collect(),
    };
    in_both_languages(row, &service)?;
    Ok(service)
}

fn in_both_languages(row: &Row<'_>, service: &Service) -> Result<(), DirectoryError> {
    let how: &[&str] = if service.channel == Channel::InApp { &["how"] } else { &[] };
    for about in ["name", "description", "cost", "eligibility", "trace"].iter().chain(how) {
        for &lang in crate::Lang::ALL {
            if service.text(about, lang).is_none_or(|text| text.trim().is_empty()) {
                return Err(row.missing(format!("haidang.text {about}.{}", lang.code())));
            }
        }
    }
    Ok(())
}

fn channel(row: &Row<'_>) -> Result<Channel, DirectoryError> {
    let codes: Vec<&str> = row.values("haidang.channel").map(|(_, value)| value).collect();
    match codes[..] {
        ["phone"] => {
            let phone = row.0.phones.first().ok_or_else(|| row.missing("phones"))?;
            let fits = |c: char| c.is_ascii_digit() || " +-.()".contains(c);
            if phone.number.chars().filter(char::is_ascii_digit).count() < 3 || !phone.number.chars().all(fits) {
                return Err(row.not("phones[0].number", &phone.number, "0-9 + - . ( )"));
            }
            Ok(Channel::Phone)
        }
        ["web"] => match row.0.url.as_deref() {
            Some(url) if url.starts_with("https://") => Ok(Channel::Web),
            Some(url) => Err(row.not("url", url, "https://…")),
            None => Err(row.missing("url")),
        },
        ["in_app"] => Ok(Channel::InApp),
        _ => Err(row.not("haidang.channel", &codes.join(" "), "phone | web | in_app")),
    }
}

fn provinces(row: &Row<'_>) -> Result<Vec<String>, DirectoryError> {
    let mut provinces = Vec::new();
    for area in &row.0.service_areas {
        match area.extent.as_str() {
            "VN" | "001" => return Ok(Vec::new()),
            extent => {
                let code = extent.strip_prefix("VN-").and_then(Province::by_code);
                let code = code.ok_or_else(|| row.not("service_areas", extent, "VN | 001 | VN-01 … VN-96"))?;
                provinces.push(code.code.to_owned());
            }
        }
    }
    Ok(provinces)
}

fn hours(row: &Row<'_>) -> Result<Hours, DirectoryError> {
    if row.0.schedules.is_empty() {
        return Ok(Hours::Always);
    }
    let mut spans = Vec::new();
    for (i, schedule) in row.0.schedules.iter().enumerate() {
        let not = |field: &str, found: &str, form| row.not(format!("schedules[{i}].{field}"), found, form);
        if schedule.freq != "WEEKLY" {
            return Err(not("freq", &schedule.freq, "WEEKLY"));
        }
        let time = |field, text: &str| minute_of_day(text).ok_or_else(|| not(field, text, "HH:MM"));
        let from = time("opens_at", &schedule.opens_at)?;
        // 23:59 is how HSDS files write "to the end of the day".
        let to = match time("closes_at", &schedule.closes_at)? {
            1439 => 1440,
            minute => minute,
        };
        for day in days(schedule).map_err(|day| not("byday", &day, "MO,TU,WE,TH,FR,SA,SU"))? {
            if from < to {
                spans.push((day, from, to));
            } else {
                // Over midnight: the rest belongs to the next day.
                spans.extend([(day, from, 1440), ((day + 1) % 7, 0, to)]);
            }
        }
    }
    let whole_days: HashSet<u8> = spans.iter().filter(|s| (s.1, s.2) == (0, 1440)).map(|s| s.0).collect();
    Ok(if whole_days.len() == 7 { Hours::Always } else { Hours::Weekly(spans) })
}

fn days(schedule: &Schedule) -> Result<Vec<u8>, String> {
    const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let place = |day: &str| DAYS.iter().position(|d| *d == day).map(|p| p as u8).ok_or_else(|| day.to_owned());
    schedule.byday.split(',').map(|day| place(day.trim())).collect()
}

fn minute_of_day(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let two_digits = |part: &str| (part.len() == 2).then(|| part.parse::<u16>().ok())?;
    let (hour, minute) = (two_digits(hour)?, two_digits(minute)?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn is_partial_date(text: &str) -> bool {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    Date::parse(&whole).is_some()
}
