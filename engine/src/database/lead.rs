//! How matches begin, for those that the filters see late.
//!
//! A match that has begun where the input ends for now may be seen only when more has come. Most
//! anchors stand at the start of a match; for the others, this says which detectors a start that is
//! still in sight may belong to. Nearly every place is passed over by one look at a table: how far
//! the matches reach that start with the codes of its first bytes. Elsewhere the ways are told by
//! rows of bits, those that are seen latest first, and what is left by its bytes.

use std::collections::HashSet;

use sluicegate_kernels::gram::{self, CODES};

use super::record::{LeadRecord, SetRecord};
use super::{Sections, Tables};

/// See the module.
pub(crate) struct Leads {
    /// The ways, by [`rank`], the farthest reach first; among those, alike ones together.
    ways: Vec<Way>,
    /// By the rank of the bytes from a start on, how many of the ways may reach behind them.
    counts: Vec<usize>,
    /// For each word of bits, the ways.
    words: Vec<Rows>,
    /// For each word of bits, the words in which there are ways.
    tops: Vec<Rows>,
    /// By what stands before and the codes at the first places, how far matches reach, in
    /// [`UNIT`]s.
    reaches: Box<[u8]>,
}

/// One way to begin.
struct Way {
    detector: u32,
    reach: usize,
    sets: [u32; LeadRecord::LEN],
    within: u32,
    before: u32,
    start_allowed: bool,
}

/// For each of the first places and each code there, bits.
type Rows = [[u64; CODES]; PLACES];
/// Places that have rows.
const PLACES: usize = 8;
/// Places whose codes are one number, and how many of those there are.
const KEY: usize = 3;
const KEYS: usize = CODES.pow(KEY as u32);
/// Bytes of reach that count as one.
const UNIT: usize = 16;

/// Whether a word may go on behind a byte of this code.
fn is_inside(code: u8) -> bool {
    matches!(code, 1..=27)
}

/// The rank of a number of bytes: those of twice as many are the next.
fn rank(bytes: usize) -> usize {
    bytes.next_power_of_two().ilog2() as usize
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
        let mut ways: Vec<Way> = view.leads.iter().map(Way::new).collect();
        ways.sort_by_key(|way| {
            let Way { sets, detector, .. } = way;
            (usize::MAX - rank(way.reach), sets[0], sets[1], *detector)
        });
        let ranks = ways.first().map_or(0, |way| rank(way.reach) + 1);
        let words = ways.len().div_ceil(64);
        let mut leads = Self {
            counts: (0..ranks)
                .map(|least| ways.partition_point(|way| rank(way.reach) >= least))
                .collect(),
            words: vec![[[0; CODES]; PLACES]; words],
            tops: vec![[[0; CODES]; PLACES]; words.div_ceil(64)],
            reaches: Box::default(),
            ways,
        };
        let mut codes = Codes::new(&view.tables);
        leads.fill_rows(&mut codes);
        leads.reaches = leads.reaches(&mut codes);
        leads
    }

    fn fill_rows(&mut self, codes: &mut Codes) {
        for (number, way) in self.ways.iter().enumerate() {
            let word = number / 64;
            for (place, &set) in way.sets[..PLACES].iter().enumerate() {
                for code in ones(codes.of(set)) {
                    self.words[word][place][code] |= 1 << (number % 64);
                    self.tops[word / 64][place][code] |= 1 << (word % 64);
                }
            }
        }
    }

    /// How far the ways reach, by what stands before and the codes at the first places.
    fn reaches(&self, codes: &mut Codes) -> Box<[u8]> {
        let mut reaches = vec![0u8; 2 * KEYS];
        let mut done: HashSet<[u64; 4]> = HashSet::new();
        for way in &self.ways {
            let reach = way.reach.div_ceil(UNIT).min(usize::from(u8::MAX)) as u8;
            let before = codes.of(way.before);
            let [first, second, third] = std::array::from_fn(|place| codes.of(way.sets[place]));
            for inside in [false, true] {
                let may_start = !inside && way.start_allowed
                    || ones(before).any(|code| is_inside(code as u8) == inside);
                // The farthest come first.
                if !may_start || !done.insert([u64::from(inside), first, second, third]) {
                    continue;
                }
                for first in ones(first) {
                    for second in ones(second) {
                        let place = (usize::from(inside) * CODES + first) * CODES + second;
                        let row = &mut reaches[place * CODES..][..CODES];
                        for (third_code, known) in row.iter_mut().enumerate() {
                            let is_third = third >> third_code & 1 == 1;
                            *known = (*known).max(if is_third { reach } else { 0 });
                        }
                    }
                }
            }
        }
        reaches.into()
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
        let farthest = 1usize << self.counts.len() >> 1;
        let from = from.max(input.len().saturating_sub(farthest));
        let mut before = match from.checked_sub(1) {
            Some(i) => is_inside(gram::code(input[i])),
            None => false,
        };
        let first = input[from..].iter().take(KEY - 1);
        let mut key = first.fold(0, |key, &byte| key * CODES | usize::from(gram::code(byte)));
        for at in from..to {
            let last = usize::from(gram::code(input[at + KEY - 1]));
            key = (key * CODES | last) % KEYS;
            let reach = self.reaches[usize::from(before) * KEYS + key];
            before = is_inside((key / CODES / CODES) as u8);
            let left = (input.len() - at).div_ceil(UNIT).min(usize::from(u8::MAX));
            if usize::from(reach) >= left && self.any(tables, input, at, &mut holds) {
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
        holds: &mut impl FnMut(u32, usize) -> bool,
    ) -> bool {
        let rest = &input[at..];
        let count = self.counts.get(rank(rest.len())).copied().unwrap_or(0);
        let codes: [usize; PLACES] = std::array::from_fn(|i| usize::from(gram::code(rest[i])));
        let both = |rows: &Rows| {
            let bits = rows.iter().zip(codes).map(|(row, code)| row[code]);
            bits.fold(u64::MAX, |all, bits| all & bits)
        };
        let mut failed = None;
        for (top, rows) in self.tops.iter().enumerate() {
            for word in ones(both(rows)).map(|word| top * 64 + word) {
                if word * 64 >= count {
                    return false;
                }
                for way in ones(both(&self.words[word])).map(|way| &self.ways[word * 64 + way]) {
                    if failed == Some(way.detector)
                        || way.reach < rest.len()
                        || !way.may_start(tables, input, at)
                    {
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
    fn new(lead: &LeadRecord) -> Self {
        Self {
            detector: lead.detector.get(),
            reach: lead.reach.get() as usize,
            sets: lead.sets.map(|set| set.get()),
            within: lead.within.get(),
            before: lead.before.get(),
            start_allowed: lead.start_allowed != 0,
        }
    }

    /// Whether the bytes around the place are what they must be, as far as the input goes.
    fn may_start(&self, tables: &Tables, input: &[u8], at: usize) -> bool {
        let set = |number: u32| -> &SetRecord { &tables.sets[number as usize] };
        let before = match at.checked_sub(1) {
            Some(i) => set(self.before).contains(input[i]),
            None => self.start_allowed,
        };
        let (first, behind) = input[at..].split_at(LeadRecord::LEN);
        before
            && first.iter().zip(self.sets).all(|(&byte, number)| set(number).contains(byte))
            && behind.iter().all(|&byte| set(self.within).contains(byte))
    }
}
