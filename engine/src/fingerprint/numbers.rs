//! A set of numbers in the order in which they came.

/// Numbers, each once, and the place of each among them. Keeps its memory when it is cleared.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    numbers: Vec<u32>,
    /// Place of a number plus one, at the first free slot from where its hash points; 0 is free. A
    /// power of two of them, at most half of them taken.
    slots: Vec<u32>,
}

/// Slots of the smallest table.
const LEAST: usize = 64;

impl Numbers {
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The numbers in the order in which they came.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.numbers.iter().copied()
    }

    /// Bytes of memory held.
    pub(super) fn bytes(&self) -> usize {
        (self.numbers.capacity() + self.slots.capacity()) * size_of::<u32>()
    }

    /// Takes all numbers out, at a cost of those that are in.
    pub(super) fn clear(&mut self) {
        // A number stands behind taken slots only, so the walk from where its hash points meets it,
        // unless an earlier walk has.
        for &number in &self.numbers {
            let mut slot = home(number, self.slots.len());
            while self.slots[slot] != 0 {
                self.slots[slot] = 0;
                slot = (slot + 1) % self.slots.len();
            }
        }
        self.numbers.clear();
    }

    /// The place of a number, if it is in.
    pub(super) fn place(&self, number: u32) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let slot = self.slot(number);
        (self.slots[slot] as usize).checked_sub(1)
    }

    /// Puts a number in; returns its place.
    pub(super) fn insert(&mut self, number: u32) -> usize {
        if self.slots.len() < 2 * (self.numbers.len() + 1) {
            self.grow();
        }
        let slot = self.slot(number);
        if self.slots[slot] == 0 {
            self.numbers.push(number);
            self.slots[slot] = self.numbers.len() as u32;
        }
        self.slots[slot] as usize - 1
    }

    /// The slot that holds the number, or the one that it would take.
    fn slot(&self, number: u32) -> usize {
        let mut slot = home(number, self.slots.len());
        while let Some(place) = (self.slots[slot] as usize).checked_sub(1)
            && self.numbers[place] != number
        {
            slot = (slot + 1) % self.slots.len();
        }
        slot
    }

    fn grow(&mut self) {
        let len = (2 * self.slots.len()).max(LEAST);
        self.slots.clear();
        self.slots.resize(len, 0);
        for place in 0..self.numbers.len() {
            let slot = self.slot(self.numbers[place]);
            self.slots[slot] = place as u32 + 1;
        }
    }
}

/// Where the search for a number starts in so many slots, a power of two.
fn home(number: u32, slots: usize) -> usize {
    let spread = u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (spread >> 32) as usize & (slots - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn holds_what_came_since_it_was_cleared(rounds in prop::collection::vec(
            prop::collection::vec(0..300u32, 0..300), 1..5,
        )) {
            let mut numbers = Numbers::default();
            for round in rounds {
                let mut expected = Vec::new();
                for number in round {
                    let known = expected.iter().position(|&other| other == number);
                    prop_assert_eq!(numbers.place(number), known);
                    if known.is_none() {
                        expected.push(number);
                    }
                    let place = known.unwrap_or(expected.len() - 1);
                    prop_assert_eq!(numbers.insert(number), place);
                    prop_assert_eq!(numbers.len(), expected.len());
                }
                numbers.clear();
                prop_assert!(numbers.slots.iter().all(|&slot| slot == 0));
            }
        }
    }
}
