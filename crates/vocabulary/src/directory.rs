//! The help directory: who helps, how to reach them, when somebody answers, and who says so.
//!
//! It is kept in Open Referral HSDS 3 JSON (`docs/directory.md` says how we use it), read, checked and written
//! out again without loss. No contact enters without a published source and the date of that page.

mod error;
mod hsds;
mod moment;
mod read;
mod service;

pub use error::{DirectoryError, Misshapen, Wrong};
pub use hsds::Document;
pub use moment::{Date, Moment};
pub use service::{Channel, Hours, Service};

use crate::{AgeBand, Asker, Harm, Urgency};

/// The directory that this version ships, as it stands in the repository.
pub const SHIPPED_JSON: &str = include_str!("../data/directory.json");

/// Services, checked and ready to be asked.
#[derive(Clone, Debug)]
pub struct Directory {
    document: Document,
    services: Vec<Service>,
}

/// Which services are wanted. Everything left open means "all".
#[derive(Clone, Copy, Debug, Default)]
pub struct Need<'a> {
    /// Any of these harms; most telling first.
    pub harms: &'a [Harm],
    /// Who asks, about whom.
    pub asker: Asker,
    /// Official code of the province where help is wanted.
    pub province: Option<&'a str>,
    /// How soon.
    pub urgency: Option<Urgency>,
}

impl Directory {
    /// Reads and checks a file.
    pub fn parse(json: &str) -> Result<Self, DirectoryError> {
        let document = read::document(json)?;
        let services = read::services(&document)?;
        Ok(Self { document, services })
    }

    /// The directory that this version ships.
    ///
    /// # Panics
    /// Never: a test reads it.
    pub fn shipped() -> Self {
        Self::parse(SHIPPED_JSON).expect("a test reads the shipped directory")
    }

    /// A directory without a service, for a device that has not received one.
    pub fn empty() -> Self {
        Self { document: Document { services: Vec::new() }, services: Vec::new() }
    }

    /// Every service in the order of the file.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The service with this id.
    pub fn by_id(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|s| s.id == id)
    }

    /// The whole directory as HSDS JSON, with all that we do not read ourselves.
    ///
    /// # Panics
    /// Never: strings and numbers are always JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&self.document).expect("strings and numbers are always JSON")
    }

    /// Who helps with this need, best first: what is open now comes before what is closed; in present danger the
    /// emergency numbers come first, otherwise they follow those who have time to listen.
    pub fn helpers(&self, need: &Need<'_>, now: Moment) -> Vec<&Service> {
        let mut found: Vec<&Service> = self.services.iter().filter(|s| s.helps(need)).collect();
        let in_danger = need.urgency == Some(Urgency::Now);
        found.sort_by_key(|service| {
            (
                in_danger && !service.emergency,
                !service.hours.open_at(now),
                !in_danger && service.emergency,
                service.channel,
                child_line_last(service, need.asker.age),
                // Asked about nothing in particular, those who help with most come first; else those made for it.
                if need.harms.is_empty() { usize::MAX - service.harms.len() } else { service.harms.len() },
            )
        });
        found
    }
}

/// The children's line comes first for a child and after the others for a grown-up.
fn child_line_last(service: &Service, age: AgeBand) -> bool {
    service.kind == crate::OrganisationKind::ChildProtection && !age.is_child() && age != AgeBand::Unknown
}

#[cfg(test)]
mod tests;
