//! Findings that stand together: groups, which are the findings of composites.
//!
//! A [`Groups`] is fed the findings of all other classifiers in the order of a scan, a whole input's
//! at once or a stream's as they are decided, and finds the same. Each composite keeps the findings
//! of its members from the first on whose group is not decided; that is so once all findings are
//! known that start within reach of it.
//!
//! A group is counted afresh at each first finding, because which findings overlap depends on where
//! it begins. What all findings in reach could add up to is kept up to date from one to the next, so
//! that nothing is counted where even they are too few. Of findings with one span only the first can
//! be counted, unless the group begins with another, so the others are left out of that.
//!
//! Occurrences of a dictionary with thresholds are grouped by the same [`Open`], before anything is
//! fed to composites: see `terms.rs`.

use std::collections::VecDeque;
use std::collections::hash_map::{Entry, HashMap};
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};

use crate::database::{Composite, Composites, Role};
use crate::finding::{Finding, View};

/// Steps that a finding takes which a group is added up from. With as many as a byte may take, the
/// worst input is still searched at about two megabytes a second.
const STEPS: u64 = 64;

/// The groups of every composite of a database that are not decided yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups {
    open: Vec<Open>,
    /// The findings of composites that were decided and not taken away yet.
    pub(crate) found: Vec<Finding>,
    /// Whether the steps ran out; groups may be missing from then on.
    pub(crate) exhausted: bool,
}

impl Groups {
    /// Makes ready for an input.
    pub(crate) fn begin(&mut self, composites: &Composites) {
        let all = composites.all();
        self.open.resize_with(all.len(), Open::default);
        for (open, composite) in self.open.iter_mut().zip(all) {
            open.begin(composite);
        }
        self.found.clear();
        self.exhausted = false;
    }

    /// Bytes held beside the value itself.
    pub(crate) fn bytes(&self) -> usize {
        self.open.capacity() * size_of::<Open>()
            + self.open.iter().map(Open::bytes).sum::<usize>()
            + self.found.capacity() * size_of::<Finding>()
    }

    /// Takes in the next finding in the order of a scan, with its bytes. `live` is where a stream
    /// has to stop as long as a group may start with it. Groups take steps from `fuel`.
    pub(crate) fn take(
        &mut self,
        composites: &Composites,
        finding: &Finding,
        bytes: &[u8],
        live: usize,
        fuel: &mut u64,
    ) {
        let mut hash = None;
        for role in composites.roles(finding.classifier) {
            let number = role.composite as usize;
            let composite = &composites.all()[number];
            if !counts(composite, finding) {
                continue;
            }
            let value = if composite.compares_values() {
                *hash.get_or_insert_with(|| value_hash(bytes))
            } else {
                0
            };
            let open = &mut self.open[number];
            // Everything that starts before was taken in: what is decided need not be kept.
            self.exhausted |= !open.decide(composite, finding.start, fuel, &mut self.found);
            open.push(finding, role, value, live);
        }
    }

    /// Decides the groups that no finding from `known` on can be part of.
    pub(crate) fn decide(&mut self, composites: &Composites, known: usize, fuel: &mut u64) {
        for (open, composite) in self.open.iter_mut().zip(composites.all()) {
            self.exhausted |= !open.decide(composite, known, fuel, &mut self.found);
        }
    }

    /// Where the first finding stands whose group is not decided.
    pub(crate) fn earliest(&self) -> Option<usize> {
        let firsts = self.open.iter().filter_map(|open| open.findings.front());
        firsts.map(|first| first.live).min()
    }
}

/// Whether a finding of a member counts. One that is longer than a group may be fits into none.
pub(crate) fn counts(composite: &Composite, finding: &Finding) -> bool {
    finding.confidence >= composite.min_confidence && finding.len() <= composite.within
}

/// What stands for a value, ASCII case folded: two values that differ have another with all but one
/// chance in 2^64.
pub(crate) fn value_hash(bytes: &[u8]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    let mut folded = [0; 64];
    for piece in bytes.chunks(folded.len()) {
        let folded = &mut folded[..piece.len()];
        folded.copy_from_slice(piece);
        folded.make_ascii_lowercase();
        hasher.update(folded);
    }
    let digest = *hasher.finalize().as_bytes();
    digest[..8]
        .iter()
        .fold(0, |hash, &byte| hash << 8 | u64::from(byte))
}

/// A finding that may be part of a group.
#[derive(Clone, Copy)]
struct Part {
    finding: Finding,
    /// Number of its member.
    kind: u32,
    weight: u32,
    value: u64,
    live: usize,
    /// Whether it has the span of the one before.
    is_twin: bool,
    /// Whether the tallies are about it.
    is_tallied: bool,
}

/// What a group adds up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    /// Where its last finding ends.
    pub(crate) end: usize,
    pub(crate) kinds: usize,
    pub(crate) values: usize,
    pub(crate) weight: u64,
    /// The greatest confidence of its findings.
    pub(crate) confidence: u8,
}

impl Sum {
    /// Whether a group of this sum is a finding of the composite.
    pub(crate) fn reaches(&self, composite: &Composite) -> bool {
        let values = self.values >= composite.values;
        let weight = self.weight >= composite.weight;
        self.kinds >= composite.kinds
            && if composite.is_dictionary {
                values || weight
            } else {
                values && weight
            }
    }
}

/// How often a kind or a value stands in reach of the first finding, and the last count of a group
/// that it was part of.
#[derive(Clone, Copy, Default)]
struct Tally {
    in_reach: u32,
    count: u64,
}

/// The findings of one composite's members from the first on whose group is not decided.
#[derive(Clone, Default)]
pub(crate) struct Open {
    findings: VecDeque<Part>,
    /// How many of them start in reach of the first. The tallies are about these, but for twins that
    /// are not the first.
    in_reach: usize,
    kinds: Vec<Tally>,
    kinds_in_reach: usize,
    values: HashMap<u64, Tally, BuildHasherDefault<Same>>,
    /// Number of the last count.
    count: u64,
}

impl Open {
    /// Makes ready for an input.
    pub(crate) fn begin(&mut self, composite: &Composite) {
        self.findings.clear();
        self.in_reach = 0;
        self.kinds.clear();
        self.kinds.resize(composite.members, Tally::default());
        self.kinds_in_reach = 0;
        self.values.clear();
        self.count = 0;
    }

    pub(super) fn bytes(&self) -> usize {
        self.findings.capacity() * size_of::<Part>()
            + self.kinds.capacity() * size_of::<Tally>()
            + self.values.capacity() * (size_of::<(u64, Tally)>() + 1)
    }

    /// Adds a finding behind the others.
    pub(crate) fn push(&mut self, finding: &Finding, role: &Role, value: u64, live: usize) {
        let before = self.findings.back().map(|part| part.finding);
        let is_twin =
            before.is_some_and(|before| (before.start, before.end) == (finding.start, finding.end));
        self.findings.push_back(Part {
            finding: *finding,
            kind: role.kind,
            weight: role.weight,
            value,
            live,
            is_twin,
            is_tallied: false,
        });
    }

    /// Decides the groups that no finding from `known` on can be part of. Returns whether the steps
    /// lasted; where they do not, a group may be passed over.
    pub(super) fn decide(
        &mut self,
        composite: &Composite,
        known: usize,
        fuel: &mut u64,
        found: &mut Vec<Finding>,
    ) -> bool {
        let mut lasted = true;
        while let Some(first) = self.findings.front().map(|part| part.finding)
            && first.start + composite.within <= known
        {
            self.reach(composite);
            if !self.may_reach(composite) {
                self.drop_first();
                continue;
            }
            let Some(rest) = fuel.checked_sub(STEPS * self.in_reach as u64) else {
                lasted = false;
                self.drop_first();
                continue;
            };
            *fuel = rest;
            let sum = self.step(composite, |_| {});
            if sum.reaches(composite) {
                found.push(Finding {
                    start: first.start,
                    end: sum.end,
                    classifier: composite.classifier,
                    confidence: if composite.is_dictionary {
                        sum.confidence
                    } else {
                        composite.confidence
                    },
                    view: View::Raw,
                });
            }
        }
        lasted
    }

    /// The finding that the next group starts with.
    pub(crate) fn first(&self) -> Option<&Finding> {
        self.findings.front().map(|part| &part.finding)
    }

    /// Adds the group of the first finding up and goes on: behind the group if it is a finding of
    /// the composite, or else with the next finding. `counted` sees the findings of the group.
    ///
    /// # Panics
    /// When there is no finding.
    pub(crate) fn step(&mut self, composite: &Composite, mut counted: impl FnMut(&Finding)) -> Sum {
        self.reach(composite);
        self.count += 1;
        let limit = self.findings[0].finding.start + composite.within;
        let mut sum = Sum {
            end: 0,
            kinds: 0,
            values: 0,
            weight: 0,
            confidence: 0,
        };
        for part in self.findings.range(..self.in_reach) {
            let finding = &part.finding;
            if finding.start < sum.end || finding.end > limit {
                continue;
            }
            sum.end = finding.end;
            sum.confidence = sum.confidence.max(finding.confidence);
            let kind = &mut self.kinds[part.kind as usize];
            if std::mem::replace(&mut kind.count, self.count) != self.count {
                sum.kinds += 1;
            }
            let value = self.values.entry(part.value).or_default();
            if std::mem::replace(&mut value.count, self.count) != self.count {
                sum.values += 1;
                sum.weight += u64::from(part.weight);
            }
            counted(finding);
        }
        self.drop_first();
        if sum.reaches(composite) {
            while self.first().is_some_and(|next| next.start < sum.end) {
                self.drop_first();
            }
        }
        sum
    }

    /// Brings the tallies up to the last finding that starts in reach of the first.
    fn reach(&mut self, composite: &Composite) {
        let Some(first) = self.first() else { return };
        let limit = first.start + composite.within;
        self.tally(0);
        while let Some(part) = self.findings.get(self.in_reach)
            && part.finding.start < limit
        {
            if !part.is_twin {
                self.tally(self.in_reach);
            }
            self.in_reach += 1;
        }
    }

    fn tally(&mut self, index: usize) {
        let part = &mut self.findings[index];
        if std::mem::replace(&mut part.is_tallied, true) {
            return;
        }
        let kind = &mut self.kinds[part.kind as usize].in_reach;
        self.kinds_in_reach += usize::from(*kind == 0);
        *kind += 1;
        self.values.entry(part.value).or_default().in_reach += 1;
    }

    /// Whether what is in reach of the first finding would do if nothing of it overlapped.
    fn may_reach(&self, composite: &Composite) -> bool {
        let most = Sum {
            end: 0,
            kinds: self.kinds_in_reach,
            values: self.values.len(),
            weight: composite.heaviest * self.values.len() as u64,
            confidence: 0,
        };
        most.reaches(composite)
    }

    fn drop_first(&mut self) {
        let Some(part) = self.findings.pop_front() else {
            return;
        };
        self.in_reach = self.in_reach.saturating_sub(1);
        if !part.is_tallied {
            return;
        }
        let kind = &mut self.kinds[part.kind as usize].in_reach;
        *kind -= 1;
        self.kinds_in_reach -= usize::from(*kind == 0);
        if let Entry::Occupied(mut value) = self.values.entry(part.value) {
            value.get_mut().in_reach -= 1;
            if value.get().in_reach == 0 {
                value.remove();
            }
        }
    }
}

impl fmt::Debug for Open {
    /// Says nothing of the values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Open")
            .field("findings", &self.findings.len())
            .finish_non_exhaustive()
    }
}

/// Takes hashes of values as they are: they are spread already.
#[derive(Clone, Copy, Debug, Default)]
struct Same(u64);

impl Hasher for Same {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
