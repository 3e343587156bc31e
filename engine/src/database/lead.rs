//! What matches begin with, for those that the filters see late.
//!
//! A match that has begun where the input ends for now may be seen only when more has come. Most
//! anchors stand at the start of a match; for the others, this says which detectors a start that is
//! still in sight may belong to, by the bytes there: one bit for each detector, those that are seen
//! latest first.

use super::Sections;
use super::record::LeadRecord;

/// See the module.
pub(crate) struct Leads {
    detectors: Vec<u32>,
    /// For each detector, most bytes from the start of a match to the end of what is looked for.
    reaches: Vec<usize>,
    /// Words of one row.
    words: usize,
    /// For each of the places, the one before first, and each byte there, a bit for each detector.
    rows: Vec<u64>,
    /// Detectors whose matches may start where the input does.
    at_start: Vec<u64>,
}

/// The byte before, and those from the start on.
const PLACES: usize = 1 + LeadRecord::LEN;

impl Leads {
    pub(super) fn new(view: &Sections) -> Self {
        let mut records: Vec<&LeadRecord> = view.leads.iter().collect();
        records.sort_by_key(|lead| (u32::MAX - lead.reach.get(), lead.detector.get()));
        let words = records.len().div_ceil(64);
        let mut all = Self {
            detectors: records.iter().map(|lead| lead.detector.get()).collect(),
            reaches: records
                .iter()
                .map(|lead| lead.reach.get() as usize)
                .collect(),
            words,
            rows: vec![0; PLACES * 256 * words],
            at_start: vec![0; words],
        };
        for (number, lead) in records.iter().enumerate() {
            let (word, bit) = (number / 64, 1 << (number % 64));
            let places = std::iter::once(&lead.before).chain(&lead.sets);
            for (place, set) in places.enumerate() {
                let set = &view.tables.sets[set.get() as usize];
                for byte in (0..=u8::MAX).filter(|byte| set.contains(*byte)) {
                    all.rows[(place * 256 + usize::from(byte)) * words + word] |= bit;
                }
            }
            if lead.start_allowed != 0 {
                all.at_start[word] |= bit;
            }
        }
        all
    }

    /// Most bytes from a start to the end of what is looked for.
    pub(crate) fn reach(&self) -> usize {
        self.reaches.first().copied().unwrap_or(0)
    }

    /// The detectors of which a match may start at `at` without having been seen. At least
    /// [`LeadRecord::LEN`] bytes stand from there on.
    pub(crate) fn at<'a>(&'a self, input: &'a [u8], at: usize) -> impl Iterator<Item = u32> + 'a {
        let left = input.len() - at;
        let count = self.reaches.partition_point(|reach| *reach >= left);
        let row = |place: usize, byte: u8| {
            let start = (place * 256 + usize::from(byte)) * self.words;
            &self.rows[start..start + self.words]
        };
        let before = match at.checked_sub(1) {
            Some(before) => row(0, input[before]),
            None => &self.at_start,
        };
        let rows: [&[u64]; LeadRecord::LEN] = std::array::from_fn(|i| row(i + 1, input[at + i]));
        (0..count.div_ceil(64)).flat_map(move |word| {
            let mut bits = rows.iter().fold(before[word], |bits, row| bits & row[word]);
            if word == count / 64 {
                bits &= (1 << (count % 64)) - 1;
            }
            std::iter::from_fn(move || {
                let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(self.detectors[word * 64 + bit])
            })
        })
    }
}
