//! What she signs when she agrees that another organisation is told.

use crate::{CaseId, ItemId};
use std::fmt::Write;

/// The text that her receipt signs (purpose `consent`): which consent of which case, for whom, until when, and the leaf of
/// the entry that asked her. A leaf is a hash over a secret nonce and the content, so it stands for all that she read there
/// (the entries named, what must not be told, why) and tells nothing.
///
/// ```
/// use casework::{CaseId, ItemId, consent::signed};
/// let text = signed(CaseId([0; 16]), ItemId([1; 16]), "shelter", 1_795_000_000, &[2; 32]);
/// assert!(text.starts_with("haidang consent 1\ncase 00") && text.contains("\nto shelter\nuntil 1795000000\nasked 02"));
/// ```
pub fn signed(case: CaseId, consent: ItemId, to: &str, until: i64, asked: &[u8; 32]) -> String {
    format!("haidang consent 1\ncase {case}\nconsent {consent}\nto {to}\nuntil {until}\nasked {}\n", hex(asked))
}

/// As lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // A String takes whatever is written.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
