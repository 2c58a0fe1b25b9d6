//! The codes of lessons. Released ones are never renamed.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{borrow::Cow, fmt, str::FromStr};
use vocabulary::{Lang, UnknownCode};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $code:literal $vi:literal $en:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $code, "`: ", $vi, "; ", $en, ".")] $variant,)*
        }

        impl $name {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            const CODES: &'static [&'static str] = &[$($code),*];

            /// The stable code, as it stands in the files.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The name as a person reads it.
            pub const fn name(self, lang: Lang) -> &'static str {
                match self { $(Self::$variant => lang.pick($vi, $en),)* }
            }
        }

        impl FromStr for $name {
            type Err = UnknownCode;

            fn from_str(code: &str) -> Result<Self, UnknownCode> {
                let found = Self::ALL.iter().copied().find(|one| one.code() == code);
                found.ok_or_else(|| UnknownCode { list: stringify!($name), code: code.into() })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.code())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = Cow::<'de, str>::deserialize(deserializer)?;
                code.parse().map_err(|_| D::Error::unknown_variant(&code, Self::CODES))
            }
        }
    };
}

codes! {
    /// Whom a lesson or chat is for. These bands are those of school; the bands of the law are the vocabulary's.
    Ages {
        From6 "6-8" "6 đến 8 tuổi" "ages 6 to 8",
        From9 "9-11" "9 đến 11 tuổi" "ages 9 to 11",
        From12 "12-14" "12 đến 14 tuổi" "ages 12 to 14",
        From15 "15-17" "15 đến 17 tuổi" "ages 15 to 17",
        Adult "adult" "người lớn" "adults",
    }
}

codes! {
    /// What a choice does.
    Move {
        Refuse "refuse" "từ chối" "refuse",
        Ask "ask" "hỏi lại" "ask",
        Check "check" "kiểm tra" "check",
        Block "block" "chặn" "block",
        Keep "keep" "giữ bằng chứng" "keep evidence",
        Tell "tell" "kể với người tin cậy" "tell someone trusted",
        Report "report" "báo cáo" "report",
        StandBy "stand_by" "đứng về phía bạn mình" "stand by a friend",
        Leave "leave" "rời đi" "leave",
        Silent "silent" "im lặng" "stay silent",
        Agree "agree" "đồng ý" "agree",
        Give "give" "đưa" "give",
        Joke "joke" "nói đùa" "joke",
        PushBack "push_back" "phản bác" "push back",
    }
}

codes! {
    /// What somebody gives away in her own words, as far as a program can see it ([`crate::gives`]).
    Gives {
        Phone "phone" "số điện thoại" "a phone number",
        Address "address" "địa chỉ" "an address",
        School "school" "trường, lớp" "a school or class",
        Otp "otp" "mã OTP" "a one-time code",
        Password "password" "mật khẩu" "a password",
        Picture "picture" "ảnh, clip" "a picture or clip",
        Money "money" "tiền" "money",
        Name "name" "tên thật" "a name",
        IdDocument "id_document" "giấy tờ tuỳ thân" "an identity document",
    }
}

codes! {
    /// How a chat ends. None is her fault, and from a worse one the way out is shown.
    Ending {
        Better "better" "ổn hơn" "better",
        Mixed "mixed" "được phần này, mất phần kia" "mixed",
        Worse "worse" "lúc này chưa ổn" "worse for now",
    }
}

codes! {
    /// The picture of a lesson.
    Picture {
        Lantern "lantern" "đèn lồng" "lantern",
        Boat "boat" "thuyền" "boat",
        Phone "phone" "điện thoại" "phone",
        Chat "chat" "trò chuyện" "chat",
        Shield "shield" "khiên" "shield",
        Key "key" "chìa khoá" "key",
        Class "class" "lớp học" "class",
        Home "home" "nhà" "home",
        Bank "bank" "ngân hàng" "bank",
        Game "game" "trò chơi" "game",
        Camera "camera" "máy ảnh" "camera",
        Heart "heart" "trái tim" "heart",
        Map "map" "bản đồ" "map",
        Friends "friends" "bạn bè" "friends",
        Book "book" "sách" "book",
        Robot "robot" "rô-bốt" "robot",
        Parcel "parcel" "gói hàng" "parcel",
        Market "market" "chợ" "market",
    }
}

codes! {
    /// Which set an item belongs to.
    Form {
        A "a" "bộ A" "form A",
        B "b" "bộ B" "form B",
        Practice "practice" "luyện tập" "practice",
    }
}

codes! {
    /// Whom a module is for.
    Reader {
        Teacher "teacher" "thầy cô" "teachers",
        Parent "parent" "cha mẹ" "parents",
        Responder "responder" "người hỗ trợ" "responders",
    }
}

/// One of the 24 competences of Circular 02/2025/TT-BGDĐT: a domain (1 to 6) and its number within.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Competence {
    domain: u8,
    number: u8,
}

impl Competence {
    /// How many competences each domain has.
    const COUNTS: [u8; 6] = [3, 6, 4, 4, 4, 3];

    /// The competence, if the circular has it.
    pub fn new(domain: u8, number: u8) -> Option<Self> {
        let count = *Self::COUNTS.get(usize::from(domain).checked_sub(1)?)?;
        (1..=count).contains(&number).then_some(Self { domain, number })
    }

    /// All 24, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=6).flat_map(|domain| (1..=6).filter_map(move |number| Self::new(domain, number)))
    }

    /// 1 information and data, 2 communication and cooperation, 3 content creation, 4 safety, 5 problem solving, 6 use of
    /// AI.
    pub const fn domain(self) -> u8 {
        self.domain
    }
}

impl fmt::Display for Competence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.domain, self.number)
    }
}

impl FromStr for Competence {
    type Err = UnknownCode;

    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        let read = || {
            let (domain, number) = code.split_once('.')?;
            Self::new(domain.parse().ok()?, number.parse().ok()?)
        };
        read().ok_or_else(|| UnknownCode { list: "Competence", code: code.into() })
    }
}

impl Serialize for Competence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Competence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_circular_has_24_competences_in_6_domains() {
        assert_eq!(Competence::all().count(), 24);
        assert_eq!("4.2".parse(), Ok(Competence { domain: 4, number: 2 }));
        for wrong in ["4.5", "0.1", "7.1", "42", "4.", "x.y", "1.4"] {
            assert!(wrong.parse::<Competence>().is_err(), "{wrong}");
        }
    }
}
