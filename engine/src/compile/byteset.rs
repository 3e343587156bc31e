//! A set of bytes.

use std::fmt;

/// A set of bytes as 256 bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct ByteSet(pub(crate) [u64; 4]);

impl ByteSet {
    pub(crate) const EMPTY: Self = Self([0; 4]);
    pub(crate) const ALL: Self = Self([u64::MAX; 4]);

    pub(crate) fn single(byte: u8) -> Self {
        let mut set = Self::EMPTY;
        set.insert(byte);
        set
    }

    /// The bytes of these inclusive ranges.
    pub(crate) const fn of_ranges(ranges: &[(u8, u8)]) -> Self {
        let mut set = Self::EMPTY;
        let mut i = 0;
        while i < ranges.len() {
            let (mut byte, last) = ranges[i];
            loop {
                set.0[(byte >> 6) as usize] |= 1 << (byte & 63);
                if byte >= last {
                    break;
                }
                byte += 1;
            }
            i += 1;
        }
        set
    }

    /// What `\w` matches without Unicode.
    pub(crate) const fn word() -> Self {
        Self::of_ranges(&[(b'0', b'9'), (b'A', b'Z'), (b'_', b'_'), (b'a', b'z')])
    }

    pub(crate) fn insert(&mut self, byte: u8) {
        self.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    pub(crate) fn contains(&self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }

    pub(crate) fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::EMPTY
    }

    pub(crate) fn union(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    pub(crate) fn intersection(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] & other.0[i]))
    }

    pub(crate) fn complement(&self) -> Self {
        Self(std::array::from_fn(|i| !self.0[i]))
    }

    pub(crate) fn is_disjoint(&self, other: &Self) -> bool {
        self.intersection(other).is_empty()
    }

    pub(crate) fn is_subset(&self, other: &Self) -> bool {
        self.intersection(other) == *self
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u8> + '_ {
        self.0.iter().enumerate().flat_map(|(number, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                let next = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some((number * 64) as u8 + next as u8)
            })
        })
    }

    /// The only member.
    pub(crate) fn as_single(&self) -> Option<u8> {
        if self.len() == 1 {
            self.iter().next()
        } else {
            None
        }
    }

    /// The letter, in lower case, whose two cases are the only members.
    pub(crate) fn as_letter_pair(&self) -> Option<u8> {
        if self.len() != 2 {
            return None;
        }
        let lower = self.iter().find(u8::is_ascii_lowercase)?;
        self.contains(lower.to_ascii_uppercase()).then_some(lower)
    }
}

impl FromIterator<u8> for ByteSet {
    fn from_iter<I: IntoIterator<Item = u8>>(bytes: I) -> Self {
        let mut set = Self::EMPTY;
        for byte in bytes {
            set.insert(byte);
        }
        set
    }
}

impl fmt::Display for ByteSet {
    /// As a character class, `.` for all bytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::ALL {
            return f.write_str(".");
        }
        if let Some(byte) = self.as_single() {
            return write!(f, "{}", byte.escape_ascii());
        }
        f.write_str("[")?;
        let negated = self.len() > 128;
        let shown = if negated { self.complement() } else { *self };
        if negated {
            f.write_str("^")?;
        }
        let mut bytes = shown.iter().peekable();
        while let Some(first) = bytes.next() {
            let mut last = first;
            while last < u8::MAX && bytes.next_if_eq(&(last + 1)).is_some() {
                last += 1;
            }
            write!(f, "{}", first.escape_ascii())?;
            if last > first {
                write!(
                    f,
                    "{}{}",
                    if last > first + 1 { "-" } else { "" },
                    last.escape_ascii()
                )?;
            }
        }
        f.write_str("]")
    }
}

impl fmt::Debug for ByteSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
