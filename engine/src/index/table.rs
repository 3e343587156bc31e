//! Hashes to numbers: a filter, buckets, entries.
//!
//! The first bits of a hash name a bucket of a few entries, the next 32 are kept in the entry. A filter
//! of one word for each hash stands in front, so that what is not there is mostly answered from
//! memory near the processor. A hash may have several numbers: entries that follow one another.

use zerocopy::little_endian::{U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// Bytes of an entry.
pub(crate) const ENTRY_LEN: usize = size_of::<Entry>();
/// Entries that a bucket holds on average, at most: a bucket is a cache line.
const PER_BUCKET: u64 = 8;
/// Bits of the filter for each entry; four of them are set. One word in 200 passes that is not
/// there.
const FILTER_BITS: u64 = 16;

/// A hash's remaining bits and its number.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Entry {
    tag: U32,
    value: U32,
}

/// The bits of a hash that the filter looks at: its word and four bits in it.
#[inline]
fn in_filter(hash: u64, words: usize) -> (usize, u64) {
    let mixed = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let word = ((u128::from(mixed) * words as u128) >> 64) as usize;
    let bits = (mixed >> 4).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let bit = |shift: u32| 1u64 << ((bits >> shift) & 63);
    (word, bit(58) | bit(52) | bit(46) | bit(40))
}

/// A table as it is read.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    filter: &'a [U64],
    starts: &'a [U32],
    entries: &'a [Entry],
    /// Bits of a hash that name a bucket.
    bits: u32,
}

impl<'a> Table<'a> {
    /// A table of these sections; `None` when they can't belong together.
    pub(crate) fn new(filter: &'a [u8], starts: &'a [u8], entries: &'a [u8]) -> Option<Self> {
        let filter = <[U64]>::ref_from_bytes(filter).ok()?;
        let starts = <[U32]>::ref_from_bytes(starts).ok()?;
        let entries = <[Entry]>::ref_from_bytes(entries).ok()?;
        let buckets = starts.len().checked_sub(1)?;
        let last = starts[buckets].get() as usize;
        (buckets.is_power_of_two()
            && buckets <= 1 << MAX_BITS
            && !filter.is_empty()
            && last == entries.len())
        .then_some(Self {
            filter,
            starts,
            entries,
            bits: buckets.trailing_zeros(),
        })
    }

    /// Number of entries.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The bits of a hash that the table knows.
    #[inline]
    fn known(&self, hash: u64) -> u64 {
        hash >> (32 - self.bits)
    }

    /// Whether the filter lets a hash pass: `false` is certain.
    #[inline]
    pub(crate) fn may_hold(&self, hash: u64) -> bool {
        let (word, mask) = in_filter(self.known(hash), self.filter.len());
        self.filter[word].get() & mask == mask
    }

    /// The numbers of a hash, in ascending order, each with its entry's place in the table.
    pub(crate) fn find(self, hash: u64) -> impl Iterator<Item = (usize, u32)> + 'a {
        let known = self.known(hash);
        let bucket = (known >> 32) as usize;
        let start = self.starts[bucket].get() as usize;
        let end = self.starts[bucket + 1].get() as usize;
        // Starts that were altered and resealed may be in any order.
        let entries = self.entries.get(start..end).unwrap_or_default();
        let tag = known as u32;
        let numbered = (start..).zip(entries);
        numbered
            .filter(move |(_, entry)| entry.tag.get() == tag)
            .map(|(place, entry)| (place, entry.value.get()))
    }

    /// Every entry in order: the known bits of its hash, as [`TableBuilder::push_known`] takes them,
    /// and its number.
    pub(crate) fn entries(self) -> impl Iterator<Item = (u64, u32)> + use<'a> {
        let Self {
            starts, entries, ..
        } = self;
        (0..starts.len() - 1).flat_map(move |bucket| {
            let range = starts[bucket].get() as usize..starts[bucket + 1].get() as usize;
            let entries = entries.get(range).unwrap_or_default().iter();
            entries.map(move |entry| {
                let known = (bucket as u64) << 32 | u64::from(entry.tag.get());
                (known, entry.value.get())
            })
        })
    }

    /// Bits of a hash that name a bucket.
    pub(crate) fn bits(&self) -> u32 {
        self.bits
    }
}

/// Most bits of a hash that name a bucket: the others are kept in the entry.
const MAX_BITS: u32 = 28;

/// Makes a table of hashes that come in ascending order, so that nothing but the filter and the
/// starts of buckets is held in memory.
#[derive(Debug)]
pub(crate) struct TableBuilder {
    bits: u32,
    starts: Vec<U32>,
    filter: Vec<U64>,
    count: u32,
    last: (u64, u32),
}

impl TableBuilder {
    /// A table for about so many entries.
    pub(crate) fn new(entries: u64) -> Self {
        let buckets = entries.div_ceil(PER_BUCKET).max(1).next_power_of_two();
        Self::with_bits(buckets.trailing_zeros().min(MAX_BITS), entries)
    }

    /// A table for about so many entries whose hashes are known to as many bits as those of a table
    /// with these.
    pub(crate) fn with_bits(bits: u32, entries: u64) -> Self {
        let words = (entries * FILTER_BITS).div_ceil(64).max(1);
        let mut starts = Vec::with_capacity((1 << bits) + 1);
        starts.push(U32::ZERO);
        Self {
            bits,
            starts,
            filter: vec![U64::ZERO; words as usize],
            count: 0,
            last: (0, 0),
        }
    }

    /// The bits of a hash that the table knows.
    pub(crate) fn known(&self, hash: u64) -> u64 {
        hash >> (32 - self.bits)
    }

    /// Adds a hash and its number, and returns the entry's bytes, which follow those of the one
    /// before.
    ///
    /// # Panics
    /// When the pair is smaller than the one before, or the table has 2^32 - 1 entries.
    pub(crate) fn push(&mut self, hash: u64, value: u32) -> [u8; ENTRY_LEN] {
        self.push_known(self.known(hash), value)
    }

    /// The same for a hash of which only the known bits are left.
    pub(crate) fn push_known(&mut self, known: u64, value: u32) -> [u8; ENTRY_LEN] {
        assert!(self.last <= (known, value), "entries come in order");
        self.last = (known, value);
        let bucket = (known >> 32) as usize;
        while self.starts.len() <= bucket {
            self.starts.push(U32::new(self.count));
        }
        let (word, mask) = in_filter(known, self.filter.len());
        self.filter[word] |= U64::new(mask);
        self.count = self.count.checked_add(1).expect("fewer than 2^32 entries");
        let entry = Entry {
            tag: U32::new(known as u32),
            value: U32::new(value),
        };
        let mut bytes = [0; ENTRY_LEN];
        bytes.copy_from_slice(entry.as_bytes());
        bytes
    }

    /// The starts of the buckets, and the filter.
    pub(crate) fn finish(mut self) -> (Vec<u8>, Vec<u8>) {
        self.starts
            .resize((1 << self.bits) + 1, U32::new(self.count));
        (
            self.starts.as_bytes().to_vec(),
            self.filter.as_bytes().to_vec(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::sip;

    fn build(pairs: &[(u64, u32)]) -> [Vec<u8>; 3] {
        let mut builder = TableBuilder::new(pairs.len() as u64);
        let entries: Vec<u8> = pairs
            .iter()
            .flat_map(|&(hash, value)| builder.push(hash, value))
            .collect();
        let (starts, filter) = builder.finish();
        [filter, starts, entries]
    }

    #[test]
    fn finds_what_was_added_and_nothing_else() {
        for count in [0u64, 1, 7, 1000, 20_000] {
            let mut pairs: Vec<(u64, u32)> = (0..count)
                .map(|n| (sip([1, 2], &(n / 3).to_le_bytes()), n as u32))
                .collect();
            pairs.sort_unstable();
            let [filter, starts, entries] = build(&pairs);
            let table = Table::new(&filter, &starts, &entries).unwrap();
            for of_hash in pairs.chunk_by(|a, b| a.0 == b.0) {
                let values: Vec<u32> = table.find(of_hash[0].0).map(|(_, value)| value).collect();
                let expected: Vec<u32> = of_hash.iter().map(|pair| pair.1).collect();
                assert_eq!(values, expected);
                assert!(table.may_hold(of_hash[0].0));
            }
            let others = (0..10_000u64).map(|n| sip([3, 4], &n.to_le_bytes()));
            let passed = others.clone().filter(|&hash| table.may_hold(hash)).count();
            assert!(passed < 150, "{passed} of 10000 pass the filter of {count}");
            assert_eq!(others.flat_map(|hash| table.find(hash)).count(), 0);
            let mut again = TableBuilder::with_bits(table.bits(), count);
            let copied: Vec<u8> = table
                .entries()
                .flat_map(|(known, value)| again.push_known(known, value))
                .collect();
            assert_eq!(
                (again.finish(), copied),
                ((starts.clone(), filter.clone()), entries.clone())
            );
        }
    }

    #[test]
    fn sections_that_do_not_fit_are_refused() {
        let [filter, starts, entries] = build(&[(5, 1), (9, 2)]);
        assert!(Table::new(&filter, &starts, &entries).is_some());
        assert!(Table::new(&[], &starts, &entries).is_none());
        assert!(Table::new(&filter, &starts[..4], &entries).is_none());
        assert!(Table::new(&filter, &starts, &entries[..8]).is_none());
        assert!(Table::new(&filter, &starts, &entries[..7]).is_none());
    }
}
