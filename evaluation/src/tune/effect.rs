//! What changes come to when they are compiled.

use super::Limits;
use super::half::Halves;
use crate::evaluate::Judged;
use crate::share::{Rate, Share};

/// Findings of a classifier in one half.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// True ones.
    pub hits: u64,
    /// False ones in cases.
    pub errors: u64,
    /// Those in benign texts.
    pub benign: u64,
}

impl Counts {
    /// All that are false.
    pub fn all_errors(self) -> u64 {
        self.errors + self.benign
    }

    /// Share of the true ones.
    pub fn precision(self) -> Option<Share> {
        Share::of(self.hits, self.hits + self.all_errors())
    }
}

/// Findings of a classifier before a change and after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Before.
    pub before: Counts,
    /// After.
    pub after: Counts,
    /// Bytes of benign text in which they were looked for.
    pub benign_bytes: u64,
}

impl Effect {
    /// Findings in a million bytes of benign text, before and after.
    pub fn rates(&self) -> [Option<Rate>; 2] {
        [self.before, self.after].map(|counts| Rate::of(counts.benign, self.benign_bytes))
    }

    /// Whether F1 is better, with the true ones that are lost as missed.
    fn is_better(&self) -> bool {
        let (before, after) = (self.before, self.after);
        is_better(
            before.hits,
            (before.hits, before.all_errors()),
            (after.hits, after.all_errors()),
        )
    }
}

/// Whether the second pair of true and false findings has a higher F1 than the first, where so many
/// are true at best: 2h / (h + e + best) is compared without dividing.
pub(super) fn is_better(best: u64, old: (u64, u64), new: (u64, u64)) -> bool {
    let below = |(hits, errors): (u64, u64)| u128::from(hits + errors + best);
    let (old_hits, new_hits) = (u128::from(old.0), u128::from(new.0));
    new_hits * below(old) > old_hits * below(new)
}

/// Whether counts stay within the limits, in so many bytes of benign text.
pub(super) fn is_within(limits: Limits, counts: Counts, benign_bytes: u64) -> bool {
    let precise = match (limits.min_precision, counts.precision()) {
        (Some(least), Some(precision)) => precision >= least,
        _ => true,
    };
    let quiet = match (
        limits.max_false_per_mb,
        Rate::of(counts.benign, benign_bytes),
    ) {
        (Some(most), Some(rate)) => rate <= most,
        _ => true,
    };
    precise && quiet
}

/// Whether a change is worth keeping: it makes the classifier better, or brings it within limits that
/// it was not within.
pub(super) fn helps(effect: &Effect, limits: Limits, halves: &Halves) -> bool {
    let within = |counts| is_within(limits, counts, halves.bytes[0]);
    let gone = effect.before.hits == 0 && effect.after.all_errors() < effect.before.all_errors();
    let brought_within = !within(effect.before) && within(effect.after);
    gone || brought_within || effect.is_better()
}

/// Whether a change does on the other half what it was not made for: it makes F1 worse, without being
/// what brings the classifier within limits.
pub(super) fn harms(effect: &Effect, limits: Limits) -> bool {
    let within = |counts| is_within(limits, counts, effect.benign_bytes);
    let (before, after) = (effect.before, effect.after);
    let is_worse = is_better(
        before.hits,
        (after.hits, after.all_errors()),
        (before.hits, before.all_errors()),
    );
    is_worse && within(before)
}

/// What changed for a classifier, in either half.
pub(super) fn measure(
    before: &Judged,
    after: &Judged,
    halves: &Halves,
    id: &str,
    least: u8,
) -> [Effect; 2] {
    let (before, after) = (
        counts(before, halves, id, least),
        counts(after, halves, id, least),
    );
    [0, 1].map(|half| Effect {
        before: before[half],
        after: after[half],
        benign_bytes: halves.bytes[half],
    })
}

/// The findings of a classifier in either half; none where it is not there any more.
fn counts(judged: &Judged, halves: &Halves, id: &str, least: u8) -> [Counts; 2] {
    let mut counts = [Counts::default(); 2];
    let Some(classifier) = judged.names.find(id) else {
        return counts;
    };
    for (number, outcome) in judged.outcomes.iter().enumerate() {
        let half = &mut counts[halves.of_case(number)];
        for (found, is_hit) in outcome.sides() {
            if found.classifier == classifier && found.confidence >= least {
                half.hits += u64::from(is_hit);
                half.errors += u64::from(!is_hit);
            }
        }
    }
    if judged.names.is_apart(classifier) {
        return counts;
    }
    for (number, (found, _)) in judged.benign.iter().enumerate() {
        for found in found {
            if found.classifier == classifier && found.confidence >= least {
                counts[halves.of_benign(number, found.start as usize)].benign += 1;
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_is_a_higher_f1() {
        // F1 of 10 true, 10 false: 20/30. Of 9 true, 1 lost, 1 false: 18/20.
        assert!(is_better(10, (10, 10), (9, 1)));
        assert!(!is_better(10, (9, 1), (10, 10)));
        // Nothing is gained by losing all.
        assert!(!is_better(10, (10, 1000), (0, 0)));
        assert!(!is_better(0, (0, 5), (0, 0)));
        assert!(!is_better(3, (3, 0), (3, 0)));
    }

    #[test]
    fn limits_are_of_what_can_be_divided() {
        let counts = Counts {
            hits: 3,
            errors: 1,
            benign: 2,
        };
        let limits = |precision: &str, rate: &str| Limits {
            min_precision: Some(precision.parse().unwrap()),
            max_false_per_mb: Some(rate.parse().unwrap()),
        };
        assert!(is_within(limits("0.5", "2"), counts, 1_000_000));
        assert!(!is_within(limits("0.51", "2"), counts, 1_000_000));
        assert!(!is_within(limits("0.5", "1.9"), counts, 1_000_000));
        assert!(is_within(limits("0.5", "1.9"), counts, 0));
        assert!(is_within(limits("1", "0"), Counts::default(), 5));
    }
}
