//! What may happen to a report and a case, and what may not.
//!
//! Words of this crate: a **report** is what one person sends; the **facts** are the few things about it that the
//! server may read, each left out if she wishes; an **organisation** is who may be let in, shown to her as a card;
//! **urgency** sets the clock by which somebody should answer; an **erasure** hides a case at once and destroys its
//! keys after [`erasure::GRACE_SECONDS`]; the **work** ([`work::Work`]) is what an organisation does about a case, as events.
//!
//! ```
//! use casework::Facts;
//! use vocabulary::Urgency;
//! // Nothing was told in the clear: it counts as today, never as later.
//! assert_eq!(Facts::default().urgency(), Urgency::Today);
//! ```
//!
//! Deliberately absent: any I/O, any clock (seconds since 1970 are handed in), any word that a person wrote. A case's
//! content is sealed (crate `seal`) and no rule here can look at it.

mod calendar;
pub mod clock;
pub mod consent;
mod duties;
pub mod erasure;
mod facts;
pub mod figures;
mod hours;
mod ids;
pub mod letters;
pub mod limits;
pub mod office;
mod organisation;
pub mod own_questions;
pub mod questions;
pub mod retention;
mod timing;
pub mod work;

pub use calendar::{is_holiday, next_opening};
pub use duties::duties;
pub use facts::{Facts, Place, UnknownFact};
pub use hours::{HoursError, parse_hours};
pub use ids::{BadId, CaseId, FileId, ItemId, MemberId};
pub use organisation::{Asking, Organisation, Texts, Withheld, is_organisation_id, offered};
pub use timing::{Clocks, SHORTEST, Timing};
