//! How the filter finds a sequence of byte sets: which of its bytes become grams, and what is compared
//! where a gram is seen.

use std::fmt;

use sluicegate_kernels::gram::{self, GRAM, SHORT, STRIDE};

use super::byteset::ByteSet;
use super::literal::{Before, Sequence};
use super::rarity::{self, ShareCache};
use crate::database::record::GramUse;

/// Grams of a window whose shares are looked at.
const MAX_SAMPLES: usize = 37;
/// Most grams of one window.
const MAX_WINDOW_GRAMS: usize = 4096;
/// What a gram costs by filling the filter, as a power of two: the share 2^-22. With two bits of
/// 2^20 set for each of n grams, one more lets 8 n / 2^40 more places through.
pub(crate) const GRAM_COST: u32 = 38;
/// How the filter sees a sequence: a gram of it at an even and one at an odd offset, because the
/// filter looks at every other position of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Needle {
    pub(crate) windows: [Window; STRIDE],
    /// Share of positions in ordinary text at which it is seen.
    pub(crate) share: u64,
}

/// Codes that stand next to one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// Offset from the sequence's start. At -1 the first code is that of the byte before.
    pub(crate) offset: i8,
    /// For each place, a bit for each code that can stand there.
    codes: [u32; GRAM],
    /// Share of positions in ordinary text at which it is seen.
    share: u64,
}

impl Window {
    /// Whether it is short: then its last place is not looked at.
    pub(crate) fn is_short(&self) -> bool {
        self.codes[SHORT] == u32::MAX
    }

    /// Bytes from the sequence's start to its end.
    pub(crate) fn end(&self) -> usize {
        let len = if self.is_short() { SHORT } else { GRAM };
        len.saturating_add_signed(self.offset.into())
    }

    /// The keys of its grams.
    pub(crate) fn keys(&self) -> impl Iterator<Item = u32> {
        let short = self.is_short();
        (0..self.count()).map(move |number| {
            let codes = self.gram(number);
            match codes.first_chunk() {
                Some(first) if short => gram::short_key(*first),
                _ => gram::key(codes),
            }
        })
    }

    /// How many grams it stands for.
    fn count(&self) -> usize {
        let looked_at = if self.is_short() { SHORT } else { GRAM };
        ways(&self.codes[..looked_at])
    }

    /// Share of positions at which one of its grams stands: of many, some are looked at.
    fn estimate(&self) -> u64 {
        let count = ways(&self.codes);
        if count == 0 {
            return 0;
        }
        let step = count.div_ceil(MAX_SAMPLES);
        let sampled = count.div_ceil(step);
        let sum: u64 = (0..sampled)
            .map(|i| rarity::of_gram(gram::key(self.gram(i * step))))
            .sum();
        (u128::from(sum) * count as u128 / sampled as u128) as u64
    }

    /// The codes of gram number `number`.
    fn gram(&self, mut number: usize) -> [u8; GRAM] {
        self.codes.map(|codes| {
            let ones = codes.count_ones() as usize;
            let mut rest = codes;
            for _ in 0..number % ones {
                rest &= rest - 1;
            }
            number /= ones;
            rest.trailing_zeros() as u8
        })
    }
}

/// In how many ways places can have these codes.
fn ways(places: &[u32]) -> usize {
    places
        .iter()
        .map(|codes| codes.count_ones() as usize)
        .product()
}

impl fmt::Display for Needle {
    /// The bytes of the rarer window, letters in lower case.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [even, odd] = &self.windows;
        let window = if even.share <= odd.share { even } else { odd };
        for codes in window.codes {
            let set: ByteSet = (0..=u8::MAX)
                .filter(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
                .filter(|byte| codes >> gram::code(*byte) & 1 == 1)
                .collect();
            if codes == u32::MAX {
                f.write_str(".")?;
            } else {
                write!(f, "{set}")?;
            }
        }
        write!(f, " at {}", window.offset)
    }
}

impl Needle {
    /// How many grams it puts into the filter.
    pub(crate) fn gram_count(&self) -> usize {
        self.windows.iter().map(Window::count).sum()
    }
}

/// The codes of a set's bytes.
fn codes(set: &ByteSet) -> u32 {
    if *set == ByteSet::ALL {
        return u32::MAX;
    }
    set.iter()
        .fold(0, |codes, byte| codes | 1 << gram::code(byte))
}

/// The needle that is seen least. `before` is what is known of the byte before the sequence.
pub(crate) fn needle(
    sequence: &Sequence,
    before: Option<Before>,
    cache: &mut ShareCache,
) -> Option<Needle> {
    let first = before.map_or(u32::MAX, |before| codes(&before.set));
    let all: Vec<u32> = std::iter::once(first)
        .chain(sequence.sets.iter().map(codes))
        .collect();
    let mut best: [Option<(u64, Window)>; STRIDE] = [None, None];
    for start in 0..all.len().min(GramUse::OFFSETS) {
        let codes: [u32; GRAM] =
            std::array::from_fn(|i| all.get(start + i).copied().unwrap_or(u32::MAX));
        // A run of one class is seen all over a wall of it; shapes look for where it starts.
        let mut known = codes.iter().filter(|codes| **codes != u32::MAX);
        let is_run = known
            .next()
            .is_none_or(|first| known.all(|other| other == first));
        let offset = start as i8 - 1;
        let mut window = Window {
            offset,
            codes,
            share: 0,
        };
        let count = window.count();
        if count > MAX_WINDOW_GRAMS || is_run {
            continue;
        }
        let known = cache.windows.entry(codes);
        window.share = *known.or_insert_with(|| window.estimate());
        // Each gram also fills bits of the filter.
        let cost = window.share + ((count as u64) << GRAM_COST);
        let best = &mut best[offset.rem_euclid(STRIDE as i8) as usize];
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            *best = Some((cost, window));
        }
    }
    let [Some((_, even)), Some((_, odd))] = best else {
        return None;
    };
    let share = even.share.midpoint(odd.share);
    Some(Needle {
        windows: [even, odd],
        share,
    })
}

/// A comparison of sixteen bytes at once that every place of a sequence passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Mask {
    /// Where the bytes start, from the sequence's start.
    pub(crate) from: u8,
    /// Bits that are compared.
    pub(crate) asked: [u8; Mask::LEN],
    /// What they must be.
    pub(crate) value: [u8; Mask::LEN],
}

impl Mask {
    pub(crate) const LEN: usize = 16;

    /// The four bytes of the comparison that ask most beside a gram at an offset of the sequence:
    /// where they start, from the gram, which bits are compared, and what they must be.
    pub(crate) fn probe(&self, offset: i8) -> (i8, [u8; GramUse::PROBE], [u8; GramUse::PROBE]) {
        let gram = offset..offset + GRAM as i8;
        let weight = |at: usize| -> u32 {
            (at..at + GramUse::PROBE)
                .map(|i| {
                    let place = i as i8 + self.from.cast_signed();
                    // The gram has said most of what it covers.
                    let worth = if gram.contains(&place) { 1 } else { 4 };
                    self.asked[i].count_ones() * worth
                })
                .sum()
        };
        let at = (0..=Self::LEN - GramUse::PROBE)
            .rev()
            .max_by_key(|&at| weight(at))
            .unwrap_or(0);
        let four = |bytes: &[u8; Self::LEN]| std::array::from_fn(|i| bytes[at + i]);
        let from = at as i8 + self.from.cast_signed() - offset;
        (from, four(&self.asked), four(&self.value))
    }

    /// The comparison that asks most of a sequence.
    pub(crate) fn of(sets: &[ByteSet]) -> Self {
        // The bits in which all members agree.
        let bits: Vec<(u8, u8)> = sets
            .iter()
            .map(|set| {
                let and = set.iter().fold(u8::MAX, |and, byte| and & byte);
                let or = set.iter().fold(0, |or, byte| or | byte);
                let mask = !(and ^ or);
                (mask, and & mask)
            })
            .collect();
        let weight = |from: usize| -> u32 {
            let bits = &bits[from..bits.len().min(from + Self::LEN)];
            bits.iter().map(|(mask, _)| mask.count_ones()).sum()
        };
        let from = (0..=bits.len().saturating_sub(Self::LEN))
            .rev()
            .max_by_key(|&from| weight(from))
            .unwrap_or(0);
        let mut all = Self {
            from: from as u8,
            ..Self::default()
        };
        for (i, &(mask, value)) in bits[from..].iter().take(Self::LEN).enumerate() {
            (all.asked[i], all.value[i]) = (mask, value);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::node::Node;
    use crate::compile::report;

    fn sequence(pattern: &str) -> Sequence {
        let hir = report::parse(pattern, None).expect("test pattern");
        let node = Node::from_hir(&hir);
        crate::compile::literal::sequences(std::slice::from_ref(&node)).unwrap()[0].clone()
    }

    #[test]
    fn the_rarest_window_wins() {
        let sequence = sequence("in the other qzxjk");
        let needle = needle(&sequence, None, &mut ShareCache::default()).unwrap();
        assert!(needle.windows.iter().all(|window| window.offset >= 8));
        assert_eq!(needle.windows[0].offset % 2, 0);
        assert_eq!(needle.windows[1].offset.rem_euclid(2), 1);
    }

    #[test]
    fn short_literals_make_few_grams() {
        let sequence = sequence("qzxj");
        let counts = |before| {
            let needle = needle(&sequence, before, &mut ShareCache::default());
            needle.unwrap().gram_count()
        };
        assert_eq!(counts(None), 33);
        let digit = Before {
            set: ByteSet::of_ranges(&[(b'0', b'9')]),
            start_allowed: true,
        };
        assert_eq!(counts(Some(digit)), 2);
    }

    #[test]
    fn a_mask_asks_for_what_all_members_share() {
        let sets = sequence("[Aa]x[0-9]").sets;
        let mask = Mask::of(&sets);
        assert_eq!(mask.asked[..4], [0xDF, 0xFF, 0xF0, 0]);
        assert_eq!(mask.value[..4], [0x41, b'x', 0x30, 0]);
        let late = sequence("[^x]{20}abc").sets;
        assert_eq!(Mask::of(&late).from, 7);
    }
}
