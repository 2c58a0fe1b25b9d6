//! One entry of a case, at once: a story, an answer, a message, a note.

use crate::{Identity, Leaf, OpenError, Recipient, stream};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// A sealed entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// What is stored: an age file around the padded frame.
    pub bytes: Vec<u8>,
    /// What stands for it in the log.
    pub leaf: Leaf,
}

/// An entry that was opened.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    /// What was sealed, byte for byte.
    pub content: Zeroizing<Vec<u8>>,
    /// With it and the content anybody computes the leaf: to be shown in an evidence package.
    pub nonce: [u8; 32],
    /// What must stand for it in the log; another leaf there means that entries were exchanged.
    pub leaf: Leaf,
}

/// Seals `content` to `to`. Sizes are padded; `rng` gives the nonce of the leaf.
pub fn seal(content: &[u8], to: &Recipient, rng: &mut impl CryptoRng) -> Sealed {
    let whole = "a slice is as long as it is";
    let mut sealer = stream::Sealer::new(to, content.len() as u64, rng).expect(whole);
    let mut bytes = sealer.push(content).expect(whole);
    let end = sealer.finish().expect(whole);
    bytes.extend(end.bytes);
    Sealed { bytes, leaf: end.leaf }
}

/// Opens an entry, or a file that was sealed as a stream, if it is whole and unaltered.
pub fn open(sealed: &[u8], by: &Identity) -> Result<Opened, OpenError> {
    let mut opener = stream::Opener::new(by);
    let mut content = opener.push(sealed)?;
    let mut end = opener.finish()?;
    content.append(&mut end.bytes);
    Ok(Opened { content, nonce: end.nonce, leaf: end.leaf })
}
