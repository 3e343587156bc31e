//! How often byte sequences occur in the text that is scanned.
//!
//! Two models: a first-order one, with the share of each byte and of each byte after another, and
//! the shares of the grams that the filter knows. Only the choice of anchors depends on them, hence
//! speed and never a finding. All arithmetic is in integers, so that the same rules give the same
//! database on every machine.
//!
//! Both tables are made by `cargo run --release -p sluicegate --example rarity -- FILE...` from text
//! of the kinds that pass through a gateway (prose, code, chat, tool calls, logs, mail, Markdown,
//! many scripts, patches in equal shares). The first holds, for bytes below 0x80 with all others counted
//! as 0x7F, `-8 log2` of the share of each byte (128 entries) and of each pair's second byte given
//! its first (128 rows of 128). The second holds four bits for each cell into which grams are hashed:
//! `-log2` of the share of all grams of the cell, less 6.

use std::collections::HashMap;

use sluicegate_kernels::gram::{self, GRAM};

use super::byteset::ByteSet;

static TABLE: &[u8; SYMBOLS + SYMBOLS * SYMBOLS] = include_bytes!("rarity.bin");
const SYMBOLS: usize = 128;

static GRAMS: &[u8; 1 << (CELLS - 1)] = include_bytes!("grams.bin");
/// Logarithm of the number of cells, two of which share a byte.
const CELLS: u32 = 17;

/// Share of positions at which the gram with this key stands, and others of its cell.
pub(crate) fn of_gram(key: u32) -> u64 {
    let cell = (gram::hash(key) >> (32 - CELLS)) as usize;
    let level = GRAMS[cell / 2] >> (cell % 2 * 4) & 15;
    ONE >> (6 + level)
}

/// A share of 1. Shares are fixed-point numbers below it.
pub(crate) const ONE: u64 = 1 << 60;

/// `2^(32 - k/8)` for k = 0..8, rounded.
const EIGHTHS: [u64; 8] = [
    4_294_967_296,
    3_938_502_376,
    3_611_622_603,
    3_311_872_529,
    3_037_000_500,
    2_784_941_738,
    2_553_802_834,
    2_341_847_524,
];

/// `2^(-quantised / 8)`, scaled by 2^32.
fn share32(quantised: u8) -> u64 {
    EIGHTHS[usize::from(quantised & 7)] >> (quantised >> 3)
}

/// Share of a byte among all bytes, scaled by 2^32.
fn of(symbol: usize) -> u64 {
    share32(TABLE[symbol])
}

/// Share of `next` among the bytes that follow `byte`, scaled by 2^32.
fn after(byte: usize, next: usize) -> u64 {
    share32(TABLE[SYMBOLS + byte * SYMBOLS + next])
}

/// The product of two shares.
pub(crate) fn times(share: u64, other: u64) -> u64 {
    ((u128::from(share) * u128::from(other)) >> 60) as u64
}

fn times32(share: u64, factor32: u64) -> u64 {
    ((u128::from(share) * u128::from(factor32)) >> 32) as u64
}

/// How many bytes the last symbol stands for as far as rarity goes: of the 128 bytes from 0x80 on,
/// a script uses some dozens.
const HIGH_BYTES: u32 = 64;

/// The symbols of a set, as bits, and what part of the last symbol, in `HIGH_BYTES`, is in it.
fn symbols(set: &ByteSet) -> (impl Iterator<Item = usize>, u64) {
    let [low, high, rest @ ..] = set.0;
    let others = (high >> 63) as u32 + rest.iter().map(|word| word.count_ones()).sum::<u32>();
    let mut bits = u128::from(low) | u128::from(high << 1 >> 1 | u64::from(others > 0) << 63) << 64;
    let symbols = std::iter::from_fn(move || {
        let next = (bits != 0).then_some(bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(next)
    });
    (symbols, u64::from(others.min(HIGH_BYTES)))
}

/// Share of positions at which bytes of these sets follow one another.
pub(crate) fn of_sets(sets: &[ByteSet]) -> u64 {
    let Some((first, rest)) = sets.split_first() else {
        return ONE;
    };
    // Shares of the symbols that the sequence can have reached, the first `len` of them used.
    let mut now = [(0u8, 0u64); SYMBOLS];
    let mut len = 0;
    let part = |symbol: usize, share: u64, high: u64| {
        if symbol == SYMBOLS - 1 {
            share / u64::from(HIGH_BYTES) * high
        } else {
            share
        }
    };
    let (all, high) = symbols(first);
    for symbol in all {
        now[len] = (symbol as u8, part(symbol, times32(ONE, of(symbol)), high));
        len += 1;
    }
    for set in rest {
        let mut then = [(0u8, 0u64); SYMBOLS];
        let mut count = 0;
        let (all, high) = symbols(set);
        for next in all {
            let share = now[..len]
                .iter()
                .map(|&(s, share)| times32(share, after(s.into(), next)))
                .sum();
            then[count] = (next as u8, part(next, share, high));
            count += 1;
        }
        (now, len) = (then, count);
    }
    now[..len]
        .iter()
        .map(|&(_, share)| share)
        .sum::<u64>()
        .min(ONE)
}

/// Classes that runs in text are made of, with `-8 log2` of the share of positions at which a run
/// of `2^k` of their bytes starts, for k from 0 to 6. A first-order model finds long runs far too
/// rare. Counted in the same text.
static RUNS: [(ByteSet, [u8; 7]); 14] = [
    (
        ByteSet::of_ranges(&[(b' ', b' ')]),
        [22, 34, 38, 47, 60, 76, 93],
    ),
    (
        ByteSet::of_ranges(&[(0x80, 0xFF)]),
        [33, 34, 36, 40, 50, 66, 76],
    ),
    (
        ByteSet::of_ranges(&[(b' ', b' '), (b'-', b'/'), (b':', b':')]),
        [19, 30, 36, 43, 55, 68, 88],
    ),
    (
        ByteSet::of_ranges(&[(b'0', b'9')]),
        [32, 37, 45, 60, 89, 125, 133],
    ),
    (
        ByteSet::of_ranges(&[(b' ', b' '), (b'-', b'9')]),
        [16, 24, 29, 38, 52, 67, 87],
    ),
    (
        ByteSet::of_ranges(&[(b'0', b'9'), (b'A', b'F'), (b'a', b'f')]),
        [17, 29, 42, 53, 65, 74, 106],
    ),
    (
        ByteSet::of_ranges(&[(b'A', b'Z')]),
        [35, 46, 57, 79, 104, 115, 126],
    ),
    (
        ByteSet::of_ranges(&[(b'a', b'z')]),
        [8, 11, 18, 38, 89, 95, 100],
    ),
    (
        ByteSet::of_ranges(&[(b'0', b'9'), (b'A', b'Z')]),
        [25, 32, 40, 57, 82, 108, 121],
    ),
    (
        ByteSet::of_ranges(&[(b'0', b'9'), (b'a', b'z')]),
        [6, 9, 16, 35, 64, 73, 95],
    ),
    (
        ByteSet::of_ranges(&[(b'A', b'Z'), (b'a', b'z')]),
        [7, 9, 16, 33, 60, 86, 99],
    ),
    (
        ByteSet::of_ranges(&[(b'0', b'9'), (b'A', b'Z'), (b'a', b'z')]),
        [5, 8, 14, 30, 48, 60, 81],
    ),
    (ByteSet::word(), [5, 8, 13, 26, 42, 57, 77]),
    (
        ByteSet::of_ranges(&[
            (b'-', b'.'),
            (b'0', b'9'),
            (b'A', b'Z'),
            (b'_', b'_'),
            (b'a', b'z'),
        ]),
        [5, 7, 12, 22, 36, 53, 75],
    ),
];

/// The classes of [`RUNS`], the smaller first.
pub(crate) fn common_classes() -> impl Iterator<Item = &'static ByteSet> {
    RUNS.iter().map(|(class, _)| class)
}

/// Shares that were worked out before.
#[derive(Default)]
pub(crate) struct ShareCache {
    pairs: HashMap<(ByteSet, ByteSet), u64>,
    singles: HashMap<ByteSet, u64>,
    runs: HashMap<(ByteSet, u32), u64>,
    /// By the codes that can stand at each place of a window.
    pub(super) windows: HashMap<[u32; GRAM], u64>,
}

impl ShareCache {
    /// Share of positions at which bytes of these sets follow one another, each step approximated by
    /// its pair of sets.
    pub(crate) fn of_sequence(&mut self, sets: &[ByteSet]) -> u64 {
        let Some(first) = sets.first() else {
            return ONE;
        };
        let mut share = *self
            .singles
            .entry(*first)
            .or_insert_with(|| of_sets(&[*first]));
        for pair in sets.windows(2) {
            let step = *self.pairs.entry((pair[0], pair[1])).or_insert_with(|| {
                let both = of_sets(pair);
                let one = of_sets(&pair[..1]).max(1);
                ((u128::from(both) << 32) / u128::from(one)).min(1 << 32) as u64
            });
            share = times32(share, step);
        }
        share
    }

    /// Share of positions at which a run of this many bytes of a set starts.
    pub(crate) fn of_run(&mut self, set: &ByteSet, len: u32) -> u64 {
        if let Some(&known) = self.runs.get(&(*set, len)) {
            return known;
        }
        let modelled = self.of_sequence(&vec![*set; len as usize]);
        let level = len.max(1).ilog2().min(5) as usize;
        // Between two powers of two the logarithm is taken to fall evenly.
        let part = (len.max(1) - (1 << level)).min(1 << level);
        let counted = RUNS
            .iter()
            .filter(|(class, _)| class.is_subset(set))
            .map(|(_, counts)| {
                let (less, more) = (u32::from(counts[level]), u32::from(counts[level + 1]));
                share32((less + (more - less) * part / (1 << level)) as u8) << 28
            })
            .max();
        let share = modelled.max(counted.unwrap_or(0)).min(ONE);
        self.runs.insert((*set, len), share);
        share
    }
}

/// `-log2` of a share, rounded down; 60 for nothing.
pub(crate) fn bits(share: u64) -> u32 {
    if share == 0 {
        60
    } else {
        60u32.saturating_sub(share.ilog2())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> u64 {
        of_sets(&text.bytes().map(ByteSet::single).collect::<Vec<_>>())
    }

    #[test]
    fn rare_is_rarer_than_common() {
        assert!(text("qzxv") < text("akia"));
        assert!(text("akia") < text("the "));
        assert_eq!(of_sets(&[]), ONE);
        assert!(bits(of_sets(&[ByteSet::ALL])) <= 1);
    }

    #[test]
    fn pairs_agree_with_the_exact_share_on_single_bytes() {
        let sets: Vec<_> = b"-----BEGIN".map(ByteSet::single).to_vec();
        let exact = of_sets(&sets);
        let paired = ShareCache::default().of_sequence(&sets);
        assert!(bits(exact).abs_diff(bits(paired)) <= 1);
    }
}
