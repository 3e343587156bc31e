//! Shapes as a tree of the conditions that they share.
//!
//! Each shape is a set of conditions. A loop over shapes would ask for every one of them in every
//! block; in the tree a condition that does not hold anywhere in a block takes all shapes that
//! need it along. The condition that most shapes share goes to the top, again and again.

use std::collections::BTreeMap;

use zerocopy::little_endian::U32;

use crate::database::record::{Range, ShapeNode};

/// A condition, as a [`ShapeNode`] holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Condition {
    pub(super) plane: u8,
    pub(super) level: u8,
    pub(super) shift: i8,
    pub(super) negated: u8,
}

/// The nodes in preorder, and the anchors they point to.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<ShapeNode>,
    pub(super) anchors: Vec<U32>,
}

impl Tree {
    /// The tree of shapes, each the conditions of an anchor.
    pub(super) fn new(shapes: Vec<(Vec<Condition>, u32)>) -> Self {
        let mut tree = Self::default();
        tree.grow(shapes, 0);
        tree
    }

    /// Adds nodes for shapes that have at least one condition each.
    fn grow(&mut self, mut shapes: Vec<(Vec<Condition>, u32)>, depth: u8) {
        while let Some(condition) = most_shared(&shapes) {
            let (with, without): (Vec<_>, Vec<_>) = shapes
                .into_iter()
                .partition(|(conditions, _)| conditions.contains(&condition));
            shapes = without;
            let node = self.nodes.len();
            let first = self.anchors.len();
            let mut below = Vec::new();
            for (mut conditions, anchor) in with {
                conditions.retain(|other| *other != condition);
                if conditions.is_empty() {
                    if !self.anchors[first..].contains(&U32::new(anchor)) {
                        self.anchors.push(U32::new(anchor));
                    }
                } else {
                    below.push((conditions, anchor));
                }
            }
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
                depth,
                reserved: [0; 3],
                skip: U32::ZERO,
                anchors: Range::since(&self.anchors, first),
            });
            self.grow(below, depth + 1);
            self.nodes[node].skip = U32::new(self.nodes.len() as u32);
        }
    }
}

/// The condition that most shapes have; among equals the longest run, which is the rarest.
fn most_shared(shapes: &[(Vec<Condition>, u32)]) -> Option<Condition> {
    let mut counts = BTreeMap::<Condition, usize>::new();
    for (conditions, _) in shapes {
        for condition in conditions {
            *counts.entry(*condition).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|(condition, count)| (condition.negated == 0, *count, condition.level))
        .map(|(condition, _)| condition)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(plane: u8, shift: i8) -> Condition {
        Condition {
            plane,
            level: 0,
            shift,
            negated: 0,
        }
    }

    #[test]
    fn shared_conditions_are_asked_for_once() {
        let (a, b, c) = (condition(0, 0), condition(1, 1), condition(2, 2));
        let tree = Tree::new(vec![(vec![a, b], 7), (vec![a, c], 8), (vec![a], 9)]);
        let shown: Vec<_> = tree
            .nodes
            .iter()
            .map(|node| {
                let anchors = &tree.anchors[node.anchors.bounds()];
                let anchors: Vec<u32> = anchors.iter().map(|anchor| anchor.get()).collect();
                (node.plane, node.depth, node.skip.get(), anchors)
            })
            .collect();
        assert_eq!(
            shown,
            [(0, 0, 3, vec![9]), (2, 1, 2, vec![8]), (1, 1, 3, vec![7])],
        );
    }
}
