//! Lines from a stream, in batches of whatever one read brings: quick on a file, without delay on a slow pipe.

use std::io::{self, Read};

/// A longer line is not kept in memory: it is answered with an error on its place. A longer text has `--file`.
pub const MAX_LINE_BYTES: usize = 1024 * 1024;

/// How much is asked for at once. Answers are some ten times as long as what they answer, so this stays small.
const READ_BYTES: usize = 64 * 1024;

/// Whole lines, as they stood next to each other.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// The first line of the batch was over the limit and has been passed over.
    first_too_long: bool,
    bytes: Vec<u8>,
}

/// One line of a batch.
#[derive(Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// As it stands, without its end.
    Whole(&'a [u8]),
    /// Over [`MAX_LINE_BYTES`].
    TooLong,
}

impl Batch {
    /// The lines in order.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let first = self.first_too_long.then_some(Line::TooLong);
        let bytes = self.bytes.strip_suffix(b"\n").unwrap_or(&self.bytes);
        let rest = (!self.bytes.is_empty()).then(|| bytes.split(|b| *b == b'\n')).into_iter().flatten();
        first.into_iter().chain(rest.map(|line| match line.strip_suffix(b"\r").unwrap_or(line) {
            line if line.len() > MAX_LINE_BYTES => Line::TooLong,
            line => Line::Whole(line),
        }))
    }

    /// How many bytes were read for it, near enough for a progress bar.
    pub const fn len(&self) -> usize {
        self.bytes.len()
    }
}

/// Cuts a stream into batches.
pub struct Lines<R> {
    input: R,
    /// A line whose end has not come yet.
    begun: Vec<u8>,
    /// Inside a line that is too long.
    passing_over: bool,
    at_start: bool,
}

impl<R: Read> Lines<R> {
    pub const fn new(input: R) -> Self {
        Self { input, begun: Vec::new(), passing_over: false, at_start: true }
    }

    /// The next lines, or nothing at the end.
    pub fn next_batch(&mut self) -> io::Result<Option<Batch>> {
        loop {
            let mut bytes = std::mem::take(&mut self.begun);
            let known = bytes.len();
            if self.read_more(&mut bytes)? == 0 {
                return Ok(self.last(bytes));
            }
            let Some(end) = bytes[known..].iter().rposition(|b| *b == b'\n').map(|at| known + at + 1) else {
                self.keep(bytes);
                continue;
            };
            self.begun = bytes.split_off(end);
            let first_too_long = std::mem::take(&mut self.passing_over);
            if first_too_long {
                let rest = bytes.iter().position(|b| *b == b'\n').map_or(bytes.len(), |at| at + 1);
                bytes.drain(..rest);
            }
            return Ok(Some(Batch { first_too_long, bytes }));
        }
    }

    fn read_more(&mut self, bytes: &mut Vec<u8>) -> io::Result<usize> {
        let known = bytes.len();
        bytes.resize(known + READ_BYTES, 0);
        let read = loop {
            match self.input.read(&mut bytes[known..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                outcome => break outcome?,
            }
        };
        bytes.truncate(known + read);
        // Windows puts a mark before the first letter of a file.
        if std::mem::take(&mut self.at_start) && bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        Ok(read)
    }

    /// No end of line yet: keeps what fits, forgets what does not.
    fn keep(&mut self, bytes: Vec<u8>) {
        if self.passing_over || bytes.len() > MAX_LINE_BYTES {
            self.passing_over = true;
        } else {
            self.begun = bytes;
        }
    }

    fn last(&mut self, bytes: Vec<u8>) -> Option<Batch> {
        let first_too_long = std::mem::take(&mut self.passing_over);
        (first_too_long || !bytes.is_empty()).then_some(Batch { first_too_long, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads as many bytes at a time as it is told, as a pipe may.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let some = self.1.min(self.0.len()).min(into.len());
            into[..some].copy_from_slice(&self.0[..some]);
            self.0 = &self.0[some..];
            Ok(some)
        }
    }

    fn lines(text: &[u8], at_once: usize) -> Vec<String> {
        let mut lines = Lines::new(Slow(text, at_once));
        let mut all = Vec::new();
        while let Some(batch) = lines.next_batch().unwrap() {
            all.extend(batch.lines().map(|line| match line {
                Line::Whole(line) => String::from_utf8_lossy(line).into_owned(),
                Line::TooLong => "(too long)".into(),
            }));
        }
        all
    }

    #[test]
    fn lines_are_the_same_however_they_arrive() {
        for at_once in [1, 2, 3, 7, 1000] {
            assert_eq!(lines("một\r\n\nhai\nba".as_bytes(), at_once), ["một", "", "hai", "ba"]);
            assert_eq!(lines(b"one\n", at_once), ["one"]);
            assert_eq!(lines(b"\n", at_once), [""]);
            assert!(lines(b"", at_once).is_empty());
        }
        assert_eq!(lines(b"\xEF\xBB\xBFone\ntwo", 1000), ["one", "two"]);
    }

    #[test]
    fn a_line_over_the_limit_is_passed_over_on_its_place() {
        let long = "x".repeat(3 * MAX_LINE_BYTES);
        let text = format!("a\n{long}\nb\n{long}");
        for at_once in [1000, READ_BYTES] {
            assert_eq!(lines(text.as_bytes(), at_once), ["a", "(too long)", "b", "(too long)"]);
        }
        let just = format!("{}\nb", "x".repeat(MAX_LINE_BYTES + 1));
        assert_eq!(lines(just.as_bytes(), READ_BYTES), ["(too long)", "b"]);
        assert_eq!(lines("x".repeat(MAX_LINE_BYTES).as_bytes(), READ_BYTES)[0].len(), MAX_LINE_BYTES);
    }
}
