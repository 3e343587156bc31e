//! What is wrong with a composite, and what people read of it.

use serde::Serialize;
use sluicegate_model::{Classifier, Code, Composite, Diagnostic};

use crate::limits;

/// What people read of a composite.
#[derive(Serialize)]
pub(super) struct CompositeCard<'a> {
    /// A composite is not looked for.
    route: &'static str,
    reason: &'static str,
    within: u32,
    kinds: u32,
    values: u32,
    weight: u32,
    min_confidence: u8,
    members: Vec<MemberCard<'a>>,
}

#[derive(Serialize)]
struct MemberCard<'a> {
    classifiers: &'a [String],
    weight: u32,
}

impl<'a> CompositeCard<'a> {
    pub(super) fn new(composite: &'a Composite) -> Self {
        let members = composite.members.iter().map(|member| MemberCard {
            classifiers: &member.classifiers,
            weight: member.weight,
        });
        Self {
            route: "none",
            reason: "it is made of findings of other classifiers; nothing more is searched for it",
            within: composite.within,
            kinds: composite.kinds,
            values: composite.values,
            weight: composite.weight,
            min_confidence: composite.min_confidence,
            members: members.collect(),
        }
    }
}

/// What is wrong with a composite among all classifiers, which are in the order of their ids.
pub(super) fn problems(
    classifier: &Classifier,
    composite: &Composite,
    all: &[&Classifier],
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let place = composite.place.as_ref().or(classifier.place.as_ref());
    let parts = [
        ("regex", !classifier.regexes.is_empty()),
        ("dictionary", !classifier.dictionaries.is_empty()),
        ("context", classifier.context.is_some()),
        ("exclude", !classifier.exclude.is_empty()),
    ];
    for (name, _) in parts.iter().filter(|(_, is_there)| *is_there) {
        let message = format!("a composite has no `{name}`");
        let problem = Diagnostic::new(Code::NotWithComposite, message)
            .hint("write it to the classifiers that are its members, or leave it out");
        problems.push(problem.at(place.cloned()));
    }
    if let Some((message, hint)) = impossible(composite) {
        let problem = Diagnostic::new(Code::NeverMatches, message).hint(hint);
        problems.push(problem.at(place.cloned()));
    }
    for member in &composite.members {
        for id in &member.classifiers {
            let named = all.binary_search_by(|other| other.id.as_str().cmp(id));
            if named.is_ok_and(|named| all[named].composite.is_some()) {
                let message = format!("the member `{id}` is a composite itself");
                let problem = Diagnostic::new(Code::NestedComposite, message)
                    .hint("name the classifiers that it is made of");
                problems.push(problem.at(member.place.as_ref().or(place).cloned()));
            }
        }
    }
    problems
}

/// Why no group can ever be a finding, and what to do about it.
fn impossible(composite: &Composite) -> Option<(String, String)> {
    let Composite {
        kinds,
        values,
        weight,
        ref members,
        ..
    } = *composite;
    let within = within(composite);
    let heaviest = members.iter().map(|member| member.weight).max();
    let most = u64::from(heaviest.unwrap_or(0)) * u64::from(within);
    if kinds.max(1) as usize > members.len() {
        let has = members.len();
        return Some((
            format!(
                "the composite asks for {} kinds and has {has}",
                kinds.max(1)
            ),
            "each [[classifier.composite.member]] is a kind".to_owned(),
        ));
    }
    if values > within {
        return Some((
            format!("{values} distinct values do not fit into {within} bytes"),
            "state a greater `within` or fewer `values`".to_owned(),
        ));
    }
    (u64::from(weight) > most).then(|| {
        (
            format!("no group has the weight {weight}"),
            format!("values within {within} bytes weigh at most {most}"),
        )
    })
}

/// Bytes that a group fits into, as far as a composite may ask for.
pub(super) fn within(composite: &Composite) -> u32 {
    composite.within.clamp(1, limits::MAX_WITHIN)
}
