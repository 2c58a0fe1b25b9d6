//! The file's shape: the parts of Open Referral HSDS 3 that we read. Every other field is kept and exported again.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A whole file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// The services, in no order of importance.
    pub services: Vec<Service>,
}

/// One service as HSDS nests it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Service {
    /// A short, stable word (`peace-house`).
    pub id: String,
    /// The Vietnamese name.
    pub name: String,
    /// `active`, or why it isn't.
    pub status: String,
    /// Where it is reached on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who runs it.
    pub organization: Organization,
    /// Numbers to call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
    /// When somebody answers; none means always.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<Schedule>,
    /// Where it helps; none means all of Vietnam.
    // The name is that of HSDS.
    #[expect(clippy::struct_field_names)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub service_areas: Vec<ServiceArea>,
    /// Everything that HSDS has no field for, by taxonomy.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    /// What we don't read.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// Who runs a service.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Organization {
    /// Its name.
    pub name: String,
    /// What we don't read.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// A number to call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Phone {
    /// As people write it, with spaces.
    pub number: String,
    /// What we don't read.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// Weekly hours.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Schedule {
    /// `WEEKLY`.
    pub freq: String,
    /// iCal days: `MO,TU`.
    pub byday: String,
    /// Local `HH:MM`.
    pub opens_at: String,
    /// Local `HH:MM`; `23:59` means to the end of the day.
    pub closes_at: String,
    /// What we don't read.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// Where a service helps.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceArea {
    /// `VN`, `001` (world) or `VN-<two digits>` for one province by its official code.
    pub extent: String,
    /// What we don't read.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// A fact by taxonomy, code and value.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Attribute {
    /// The value.
    pub value: String,
    /// What kind of fact it is.
    pub taxonomy_term: TaxonomyTerm,
    /// What we don't read.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// A kind of fact.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TaxonomyTerm {
    /// The list it belongs to: `haidang.harm`.
    pub taxonomy: String,
    /// Its code there.
    pub code: String,
    /// What we don't read.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}
