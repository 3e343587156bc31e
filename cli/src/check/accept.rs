//! Warnings that classifiers accept.

use std::collections::BTreeMap;

use sluicegate::model::{Acceptance, Classifier, Code, Diagnostic};

/// A warning that nothing is to be done about.
pub(super) struct Accepted {
    pub(super) warning: Diagnostic,
    pub(super) reason: String,
}

/// Takes out of the problems what the classifiers accept; what they accept and does not come is a
/// problem of its own.
pub(super) fn take(classifiers: &[Classifier], problems: &mut Vec<Diagnostic>) -> Vec<Accepted> {
    let accepting: BTreeMap<&str, &[Acceptance]> = classifiers
        .iter()
        .map(|classifier| (classifier.id.as_str(), classifier.accept.as_slice()))
        .collect();
    let mut accepted: Vec<Accepted> = Vec::new();
    problems.retain(|problem| {
        let classifier = problem.classifier.as_deref();
        let known = classifier.and_then(|id| accepting.get(id)).into_iter();
        let mut known = known.copied().flatten();
        let Some(acceptance) = known.find(|known| known.code == problem.code) else {
            return true;
        };
        accepted.push(Accepted {
            warning: problem.clone(),
            reason: acceptance.reason.clone(),
        });
        false
    });
    for classifier in classifiers {
        let id = classifier.id.as_str();
        for (number, acceptance) in classifier.accept.iter().enumerate() {
            let code = acceptance.code;
            let comes = accepted.iter().any(|accepted| {
                accepted.warning.code == code && accepted.warning.classifier.as_deref() == Some(id)
            });
            let mut before = classifier.accept[..number].iter();
            if comes && before.all(|before| before.code != code) {
                continue;
            }
            let message = format!("`{id}` accepts {}, which does not come", code.as_str());
            problems.push(
                Diagnostic::new(Code::Unneeded, message)
                    .hint("take the acceptance out")
                    .about(id)
                    .at(acceptance.place.clone()),
            );
        }
    }
    accepted
}
