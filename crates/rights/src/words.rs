// The words of the policy, as types. The build reads this file too and holds it against schema.cedarschema.

use vocabulary::Role;

macro_rules! words {
    ($(#[doc = $all:literal])+ $name:ident { $(#[doc = $about:literal] $variant:ident = $code:literal,)+ }) => {
        $(#[doc = $all])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $(#[doc = $about] $variant,)+
        }

        impl $name {
            /// All of them, in the order of `docs/rights.md`.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word of the policy.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// What it means, in a sentence.
            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$variant => $about,)+
                }
                .trim_start()
            }
        }
    };
}

words! {
    /// What somebody may want to do at the desk.
    Action {
        /// See the list of cases.
        ListQueue = "list_queue",
        /// Enter a call, a visit or a paper form on her behalf.
        EnterReport = "enter_report",
        /// Open a case: its entries.
        OpenCase = "open_case",
        /// Open one of its files.
        OpenFile = "open_file",
        /// Write to her.
        Answer = "answer",
        /// Take the case on.
        Accept = "accept",
        /// Say that one can't take it on.
        Decline = "decline",
        /// Write a note for colleagues.
        Note = "note",
        /// Set a task with a day.
        Task = "task",
        /// Assess the risk.
        Assess = "assess",
        /// Note that the authority was told, as the law demands.
        NotifyAuthority = "notify_authority",
        /// Mark a sexual picture of a child: files are locked for everybody.
        LockFiles = "lock_files",
        /// Make a package of evidence.
        ExportCase = "export_case",
        /// Hand one's own case over to a colleague.
        HandOver = "hand_over",
        /// Make the safety plan with her.
        Plan = "plan",
        /// Plan and note follow-ups.
        FollowUp = "follow_up",
        /// Close a case with outcome and reason.
        Close = "close",
        /// Open a closed case again.
        Reopen = "reopen",
        /// Join two reports of the same matter.
        Merge = "merge",
        /// Record what she, or who speaks for her, agreed to.
        ConsentRecord = "consent_record",
        /// Hand chosen entries on to another organisation.
        Refer = "refer",
        /// Take a referral back.
        RevokeReferral = "revoke_referral",
        /// Give the case away altogether.
        Transfer = "transfer",
        /// Open chosen entries to chosen members of two organisations until a day.
        Conference = "conference",
        /// Ask a platform to take something down.
        Takedown = "takedown",
        /// Give a case to a colleague.
        Assign = "assign",
        /// Close a case of high risk: the second pair of eyes.
        CloseHighRisk = "close_high_risk",
        /// Mark that the law makes us keep it, and take the mark back.
        Hold = "hold",
        /// Do one thing to many cases.
        Bulk = "bulk",
        /// Review colleagues' work.
        ReviewQuality = "review_quality",
        /// Export all cases of the organisation.
        ExportCases = "export_cases",
        /// Import cases.
        ImportCases = "import_cases",
        /// See counts, small ones hidden.
        ReadIndicators = "read_indicators",
        /// Take the counts away.
        ExportIndicators = "export_indicators",
        /// Invite, let in, change roles, end access.
        ManageStaff = "manage_staff",
        /// Change teams, hours, templates, questions, clocks, retention.
        ManageOrganisation = "manage_organisation",
        /// Make and end tokens of the API.
        ManageTokens = "manage_tokens",
        /// Read who did what.
        ReadAudit = "read_audit",
        /// Take the log away.
        ExportAudit = "export_audit",
        /// Look after one's own passphrase, passkeys and sessions.
        ManageKeys = "manage_keys",
    }
}

words! {
    /// How the acting organisation stands to a case, or to an organisation.
    Relation {
        /// She let it in, or the case was entered there; or it is the organisation itself.
        Own = "own",
        /// Another organisation handed the case on, or invites to a conference, until a day.
        Granted = "granted",
        /// She shut it out, or its time ran out, but the law makes it keep what it had.
        Held = "held",
        /// She shut it out, or its time ran out.
        Withdrawn = "withdrawn",
        /// It never had anything to do with it.
        None = "none",
    }
}

/// Who wants to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Somebody who works at an organisation.
    Member(Role),
    /// Whoever runs the server.
    Operator,
}

impl Who {
    /// How many there are.
    pub const COUNT: usize = Role::ALL.len() + 1;

    /// Everybody.
    pub fn all() -> impl Iterator<Item = Self> {
        Role::ALL.iter().copied().map(Self::Member).chain([Self::Operator])
    }

    /// The word of the policy.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Member(role) => role.code(),
            Self::Operator => "operator",
        }
    }
}
