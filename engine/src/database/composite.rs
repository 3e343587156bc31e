//! Which findings of other classifiers a composite is made of.
//!
//! The image names members as their author did. When a database is loaded, each classifier is told
//! which composites it plays a role in, so that a finding is looked up by its index alone.

use sluicegate_model::id_meets;

use super::record::{DictionaryRecord, NONE};
use super::{ClassifierIndex, Sections};

/// What a group must have to be a finding.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Composite {
    /// Whose finding it is.
    pub(crate) classifier: ClassifierIndex,
    /// Confidence of that finding.
    pub(crate) confidence: u8,
    /// Findings of less confidence do not count.
    pub(crate) min_confidence: u8,
    /// Bytes that the group fits into.
    pub(crate) within: usize,
    /// Members, of how many there are.
    pub(crate) kinds: usize,
    pub(crate) members: usize,
    /// Distinct values.
    pub(crate) values: usize,
    /// Sum of the weights of the distinct values, and the greatest that one can add.
    pub(crate) weight: u64,
    pub(crate) heaviest: u64,
    /// Whether it is made of the occurrences of a dictionary's terms: then either of the two sums is
    /// enough, and a group is as sure as the surest of its occurrences.
    pub(crate) is_dictionary: bool,
}

impl Composite {
    /// What a group of occurrences must have where they are no findings by themselves.
    pub(crate) fn of_dictionary(record: &DictionaryRecord) -> Option<Self> {
        let asked = |value: u32| (value != NONE).then_some(value);
        let (threshold, count) = (asked(record.threshold.get()), asked(record.count.get()));
        (threshold.is_some() || count.is_some()).then(|| Self {
            classifier: ClassifierIndex(record.classifier.get()),
            confidence: 0,
            min_confidence: 0,
            within: record.within.get() as usize,
            kinds: 1,
            members: 1,
            values: count.map_or(usize::MAX, |count| count as usize),
            weight: threshold.map_or(u64::MAX, u64::from),
            heaviest: record.heaviest.get().into(),
            is_dictionary: true,
        })
    }

    /// Whether anything depends on what the values are.
    pub(crate) fn compares_values(&self) -> bool {
        self.values > 1 || self.weight > 0
    }
}

/// What a finding of a classifier is to a composite.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Role {
    /// Number of the composite.
    pub(crate) composite: u32,
    /// Number of the member.
    pub(crate) kind: u32,
    /// What a distinct value adds.
    pub(crate) weight: u32,
}

/// The composites of a database, and what other classifiers are to them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Composites {
    all: Box<[Composite]>,
    /// Where the roles of each classifier start, and behind the last where they end. Empty without
    /// composites.
    starts: Box<[u32]>,
    roles: Box<[Role]>,
}

impl Composites {
    /// Resolves the members of an image to classifiers with these ids, in the order of their
    /// indices. The ids may go on behind those of the image.
    pub(super) fn new<'i>(view: &Sections, ids: impl Iterator<Item = &'i str>) -> Self {
        if view.composites.is_empty() {
            return Self::default();
        }
        let all = view.composites.iter().map(|record| {
            let members = &view.members[record.members.bounds()];
            let heaviest = members.iter().map(|member| member.weight.get()).max();
            Composite {
                classifier: ClassifierIndex(record.classifier.get()),
                confidence: view.classifiers[record.classifier.get() as usize].confidence,
                min_confidence: record.min_confidence,
                within: record.within.get() as usize,
                kinds: record.kinds.get() as usize,
                members: members.len(),
                values: record.values.get() as usize,
                weight: record.weight.get().into(),
                heaviest: heaviest.unwrap_or(0).into(),
                is_dictionary: false,
            }
        });
        let all: Box<[Composite]> = all.collect();
        let mut starts = vec![0];
        let mut roles = Vec::new();
        for (number, id) in (0..).zip(ids) {
            // A composite is no part of another, so that one pass over the findings is enough.
            let is_composite = all
                .binary_search_by_key(&number, |composite| composite.classifier.0)
                .is_ok();
            if !is_composite {
                roles.extend((0..all.len()).filter_map(|composite| role(view, composite, id)));
            }
            starts.push(roles.len() as u32);
        }
        Self {
            all,
            starts: starts.into(),
            roles: roles.into(),
        }
    }

    /// Whether there is no composite.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The composites in the order of their classifiers.
    pub(crate) fn all(&self) -> &[Composite] {
        &self.all
    }

    /// What a finding of this classifier is to composites.
    pub(crate) fn roles(&self, classifier: ClassifierIndex) -> &[Role] {
        let number = classifier.0 as usize;
        let (start, end) = (self.starts[number], self.starts[number + 1]);
        &self.roles[start as usize..end as usize]
    }
}

/// What a classifier with this id is to a composite: the first member that names it.
fn role(view: &Sections, composite: usize, id: &str) -> Option<Role> {
    let members = view.composites[composite].members;
    let kind = view.members[members.bounds()].iter().position(|member| {
        view.member_ids[member.ids.bounds()]
            .iter()
            .any(|pattern| id_meets(id, view.str(pattern.text)))
    })?;
    Some(Role {
        composite: composite as u32,
        kind: kind as u32,
        weight: view.members[members.bounds()][kind].weight.get(),
    })
}
