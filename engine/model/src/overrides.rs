//! What a pack changes about classifiers of others.

use crate::{Classifier, Code, Context, ContextEffect, Diagnostic, Exclusions, Place, id_meets};

/// A change to classifiers that are written elsewhere, such as the built-in ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Override {
    /// Ids, or beginnings of ids followed by `*`; see [`id_meets`].
    pub classifiers: Vec<String>,
    /// Whether they are left out.
    pub disabled: bool,
    /// Findings of less confidence are left out.
    pub min_confidence: Option<u8>,
    /// A context in place of theirs.
    pub context: Option<Context>,
    /// Values that are not findings either.
    pub exclude: Exclusions,
    /// Where the override is written, if in a file.
    pub place: Option<Place>,
}

impl Override {
    /// Whether it is about a classifier.
    pub fn meets(&self, id: &str) -> bool {
        self.classifiers.iter().any(|pattern| id_meets(id, pattern))
    }
}

/// Changes classifiers as overrides say, one after the other, and reports overrides that no
/// classifier meets or that do not go with one.
///
/// A least confidence is decided here, once: of the confidences that a classifier's findings can
/// have, those with a keyword near and those without, one, both or none are left.
///
/// ```
/// use sluicegate_model::{Classifier, ClassifierId, Override, apply_overrides};
/// let classifier = |id| Classifier::new(ClassifierId::new(id).unwrap()).with_regex("x");
/// let mut classifiers = vec![classifier("custom.a"), classifier("custom.b")];
/// let strict = Override {
///     classifiers: vec!["custom.a".into(), "custom.c".into()],
///     min_confidence: Some(51),
///     ..Override::default()
/// };
/// let problems = apply_overrides(&mut classifiers, &[strict]);
/// assert_eq!(classifiers[0].id.as_str(), "custom.b");
/// assert_eq!(problems[0].code.as_str(), "SG414");
/// ```
pub fn apply_overrides(
    classifiers: &mut Vec<Classifier>,
    overrides: &[Override],
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for one in overrides {
        for pattern in &one.classifiers {
            let mut ids = classifiers.iter().map(|classifier| classifier.id.as_str());
            if !ids.any(|id| id_meets(id, pattern)) {
                let message = format!("no classifier meets `{pattern}`");
                let problem = Diagnostic::new(Code::OverridesNothing, message)
                    .hint("`sluicegate list` shows the ids")
                    .at(one.place.clone());
                problems.push(problem);
            }
        }
    }
    for one in overrides {
        classifiers.retain_mut(|classifier| {
            !one.meets(classifier.id.as_str()) || apply(classifier, one, &mut problems)
        });
    }
    problems
}

/// Changes one classifier; whether anything of it is left.
fn apply(classifier: &mut Classifier, change: &Override, problems: &mut Vec<Diagnostic>) -> bool {
    if change.disabled {
        return false;
    }
    let mut refuse = |id: &str, message: &str, hint: &str| {
        let problem = Diagnostic::new(Code::BadOverride, message)
            .about(id)
            .hint(hint)
            .at(change.place.clone());
        problems.push(problem);
    };
    let id = classifier.id.to_string();
    let has_parts = change.context.is_some() || !change.exclude.is_empty();
    if classifier.composite.is_some() && has_parts {
        let message = format!("`{id}` is a composite, which has no context and no exclusions");
        refuse(&id, &message, "change its members, or leave it out");
        return true;
    }
    if let Some(context) = &change.context {
        classifier.context = Some(context.clone());
    }
    let exclude = &mut classifier.exclude;
    exclude.values.extend_from_slice(&change.exclude.values);
    exclude.terms.extend_from_slice(&change.exclude.terms);
    exclude.patterns.extend_from_slice(&change.exclude.patterns);
    if exclude.place.is_none() {
        exclude.place.clone_from(&change.exclude.place);
    }
    let Some(least) = change.min_confidence else {
        return true;
    };
    let base = classifier.confidence;
    match &mut classifier.context {
        Some(context) if context.effect == ContextEffect::Raise => {
            let raised = base.saturating_add(context.amount).min(100);
            if base < least && raised >= least {
                // Only findings with a keyword near are left, and all of them are so confident.
                context.effect = ContextEffect::Require;
                classifier.confidence = raised;
            }
            raised >= least
        }
        Some(context) if context.effect == ContextEffect::Lower => {
            let lowered = base.saturating_sub(context.amount);
            if lowered < least && base >= least {
                let message = format!(
                    "keywords lower the confidence of `{id}` below {least}, which can't be cut off"
                );
                let hint = "give another context, or a least confidence that both or none reach";
                refuse(&id, &message, hint);
            }
            base >= least
        }
        _ => base >= least,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ClassifierId;

    fn classifier(effect: Option<ContextEffect>) -> Classifier {
        let mut classifier = Classifier::new(ClassifierId::new("custom.x").unwrap());
        classifier.context = effect.map(|effect| Context {
            keywords: vec!["x".to_owned()],
            window: 64,
            effect,
            amount: 20,
            place: None,
        });
        classifier.with_regex("x")
    }

    fn least(min_confidence: u8) -> Override {
        Override {
            classifiers: vec!["custom.*".to_owned()],
            min_confidence: Some(min_confidence),
            ..Override::default()
        }
    }

    fn after(effect: Option<ContextEffect>, change: &Override) -> (Option<Classifier>, usize) {
        let mut classifiers = vec![classifier(effect)];
        let problems = apply_overrides(&mut classifiers, std::slice::from_ref(change));
        (classifiers.pop(), problems.len())
    }

    #[test]
    fn a_least_confidence_leaves_the_findings_that_reach_it() {
        use ContextEffect::{Lower, Raise, Require};
        assert!(after(None, &least(50)).0.is_some());
        assert!(after(None, &least(51)).0.is_none());
        assert!(after(Some(Require), &least(51)).0.is_none());
        assert!(after(Some(Raise), &least(71)).0.is_none());
        let raised = after(Some(Raise), &least(51)).0.unwrap();
        assert_eq!(raised.confidence, 70);
        assert_eq!(raised.context.unwrap().effect, Require);
        assert_eq!(
            after(Some(Raise), &least(50)).0,
            Some(classifier(Some(Raise)))
        );
        assert_eq!(
            after(Some(Lower), &least(30)),
            (Some(classifier(Some(Lower))), 0)
        );
        assert_eq!(after(Some(Lower), &least(40)).1, 1);
        assert!(after(Some(Lower), &least(51)).0.is_none());
    }

    #[test]
    fn changes_add_up() {
        let exclude = Override {
            exclude: Exclusions {
                terms: vec!["example".to_owned()],
                ..Exclusions::default()
            },
            ..least(10)
        };
        let mut classifiers = vec![classifier(None)];
        let context = Override {
            context: classifier(Some(ContextEffect::Require)).context,
            ..least(20)
        };
        let problems = apply_overrides(&mut classifiers, &[exclude.clone(), exclude, context]);
        assert!(problems.is_empty());
        assert_eq!(classifiers[0].exclude.terms, ["example", "example"]);
        assert!(classifiers[0].context.is_some());
        let disabled = Override {
            disabled: true,
            ..least(0)
        };
        assert!(apply_overrides(&mut classifiers, &[disabled]).is_empty());
        assert!(classifiers.is_empty());
    }
}
