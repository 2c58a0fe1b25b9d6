//! Taking a case back: hidden from the receipt at once, its keys destroyed after seven days.
//!
//! The days between exist because a receipt can be forced out of somebody: whoever did so sees nothing more, and can't
//! destroy what she reported; she, or her organisation, still can stop it.

/// Seconds between the wish and the destruction of the keys: seven days.
pub const GRACE_SECONDS: i64 = 7 * 24 * 3600;

/// Where the erasure of a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erasure {
    /// Nobody asked for it.
    None,
    /// Asked for: hidden from the receipt, to be carried out at this second since 1970.
    Due(i64),
}

impl Erasure {
    /// From the stored second.
    pub const fn from_due(due: Option<i64>) -> Self {
        match due {
            Some(due) => Self::Due(due),
            None => Self::None,
        }
    }

    /// She asks for it now. Asking again doesn't move the day.
    #[must_use]
    pub const fn ask(self, now: i64) -> Self {
        match self {
            Self::None => Self::Due(now.saturating_add(GRACE_SECONDS)),
            Self::Due(due) => Self::Due(due),
        }
    }

    /// Whether the keys must be destroyed. A clock that jumped backwards only makes it later.
    pub const fn is_over(self, now: i64) -> bool {
        matches!(self, Self::Due(due) if now >= due)
    }

    /// Whether the receipt shows nothing of the case but this erasure.
    pub const fn hides(self) -> bool {
        matches!(self, Self::Due(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_destroys_a_case_in_a_minute() {
        let asked = Erasure::None.ask(1_000);
        assert!(asked.hides() && !asked.is_over(1_060));
        assert!(!asked.is_over(1_000 + GRACE_SECONDS - 1) && asked.is_over(1_000 + GRACE_SECONDS));
        assert_eq!(asked.ask(500_000), asked);
        assert!(!Erasure::None.hides() && !Erasure::None.is_over(i64::MAX));
    }
}
