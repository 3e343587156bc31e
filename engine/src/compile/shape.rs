//! Shapes as groups, and the groups as a tree of the conditions that they share.
//!
//! A loop over shapes would ask for every one of them at every position. Shapes that begin alike
//! make a group; where the conditions that they share hold, which is at few positions, the shapes
//! are asked. The conditions of all groups stand in a tree: one that does not hold anywhere in a
//! span takes all groups that need it along. The condition that spares most goes to the top, again
//! and again.

use std::collections::BTreeMap;

use sluicegate_kernels::SPAN;
use sluicegate_kernels::shape::Node;
use zerocopy::little_endian::{U16, U32, U64};

use super::byteset::ByteSet;
use super::plan::Term;
use super::rarity::{self, ShareCache};
use crate::database::record::{GroupRecord, Range, ShapeNode, ShapeRecord, TestRecord};

/// A condition, as a [`ShapeNode`] holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Condition {
    plane: u8,
    level: u8,
    shift: i8,
    negated: u8,
}

/// A shape: its terms, each with the number of its plane, and the check that follows.
pub(super) struct Shape {
    pub(super) terms: Vec<(u8, Term)>,
    pub(super) check: u32,
}

impl Shape {
    /// The plane of what must stand before, or must not, and its term.
    fn before(&self) -> Option<&(u8, Term)> {
        self.terms.iter().find(|(_, term)| term.shift < 0)
    }
}

/// What the image holds of the shapes.
#[derive(Default)]
pub(super) struct Shapes {
    pub(super) nodes: Vec<ShapeNode>,
    pub(super) groups: Vec<GroupRecord>,
    pub(super) records: Vec<ShapeRecord>,
    pub(super) tests: Vec<TestRecord>,
}

/// By what shapes are grouped: what stands before, and the rarest run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    before: Option<(u8, bool)>,
    plane: u8,
    shift: i8,
    size: Size,
}

/// How long what a group begins with is, roughly.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Size {
    /// Of shapes that begin with the run: whether it has more than one byte, and how long their
    /// tokens are.
    Start { run: bool, lead: u8 },
    /// Of shapes that have the run as their rarest.
    Rarest(u8),
}

/// Members of a group, by number.
struct Group {
    plane: u8,
    shift: u8,
    members: Vec<usize>,
}

/// Conditions that a group asks for in the tree, the rarest it has.
const MOST_SHARED: usize = 7;

impl Shapes {
    /// The groups and the tree of shapes on these planes.
    pub(super) fn new(all: &[Shape], planes: &[ByteSet], cache: &mut ShareCache) -> Self {
        let mut by_start = BTreeMap::<Key, Vec<usize>>::new();
        for (number, shape) in all.iter().enumerate() {
            let key = start(shape, planes).unwrap_or_else(|| rarest(shape, planes, cache));
            by_start.entry(key).or_default().push(number);
        }
        // What begins alike and has nothing rare in common is told apart by what is rare.
        let mut by_key = BTreeMap::<Key, Vec<usize>>::new();
        for (key, members) in by_start {
            let shared = shared(key, all, &members, planes, cache);
            if share(&shared, planes, cache) <= RARE {
                by_key.entry(key).or_default().extend(members);
            } else {
                for member in members {
                    let key = rarest(&all[member], planes, cache);
                    by_key.entry(key).or_default().push(member);
                }
            }
        }
        // What is found at the same places is one group.
        let mut groups = BTreeMap::<Vec<Condition>, Group>::new();
        for (key, members) in by_key {
            let shared = shared(key, all, &members, planes, cache);
            groups
                .entry(shared)
                .or_insert_with(|| Group {
                    plane: key.plane,
                    shift: key.shift.unsigned_abs(),
                    members: Vec::new(),
                })
                .members
                .extend(members);
        }
        let mut made = Self::default();
        let mut conditions = Vec::new();
        for (number, (shared, group)) in groups.into_iter().enumerate() {
            conditions.push((shared, number as u16));
            made.groups.push(GroupRecord {
                plane: group.plane,
                shift: group.shift,
            });
            for member in group.members {
                let first = made.tests.len();
                for ((plane, negated), mask) in masks(&all[member]) {
                    made.tests.push(TestRecord {
                        plane,
                        negated: u8::from(negated),
                        mask: U64::new(mask),
                    });
                }
                let before = all[member].before();
                made.records.push(ShapeRecord {
                    check: U32::new(all[member].check),
                    group: U16::new(number as u16),
                    before: before.map_or(ShapeRecord::NO_PLANE, |(plane, _)| *plane),
                    before_negated: u8::from(before.is_some_and(|(_, term)| term.negated)),
                    tests: Range::since(&made.tests, first),
                });
            }
        }
        made.grow(conditions, planes, cache, &mut Vec::new());
        made
    }

    /// Adds nodes for groups that have at least one condition each. Those in `path` hold already.
    fn grow(
        &mut self,
        mut groups: Vec<(Vec<Condition>, u16)>,
        planes: &[ByteSet],
        cache: &mut ShareCache,
        path: &mut Vec<Condition>,
    ) {
        while let Some(condition) = best(&groups, planes, cache, path) {
            let (with, without): (Vec<_>, Vec<_>) = groups
                .into_iter()
                .partition(|(conditions, _)| conditions.iter().any(|c| c.implies(condition)));
            groups = without;
            let mut here = None;
            let mut below = Vec::new();
            for (mut conditions, group) in with {
                conditions.retain(|other| !condition.implies(*other));
                if conditions.is_empty() && here.is_none() {
                    here = Some(group);
                } else {
                    below.push((conditions, group));
                }
            }
            let node = self.nodes.len();
            let Condition {
                plane,
                level,
                shift,
                negated,
            } = condition;
            self.nodes.push(ShapeNode {
                plane,
                level,
                shift,
                negated,
                depth: path.len() as u8,
                reserved: 0,
                group: U16::new(here.unwrap_or(ShapeNode::NO_GROUP)),
                skip: U32::ZERO,
            });
            path.push(condition);
            self.grow(below, planes, cache, path);
            path.pop();
            self.nodes[node].skip = U32::new(self.nodes.len() as u32);
        }
    }
}

/// The size of a token of sixteen bytes or more.
const LONG: u8 = 2;
/// Conditions that hold at fewer positions than this make a group. One position in 256.
const RARE: u64 = rarity::ONE >> 8;

/// The group of all shapes that begin like this one, if it says how it begins.
fn start(shape: &Shape, planes: &[ByteSet]) -> Option<Key> {
    let (plane, first) = shape
        .terms
        .iter()
        .find(|(_, term)| term.shift == 0 && !term.negated)?;
    let before = shape.before();
    let lead = lead(shape, planes);
    if lead == LONG
        && let Some((other, term)) = before
        && let Some(plane) = planes.iter().position(|set| set == token())
    {
        // Long tokens are rare whatever they begin with, and their lengths tell them apart.
        return Some(Key {
            before: Some((*other, term.negated)),
            plane: plane as u8,
            shift: 0,
            size: Size::Start { run: false, lead },
        });
    }
    // Where the byte before can't be of the run's set, it is the start of a run that is looked for,
    // whatever else stands before: one place for all that begin with such a run.
    let before = before.map(|(other, term)| {
        let set = planes[usize::from(*plane)];
        let starts = if term.negated {
            set.is_subset(&term.set)
        } else {
            set.is_disjoint(&term.set)
        };
        if starts {
            (*plane, true)
        } else {
            (*other, term.negated)
        }
    });
    Some(Key {
        before,
        plane: *plane,
        shift: 0,
        size: Size::Start {
            run: first.run > 1,
            lead,
        },
    })
}

/// The group of the shapes that have the same rarest run.
fn rarest(shape: &Shape, planes: &[ByteSet], cache: &mut ShareCache) -> Key {
    let (plane, rarest) = shape
        .terms
        .iter()
        .filter(|(_, term)| term.shift >= 0 && !term.negated)
        .min_by_key(|(plane, term)| {
            let run = u32::from(term.run);
            (cache.of_run(&planes[usize::from(*plane)], run), term.shift)
        })
        .expect("a shape has a run");
    Key {
        before: shape.before().map(|(plane, term)| (*plane, term.negated)),
        plane: *plane,
        shift: rarest.shift,
        size: Size::Rarest(match rarest.run {
            0..=3 => 0,
            4..=15 => 1,
            _ => 2,
        }),
    }
}

/// About how often conditions hold together: as often as the rarest of those on what stands from the
/// position on, where what must stand before does.
fn share(conditions: &[Condition], planes: &[ByteSet], cache: &mut ShareCache) -> u64 {
    conditions
        .iter()
        .filter(|condition| condition.shift >= 0)
        .map(|condition| cache.of_run(&planes[usize::from(condition.plane)], 1 << condition.level))
        .min()
        .unwrap_or(rarity::ONE)
}

/// The bytes that any token can have: the largest of the common classes.
fn token() -> &'static ByteSet {
    rarity::common_classes().last().expect("a common class")
}

/// How long a shape's token is, roughly: its bytes from the position on that any token can have.
fn lead(shape: &Shape, planes: &[ByteSet]) -> u8 {
    let token = token();
    let held = masks(shape)
        .into_iter()
        .filter(|((plane, negated), _)| !negated && planes[usize::from(*plane)].is_subset(token))
        .fold(0, |held, (_, mask)| held | mask);
    match held.trailing_ones() {
        0..8 => 0,
        8..16 => 1,
        _ => LONG,
    }
}

/// The masks of a shape, and those that follow from them for larger sets.
fn wide_masks(shape: &Shape, planes: &[ByteSet]) -> BTreeMap<u8, u64> {
    let mut wide = BTreeMap::new();
    for ((plane, _), mask) in masks(shape)
        .into_iter()
        .filter(|((_, negated), _)| !negated)
    {
        let set = planes[usize::from(plane)];
        for (larger, other) in planes.iter().enumerate() {
            if set.is_subset(other) {
                *wide.entry(larger as u8).or_insert(0) |= mask;
            }
        }
    }
    wide
}

/// Which bytes from the position on are in the set of a plane, or are not.
fn masks(shape: &Shape) -> BTreeMap<(u8, bool), u64> {
    let mut masks = BTreeMap::new();
    for (plane, term) in &shape.terms {
        if let Ok(shift) = u32::try_from(term.shift) {
            let run = u64::MAX >> (64 - u32::from(term.run.max(1)));
            *masks.entry((*plane, term.negated)).or_insert(0) |= run << shift;
        }
    }
    masks
}

/// The conditions that all members of a group share.
fn shared(
    key: Key,
    all: &[Shape],
    members: &[usize],
    planes: &[ByteSet],
    cache: &mut ShareCache,
) -> Vec<Condition> {
    let mut common = wide_masks(&all[members[0]], planes);
    for &member in &members[1..] {
        let masks = wide_masks(&all[member], planes);
        for (plane, mask) in &mut common {
            *mask &= masks.get(plane).copied().unwrap_or(0);
        }
    }
    let mut conditions = Vec::new();
    for (plane, mut mask) in common {
        while mask != 0 {
            let shift = mask.trailing_zeros();
            let run = (!(mask >> shift)).trailing_zeros().min(64 - shift);
            mask &= !(u64::MAX >> (64 - run) << shift);
            // A run is covered by two runs of a power of two.
            let level = run.ilog2();
            for shift in [shift, shift + run - (1 << level)] {
                conditions.push(Condition {
                    plane,
                    level: level as u8,
                    shift: shift as i8,
                    negated: 0,
                });
            }
        }
    }
    conditions.sort_by_key(|condition| {
        let run = cache.of_run(&planes[usize::from(condition.plane)], 1 << condition.level);
        (run, *condition)
    });
    conditions.dedup();
    let mut rarest: Vec<Condition> = Vec::new();
    for condition in conditions {
        let larger = |known: &Condition| {
            let set = |plane: u8| planes[usize::from(plane)];
            (known.level, known.shift) == (condition.level, condition.shift)
                && set(known.plane).is_subset(&set(condition.plane))
        };
        // What a rarer condition implies tells nothing.
        if rarest.len() < MOST_SHARED
            && !rarest
                .iter()
                .any(|known| known.implies(condition) || larger(known))
        {
            rarest.push(condition);
        }
    }
    let mut conditions = rarest;
    conditions.extend(key.before.map(|(plane, negated)| Condition {
        plane,
        level: 0,
        shift: -1,
        negated: u8::from(negated),
    }));
    conditions.sort_unstable();
    conditions
}

impl Condition {
    /// Whether `other` holds wherever this one does.
    fn implies(self, other: Self) -> bool {
        self == other
            || self.negated == 0
                && other.negated == 0
                && (self.plane, self.shift) == (other.plane, other.shift)
                && other.level <= self.level
    }

    /// How likely it is that it holds nowhere in a span, scaled by [`rarity::ONE`].
    fn absence(self, planes: &[ByteSet], cache: &mut ShareCache) -> u64 {
        if self.negated != 0 {
            return 0;
        }
        let run = cache.of_run(&planes[usize::from(self.plane)], 1 << self.level);
        rarity::ONE.saturating_sub(run.saturating_mul(SPAN as u64))
    }
}

/// The condition that spares most work: one that many groups need and few spans hold.
fn best(
    groups: &[(Vec<Condition>, u16)],
    planes: &[ByteSet],
    cache: &mut ShareCache,
    path: &[Condition],
) -> Option<Condition> {
    let mut counts = BTreeMap::<Condition, u64>::new();
    for (conditions, _) in groups {
        let mut needed = Vec::new();
        for condition in conditions {
            let least = if condition.negated == 0 {
                0
            } else {
                condition.level
            };
            needed.extend((least..=condition.level).map(|level| Condition {
                level,
                ..*condition
            }));
        }
        needed.sort_unstable();
        needed.dedup();
        for condition in needed {
            *counts.entry(condition).or_default() += 1;
        }
    }
    // A node without further groups to spare must be one that a group asks for itself, and so must
    // the last that the depth allows.
    let deep = path.len() + 12 > Node::MAX_DEPTH;
    counts
        .into_iter()
        .filter(|(condition, _)| !path.iter().any(|above| above.implies(*condition)))
        .filter(|(condition, count)| {
            let asked = |(conditions, _): &(Vec<Condition>, u16)| conditions.contains(condition);
            (*count > 1 && !deep) || groups.iter().any(asked)
        })
        .max_by_key(|(condition, count)| {
            let spared = u128::from(condition.absence(planes, cache)) * u128::from(*count);
            (condition.negated == 0, spared, *count, condition.level)
        })
        .map(|(condition, _)| condition)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(shift: i8, run: u8, negated: bool) -> Term {
        Term {
            set: ByteSet::ALL,
            shift,
            run,
            negated,
        }
    }

    #[test]
    fn shapes_that_begin_alike_are_one_group() {
        let digits = ByteSet::of_ranges(&[(b'0', b'9')]);
        let planes = [digits, ByteSet::word()];
        let shape = |run: u8, check: u32| Shape {
            terms: vec![
                (0, term(0, run, false)),
                (1, term(-1, 1, true)),
                (1, term(run.cast_signed(), 1, true)),
            ],
            check,
        };
        let all = [shape(9, 7), shape(11, 8), shape(2, 9)];
        let made = Shapes::new(&all, &planes, &mut ShareCache::default());
        assert_eq!(made.groups.len(), 2);
        let of = |check: u32| {
            let shape = made.records.iter().find(|shape| shape.check.get() == check);
            shape.unwrap().group.get()
        };
        assert!(of(7) == of(8) && of(7) != of(9));
        let nodes: Vec<_> = made
            .nodes
            .iter()
            .map(|node| (node.plane, node.level, node.shift, node.negated))
            .collect();
        // Nine digits are two overlapping runs of eight.
        assert!(nodes.contains(&(0, 3, 0, 0)) && nodes.contains(&(0, 3, 1, 0)));
        assert!(nodes.contains(&(1, 0, -1, 1)));
    }
}
