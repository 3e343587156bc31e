//! How often byte sequences occur in the text that is scanned.
//!
//! A first-order model: the share of each byte, and of each byte after another. Only the choice of
//! anchors depends on it, hence speed and never a finding. All arithmetic is in integers, so that
//! the same rules give the same database on every machine.
//!
//! The table is made by `cargo run --release -p sluicegate --example rarity -- FILE...` from text
//! of the kinds that pass through a gateway (prose, code, chat, tool calls, logs, mail, Markdown,
//! many scripts, patches in equal shares). It holds, for bytes below 0x80 with all others counted
//! as 0x7F, `-8 log2` of the share of each byte (128 entries) and of each pair's second byte given
//! its first (128 rows of 128).

use std::collections::HashMap;

use super::byteset::ByteSet;

static TABLE: &[u8; SYMBOLS + SYMBOLS * SYMBOLS] = include_bytes!("rarity.bin");
const SYMBOLS: usize = 128;

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

/// Shares of long sequences of sets, each step approximated by its pair of sets.
#[derive(Default)]
pub(crate) struct PairCache {
    pairs: HashMap<(ByteSet, ByteSet), u64>,
    singles: HashMap<ByteSet, u64>,
}

impl PairCache {
    /// Share of positions at which bytes of these sets follow one another, approximately.
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
        let paired = PairCache::default().of_sequence(&sets);
        assert!(bits(exact).abs_diff(bits(paired)) <= 1);
    }
}
