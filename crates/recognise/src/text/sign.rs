//! Emoji and smileys by what they say, as bits.

pub const LAUGH: u16 = 1;
pub const HEART: u16 = 2;
pub const CRY: u16 = 4;
pub const ANGER: u16 = 8;
pub const WEAPON: u16 = 16;
pub const GIFT: u16 = 32;
pub const ALARM: u16 = 64;
pub const SHOUT: u16 = 128;
pub const ALL: [u16; 8] = [LAUGH, HEART, CRY, ANGER, WEAPON, GIFT, ALARM, SHOUT];

/// What a character says after the one before; 0 where it says nothing.
pub(super) const fn of(c: char, before: char) -> u16 {
    match c {
        ')' if matches!(before, ')' | '=' | ':') => LAUGH,
        '😂' | '🤣' | '😆' | '😹' | '😅' | '😝' | '😜' | '😁' => LAUGH,
        '❤' | '😍' | '🥰' | '😘' | '💕' | '💖' | '💗' | '🌹' | '💋' => HEART,
        '😭' | '😢' | '😔' | '😞' | '🥺' | '😥' | '😿' | '😰' => CRY,
        '😡' | '🤬' | '😠' | '🖕' | '👿' | '😤' | '🤮' => ANGER,
        '🔪' | '🔫' | '💀' | '🪓' | '🩸' | '☠' | '⚰' => WEAPON,
        '🎁' | '💰' | '💵' | '🎉' | '💸' | '🤑' | '🏆' | '🧧' => GIFT,
        '⚠' | '🚨' | '‼' | '❗' | '📢' | '🛑' => ALARM,
        '!' if before == '!' => SHOUT,
        _ => 0,
    }
}
