//! The decisions of a generator, from a seed or from a fuzzer's bytes.

/// A sequence of decisions. Equal seeds and equal bytes give equal sequences.
///
/// Where bytes run out every decision is the first of its list, so generators put what is simplest
/// first, and a shorter sequence gives a simpler value.
#[derive(Clone, Debug)]
pub struct Choices<'a>(Origin<'a>);

#[derive(Clone, Debug)]
enum Origin<'a> {
    Seed(u64),
    Bytes(&'a [u8]),
}

impl<'a> Choices<'a> {
    /// Decisions without end, by the `SplitMix64` generator.
    pub fn from_seed(seed: u64) -> Self {
        Self(Origin::Seed(seed))
    }

    /// Decisions read from bytes.
    pub fn from_bytes(bytes: &'a [u8]) -> Self {
        Self(Origin::Bytes(bytes))
    }

    /// A number below `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end <= 1 {
            return 0;
        }
        let value = match &mut self.0 {
            Origin::Seed(state) => {
                // Sebastiano Vigna, public domain: https://prng.di.unimi.it/splitmix64.c
                *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
                let z = (*state ^ *state >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
                z ^ z >> 31
            }
            Origin::Bytes(bytes) => {
                let wanted = if end <= 256 { 1 } else { 4 };
                let (head, rest) = bytes.split_at(wanted.min(bytes.len()));
                *bytes = rest;
                head.iter()
                    .fold(0, |value, &byte| value << 8 | u64::from(byte))
            }
        };
        (value % end as u64) as usize
    }

    /// A number from `least` to `most`.
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// True once in `n` times, and never when bytes have run out.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) + 1 == n && n > 1
    }

    /// One of the values.
    ///
    /// # Panics
    /// When there are none.
    pub fn pick<'v, T>(&mut self, values: &'v [T]) -> &'v T {
        &values[self.below(values.len())]
    }

    /// Any byte.
    pub fn byte(&mut self) -> u8 {
        self.below(256) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_run_out_give_the_first_of_each_list() {
        let mut choices = Choices::from_bytes(&[5]);
        assert_eq!(choices.below(10), 5);
        assert_eq!(choices.below(10), 0);
        assert!(!choices.one_in(2));
    }

    #[test]
    fn a_seed_gives_one_sequence() {
        let draw = |seed| {
            let mut choices = Choices::from_seed(seed);
            (0..8).map(|_| choices.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(3), draw(3));
        assert_ne!(draw(3), draw(4));
    }
}
