//! Who did something, as the log writes it: `member:ID:ROLE`, `person`, `organisation:ID`, `program:HASH`, `clock`.

use super::Actor;
use std::{fmt, str::FromStr};

/// Not one of the five forms.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nobody is written like this")]
pub struct NoActor;

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(id, role) => write!(f, "member:{id}:{role}"),
            Self::Person => f.write_str("person"),
            Self::Organisation(id) => write!(f, "organisation:{id}"),
            Self::Program(hash) => write!(f, "program:{hash}"),
            Self::Clock => f.write_str("clock"),
        }
    }
}

impl FromStr for Actor {
    type Err = NoActor;

    fn from_str(text: &str) -> Result<Self, NoActor> {
        match text.split_once(':') {
            None if text == "person" => Ok(Self::Person),
            None if text == "clock" => Ok(Self::Clock),
            Some(("program", hash)) => Ok(Self::Program(hash.to_owned())),
            Some(("organisation", id)) => Ok(Self::Organisation(id.to_owned())),
            Some(("member", rest)) => {
                let (id, role) = rest.split_once(':').ok_or(NoActor)?;
                Ok(Self::Member(id.parse().map_err(|_| NoActor)?, role.parse().map_err(|_| NoActor)?))
            }
            _ => Err(NoActor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MemberId;
    use vocabulary::Role;

    #[test]
    fn whoever_it_was_comes_back() {
        let all = [
            Actor::Member(MemberId([7; 16]), Role::Supervisor),
            Actor::Person,
            Actor::Organisation("111".into()),
            Actor::Program("0123456789abcdef".into()),
            Actor::Clock,
        ];
        for actor in all {
            assert_eq!(actor.to_string().parse(), Ok(actor));
        }
        for wrong in ["", "member", "member:x:intake", "member:07:none", "people"] {
            assert_eq!(wrong.parse::<Actor>(), Err(NoActor), "{wrong}");
        }
    }
}
