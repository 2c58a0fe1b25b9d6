//! Reading DER: tag, length, content. Just what a time-stamp needs; nothing here can panic or run away.

/// What is left to read.
#[derive(Clone, Copy)]
pub struct Reader<'a>(pub &'a [u8]);

/// One value: its tag, what is inside, and all of it with its head.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    pub tag: u8,
    pub inside: &'a [u8],
    pub whole: &'a [u8],
}

pub const INTEGER: u8 = 0x02;
pub const OCTETS: u8 = 0x04;
pub const OID: u8 = 0x06;
pub const TIME: u8 = 0x18;
pub const SEQUENCE: u8 = 0x30;
pub const SET: u8 = 0x31;
/// `[n]`, with something inside.
pub const fn context(number: u8) -> u8 {
    0xa0 | number
}

impl<'a> Reader<'a> {
    /// The next value, if there is a whole one of definite length.
    pub fn next(&mut self) -> Option<Value<'a>> {
        let all = self.0;
        let (&tag, rest) = all.split_first()?;
        // Tags of more than one byte don't occur here.
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (&first, rest) = rest.split_first()?;
        let (length, rest) = match first {
            0..=0x7f => (usize::from(first), rest),
            0x81..=0x84 => {
                let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
                (digits.iter().fold(0, |length, digit| (length << 8) | usize::from(*digit)), rest)
            }
            _ => return None,
        };
        let (inside, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(Value { tag, inside, whole: &all[..all.len() - rest.len()] })
    }

    /// The next one, which must have this tag.
    pub fn take(&mut self, tag: u8) -> Option<Value<'a>> {
        self.next().filter(|value| value.tag == tag)
    }

    /// The next one if it has this tag; else nothing is taken.
    pub fn take_if(&mut self, tag: u8) -> Option<Value<'a>> {
        let mut ahead = *self;
        let value = ahead.take(tag)?;
        *self = ahead;
        Some(value)
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> Value<'a> {
    pub const fn read(&self) -> Reader<'a> {
        Reader(self.inside)
    }
}

/// A value with this content; ours are short.
pub fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).ok().filter(|length| *length < 0x80).expect("what is asked is short");
    [&[tag, length], content].concat()
}
