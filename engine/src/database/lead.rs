//! How matches begin, for those that the filters see late.
//!
//! A match that has begun where the input ends for now may be seen only when more has come. Most
//! anchors stand at the start of a match; for the others, this says which detectors a start that is
//! still in sight may belong to. Most places are passed over by one look at a table: how far the
//! matches reach that start with the codes of its first bytes. Elsewhere the ways are told by rows
//! of bits, and what is left by its bytes.

use std::collections::HashSet;

use sluicegate_kernels::gram::{self, CODES};

use super::record::{LeadRecord, SetRecord};
use super::{Sections, Tables};

/// See the module.
pub(crate) struct Leads {
    /// The ways, the farthest reach first by [`far`]; among those, alike ones together.
    ways: Vec<Way>,
    /// By how [`far`] away the input ends, how many words of bits have ways that may reach that far.
    counts: Vec<usize>,
    /// For each [`Setting`], the ways that may start in it, as words of bits.
    settings: Vec<Vec<u64>>,
    /// For each word of bits, the ways.
    words: Vec<Rows>,
    /// For each word of bits, the words in which there are ways.
    tops: Vec<Rows>,
    /// By the [`Setting`] and the codes at the first places, how far matches reach, in [`units`].
    reaches: Vec<u8>,
}

/// One way to begin.
struct Way {
    detector: u32,
    reach: usize,
    sets: [u32; LeadRecord::LEN],
    /// None for any byte.
    within: Option<u32>,
    narrow: usize,
    gap: [u32; 2],
    before: u32,
    start_allowed: bool,
}

/// For each of the first places and each code there, bits.
type Rows = [[u64; CODES]; LeadRecord::LEN];

/// Places whose codes are one number, and how many of those there are.
const KEY: usize = 3;
const KEYS: usize = CODES.pow(KEY as u32);
/// Bytes that are far from the end of the input.
const FAR: usize = 256;

/// How often a number of bytes is twice [`FAR`], rounded up.
fn far(bytes: usize) -> usize {
    bytes.div_ceil(FAR).next_power_of_two().ilog2() as usize
}

/// A number of bytes in sixteens, rounded up; all large ones are one.
fn units(bytes: usize) -> u8 {
    bytes.div_ceil(16).min(usize::from(u8::MAX)) as u8
}

/// What tells most places apart.
#[derive(Clone, Copy)]
struct Setting {
    /// A word may go on at the place.
    is_inside: bool,
    /// There is white space among the first bytes.
    is_spaced: bool,
}

impl Setting {
    const ALL: [Self; 4] = [
        Self::new(false, false),
        Self::new(true, false),
        Self::new(false, true),
        Self::new(true, true),
    ];

    const fn new(is_inside: bool, is_spaced: bool) -> Self {
        Self {
            is_inside,
            is_spaced,
        }
    }

    fn number(self) -> usize {
        usize::from(self.is_inside) + 2 * usize::from(self.is_spaced)
    }
}

/// The code of white space.
fn space() -> usize {
    gram::code(b' ').into()
}

/// The codes as one number.
fn key(codes: &[usize]) -> usize {
    codes.iter().fold(0, |key, code| key * CODES | code)
}

/// Whether a word may go on behind a byte of this code.
fn is_inside(code: usize) -> bool {
    matches!(code, 1..=27)
}

/// The places of the bits that are set.
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(next)
    })
}

impl Leads {
    pub(super) fn new(view: &Sections) -> Self {
        let leads = view.leads.iter();
        let mut ways: Vec<Way> = leads.map(|lead| Way::new(&view.tables, lead)).collect();
        let mut codes = Codes::new(&view.tables);
        ways.sort_by_cached_key(|way| {
            let first: [u64; KEY] = std::array::from_fn(|place| codes.of(way.sets[place]));
            (usize::MAX - far(way.reach), first, way.detector)
        });
        let most = ways.first().map(|way| far(way.reach));
        let words = |least| {
            let ways = ways.partition_point(|way| far(way.reach) >= least);
            ways.div_ceil(64)
        };
        let counts = most.map_or(Vec::new(), |most| (0..=most).map(words).collect());
        let (words, tops) = rows(&ways, &mut codes);
        Self {
            words,
            tops,
            settings: Setting::ALL
                .map(|setting| of_setting(&ways, &mut codes, setting))
                .into(),
            reaches: Setting::ALL
                .map(|setting| reaches(&ways, &mut codes, setting))
                .concat(),
            counts,
            ways,
        }
    }

    /// The first of the places from `from` to `to` at which a match may start that has not been seen,
    /// of a detector that `holds` there. [`LeadRecord::SEEN`] bytes stand behind `to`.
    pub(crate) fn find(
        &self,
        tables: &Tables,
        input: &[u8],
        from: usize,
        to: usize,
        mut holds: impl FnMut(u32, usize) -> bool,
    ) -> Option<usize> {
        let farthest = FAR << self.counts.len() >> 1;
        let from = from.max(input.len().saturating_sub(farthest));
        let code = |at: usize| usize::from(gram::code(input[at]));
        // What stands before is the code in front of the key.
        let mut key = (from.saturating_sub(1)..(from + KEY - 1).min(input.len()))
            .fold(0, |key, at| key * CODES | code(at));
        let space = space();
        // Behind the last white space so far.
        let ahead = from..(from + LeadRecord::LEN - 1).min(input.len());
        let mut spaced = ahead
            .rev()
            .find(|&at| code(at) == space)
            .map_or(0, |at| at + 1);
        for at in from..to {
            key = (key * CODES | code(at + KEY - 1)) % (KEYS * CODES);
            if code(at + LeadRecord::LEN - 1) == space {
                spaced = at + LeadRecord::LEN;
            }
            let setting = Setting::new(is_inside(key / KEYS), spaced > at);
            let reach = self.reaches[key % KEYS + KEYS * setting.number()];
            let left = units(input.len() - at);
            if reach >= left && self.any(tables, input, at, setting, &mut holds) {
                return Some(at);
            }
        }
        None
    }

    /// Whether a match may start here.
    #[inline(never)]
    fn any(
        &self,
        tables: &Tables,
        input: &[u8],
        at: usize,
        setting: Setting,
        holds: &mut impl FnMut(u32, usize) -> bool,
    ) -> bool {
        let code = |at: usize| usize::from(gram::code(input[at]));
        let codes: [usize; LeadRecord::LEN] = std::array::from_fn(|place| code(at + place));
        let left = far(input.len() - at);
        let count = self.counts.get(left).copied().unwrap_or(0);
        let setting = &self.settings[setting.number()][..count];
        let mut failed = None;
        for (top, tops) in self.tops[..count.div_ceil(64)].iter().enumerate() {
            for word in ones(meet(tops, &codes, u64::MAX)) {
                let word = top * 64 + word;
                if word >= count {
                    return false;
                }
                let bits = meet(&self.words[word], &codes, setting[word]);
                for way in ones(bits).map(|way| &self.ways[word * 64 + way]) {
                    if failed == Some(way.detector) || !way.may_start(tables, input, at) {
                        continue;
                    }
                    if holds(way.detector, at) {
                        return true;
                    }
                    failed = Some(way.detector);
                }
            }
        }
        false
    }
}

/// The ways that may start in a setting.
fn of_setting(ways: &[Way], codes: &mut Codes, setting: Setting) -> Vec<u64> {
    let mut words = vec![0; ways.len().div_ceil(64)];
    for (number, way) in ways.iter().enumerate() {
        words[number / 64] |= u64::from(way.may_stand(codes, setting)) << (number % 64);
    }
    words
}

/// Which of the bits stand in the rows of all these codes.
fn meet(rows: &Rows, codes: &[usize], mut bits: u64) -> u64 {
    for (row, &code) in rows.iter().zip(codes) {
        bits &= row[code];
        if bits == 0 {
            break;
        }
    }
    bits
}

/// For each word of bits the ways, and for each word of those the words in which there are ways.
fn rows(ways: &[Way], codes: &mut Codes) -> (Vec<Rows>, Vec<Rows>) {
    let none = [[0; CODES]; LeadRecord::LEN];
    let mut words = vec![none; ways.len().div_ceil(64)];
    let mut tops = vec![none; words.len().div_ceil(64)];
    for (number, way) in ways.iter().enumerate() {
        let word = number / 64;
        for (place, &set) in way.sets.iter().enumerate() {
            for code in ones(codes.of(set)) {
                words[word][place][code] |= 1 << (number % 64);
                tops[word / 64][place][code] |= 1 << (word % 64);
            }
        }
    }
    (words, tops)
}

/// How far matches reach in a setting by the codes at the first places.
fn reaches(ways: &[Way], codes: &mut Codes, setting: Setting) -> Vec<u8> {
    let mut reaches = vec![0u8; KEYS];
    let mut done = HashSet::new();
    for way in ways {
        let reach = units(way.reach);
        let all: [u64; KEY] = std::array::from_fn(|place| codes.of(way.sets[place]));
        if !way.may_stand(codes, setting) || !done.insert((all, reach)) {
            continue;
        }
        for first in ones(all[0]) {
            for second in ones(all[1]) {
                let row = &mut reaches[key(&[first, second, 0])..][..CODES];
                for (code, known) in row.iter_mut().enumerate() {
                    let is_one = all[2] >> code & 1 == 1;
                    *known = (*known).max(if is_one { reach } else { 0 });
                }
            }
        }
    }
    reaches
}

/// The codes of the bytes of sets.
struct Codes<'a> {
    tables: &'a Tables<'a>,
    /// The bytes of each code.
    bytes: [[u64; 4]; CODES],
    /// What is known, by the number of the set.
    known: Vec<Option<u64>>,
}

impl<'a> Codes<'a> {
    fn new(tables: &'a Tables<'a>) -> Self {
        let mut bytes = [[0; 4]; CODES];
        for byte in 0..=u8::MAX {
            bytes[usize::from(gram::code(byte))][usize::from(byte >> 6)] |= 1 << (byte & 63);
        }
        Self {
            tables,
            bytes,
            known: vec![None; tables.sets.len()],
        }
    }

    /// One bit for each.
    fn of(&mut self, set: u32) -> u64 {
        let Self { tables, bytes, .. } = self;
        *self.known[set as usize].get_or_insert_with(|| {
            let words = tables.sets[set as usize].words.map(u64::from);
            let has = |code: &usize| bytes[*code].iter().zip(words).any(|(a, b)| a & b != 0);
            (0..CODES).filter(has).fold(0, |all, code| all | 1 << code)
        })
    }
}

impl Way {
    fn new(tables: &Tables, lead: &LeadRecord) -> Self {
        let is_some = |set: &u32| {
            let words = &tables.sets[*set as usize].words;
            words.iter().any(|word| word.get() != u64::MAX)
        };
        Self {
            detector: lead.detector.get(),
            reach: lead.reach.get() as usize,
            sets: lead.sets.map(|set| set.get()),
            within: Some(lead.within.get()).filter(is_some),
            narrow: lead.narrow.get() as usize,
            gap: lead.gap.map(|set| set.get()),
            before: lead.before.get(),
            start_allowed: lead.start_allowed != 0,
        }
    }

    /// Whether it may start in a setting.
    fn may_stand(&self, codes: &mut Codes, setting: Setting) -> bool {
        let Setting {
            is_inside: inside,
            is_spaced,
        } = setting;
        let mut before = ones(codes.of(self.before));
        let may_start =
            !inside && self.start_allowed || before.any(|code| is_inside(code) == inside);
        let mut sets = self.sets.iter().map(|&set| codes.of(set));
        may_start && (!is_spaced || sets.any(|set| set >> space() & 1 == 1))
    }

    /// Whether the bytes around the place are what they must be, as far as the input goes.
    fn may_start(&self, tables: &Tables, input: &[u8], at: usize) -> bool {
        let set = |number: u32| -> &SetRecord { &tables.sets[number as usize] };
        let before = match at.checked_sub(1) {
            Some(i) => set(self.before).contains(input[i]),
            None => self.start_allowed,
        };
        let rest = &input[at..];
        let (first, behind) = rest.split_at(LeadRecord::LEN);
        let mut sets = first.iter().zip(self.sets);
        before
            && rest.len() <= self.reach
            && sets.all(|(&byte, number)| set(number).contains(byte))
            && (rest.len() < self.narrow + 2 || self.has_gap(tables, &rest[..self.narrow + 2]))
            && self
                .within
                .is_none_or(|within| behind.iter().all(|&byte| set(within).contains(byte)))
    }

    /// Whether a gap may start there.
    fn has_gap(&self, tables: &Tables, bytes: &[u8]) -> bool {
        let [first, second] = self.gap.map(|set| &tables.sets[set as usize]);
        bytes
            .windows(2)
            .any(|pair| first.contains(pair[0]) && second.contains(pair[1]))
    }
}
