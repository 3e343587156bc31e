//! What scans with an index cost beside scans without, in turns.

use std::time::Instant;

use sluicegate::{Database, Scanner};
use sluicegate_classifiers::builtin;

/// The built-in catalogue with an index, and without.
pub(crate) struct Pace {
    plain: Scanner,
    with: Scanner,
}

impl Pace {
    /// Compares a database with the built-in one.
    pub(crate) fn new(with: &Database) -> Self {
        Self {
            plain: Scanner::new(&builtin()),
            with: Scanner::new(with),
        }
    }

    /// The share of the speed that is kept, and the seconds of a scan with the index: the middle of
    /// five each.
    pub(crate) fn of(&mut self, text: &[u8]) -> (f64, f64) {
        let time = |scanner: &mut Scanner| {
            let start = Instant::now();
            scanner.scan(text);
            start.elapsed().as_secs_f64()
        };
        let (mut kept, mut seconds) = ([0.0; 5], [0.0; 5]);
        for turn in 0..5 {
            let before = time(&mut self.plain);
            seconds[turn] = time(&mut self.with);
            kept[turn] = before / seconds[turn];
        }
        kept.sort_by(f64::total_cmp);
        seconds.sort_by(f64::total_cmp);
        (kept[2], seconds[2])
    }
}
