//! What matches begin with, for those that the filters see late.
//!
//! A match that has begun where the input ends for now may be seen only when more has come. Most
//! anchors stand at the start of a match; for the others, this says which detectors a start that is
//! still in sight may belong to. Matches that start with few grams are looked up by them; for the
//! others the first bytes tell, one bit for each detector, those that are seen latest first.

use sluicegate_kernels::gram::{self, GRAM};

use super::Sections;
use super::record::LeadRecord;

/// See the module.
pub(crate) struct Leads {
    /// Most bytes from a start to the end of what is looked for.
    reach: usize,
    by_gram: ByGram,
    by_class: ByClass,
}

impl Leads {
    pub(super) fn new(view: &Sections) -> Self {
        let mut records: Vec<&LeadRecord> = view.leads.iter().collect();
        records.sort_by_key(|lead| (u32::MAX - lead.reach.get(), lead.detector.get()));
        let (by_gram, by_class): (Vec<_>, Vec<_>) = records
            .iter()
            .partition(|lead: &&&LeadRecord| lead.keys.len.get() > 0);
        Self {
            reach: records.first().map_or(0, |lead| lead.reach.get() as usize),
            by_gram: ByGram::new(view, &by_gram),
            by_class: ByClass::new(view, &by_class),
        }
    }

    /// The first of the places from `from` to `to` at which a match may start that has not been seen,
    /// of a detector that `holds` there. [`LeadRecord::SEEN`] bytes stand behind `to`.
    pub(crate) fn find(
        &self,
        input: &[u8],
        from: usize,
        to: usize,
        mut holds: impl FnMut(u32, usize) -> bool,
    ) -> Option<usize> {
        let from = from.max(input.len().saturating_sub(self.reach));
        (from..to).find(|&at| {
            self.by_gram.any(input, at, |detector| holds(detector, at))
                || self.by_class.any(input, at, |detector| holds(detector, at))
        })
    }
}

/// Detectors whose matches start with few grams.
struct ByGram {
    /// Which hashes of grams there are.
    known: Vec<u64>,
    /// Key, detector and reach, sorted.
    leads: Vec<(u32, u32, u32)>,
}

/// Bits of hashes, at most: 32 KiB.
const KNOWN: usize = 1 << 18;

impl ByGram {
    fn new(view: &Sections, records: &[&LeadRecord]) -> Self {
        let mut leads: Vec<(u32, u32, u32)> = records
            .iter()
            .flat_map(|lead| {
                let keys = view.lead_keys[lead.keys.bounds()].iter();
                keys.map(|key| (key.get(), lead.detector.get(), lead.reach.get()))
            })
            .collect();
        leads.sort_unstable();
        let bits = (leads.len() * 16).next_power_of_two().clamp(64, KNOWN);
        let mut all = Self {
            known: vec![0; bits / 64],
            leads,
        };
        for i in 0..all.leads.len() {
            let bit = all.bit(all.leads[i].0);
            all.known[bit / 64] |= 1 << (bit % 64);
        }
        all
    }

    fn bit(&self, key: u32) -> usize {
        let bits = self.known.len() * 64;
        ((u64::from(gram::hash(key)) * bits as u64) >> 32) as usize
    }

    #[inline]
    fn any(&self, input: &[u8], at: usize, mut holds: impl FnMut(u32) -> bool) -> bool {
        let first: &[u8; GRAM] = input[at..].first_chunk().expect("a gram from there on");
        let key = gram::key(first.map(gram::code));
        let bit = self.bit(key);
        if self.known[bit / 64] >> (bit % 64) & 1 == 0 {
            return false;
        }
        let left = (input.len() - at) as u32;
        let start = self.leads.partition_point(|(other, ..)| *other < key);
        self.leads[start..]
            .iter()
            .take_while(|(other, ..)| *other == key)
            .any(|&(_, detector, reach)| reach >= left && holds(detector))
    }
}

/// Detectors whose matches start with classes of bytes.
struct ByClass {
    detectors: Vec<u32>,
    /// By the number of bytes from a start on, how many of the detectors it may belong to.
    counts: Vec<u32>,
    /// For each word of bits, each of the places, the one before first, and each byte there, the
    /// detectors.
    rows: Vec<[u64; 256]>,
    /// Detectors whose matches may start where the input does.
    at_start: Vec<u64>,
}

/// The byte before, and those from the start on.
const PLACES: usize = 1 + LeadRecord::LEN;

impl ByClass {
    /// The records are sorted, the farthest reach first.
    fn new(view: &Sections, records: &[&LeadRecord]) -> Self {
        let words = records.len().div_ceil(64);
        let reach = |lead: &&LeadRecord| lead.reach.get() as usize;
        let most = records.first().map_or(0, reach);
        let counts = (0..=most).map(|left| records.partition_point(|lead| reach(lead) >= left));
        let mut all = Self {
            detectors: records.iter().map(|lead| lead.detector.get()).collect(),
            counts: counts.map(|count| count as u32).collect(),
            rows: vec![[0; 256]; PLACES * words],
            at_start: vec![0; words],
        };
        for (number, lead) in records.iter().enumerate() {
            let (word, bit) = (number / 64, 1 << (number % 64));
            let places = std::iter::once(&lead.before).chain(&lead.sets);
            for (place, set) in places.enumerate() {
                let set = &view.tables.sets[set.get() as usize];
                for byte in (0..=u8::MAX).filter(|byte| set.contains(*byte)) {
                    all.rows[word * PLACES + place][usize::from(byte)] |= bit;
                }
            }
            if lead.start_allowed != 0 {
                all.at_start[word] |= bit;
            }
        }
        all
    }

    #[inline]
    fn any(&self, input: &[u8], at: usize, mut holds: impl FnMut(u32) -> bool) -> bool {
        let (start, rest) = input.split_at(at);
        let count = self.counts.get(rest.len()).copied().unwrap_or(0) as usize;
        let first: &[u8; LeadRecord::LEN] = rest.first_chunk().expect("bytes from there on");
        let rows = self.rows.chunks_exact(PLACES);
        for (word, places) in rows.take(count.div_ceil(64)).enumerate() {
            let before = match start.last() {
                Some(&before) => places[0][usize::from(before)],
                None => self.at_start[word],
            };
            // Most places are inside a word, where few matches start.
            let mut bits = before & places[1][usize::from(first[0])];
            if bits == 0 {
                continue;
            }
            for (place, &byte) in places[2..].iter().zip(&first[1..]) {
                bits &= place[usize::from(byte)];
            }
            while bits != 0 {
                let number = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                if number < count && holds(self.detectors[number]) {
                    return true;
                }
            }
        }
        false
    }
}
