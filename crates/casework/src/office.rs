//! What happens at an organisation that concerns no case: a line of its log each.

use crate::{ItemId, MemberId};
use serde::{Deserialize, Serialize};
use vocabulary::{Lang, Role};

/// One thing that happened; who did it and when stand beside it. Nothing of it is about a person who reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum OfficeEvent {
    /// A one-time link was made.
    Invited {
        /// The role that it gives.
        role: Role,
    },
    /// Somebody took a link up.
    Joined {
        /// Who.
        member: MemberId,
        /// As what.
        role: Role,
    },
    /// Somebody got the organisation's key.
    DoorOpened {
        /// Who.
        member: MemberId,
    },
    /// Somebody has another role from now on.
    RoleChanged {
        /// Who.
        member: MemberId,
        /// Which.
        role: Role,
    },
    /// Somebody left.
    MemberLeft {
        /// Who.
        member: MemberId,
    },
    /// The organisation's key was made anew.
    KeyReplaced {
        /// Who left by it.
        #[serde(default)]
        member: Option<MemberId>,
    },
    /// Something that the organisation decides for itself is another from now on.
    OfficeChanged {
        /// What.
        parts: Vec<OfficePart>,
    },
    /// A team is there, or has other members.
    TeamKept {
        /// Which.
        team: ItemId,
        /// Who belongs to it.
        members: Vec<MemberId>,
    },
    /// A team is no more.
    TeamDropped {
        /// Which.
        team: ItemId,
    },
    /// A template was written or changed.
    TemplateKept {
        /// Which.
        template: ItemId,
    },
    /// A template is no more.
    TemplateDropped {
        /// Which.
        template: ItemId,
    },
    /// Lines of this log were taken along.
    LogExported {
        /// How many, those held back not counted.
        lines: i64,
    },
    /// Figures were taken along.
    FiguresExported {
        /// Of which year.
        year: i32,
    },
}

/// What an organisation decides for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficePart {
    /// The texts of its card.
    Card,
    /// When somebody is there.
    Hours,
    /// By when it answers.
    Clocks,
    /// What it asks by itself.
    Questions,
    /// How long it keeps reports.
    Retention,
    /// Who is told when nobody looks.
    DutyContacts,
}

impl OfficeEvent {
    /// As the log keeps it, its kind first.
    pub fn body(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What is wrong with something that an organisation wants to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// A text of the card.
    Card,
    /// Opening hours.
    Hours,
    /// A clock.
    Clocks,
    /// Own questions.
    Questions,
    /// How long reports are kept.
    Retention,
    /// A duty contact.
    DutyContacts,
    /// A team.
    Team,
    /// A template.
    Template,
}

impl Mistake {
    /// For programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Card => "bad_card",
            Self::Hours => "bad_hours",
            Self::Clocks => "bad_clocks",
            Self::Questions => "bad_questions",
            Self::Retention => "bad_retention",
            Self::DutyContacts => "bad_duty_contacts",
            Self::Team => "bad_team",
            Self::Template => "bad_template",
        }
    }

    /// What to do about it.
    pub const fn say(self, lang: Lang) -> &'static str {
        match self {
            Self::Card => lang.pick(
                "Phải có tên tiếng Việt; tên tối đa 120 chữ cái, các câu khác tối đa 600, mỗi mục một dòng",
                "There must be a Vietnamese name; names have 120 letters at most, the other texts 600, one line each",
            ),
            Self::Hours => lang.pick(
                "Giờ làm việc viết như: always, hoặc mon-fri 08:00-17:00, sat 08:00-11:30",
                "Hours are written as always, or mon-fri 08:00-17:00, sat 08:00-11:30",
            ),
            Self::Clocks => lang.pick(
                "Hạn trả lời chỉ được ngắn hơn mức chung, ít nhất 5 phút",
                "A clock may only be shorter than the default, and 5 minutes at least",
            ),
            Self::Questions => lang.pick(
                "Tối đa 8 câu hỏi; mỗi câu và mỗi câu trả lời phải có cả tiếng Việt và tiếng Anh, tối đa 300 và 120 chữ cái; câu hỏi chọn phải có từ 2 đến 12 câu trả lời",
                "There are 8 questions at most; each question and answer is there in Vietnamese and English, with 300 and 120 letters at most; a choice has 2 to 12 answers",
            ),
            Self::Retention => lang.pick("Phải là từ 60 đến 36500 ngày, hoặc bỏ trống", "It must be 60 to 36500 days, or left empty"),
            Self::DutyContacts => lang.pick(
                "Mỗi dòng một địa chỉ thư, tối đa 20 địa chỉ",
                "One mail address a line, 20 at most",
            ),
            Self::Team => lang.pick(
                "Nhóm phải có tên, tối đa 60 chữ cái, và người của tổ chức này",
                "A team has a name of 60 letters at most, and members of this organisation",
            ),
            Self::Template => lang.pick(
                "Mẫu phải có tên (tối đa 80 chữ cái) và lời tiếng Việt; mỗi bản tối đa 4000 chữ cái",
                "A template has a title (80 letters at most) and Vietnamese words; 4000 letters at most in each language",
            ),
        }
    }
}

/// The most duty contacts.
pub const DUTY_CONTACTS: usize = 20;
/// The most teams, and the most templates, of an organisation.
pub const SHELF: usize = 200;
/// The most letters of a template in one language.
pub const TEMPLATE_LETTERS: usize = 4000;

/// Whether this is one line of at most so many letters.
pub fn is_line(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.contains(char::is_control)
}

/// Whether this is one mail address.
pub fn is_address(text: &str) -> bool {
    let plain = text.len() <= 254 && text.bytes().all(|b| b.is_ascii_graphic() && !b"<>()\",;:\\[]".contains(&b));
    plain
        && text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_begins_with_its_kind() {
        let body = OfficeEvent::RoleChanged { member: MemberId([7; 16]), role: Role::Auditor }.body();
        assert!(body.starts_with(r#"{"kind":"role_changed","#), "{body}");
        assert_eq!(OfficeEvent::KeyReplaced { member: None }.body(), r#"{"kind":"key_replaced","member":null}"#);
    }
}
