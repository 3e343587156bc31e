//! How matches begin, for those that the filters see late.
//!
//! A match that has begun where the input ends for now may be seen only when more has come. Most
//! anchors stand at the start of a match; for the others, this says which detectors a start that is
//! still in sight may belong to. The ways in which matches begin are numbered, those that reach
//! farthest first, and kept as words of bits. Tables tell by the codes of the first bytes which words
//! have ways at all; rows of bits tell which ways, and those are compared byte by byte.

use sluicegate_kernels::gram::{self, CODES};
use zerocopy::little_endian::U32;

use super::record::{LeadRecord, SetRecord};
use super::{Sections, Tables};

/// See the module.
pub(crate) struct Leads {
    /// The ways, the farthest reach first by [`far`]; among those, alike ones together.
    ways: Vec<Way>,
    /// By how [`far`] away the input ends, the bits of a table whose words have ways that may reach
    /// that far.
    counts: Vec<u32>,
    /// For each word of bits, the ways.
    words: Vec<Rows>,
    /// How many words one bit of a table stands for.
    share: usize,
    /// By the codes at three places, the words in which there are ways, as bits: for each
    /// [`Setting`] at the first places, and for the next.
    tables: Vec<Vec<u32>>,
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
/// Keys that are looked up one after the other.
const TABLES: usize = 3;
const KEYS: usize = CODES.pow(KEY as u32);
/// Up to so many bytes from the end of the input, all ways count.
const FAR: usize = 16;

/// How often [`FAR`] must be doubled for so many bytes.
fn far(bytes: usize) -> usize {
    bytes.div_ceil(FAR).next_power_of_two().ilog2() as usize
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

/// The codes of the first bytes as one number.
#[inline]
fn key(bytes: &[u8]) -> usize {
    let codes = bytes
        .iter()
        .take(KEY)
        .map(|&byte| usize::from(gram::code(byte)));
    codes.fold(0, |key, code| key * CODES + code)
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
            (
                usize::MAX - far(way.reach),
                first[0].count_ones() > 16,
                way.detector,
                first,
            )
        });
        let most = ways.first().map(|way| far(way.reach));
        let words = rows(&ways, &mut codes);
        // The bits of a table stand for one word each, or for several that follow one another.
        let share = words.len().div_ceil(u32::BITS as usize).max(1);
        let bits = |least| {
            let ways = ways.partition_point(|way| far(way.reach) >= least);
            let bits = ways.div_ceil(64 * share) as u32;
            u32::MAX.checked_shr(u32::BITS - bits).unwrap_or(0)
        };
        let counts = most.map_or(Vec::new(), |most| (0..=most).map(bits).collect());
        let firsts = Setting::ALL.map(|setting| {
            let open = of_setting(&ways, &mut codes, setting);
            table(&words, &open, 0, share)
        });
        let all = vec![u64::MAX; words.len()];
        let others = (1..TABLES).map(|number| table(&words, &all, number * KEY, share));
        Self {
            tables: firsts.into_iter().chain(others).collect(),
            words,
            share,
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
        let mut codes = (from.saturating_sub(1)..(from + KEY - 1).min(input.len()))
            .fold(0, |codes, at| codes * CODES + code(at));
        let space = space();
        // Behind the last white space so far.
        let ahead = from..(from + LeadRecord::LEN - 1).min(input.len());
        let mut spaced = ahead
            .rev()
            .find(|&at| code(at) == space)
            .map_or(0, |at| at + 1);
        for at in from..to {
            codes = (codes * CODES + code(at + KEY - 1)) % (KEYS * CODES);
            if code(at + LeadRecord::LEN - 1) == space {
                spaced = at + LeadRecord::LEN;
            }
            let setting = Setting::new(is_inside(codes / KEYS), spaced > at);
            let first = self.tables[setting.number()][codes % KEYS];
            let limit = self.counts.get(far(input.len() - at)).copied().unwrap_or(0);
            let mut others = self.tables[Setting::ALL.len()..].iter().zip(1..);
            let open = others.try_fold(first & limit, |open, (table, number)| {
                (open != 0).then(|| open & table[key(&input[at + number * KEY..])])
            });
            let open = open.unwrap_or(0);
            if open != 0 && self.any(tables, input, at, open, &mut holds) {
                return Some(at);
            }
        }
        None
    }

    /// Whether a match may start here, in one of the words that are still open.
    #[inline(never)]
    fn any(
        &self,
        tables: &Tables,
        input: &[u8],
        at: usize,
        open: u32,
        holds: &mut impl FnMut(u32, usize) -> bool,
    ) -> bool {
        let code = |at: usize| usize::from(gram::code(input[at]));
        let codes: [usize; LeadRecord::LEN] = std::array::from_fn(|place| code(at + place));
        let mut failed = None;
        for bit in ones(open.into()) {
            let words = self.words.iter().enumerate().skip(bit * self.share);
            for (word, rows) in words.take(self.share) {
                let ways = ones(meet(rows, &codes)).map(|way| &self.ways[word * 64 + way]);
                for way in ways {
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

/// Which ways of a word have all these codes.
fn meet(rows: &Rows, codes: &[usize; LeadRecord::LEN]) -> u64 {
    let mut bits = u64::MAX;
    for (row, &code) in rows.iter().zip(codes) {
        bits &= row[code];
        if bits == 0 {
            break;
        }
    }
    bits
}

/// For each word of bits, the ways.
fn rows(ways: &[Way], codes: &mut Codes) -> Vec<Rows> {
    let mut words = vec![[[0; CODES]; LeadRecord::LEN]; ways.len().div_ceil(64)];
    for (number, way) in ways.iter().enumerate() {
        for (place, &set) in way.sets.iter().enumerate() {
            for code in ones(codes.of(set)) {
                words[number / 64][place][code] |= 1 << (number % 64);
            }
        }
    }
    words
}

/// By the codes at the places from `place` on, the words in which there are ways, of those that are
/// `open`.
fn table(words: &[Rows], open: &[u64], place: usize, share: usize) -> Vec<u32> {
    let mut table = vec![0; KEYS];
    for (word, (rows, open)) in words.iter().zip(open).enumerate() {
        for pair in 0..CODES * CODES {
            let bits = open & rows[place][pair / CODES] & rows[place + 1][pair % CODES];
            if bits == 0 {
                continue;
            }
            let cells = &mut table[pair * CODES..][..CODES];
            for (cell, third) in cells.iter_mut().zip(&rows[place + 2]) {
                *cell |= u32::from(bits & third != 0) << (word / share);
            }
        }
    }
    table
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
            sets: lead.sets.map(U32::get),
            within: Some(lead.within.get()).filter(is_some),
            narrow: lead.narrow.get() as usize,
            gap: lead.gap.map(U32::get),
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
