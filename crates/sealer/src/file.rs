//! Files, piece by piece: memory stays small, whatever the size.

use crate::{Problem, random};
use seal::{Identity, Recipient, stream};
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroize;

/// Seals one file.
#[wasm_bindgen]
pub struct FileSealer(Option<stream::Sealer>);

/// Opens one file.
#[wasm_bindgen]
pub struct FileOpener(Option<stream::Opener>);

/// The end of a file, sealed or opened.
#[wasm_bindgen(getter_with_clone)]
pub struct FileEnd {
    /// The last bytes.
    pub bytes: Vec<u8>,
    /// What stands for the file in the log, 32 bytes.
    pub leaf: Vec<u8>,
    /// SHA-256 of the content.
    pub content_hash: Vec<u8>,
    /// SHA-256 of all sealed bytes.
    pub sealed_hash: Vec<u8>,
}

impl Drop for FileEnd {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

fn over<T>() -> Result<T, Problem> {
    Err(Problem::of("cut_off", "this file was ended before"))
}

impl FileSealer {
    pub(crate) fn new(to: &Recipient, length: f64) -> Result<Self, Problem> {
        if !(0.0..=9e15).contains(&length) {
            return Err(Problem::of("length", "a file has no such length"));
        }
        Ok(Self(Some(stream::Sealer::new(to, length as u64, &mut random())?)))
    }
}

#[wasm_bindgen]
impl FileSealer {
    /// How many sealed bytes there will be in all; 0 once it was ended.
    pub fn sealed_size(&self) -> f64 {
        self.0.as_ref().map_or(0, stream::Sealer::sealed_size) as f64
    }

    /// Takes the next piece and gives the sealed bytes that are ready.
    pub fn push(&mut self, content: &[u8]) -> Result<Vec<u8>, Problem> {
        match &mut self.0 {
            Some(sealer) => Ok(sealer.push(content)?),
            None => over(),
        }
    }

    /// After the last piece: sealed padding, 1 MiB at most, or nothing once all is padded.
    pub fn pad(&mut self) -> Option<Vec<u8>> {
        self.0.as_mut().and_then(stream::Sealer::pad)
    }

    /// Seals the end.
    pub fn finish(&mut self) -> Result<FileEnd, Problem> {
        let Some(sealer) = self.0.take() else { return over() };
        let end = sealer.finish()?;
        Ok(FileEnd {
            bytes: end.bytes,
            leaf: end.leaf.to_vec(),
            content_hash: end.content_hash.to_vec(),
            sealed_hash: end.sealed_hash.to_vec(),
        })
    }
}

impl FileOpener {
    pub(crate) fn new(by: &Identity) -> Self {
        Self(Some(stream::Opener::new(by)))
    }
}

#[wasm_bindgen]
impl FileOpener {
    /// Takes sealed bytes and gives the content that is ready: unaltered, but whole only once the end is reached.
    pub fn push(&mut self, sealed: &[u8]) -> Result<Vec<u8>, Problem> {
        match &mut self.0 {
            Some(opener) => Ok(std::mem::take(&mut *opener.push(sealed)?)),
            None => over(),
        }
    }

    /// Gives the rest, if the file is whole.
    pub fn finish(&mut self) -> Result<FileEnd, Problem> {
        let Some(opener) = self.0.take() else { return over() };
        let mut end = opener.finish()?;
        Ok(FileEnd {
            bytes: std::mem::take(&mut *end.bytes),
            leaf: end.leaf.to_vec(),
            content_hash: end.content_hash.to_vec(),
            sealed_hash: end.sealed_hash.to_vec(),
        })
    }
}
