//! What was done, in words for her: by which organisation, never by whom.

use casework::{
    CaseId, ItemId, Texts,
    work::{Change, OUTSIDE, Referral, Work},
};
use std::collections::BTreeMap;
use vocabulary::{ConsentState, Lang, ReferralState, directory::Moment};

/// Names of organisations by their ids.
pub(crate) type Names = BTreeMap<String, Texts>;

/// As she reads its name.
pub(crate) fn name(names: &Names, id: &str, lang: Lang) -> String {
    match (id, names.get(id)) {
        (OUTSIDE, _) => lang.pick("một nơi ngoài trang này", "an organisation outside of this site").into(),
        (_, Some(texts)) => texts.get(lang).into(),
        (_, None) => id.into(),
    }
}

/// Day and hour in Vietnam, as the pages write them.
pub(crate) fn when(at: i64) -> String {
    let at = Moment::from_unix_seconds(at);
    let date = at.date().to_string();
    let turned: Vec<&str> = date.split('-').rev().collect();
    format!("{:02}:{:02}, {}", at.minute() / 60, at.minute() % 60, turned.join("/"))
}

/// Who and what a line is about.
pub(crate) struct Line<'a> {
    pub lang: Lang,
    pub names: &'a Names,
    /// Who did it, or to whom she said it.
    pub organisation: &'a str,
    /// What follows from all of it there: whom a consent or a referral is about.
    pub work: &'a Work,
}

impl Line<'_> {
    /// The line; none for what she sees elsewhere, or what is between colleagues.
    pub fn said(&self, change: &Change) -> Option<String> {
        if !change.is_shown_to_her() {
            return None;
        }
        let lang = self.lang;
        let words: String = match change {
            Change::Accepted { .. } => lang.pick("{org} nhận giúp bạn.", "{org} took it on and helps you.").into(),
            Change::Declined { reason } => {
                with(lang.pick("{org} không nhận giúp được: {what}.", "{org} can't help: {what}."), reason.name(lang))
            }
            Change::Assigned { .. } => lang
                .pick("Ở {org}, từ nay một người khác giúp bạn.", "At {org}, somebody else helps you from now on.")
                .into(),
            Change::Answered => lang.pick("{org} viết cho bạn.", "{org} wrote to you.").into(),
            Change::Waiting { until } => with(
                lang.pick("{org} chờ tới {what} rồi làm tiếp.", "{org} waits until {what} and then goes on."),
                &when(*until),
            ),
            Change::Resumed => lang.pick("{org} làm tiếp.", "{org} goes on.").into(),
            Change::Notified { duty } => with(
                lang.pick(
                    "{org} đã báo nơi có trách nhiệm. Luật buộc: {what}.",
                    "{org} told those responsible. The law demands it: {what}.",
                ),
                duty.name(lang),
            ),
            Change::Served { what } => {
                with(lang.pick("{org} đã giúp: {what}.", "{org} gave you this help: {what}."), what.name(lang))
            }
            Change::FollowedUp { reached: true, .. } => {
                lang.pick("{org} hỏi thăm bạn.", "{org} asked how you are.").into()
            }
            Change::FollowedUp { .. } => lang
                .pick(
                    "{org} muốn hỏi thăm nhưng chưa gặp được bạn.",
                    "{org} wanted to ask how you are and could not reach you.",
                )
                .into(),
            Change::SheSaid { .. } => {
                lang.pick("Bạn nói với {org} là bạn thế nào.", "You told {org} how you are.").into()
            }
            Change::Closed { outcome, .. } => with(
                lang.pick(
                    "{org} khép việc này: {what}. Bạn vẫn viết được.",
                    "{org} closed it: {what}. You can still write.",
                ),
                outcome.name(lang),
            ),
            Change::Reopened { .. } => {
                lang.pick("{org} mở lại và giúp tiếp.", "{org} opened it again and goes on helping.").into()
            }
            Change::Entered { way } => with(
                lang.pick("{org} ghi lại lời bạn kể ({what}).", "{org} wrote down what you told ({what})."),
                way.name(lang),
            ),
            Change::TakedownSet { state, .. } => with(
                lang.pick("{org} yêu cầu gỡ nội dung: {what}.", "{org} asks for removal of content: {what}."),
                state.name(lang),
            ),
            _ => self.sharing(change)?,
        };
        Some(words.replace("{org}", &name(self.names, self.organisation, lang)))
    }

    fn sharing(&self, change: &Change) -> Option<String> {
        let lang = self.lang;
        let to = |id: &ItemId| self.work.consents.get(id).map_or("", |consent| consent.to.as_str());
        let (words, to) = match change {
            Change::ConsentAsked { to, .. } => {
                (lang.pick("{org} hỏi bạn: có cho {to} biết không?", "{org} asked you: may {to} be told?"), to.as_str())
            }
            Change::ConsentGiven { consent, .. } => {
                (lang.pick("Bạn đồng ý để {org} cho {to} biết.", "You agreed that {org} tells {to}."), to(consent))
            }
            Change::ConsentRefused { consent } => (
                lang.pick("Bạn không đồng ý để {org} cho {to} biết.", "You said no: {org} may not tell {to}."),
                to(consent),
            ),
            Change::ConsentRecorded { to, duty: Some(_), .. } => {
                (lang.pick("Luật buộc {org} cho {to} biết.", "The law makes {org} tell {to}."), to.as_str())
            }
            Change::ConsentRecorded { to, .. } => (
                lang.pick(
                    "{org} ghi lại: bạn đồng ý cho {to} biết.",
                    "{org} wrote down that you agree that {to} is told.",
                ),
                to.as_str(),
            ),
            Change::ConsentWithdrawn { consent } => (
                lang.pick("Sự đồng ý cho {to} biết đã được rút lại.", "The consent that {to} is told was taken back."),
                to(consent),
            ),
            Change::ConsentExpired { consent } => (
                lang.pick("Sự đồng ý cho {to} biết đã hết hạn.", "The consent that {to} is told has ended."),
                to(consent),
            ),
            Change::ReferralOffered { to, .. } => {
                (lang.pick("{org} nhờ {to} cùng giúp bạn.", "{org} asked {to} to help you too."), to.as_str())
            }
            Change::ReferralReceived { from, .. } => {
                (lang.pick("{org} nhận được lời nhờ từ {to}.", "{org} was asked by {to} to help you."), from.as_str())
            }
            Change::ReferralMoved { referral, state, .. } => self.moved(self.work.referrals.get(referral)?, *state)?,
            _ => return None,
        };
        Some(words.replace("{to}", &name(self.names, to, lang)))
    }

    /// A step of a referral stands in two logs: she reads it once, where it was asked for.
    fn moved<'r>(&self, referral: &'r Referral, state: ReferralState) -> Option<(&'static str, &'r str)> {
        if !referral.by_us {
            return None;
        }
        let lang = self.lang;
        let words = match state {
            ReferralState::Offered => return None,
            ReferralState::InProgress => lang.pick("{to} đang xem.", "{to} is looking at it."),
            ReferralState::Accepted => lang.pick("{to} nhận lời giúp bạn.", "{to} agreed to help you."),
            ReferralState::Declined => {
                lang.pick("{to} không giúp được; {org} vẫn giúp bạn.", "{to} can't help; {org} still helps you.")
            }
            ReferralState::Done => lang.pick("{to} đã làm xong phần của mình.", "{to} has done its part."),
            ReferralState::Revoked => {
                lang.pick("{to} không mở được tin của bạn nữa.", "{to} can't open your report any more.")
            }
        };
        Some((words, &referral.with))
    }
}

fn with(words: &str, what: &str) -> String {
    words.replace("{what}", what)
}

/// How a consent stands, in a line.
pub(crate) const fn consent(state: ConsentState, lang: Lang) -> &'static str {
    match state {
        ConsentState::Asked => lang.pick("Đang chờ bạn trả lời", "Waits for your answer"),
        ConsentState::GivenByPerson | ConsentState::Assent => lang.pick("Bạn đã đồng ý", "You agreed"),
        ConsentState::RecordedByWorker => {
            lang.pick("Nơi giúp ghi lại là bạn đồng ý", "The helpers wrote down that you agree")
        }
        ConsentState::LegalDuty => {
            lang.pick("Luật buộc, không rút lại được", "The law demands it; it can't be taken back")
        }
        ConsentState::Refused => lang.pick("Bạn đã không đồng ý", "You said no"),
        ConsentState::Withdrawn => lang.pick("Đã rút lại", "Taken back"),
        ConsentState::Expired => lang.pick("Đã hết hạn", "It has ended"),
    }
}

/// A consent as she finds it.
pub(crate) struct Standing {
    pub case: CaseId,
    /// Who asked.
    pub organisation: String,
    pub consent: ItemId,
    pub to: String,
    pub until: i64,
    pub state: ConsentState,
}

impl Standing {
    /// Whether she may still take it back.
    pub const fn can_be_taken_back(&self) -> bool {
        matches!(self.state, ConsentState::GivenByPerson | ConsentState::Assent | ConsentState::RecordedByWorker)
    }
}
