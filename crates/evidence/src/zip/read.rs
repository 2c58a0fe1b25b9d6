//! Reads a zip that comes piece by piece, and says the first thing that is not as it was made.

use super::{Entry, LOCAL, end};

/// Headers and names are held in memory: no more of them than a package has.
const ENTRIES_MOST: usize = 1100;
const NAME_MOST: usize = 200;
const FIXED: usize = 30;

/// What is wrong with the zip itself. What comes behind it can't be judged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It begins like no zip.
    #[error("this is not a zip file")]
    NoZip,
    /// The end is missing.
    #[error("the end is missing")]
    CutOff,
    /// A file is compressed or encrypted: we make none such, and unpack none such.
    #[error("{0} is compressed or encrypted, which an evidence package never is")]
    Packed(String),
    /// The header of a file is not as it was made.
    #[error("the header of {0} was altered")]
    Header(String),
    /// A name that no package has: it climbs, or isn't plain.
    #[error("a file has a name that no evidence package has")]
    Name,
    /// The same name twice.
    #[error("{0} is in it twice")]
    Twice(String),
    /// More files than a package has.
    #[error("there are more files than an evidence package has")]
    TooMany,
    /// The directory at the end says something else than the files themselves.
    #[error("the directory at the end doesn't say what the files say")]
    Directory,
    /// There is something behind the end.
    #[error("there is something behind the end")]
    Behind,
}

/// Takes files as they come by.
pub trait Sink {
    fn begin(&mut self, name: &str, size: u64);
    fn content(&mut self, bytes: &[u8]);
    /// `right`: whether the checksum of the header fits.
    fn end(&mut self, right: bool);
}

pub struct Reader {
    state: State,
    waiting: Vec<u8>,
    entries: Vec<Entry>,
    offset: u64,
}

enum State {
    /// A header of so many bytes.
    Header(usize),
    Content {
        left: u64,
        crc: crc32fast::Hasher,
        said: u32,
    },
    /// What must come now, and how much of it came.
    End {
        expected: Vec<u8>,
        at: usize,
    },
}

impl Reader {
    pub const fn new() -> Self {
        Self { state: State::Header(4), waiting: Vec::new(), entries: Vec::new(), offset: 0 }
    }

    pub fn push(&mut self, mut bytes: &[u8], sink: &mut impl Sink) -> Result<(), Fault> {
        while !bytes.is_empty() {
            match &mut self.state {
                State::Header(wanted) => {
                    let (now, later) = bytes.split_at(bytes.len().min(*wanted - self.waiting.len()));
                    self.waiting.extend_from_slice(now);
                    bytes = later;
                    if self.waiting.len() == *wanted {
                        self.header(sink)?;
                    }
                }
                State::Content { left, crc, said } => {
                    let (now, later) = bytes.split_at(usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len()));
                    crc.update(now);
                    sink.content(now);
                    *left -= now.len() as u64;
                    bytes = later;
                    if *left == 0 {
                        sink.end(crc.clone().finalize() == *said);
                        self.state = State::Header(4);
                    }
                }
                State::End { expected, at } => {
                    let (now, later) = bytes.split_at(bytes.len().min(expected.len() - *at));
                    if now.is_empty() {
                        return Err(Fault::Behind);
                    }
                    if now != &expected[*at..*at + now.len()] {
                        return Err(Fault::Directory);
                    }
                    *at += now.len();
                    bytes = later;
                }
            }
        }
        Ok(())
    }

    /// Whether the end was reached.
    pub fn finish(&self) -> Result<(), Fault> {
        match &self.state {
            State::End { expected, at } if *at == expected.len() => Ok(()),
            State::Header(4) if self.entries.is_empty() => Err(Fault::NoZip),
            _ => Err(Fault::CutOff),
        }
    }

    /// So much of a header is there as was waited for: its mark, its fixed part, or all of it.
    fn header(&mut self, sink: &mut impl Sink) -> Result<(), Fault> {
        let two = |at: usize| usize::from(u16::from_le_bytes([self.waiting[at], self.waiting[at + 1]]));
        if self.waiting.len() == 4 {
            if self.waiting == LOCAL.to_le_bytes() {
                self.state = State::Header(FIXED);
                return Ok(());
            }
            if self.entries.is_empty() {
                return Err(Fault::NoZip);
            }
            let mark = std::mem::take(&mut self.waiting);
            self.state = State::End { expected: end(&self.entries, self.offset), at: 0 };
            return self.push(&mark, sink);
        }
        let (name, extra) = (two(26), two(28));
        if name == 0 || name > NAME_MOST {
            return Err(Fault::Name);
        }
        // 20: a size too wide for the header; we write nothing else there.
        if extra > 20 {
            return Err(Fault::Header(format!("number {}", self.entries.len() + 1)));
        }
        if self.waiting.len() < FIXED + name + extra {
            self.state = State::Header(FIXED + name + extra);
            return Ok(());
        }
        self.begin(name, sink)
    }

    fn begin(&mut self, name: usize, sink: &mut impl Sink) -> Result<(), Fault> {
        let bytes = std::mem::take(&mut self.waiting);
        let four =
            |at: usize| bytes[at..at + 4].iter().rev().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        let (name, extra) = bytes[FIXED..].split_at(name);
        let name = plain(name).ok_or(Fault::Name)?;
        if bytes[8..10] != [0, 0] || bytes[6] & 1 == 1 {
            return Err(Fault::Packed(name));
        }
        let size = match (four(22), extra.get(4..12)) {
            (0xffff_ffff, Some(wide)) => wide.iter().rev().fold(0, |number, byte| (number << 8) | u64::from(*byte)),
            (size, _) => size,
        };
        let entry = Entry { name, size, crc: four(14) as u32, offset: self.offset };
        if entry.local() != bytes {
            return Err(Fault::Header(entry.name));
        }
        if self.entries.iter().any(|other| other.name == entry.name) {
            return Err(Fault::Twice(entry.name));
        }
        if self.entries.len() == ENTRIES_MOST {
            return Err(Fault::TooMany);
        }
        self.offset =
            self.offset.checked_add(bytes.len() as u64).and_then(|at| at.checked_add(size)).ok_or(Fault::CutOff)?;
        sink.begin(&entry.name, size);
        self.state = if size == 0 {
            sink.end(entry.crc == 0);
            State::Header(4)
        } else {
            State::Content { left: size, crc: crc32fast::Hasher::new(), said: entry.crc }
        };
        self.entries.push(entry);
        Ok(())
    }
}

/// Letters, digits, dots, dashes and slashes, and no part that climbs.
fn plain(name: &[u8]) -> Option<String> {
    let harmless = name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"/.-".contains(byte));
    let name = std::str::from_utf8(name).ok().filter(|_| harmless)?;
    let parts = || name.split('/');
    (parts().count() >= 2 && parts().all(|part| !part.is_empty() && !part.starts_with('.'))).then(|| name.to_owned())
}
