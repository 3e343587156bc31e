//! The grams of all needles: the filters that see them, and the table of what they stand for.

use sluicegate_kernels::{GramFilter, gram};
use zerocopy::little_endian::U32;

use super::needle::Window;
use crate::database::record::GramUse;

/// Grams by their hashes, each with what it stands for.
#[derive(Default)]
pub(super) struct Grams {
    long: Vec<(u32, GramUse)>,
    short: Vec<(u32, GramUse)>,
}

/// What the image holds of grams.
pub(super) struct GramTables {
    /// Of long grams and of short ones; empty where there are none.
    pub(super) filters: [Vec<u8>; 2],
    /// Where the uses of each bucket of hashes start.
    pub(super) starts: Vec<U32>,
    pub(super) uses: Vec<GramUse>,
}

impl Grams {
    /// Adds the grams of a window.
    pub(super) fn add(&mut self, window: &Window, usage: GramUse) {
        let grams = if window.is_short() {
            &mut self.short
        } else {
            &mut self.long
        };
        grams.extend(window.keys().map(|key| (gram::hash(key), usage)));
    }

    /// The tables of all that was added.
    pub(super) fn tables(self) -> GramTables {
        let filters = [&self.long, &self.short].map(|grams| filter(grams));
        let mut all = self.long;
        all.extend(self.short);
        if all.is_empty() {
            return GramTables {
                filters,
                starts: Vec::new(),
                uses: Vec::new(),
            };
        }
        all.sort_unstable_by_key(|(hash, usage)| (*hash, usage.check_and_offset.get()));
        all.dedup_by_key(|(hash, usage)| (*hash, usage.check_and_offset.get()));
        let buckets = all.chunk_by(same_gram).count().next_power_of_two();
        let mut starts = vec![U32::ZERO; buckets + 1];
        for (hash, _) in &all {
            let bucket = ((u64::from(*hash) * buckets as u64) >> 32) as usize;
            let count = &mut starts[bucket + 1];
            *count = U32::new(count.get() + 1);
        }
        for i in 1..starts.len() {
            starts[i] = U32::new(starts[i].get() + starts[i - 1].get());
        }
        GramTables {
            filters,
            starts,
            uses: all.into_iter().map(|(_, usage)| usage).collect(),
        }
    }
}

fn same_gram(a: &(u32, GramUse), b: &(u32, GramUse)) -> bool {
    a.0 == b.0
}

fn filter(grams: &[(u32, GramUse)]) -> Vec<u8> {
    let mut hashes: Vec<u32> = grams.iter().map(|(hash, _)| *hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    if hashes.is_empty() {
        return Vec::new();
    }
    // 32 bits for each gram, of which it sets two; more than 128 KiB would not stay in the second
    // cache beside the rest.
    let bytes = (hashes.len() * 4)
        .next_power_of_two()
        .clamp(64, GramFilter::MAX_BYTES);
    let mut filter = vec![0u8; bytes];
    for hash in hashes {
        GramFilter::insert(&mut filter, hash);
    }
    filter
}
