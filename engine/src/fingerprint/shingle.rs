//! A text to the hashes of its shingles, and those that stand for it.
//!
//! A shingle is K units in a row: words, or the tokens of source code. Its hash is a polynomial over
//! the hashes of its units (Karp and Rabin, 1987), so that each costs two multiplications whatever K
//! is. Winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document
//! fingerprinting", 2003) keeps one hash of every W shingles in a row: any run of K + W - 1 units
//! that two texts share holds W shingles, and of these the same one is kept in both.

use zeroize::ZeroizeOnDrop;

use super::code::Tokens;
use crate::index::{IndexKey, sip_in};
use crate::text::Words;

/// What a text is read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// Words in their folded form.
    Words,
    /// Classes of the tokens of source code.
    Code,
}

impl Family {
    /// Units of a shingle.
    ///
    /// Words, measured on 8 MB of technical prose and 8 MB of mail, neither copied from the other:
    /// shingles of five make 623 passages look copied, of six 30, of eight none. Of copies of three
    /// sentences with a tenth of the words changed, five find 98 of 100, eight 93, ten 88.
    ///
    /// Code, measured on 2 MB of Rust, 9 MB of Python and 6 MB of C against 4 MB of other code:
    /// shingles of 24 tokens, three of them informative, add 560 passages to those found by words,
    /// most of them idioms; of 32, four of them informative, 184. Copies of 20 lines with all names
    /// changed are found 68 and 63 times of 100.
    pub(super) const fn shingle(self) -> usize {
        match self {
            Self::Words => 8,
            Self::Code => 32,
        }
    }

    /// Shingles in a row of which one is kept.
    pub(super) const fn window(self) -> usize {
        match self {
            Self::Words => 7,
            Self::Code => 12,
        }
    }

    /// By how many units the start of a hit may lie behind that of the one before in a passage: the
    /// kept shingles of a copied run start at most a window apart, and a changed unit costs those
    /// that hold it.
    pub(super) const fn gap(self) -> usize {
        self.shingle() + self.window()
    }

    /// Informative units that a shingle needs to be looked at: it takes three words that are longer
    /// than two bytes, for nobody owns a row of small numbers, and four keywords, for nobody owns
    /// a table.
    pub(super) const fn informative(self) -> usize {
        match self {
            Self::Words => 3,
            Self::Code => 4,
        }
    }

    /// Keeps the hashes of the families apart.
    const fn domain(self) -> u64 {
        match self {
            Self::Words => 0,
            Self::Code => 0xC0DE_C0DE_C0DE_C0DE,
        }
    }

    /// What the hash of a unit is multiplied by in the first place of a shingle.
    const fn first_factor(self) -> u64 {
        let mut factor = 1u64;
        let mut place = 1;
        while place < self.shingle() {
            factor = factor.wrapping_mul(FACTOR);
            place += 1;
        }
        factor
    }
}

/// Base of the polynomial: odd, so that multiplying loses nothing.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// In place of the hash of a shingle that is not informative. Winnowing never chooses it.
pub(super) const NONE: u64 = u64::MAX;

/// A word or token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) hash: u64,
    /// Offsets of its first byte and behind its last.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it tells one text from another.
    pub(super) informative: bool,
}

/// Units to hashes under one key.
#[derive(Clone, ZeroizeOnDrop)]
pub(super) struct Vocabulary {
    pub(super) words: [u64; 2],
    #[zeroize(skip)]
    pub(super) tokens: Tokens,
}

impl Vocabulary {
    pub(super) fn new(key: &IndexKey) -> Self {
        Self {
            words: key.words(),
            tokens: Tokens::new(key.words()),
        }
    }
}

/// A text, or a part of one that is at hand.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) input: &'a [u8],
    /// Offset of its first byte in the whole.
    pub(super) base: usize,
    /// Whether more is to come behind it.
    pub(super) more: bool,
}

/// The shingles in sight.
#[derive(Clone, Debug, Default)]
pub(super) struct Sight {
    words: Words,
    units: Vec<Unit>,
    /// One less for each unit of a shingle but the first.
    hashes: Vec<u64>,
}

/// Units that are read at a time: so many that the loads of a large table overlap. 256 are 5 % faster
/// with a hundred thousand fingerprints and 20 % with four million, but every stream would keep
/// four times the memory for it, 52 KiB with code in place of 13.
const BATCH: usize = 64;

impl Sight {
    pub(super) fn clear(&mut self) {
        self.units.clear();
        self.hashes.clear();
    }

    /// Bytes of memory held.
    pub(super) fn bytes(&self) -> usize {
        self.words.bytes()
            + self.units.capacity() * size_of::<Unit>()
            + self.hashes.capacity() * size_of::<u64>()
    }

    /// Reads on from the offset `at`, in place of the shingles read before. Returns where reading
    /// goes on, and how many units were read.
    pub(super) fn read(
        &mut self,
        vocabulary: &Vocabulary,
        family: Family,
        part: Part<'_>,
        at: usize,
    ) -> (usize, usize) {
        // All but the first unit of the last shingle may begin another.
        let done = (self.units.len() + 1).saturating_sub(family.shingle());
        self.units.drain(..done);
        let kept = self.units.len();
        let at = match family {
            Family::Words => self.read_words(vocabulary, part, at),
            Family::Code => {
                let tokens = &vocabulary.tokens;
                tokens.read(part, at, BATCH, &mut self.units)
            }
        };
        let read = self.units.len() - kept;
        self.hashes.clear();
        if read > 0 {
            self.hash(family);
        }
        (at, read)
    }

    fn read_words(&mut self, vocabulary: &Vocabulary, part: Part<'_>, at: usize) -> usize {
        let Part { input, base, more } = part;
        let at = self.words.read(input, at - base, more, BATCH) + base;
        let forms = self.words.forms();
        let units = self.words.words().iter().map(|word| Unit {
            hash: sip_in(vocabulary.words, forms, word.form()),
            start: word.start + base,
            end: word.end + base,
            informative: word.form().len() > 2,
        });
        self.units.extend(units);
        at
    }

    fn hash(&mut self, family: Family) {
        let len = family.shingle();
        let Some(last) = (self.units.len() + 1).checked_sub(len) else {
            return;
        };
        let (factor, domain) = (family.first_factor(), family.domain());
        let (mut sum, mut informative) = (0u64, 0);
        for unit in &self.units[..len - 1] {
            sum = sum.wrapping_mul(FACTOR).wrapping_add(unit.hash);
            informative += usize::from(unit.informative);
        }
        let firsts = &self.units[..last];
        let nexts = &self.units[len - 1..];
        self.hashes
            .extend(firsts.iter().zip(nexts).map(|(first, next)| {
                sum = sum.wrapping_mul(FACTOR).wrapping_add(next.hash);
                informative += usize::from(next.informative);
                let counts = informative >= family.informative();
                let hash = if counts { mix(sum ^ domain) } else { NONE };
                sum = sum.wrapping_sub(first.hash.wrapping_mul(factor));
                informative -= usize::from(first.informative);
                hash
            }));
    }

    /// The units; a shingle starts at each but the last few.
    pub(super) fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The hashes of the shingles, by the place of their first units.
    pub(super) fn hashes(&self) -> &[u64] {
        &self.hashes
    }
}

/// The hash of one shingle, from nothing.
#[cfg(test)]
pub(super) fn polynomial(family: Family, units: &[Unit]) -> u64 {
    let hashes = units.iter().map(|unit| unit.hash);
    let sum = hashes.fold(0u64, |sum, hash| {
        sum.wrapping_mul(FACTOR).wrapping_add(hash)
    });
    mix(sum ^ family.domain())
}

/// Spreads a polynomial over all bits: its low ones know only the low ones of the units.
fn mix(sum: u64) -> u64 {
    let mut hash = sum;
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^= hash >> 32;
    hash.min(NONE - 1)
}

/// The hashes of all shingles of a text, and how many units it has.
pub(super) fn shingles(vocabulary: &Vocabulary, family: Family, text: &[u8]) -> (Vec<u64>, usize) {
    let part = Part {
        input: text,
        base: 0,
        more: false,
    };
    let mut sight = Sight::default();
    let (mut hashes, mut units, mut at) = (Vec::new(), 0, 0);
    loop {
        let (next, read) = sight.read(vocabulary, family, part, at);
        hashes.extend_from_slice(sight.hashes());
        (at, units) = (next, units + read);
        if read < BATCH {
            return (hashes, units);
        }
    }
}

/// Adds the hashes that stand for a text: of each window the smallest, of equal ones the last. A
/// text that does not fill one window is one.
pub(super) fn winnow(hashes: &[u64], window: usize, kept: &mut Vec<u64>) {
    let smallest = |range: &[u64]| {
        let places = (0..range.len()).rev();
        places.min_by_key(|&place| range[place])
    };
    let window = window.min(hashes.len());
    let Some(mut place) = smallest(&hashes[..window]) else {
        return;
    };
    let mut keep = |hash| {
        if hash != NONE {
            kept.push(hash);
        }
    };
    keep(hashes[place]);
    for next in window..hashes.len() {
        let start = next + 1 - window;
        if hashes[next] <= hashes[place] {
            place = next;
        } else if place < start {
            place = start + smallest(&hashes[start..=next]).expect("a window is not empty");
        } else {
            continue;
        }
        keep(hashes[place]);
    }
}

/// Whether reading may go on at once: the last read filled a batch.
pub(super) fn is_full(read: usize) -> bool {
    read == BATCH
}
