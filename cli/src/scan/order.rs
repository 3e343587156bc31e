//! Results in the order of the inputs, whoever ends first.

use std::collections::BTreeMap;

/// Keeps results until all before them have been taken.
pub(super) struct Order<T> {
    next: usize,
    waiting: BTreeMap<usize, T>,
}

impl<T> Order<T> {
    pub(super) fn new() -> Self {
        Self {
            next: 0,
            waiting: BTreeMap::new(),
        }
    }

    /// Adds the result of an input, and hands on every result whose turn it is.
    pub(super) fn add<E>(
        &mut self,
        number: usize,
        result: T,
        mut take: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        self.waiting.insert(number, result);
        while let Some(result) = self.waiting.remove(&self.next) {
            self.next += 1;
            take(result)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_taken_in_order() {
        let mut order = Order::new();
        let mut taken = Vec::new();
        for number in [2, 0, 3, 1, 4] {
            order
                .add(number, number, |number| {
                    taken.push(number);
                    Ok::<(), ()>(())
                })
                .unwrap();
        }
        assert_eq!(taken, [0, 1, 2, 3, 4]);
    }
}
