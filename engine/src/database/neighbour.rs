//! The words next to an anchor, as far as they are looked at.

use sluicegate_kernels::gram::code;

/// The first three bytes of a word in the direction of reading, as codes. A word is a run of ASCII
/// letters and digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Neighbour {
    codes: [u8; Self::LEN],
    len: u8,
}

/// Whether the byte is part of a word.
#[inline]
pub(crate) fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

/// Bytes between two words that are passed over; where there are more, nothing is told.
const MAX_BETWEEN: usize = 12;

impl Neighbour {
    const LEN: usize = 3;
    /// Bytes from a place on that tell the word behind it.
    pub(crate) const REACH: usize = MAX_OWN + MAX_BETWEEN + Self::LEN + 1;
    /// Stands for the end of a word; the code of no letter and no digit.
    const END: u8 = 31;

    /// The word with another byte.
    pub(crate) fn with(mut self, byte: u8) -> Self {
        self.codes[usize::from(self.len)] = code(byte);
        self.len += 1;
        self
    }

    /// The word, when it is no longer.
    pub(crate) fn ended(mut self) -> Self {
        self.codes[usize::from(self.len)..].fill(Self::END);
        self.len = Self::LEN as u8;
        self
    }

    pub(crate) fn is_complete(self) -> bool {
        usize::from(self.len) == Self::LEN
    }

    /// The number of its bit, below 64.
    pub(crate) fn bit(self) -> u32 {
        let key = self
            .codes
            .iter()
            .fold(0, |key, &code| key << 5 | u32::from(code));
        key.wrapping_mul(0x9E37_79B1) >> 26
    }

    /// The word that is read from these bytes after what stands between. `None` when too much does.
    #[inline]
    fn read<'a>(mut bytes: impl Iterator<Item = &'a u8>) -> Option<Self> {
        let mut word = Self::default();
        let mut between = 0;
        loop {
            match bytes.next() {
                Some(&byte) if is_word_byte(byte) => {
                    word = word.with(byte);
                    break;
                }
                Some(_) if between < MAX_BETWEEN => between += 1,
                Some(_) => return None,
                None => return Some(word.ended()),
            }
        }
        while !word.is_complete() {
            word = match bytes.next() {
                Some(&byte) if is_word_byte(byte) => word.with(byte),
                _ => word.ended(),
            };
        }
        Some(word)
    }

    /// The word before a place, read backwards.
    #[inline]
    pub(crate) fn before(input: &[u8], at: usize) -> Option<Self> {
        Self::read(input[..at].iter().rev())
    }

    /// The word behind the one that goes on at a place.
    #[inline]
    pub(crate) fn behind(input: &[u8], at: usize) -> Option<Self> {
        let rest = &input[at..];
        let own = rest
            .iter()
            .take(MAX_OWN)
            .position(|byte| !is_word_byte(*byte))?;
        Self::read(rest[own..].iter())
    }
}

/// Longest rest of the anchor's own word that is passed over; past that, nothing is told.
const MAX_OWN: usize = 32;

/// The words beside the place that was asked about last, as the bits that checks hold: the checks of
/// one place follow one another.
pub(crate) struct Around<'a> {
    pub(crate) input: &'a [u8],
    /// Whether more input may follow.
    pub(crate) more: bool,
    at: usize,
    before: Option<u64>,
    behind: Option<u64>,
}

impl<'a> Around<'a> {
    pub(crate) fn new(input: &'a [u8], more: bool) -> Self {
        Self {
            input,
            more,
            at: 0,
            before: None,
            behind: None,
        }
    }

    fn go_to(&mut self, at: usize) {
        if self.at != at {
            *self = Self::new(self.input, self.more);
            self.at = at;
        }
    }

    /// The bit of the word before a place; every bit when it can't be told.
    pub(super) fn before(&mut self, at: usize) -> u64 {
        self.go_to(at);
        let read = || held(Neighbour::before(self.input, at));
        *self.before.get_or_insert_with(read)
    }

    /// The bit of the word behind the one at a place; every bit when it can't be told.
    pub(super) fn behind(&mut self, at: usize) -> u64 {
        self.go_to(at);
        let is_open = self.more && self.input.len() - at < Neighbour::REACH;
        let read = || {
            if is_open {
                u64::MAX
            } else {
                held(Neighbour::behind(self.input, at))
            }
        };
        *self.behind.get_or_insert_with(read)
    }
}

fn held(word: Option<Neighbour>) -> u64 {
    word.map_or(u64::MAX, |word| 1 << word.bit())
}
