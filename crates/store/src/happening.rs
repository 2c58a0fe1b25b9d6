//! What a change means to an organisation: for whoever tells its programs. Never of which case.

/// Something for an organisation to hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Whom it concerns.
    pub organisation: String,
    /// What it was; none for what has no name of its own.
    pub what: Option<Happening>,
}

/// What has a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Happening {
    /// A report came, or she let the organisation in.
    ReportReceived,
    /// She wrote.
    PersonWrote,
    /// Another organisation asks for help.
    ReferralReceived,
    /// A referral was taken on.
    ReferralAccepted,
    /// It was declined, or given back.
    ReferralDeclined,
    /// It was taken back, by her, by who referred, or by the clock.
    ReferralRevoked,
}

impl Happening {
    /// The word of the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReportReceived => "report_received",
            Self::PersonWrote => "person_wrote",
            Self::ReferralReceived => "referral_received",
            Self::ReferralAccepted => "referral_accepted",
            Self::ReferralDeclined => "referral_declined",
            Self::ReferralRevoked => "referral_revoked",
        }
    }

    /// Of these organisations.
    pub(crate) fn to(self, organisations: impl IntoIterator<Item = String>) -> Vec<News> {
        organisations.into_iter().map(|organisation| News { organisation, what: Some(self) }).collect()
    }
}

impl From<String> for News {
    fn from(organisation: String) -> Self {
        Self { organisation, what: None }
    }
}

impl From<&str> for News {
    fn from(organisation: &str) -> Self {
        organisation.to_owned().into()
    }
}
