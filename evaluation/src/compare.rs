//! Two results: what changed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::result::{CaseResult, Evaluation, FalseFinding, Figures, Missed};

/// What changed from one result to another. What stayed is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Figures of sources and of families in them.
    pub figures: Vec<FiguresChange>,
    /// Counts of classifiers.
    pub classifiers: Vec<ClassifierChange>,
    /// Cases, in the order of the files.
    pub cases: Vec<CaseChange>,
    /// Cases that only the new result has; they are not compared.
    pub cases_added: u64,
    /// Cases that only the old one had.
    pub cases_removed: u64,
}

impl Comparison {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Figures of a source, or of a family in it, that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresChange {
    /// The source.
    pub source: String,
    /// The family; none for all together.
    pub family: Option<String>,
    /// The old figures; none where there were none.
    pub before: Option<Figures>,
    /// The new ones.
    pub after: Option<Figures>,
}

/// Counts of a classifier that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassifierChange {
    /// Its id.
    pub id: String,
    /// The old counts.
    pub before: ClassifierCounts,
    /// The new ones.
    pub after: ClassifierCounts,
}

/// Counts of a classifier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassifierCounts {
    /// True findings.
    #[serde(rename = "true")]
    pub hits: u64,
    /// False findings.
    #[serde(rename = "false")]
    pub errors: u64,
    /// Findings in benign texts.
    pub benign: u64,
}

/// What changed about a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseChange {
    /// Its id.
    pub id: String,
    /// Its source.
    pub source: String,
    /// Values that are no longer missed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub now_found: Vec<Missed>,
    /// Values that were not missed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub now_missed: Vec<Missed>,
    /// False findings that are new.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub now_false: Vec<FalseFinding>,
    /// Those that are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub no_longer_false: Vec<FalseFinding>,
}

/// What changed from the old result to the new one.
pub fn compare(old: &Evaluation, new: &Evaluation) -> Comparison {
    let mut comparison = Comparison {
        figures: figures(old, new),
        classifiers: classifiers(old, new),
        ..Comparison::default()
    };
    let mut before = BTreeMap::<(&str, &str), &CaseResult>::new();
    for case in &old.cases {
        before.insert((&case.source, &case.id), case);
    }
    for case in &new.cases {
        match before.remove(&(case.source.as_str(), case.id.as_str())) {
            Some(old) => comparison.cases.extend(case_change(old, case)),
            None => comparison.cases_added += 1,
        }
    }
    comparison.cases_removed = before.len() as u64;
    comparison
}

/// By key, what stood there before and stands there now, where the two differ.
fn differing<K: Ord, V: PartialEq>(
    old: impl IntoIterator<Item = (K, V)>,
    new: impl IntoIterator<Item = (K, V)>,
) -> impl Iterator<Item = (K, Option<V>, Option<V>)> {
    let mut pairs = BTreeMap::<K, (Option<V>, Option<V>)>::new();
    for (key, value) in old {
        pairs.entry(key).or_insert((None, None)).0 = Some(value);
    }
    for (key, value) in new {
        pairs.entry(key).or_insert((None, None)).1 = Some(value);
    }
    let differing = pairs
        .into_iter()
        .filter(|(_, (before, after))| before != after);
    differing.map(|(key, (before, after))| (key, before, after))
}

fn figures(old: &Evaluation, new: &Evaluation) -> Vec<FiguresChange> {
    let all = |evaluation: &Evaluation| {
        let sources = evaluation.sources.iter().flat_map(|source| {
            let name = || source.source.clone();
            let families = source
                .families
                .iter()
                .map(move |one| ((name(), Some(one.family.clone())), one.figures));
            std::iter::once(((name(), None), source.total)).chain(families)
        });
        sources.collect::<Vec<_>>()
    };
    let changes = differing(all(old), all(new));
    changes
        .map(|((source, family), before, after)| FiguresChange {
            source,
            family,
            before,
            after,
        })
        .collect()
}

fn classifiers(old: &Evaluation, new: &Evaluation) -> Vec<ClassifierChange> {
    let all = |evaluation: &Evaluation| {
        let counts = evaluation.classifiers.iter().map(|one| {
            let counts = ClassifierCounts {
                hits: one.hits,
                errors: one.errors,
                benign: one.benign,
            };
            (one.id.clone(), counts)
        });
        counts.collect::<Vec<_>>()
    };
    let changes = differing(all(old), all(new)).map(|(id, before, after)| ClassifierChange {
        id,
        before: before.unwrap_or_default(),
        after: after.unwrap_or_default(),
    });
    changes
        .filter(|change| change.before != change.after)
        .collect()
}

fn case_change(old: &CaseResult, new: &CaseResult) -> Option<CaseChange> {
    let same = |a: &FalseFinding, b: &FalseFinding| {
        (a.start, a.end, &a.classifier) == (b.start, b.end, &b.classifier)
    };
    let missed = |of: &CaseResult, other: &CaseResult| -> Vec<Missed> {
        let only = of.missed.iter().filter(|it| !other.missed.contains(it));
        only.cloned().collect()
    };
    let errors = |of: &CaseResult, other: &CaseResult| -> Vec<FalseFinding> {
        let is_other = |it: &&FalseFinding| !other.errors.iter().any(|other| same(it, other));
        of.errors.iter().filter(is_other).cloned().collect()
    };
    let change = CaseChange {
        id: new.id.clone(),
        source: new.source.clone(),
        now_found: missed(old, new),
        now_missed: missed(new, old),
        now_false: errors(new, old),
        no_longer_false: errors(old, new),
    };
    let is_change = !change.now_found.is_empty()
        || !change.now_missed.is_empty()
        || !change.now_false.is_empty()
        || !change.no_longer_false.is_empty();
    is_change.then_some(change)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(id: &str, missed: &[usize], errors: &[(usize, u8)]) -> CaseResult {
        CaseResult {
            id: id.to_owned(),
            source: "s".to_owned(),
            found: 0,
            missed: missed
                .iter()
                .map(|&start| Missed {
                    start,
                    end: start + 1,
                    class: "c".to_owned(),
                })
                .collect(),
            errors: errors
                .iter()
                .map(|&(start, confidence)| FalseFinding {
                    start,
                    end: start + 1,
                    classifier: "custom.x".to_owned(),
                    confidence,
                })
                .collect(),
        }
    }

    #[test]
    fn cases_are_told_by_what_changed_about_them() {
        let old = case("1", &[1, 2], &[(5, 50), (6, 50)]);
        let change = case_change(&old, &case("1", &[2, 3], &[(6, 90), (7, 50)])).unwrap();
        assert_eq!(change.now_found[0].start, 1);
        assert_eq!(change.now_missed[0].start, 3);
        assert_eq!(change.now_false[0].start, 7);
        assert_eq!(change.no_longer_false[0].start, 5);
        assert_eq!(
            case_change(&old, &case("1", &[1, 2], &[(5, 9), (6, 9)])),
            None
        );
    }

    #[test]
    fn only_what_differs_is_listed() {
        let old = [("a", 1), ("b", 2), ("c", 3)];
        let new = [("b", 2), ("c", 4), ("d", 5)];
        let all: Vec<_> = differing(old, new).collect();
        assert_eq!(
            all,
            [
                ("a", Some(1), None),
                ("c", Some(3), Some(4)),
                ("d", None, Some(5))
            ]
        );
    }
}
