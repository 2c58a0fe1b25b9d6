//! What may be written down about a case: one variant each, in the clear. Words stay sealed beside it.

use crate::{CaseId, ItemId, MemberId};
use serde::{Deserialize, Serialize};
use vocabulary::{
    Closing, ConsentWay, DeclineReason, FollowUp, Helped, LegalDuty, NoteKind, Outcome, ReferralState, Representative,
    Risk, Role, ServiceKind, TakedownState, TaskKind, Urgency, Wellbeing,
};

/// What was read or taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// The entries of the case.
    Case,
    /// One of its files.
    File,
    /// A package, a form or a list, taken out of the desk.
    Export,
    /// A program of the organisation fetched it, sealed as it is: nobody has read it by that.
    Program,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A member of the organisation whose work this is.
    Member(MemberId, Role),
    /// The person, with her receipt.
    Person,
    /// The organisation on the other side of a referral.
    Organisation(String),
    /// A program of that organisation: the beginning of its token's hash, in hexadecimal.
    Program(String),
    /// A clock of the server.
    Clock,
}

/// A step that is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTask {
    /// Its name, drawn by whoever sets it.
    pub task: ItemId,
    /// What is to be done.
    pub what: TaskKind,
    /// Until when.
    pub due: i64,
    /// By whom; nobody named: by the owner of the case.
    #[serde(default)]
    pub owner: Option<MemberId>,
}

/// One thing that happened to a case at one organisation. Times and who did it stand beside it; what was said stands
/// sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// Somebody read it, or took a copy.
    Read {
        /// What.
        what: Reading,
    },
    /// Somebody takes the case on.
    Accepted {
        /// Who answers for it.
        owner: MemberId,
        /// The next step; none: the follow-ups are the plan.
        #[serde(default)]
        next: Option<NewTask>,
    },
    /// It can't be taken on here.
    Declined {
        /// Why.
        reason: DeclineReason,
    },
    /// Somebody else answers for it from now on.
    Assigned {
        /// Who.
        owner: MemberId,
    },
    /// A team has it from now on, or none any more.
    Teamed {
        /// Which.
        #[serde(default)]
        team: Option<ItemId>,
    },
    /// Who answered for it, or had something to do here, has left the organisation. Where it was the owner, the case
    /// waits for somebody to take it on.
    Left {
        /// Who.
        member: MemberId,
    },
    /// The case was erased; this line is all that is left of it here.
    Erased {
        /// The month in which it came, as 2026-11.
        month: String,
        /// The harm, as it stood in the clear.
        #[serde(default)]
        harm: Option<vocabulary::Harm>,
    },
    /// Something was written to her.
    Answered,
    /// She wrote.
    PersonWrote,
    /// Nothing can be done before a day: hers, a court's, another organisation's.
    Waiting {
        /// Until when.
        until: i64,
    },
    /// It goes on.
    Resumed,
    /// The risk was assessed, first or anew; the answers it rests on are sealed.
    Assessed {
        /// How great it is.
        risk: Risk,
        /// How soon somebody must act, as staff see it.
        #[serde(default)]
        urgency: Option<Urgency>,
    },
    /// An authority was told, as the law demands.
    Notified {
        /// The article.
        duty: LegalDuty,
    },
    /// A task is set, or changed.
    TaskSet {
        /// The task.
        set: NewTask,
    },
    /// A task is done.
    TaskDone {
        /// Which.
        task: ItemId,
        /// The next step, where none would be left.
        #[serde(default)]
        next: Option<NewTask>,
    },
    /// Something was noted, sealed to the organisation.
    Noted {
        /// What it is about.
        about: NoteKind,
    },
    /// A service was given.
    Served {
        /// Which.
        what: ServiceKind,
    },
    /// She was asked how she is, or could not be reached.
    FollowedUp {
        /// Which of the follow-ups.
        which: FollowUp,
        /// Whether she answered.
        reached: bool,
        /// The next step, where none would be left.
        #[serde(default)]
        next: Option<NewTask>,
    },
    /// She said how she is and whether it helped.
    SheSaid {
        /// How she is.
        #[serde(default)]
        wellbeing: Option<Wellbeing>,
        /// Whether it helped.
        #[serde(default)]
        helped: Option<Helped>,
    },
    /// A second pair of eyes is asked for, to close a case of high risk.
    CloseAsked {
        /// Why it is closed.
        reason: Closing,
        /// What came of it.
        outcome: Outcome,
    },
    /// The second pair of eyes doesn't agree.
    CloseRefused,
    /// It is closed.
    Closed {
        /// Why.
        reason: Closing,
        /// What came of it.
        outcome: Outcome,
    },
    /// It is taken up again.
    Reopened {
        /// Who answers for it.
        owner: MemberId,
        /// The next step.
        next: NewTask,
    },
    /// It is the same as another case, which goes on. No key moves.
    Merged {
        /// The case that goes on.
        into: CaseId,
    },
    /// A call, a walk-in or a paper form was entered here on her behalf.
    Entered {
        /// How she told it.
        way: ConsentWay,
    },
    /// She is asked whether an organisation may be told.
    ConsentAsked {
        /// Names this consent.
        consent: ItemId,
        /// Who would be told.
        to: String,
        /// Until when it would hold.
        until: i64,
    },
    /// She agrees, signed with her receipt.
    ConsentGiven {
        /// Which.
        consent: ItemId,
        /// The leaf of the entry that asked her, as 64 hexadecimal digits: it stands for all that she read there.
        #[serde(default)]
        asked: Option<String>,
        /// Her signature over [`crate::consent::signed`], in base64url.
        #[serde(default)]
        signature: Option<String>,
        /// Whether a worker knew her receipt at that time; then it counts as recorded by the worker.
        #[serde(default)]
        known: bool,
    },
    /// She doesn't agree.
    ConsentRefused {
        /// Which.
        consent: ItemId,
    },
    /// A worker records that she agreed, or by which law somebody must be told.
    ConsentRecorded {
        /// Names this consent.
        consent: ItemId,
        /// Who may be told.
        to: String,
        /// Until when.
        until: i64,
        /// How she agreed; none where a law demands it.
        #[serde(default)]
        way: Option<ConsentWay>,
        /// Whether a child agrees.
        #[serde(default)]
        assent: bool,
        /// Of a child: whether the representative agrees, or why nobody asked.
        #[serde(default)]
        representative: Option<Representative>,
        /// The law that demands it.
        #[serde(default)]
        duty: Option<LegalDuty>,
    },
    /// It is taken back.
    ConsentWithdrawn {
        /// Which.
        consent: ItemId,
    },
    /// Its day has come.
    ConsentExpired {
        /// Which.
        consent: ItemId,
    },
    /// Chosen entries were sealed anew for another organisation.
    ReferralOffered {
        /// Names it, on both sides.
        referral: ItemId,
        /// To whom; `outside`: a sealed package to an organisation that isn't here.
        to: String,
        /// The consent that allows it.
        consent: ItemId,
        /// Until when.
        until: i64,
        /// The new case there.
        #[serde(default)]
        case: Option<CaseId>,
        /// Whether the other one takes over.
        #[serde(default)]
        transfer: bool,
        /// Whether chosen members of both alone open it: a case conference.
        #[serde(default)]
        conference: bool,
    },
    /// The same on the other side.
    ReferralReceived {
        /// Names it, on both sides.
        referral: ItemId,
        /// From whom.
        from: String,
        /// Until when.
        until: i64,
        /// Whether this one takes over.
        #[serde(default)]
        transfer: bool,
        /// Whether chosen members of both alone open it: a case conference.
        #[serde(default)]
        conference: bool,
        /// The law that demands it.
        #[serde(default)]
        duty: Option<LegalDuty>,
    },
    /// A referral goes on.
    ReferralMoved {
        /// Which.
        referral: ItemId,
        /// Where it stands now.
        state: ReferralState,
        /// Why it was declined.
        #[serde(default)]
        reason: Option<DeclineReason>,
    },
    /// A request to remove content is written, or goes on.
    TakedownSet {
        /// Names it.
        takedown: ItemId,
        /// The platform, by its code in the data.
        platform: String,
        /// Where it stands.
        state: TakedownState,
        /// When somebody must look again.
        #[serde(default)]
        due: Option<i64>,
    },
}

impl Change {
    /// What it was, as the log, the policy and the API name it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Read { .. } => "read",
            Self::Accepted { .. } => "accepted",
            Self::Declined { .. } => "declined",
            Self::Assigned { .. } => "assigned",
            Self::Teamed { .. } => "teamed",
            Self::Left { .. } => "left",
            Self::Erased { .. } => "erased",
            Self::Answered => "answered",
            Self::PersonWrote => "person_wrote",
            Self::Waiting { .. } => "waiting",
            Self::Resumed => "resumed",
            Self::Assessed { .. } => "assessed",
            Self::Notified { .. } => "notified",
            Self::TaskSet { .. } => "task_set",
            Self::TaskDone { .. } => "task_done",
            Self::Noted { .. } => "noted",
            Self::Served { .. } => "served",
            Self::FollowedUp { .. } => "followed_up",
            Self::SheSaid { .. } => "she_said",
            Self::CloseAsked { .. } => "close_asked",
            Self::CloseRefused => "close_refused",
            Self::Closed { .. } => "closed",
            Self::Reopened { .. } => "reopened",
            Self::Merged { .. } => "merged",
            Self::Entered { .. } => "entered",
            Self::ConsentAsked { .. } => "consent_asked",
            Self::ConsentGiven { .. } => "consent_given",
            Self::ConsentRefused { .. } => "consent_refused",
            Self::ConsentRecorded { .. } => "consent_recorded",
            Self::ConsentWithdrawn { .. } => "consent_withdrawn",
            Self::ConsentExpired { .. } => "consent_expired",
            Self::ReferralOffered { .. } => "referral_offered",
            Self::ReferralReceived { .. } => "referral_received",
            Self::ReferralMoved { .. } => "referral_moved",
            Self::TakedownSet { .. } => "takedown_set",
        }
    }

    /// Whether it fits whatever a colleague did meanwhile: it adds, and changes nothing that stands.
    pub const fn only_adds(&self) -> bool {
        matches!(
            self,
            Self::Read { .. }
                | Self::Answered
                | Self::PersonWrote
                | Self::Noted { .. }
                | Self::Served { .. }
                | Self::Assessed { .. }
                | Self::Notified { .. }
                | Self::SheSaid { .. }
        )
    }

    /// Whether she sees it among what was done: what is between colleagues alone she doesn't.
    pub const fn is_shown_to_her(&self) -> bool {
        !matches!(
            self,
            Self::Noted { .. }
                | Self::Teamed { .. }
                | Self::TaskSet { .. }
                | Self::TaskDone { .. }
                | Self::Assessed { .. }
                | Self::CloseAsked { .. }
                | Self::CloseRefused
                | Self::Left { .. }
                | Self::Merged { .. }
        )
    }
}
