//! Overrides, beside the classifiers that they are about.

use sluicegate::compile;
use sluicegate::model::{Classifier, Diagnostic, Override, apply_overrides};
use sluicegate_classifiers::builtin_rules;

/// Problems of overrides. What they are about and the packs do not have is looked for in the built-in
/// catalogue, which scans have unless it is left out.
pub(super) fn check(overrides: &[Override], classifiers: &[Classifier]) -> Vec<Diagnostic> {
    if overrides.is_empty() {
        return Vec::new();
    }
    let mut all = classifiers.to_vec();
    let mut builtin = builtin_rules().classifiers;
    builtin.retain(|known| classifiers.iter().all(|other| other.id != known.id));
    all.append(&mut builtin);
    all.retain(|known| overrides.iter().any(|one| one.meets(known.id.as_str())));
    let mut problems = apply_overrides(&mut all, overrides);
    // Patterns and keywords of overrides are compiled with the classifiers that they change.
    for changed in all.iter().filter(|known| known.composite.is_none()) {
        if let Err(error) = compile(std::slice::from_ref(changed)) {
            let new = error.0.into_iter().filter(|it| !problems.contains(it));
            problems.extend(new.collect::<Vec<_>>());
        }
    }
    problems
}
