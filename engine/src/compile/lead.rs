//! How matches of a detector begin whose anchors stand far into them.
//!
//! A stream must know of a match that has begun before the filters can see it. Such a match has
//! brought at least [`LeadRecord::SEEN`] bytes and its anchor has not come, or is not complete. So the
//! ways to get that far without an anchor are followed here, apart for as long as they are few;
//! ways whose anchor comes sooner are none.

use super::byteset::ByteSet;
use super::literal::{self, Before};
use super::node::Node;
use super::plan::{self, Anchor};
use super::rarity::{self, ShareCache};
use crate::database::record::LeadRecord;

/// One way to begin, or several that are told alike.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Way {
    /// Most bytes from the start of a match to the end of what the filters look for.
    pub(super) reach: usize,
    /// What the byte before must be.
    pub(super) gate: Option<Before>,
    /// What the first bytes are.
    pub(super) sets: [ByteSet; LeadRecord::LEN],
    /// What the bytes behind those are, as far as it reaches.
    pub(super) within: ByteSet,
    /// The same as `reach` for matches without a gap: what is [`WIDE`] where something else could
    /// stand.
    pub(super) narrow: usize,
    /// What the first two bytes of a gap are.
    pub(super) gap: [ByteSet; 2],
}

/// Ways from one anchor that are told apart.
const MAX_WAYS: usize = 64;
/// Ways that are met at fewer of a million places of ordinary text need not be told apart: searching
/// them costs little.
const ENOUGH: u64 = 20;
/// An alternative that can be longer than so many bytes is a gap, as is a comment between words.
const WIDE: usize = 32;
/// Bytes of reach that count: a stream is given about so many at a time.
const FAR: usize = 1024;

/// How matches with these anchors begin before the filters see one.
pub(super) fn ways(anchors: &[Anchor], max_len: usize, cache: &mut ShareCache) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    for anchor in anchors {
        for way in of_anchor(anchor, max_len, cache) {
            let known = ways.iter_mut().find(|known| {
                known.sets == way.sets
                    && known.within == way.within
                    && known.gate == way.gate
                    && known.gap == way.gap
            });
            match known {
                Some(known) => {
                    known.reach = known.reach.max(way.reach);
                    known.narrow = known.narrow.max(way.narrow);
                }
                None => ways.push(way),
            }
        }
    }
    ways
}

fn of_anchor(anchor: &Anchor, max_len: usize, cache: &mut ShareCache) -> Vec<Way> {
    let seen = anchor.finder.reach();
    let most = anchor.before.max_len().unwrap_or(max_len).min(max_len);
    if most + seen <= LeadRecord::SEEN {
        return Vec::new();
    }
    let before = anchor.before.without_value();
    let body = anchor.body.without_value();
    let whole = Node::concat(vec![before.clone(), body.clone()]);
    let items = plan::items(&whole);
    let looks = items
        .iter()
        .take_while(|item| matches!(item, Node::Look(_) | Node::Empty))
        .count();
    let begin = Begin {
        gate: literal::before(&items[..looks], &whole.first_set()),
        seen,
        beyond: body_bytes(&body, seen),
        max_len,
    };
    let start = Path {
        sets: Vec::new(),
        rest: vec![Step::Node(&body), Step::Anchor, Step::Node(&before)],
        anchor: None,
        is_edge: false,
        is_closed: false,
    };
    begin.explore(start, cache)
}

/// What is known of matches with one anchor.
struct Begin {
    gate: Option<Before>,
    /// Bytes from the anchor on that the filters look for.
    seen: usize,
    /// The set of those.
    beyond: ByteSet,
    max_len: usize,
}

impl Begin {
    /// Tells ways apart, the most common first, until all are rare or too many.
    fn explore<'n>(&self, start: Path<'n>, cache: &mut ShareCache) -> Vec<Way> {
        let mut met = |path: Path<'n>| {
            let way = self.way(&path)?;
            let met = if path.is_closed { 0 } else { way.met(cache) };
            Some((met, path, way))
        };
        let mut known: Vec<(u64, Path, Way)> = met(start).into_iter().collect();
        while let Some(most) = (0..known.len()).max_by_key(|&i| known[i].0)
            && known[most].0 > ENOUGH
        {
            let (_, path, _) = known.swap_remove(most);
            let left = MAX_WAYS - known.len();
            known.extend(path.fork(self.seen, left).into_iter().filter_map(&mut met));
        }
        known.into_iter().map(|(_, _, way)| way).collect()
    }

    /// The way that a path is, unless the filters see all of its matches in time.
    fn way(&self, path: &Path) -> Option<Way> {
        let known = path.sets.len();
        let mut nodes = Vec::new();
        let mut within = self.beyond;
        let mut most = Some(path.anchor.unwrap_or(known));
        let mut gaps = Gaps::default();
        let mut narrow = most;
        let mut is_before = path.anchor.is_none();
        for step in path.rest.iter().rev() {
            let node = match *step {
                Step::Anchor => {
                    is_before = false;
                    continue;
                }
                Step::Node(node) => node.clone(),
                Step::More(node, max) => Node::Repeat {
                    node: Box::new(node.clone()),
                    min: 0,
                    max,
                    greedy: true,
                },
            };
            if is_before {
                within = within.union(&bytes(&node));
                most = most.and_then(|most| Some(most.saturating_add(node.max_len()?)));
                narrow = narrow
                    .and_then(|narrow| Some(narrow.saturating_add(gaps.longest_without(&node)?)));
            }
            nodes.push(node);
        }
        let reach =
            |most: Option<usize>| most.unwrap_or(self.max_len).min(self.max_len) + self.seen;
        let (reach, narrow) = (reach(most), reach(narrow));
        if reach <= LeadRecord::SEEN {
            return None;
        }
        let rest = literal::spread(&nodes, LeadRecord::LEN - known);
        let mut all = path.sets.iter().chain(&rest);
        let sets = std::array::from_fn(|_| all.next().copied().unwrap_or_default());
        // A match that ends before is complete, and the filters see it.
        sets.iter().all(|set| !set.is_empty()).then_some(Way {
            reach,
            gate: self.gate,
            sets,
            within,
            narrow,
            gap: gaps.first,
        })
    }
}

/// The alternatives that are gaps.
#[derive(Default)]
struct Gaps {
    first: [ByteSet; 2],
}

impl Gaps {
    /// The longest match of a node in which there is no gap; takes the gaps in.
    fn longest_without(&mut self, node: &Node) -> Option<usize> {
        match node {
            Node::Value(inner) => self.longest_without(inner),
            Node::Concat(nodes) => nodes.iter().try_fold(0, |sum, node| {
                Some(self.longest_without(node)?.saturating_add(sum))
            }),
            Node::Repeat { node, max, .. } => {
                let longest = self.longest_without(node);
                max.map_or(longest.filter(|&len| len == 0), |max| {
                    Some(longest?.saturating_mul(max as usize))
                })
            }
            Node::Alt(nodes) => {
                let mut longest = None;
                let mut gaps = Vec::new();
                for node in nodes {
                    match self.longest_without(node).filter(|&len| len <= WIDE) {
                        Some(len) => longest = longest.max(Some(len)),
                        None => gaps.push(node),
                    }
                }
                if longest.is_some() {
                    for gap in gaps {
                        self.take_in(gap);
                    }
                    return longest;
                }
                nodes
                    .iter()
                    .try_fold(0, |most, node| Some(self.longest_without(node)?.max(most)))
            }
            other => other.max_len(),
        }
    }

    fn take_in(&mut self, gap: &Node) {
        let sets = literal::spread([gap], 2);
        self.first[0] = self.first[0].union(&sets[0]);
        // Behind a gap of one byte anything may stand.
        let is_short = gap.min_len().is_none_or(|len| len < 2);
        let second = if is_short { ByteSet::ALL } else { sets[1] };
        self.first[1] = self.first[1].union(&second);
    }
}

impl Way {
    /// In how many of a million places of ordinary text it is met and has to be searched, about.
    fn met(&self, cache: &mut ShareCache) -> u64 {
        let near = (self.reach - LeadRecord::SEEN).min(FAR) as u64;
        let gate = self.gate.map(|gate| gate.set);
        let sets = gate.iter().chain(&self.sets);
        let share = sets.fold(rarity::ONE, |share, set| {
            rarity::times(share, cache.of_sequence(&[*set]))
        });
        rarity::times(share, near * 1_000_000 / FAR as u64)
    }
}

/// The bytes among the first `len` of a body.
fn body_bytes(body: &Node, len: usize) -> ByteSet {
    if len > u64::BITS as usize {
        return ByteSet::ALL;
    }
    let sets = literal::spread([body], len);
    sets.iter().fold(ByteSet::EMPTY, |all, set| all.union(set))
}

/// What is still to follow.
#[derive(Clone, Copy)]
enum Step<'n> {
    Node(&'n Node),
    /// Further copies, where stated at most so many.
    More(&'n Node, Option<u32>),
    /// The anchor stands here.
    Anchor,
}

/// The first bytes of a match on one way, and what follows them.
#[derive(Clone)]
struct Path<'n> {
    sets: Vec<ByteSet>,
    /// What comes next stands last.
    rest: Vec<Step<'n>>,
    /// How many bytes stand before the anchor, where that has come.
    anchor: Option<usize>,
    /// Whether a word ends here.
    is_edge: bool,
    /// Whether it is not followed further.
    is_closed: bool,
}

impl<'n> Path<'n> {
    /// Follows it to where it forks or ends.
    fn fork(self, seen: usize, left: usize) -> Vec<Self> {
        let mut ways = vec![self];
        while ways.len() == 1 && !ways[0].is_closed {
            ways = ways.swap_remove(0).step(seen, left);
        }
        ways
    }

    /// What becomes of it at its next step: at most `left` ways.
    fn step(mut self, seen: usize, left: usize) -> Vec<Self> {
        if self.sets.len() == LeadRecord::LEN {
            self.is_closed = true;
            return vec![self];
        }
        let Some(step) = self.rest.pop() else {
            // A match that has ended is complete, and the filters see it.
            return Vec::new();
        };
        match step {
            Step::Anchor if self.sets.len() + seen <= LeadRecord::SEEN => return Vec::new(),
            Step::Anchor => self.anchor = Some(self.sets.len()),
            Step::Node(Node::Empty) | Step::More(_, Some(0)) => {}
            Step::Node(Node::Look(look)) => {
                let last = self.sets.last();
                self.is_edge |= look.is_ascii_word_boundary()
                    && last.is_some_and(|set| set.is_subset(&ByteSet::word()));
            }
            Step::Node(Node::Set(set)) => {
                let set = if self.is_edge {
                    set.intersection(&ByteSet::word().complement())
                } else {
                    *set
                };
                if set.is_empty() {
                    return Vec::new();
                }
                self.is_edge = false;
                self.sets.push(set);
            }
            Step::Node(Node::Value(inner)) => self.rest.push(Step::Node(inner)),
            Step::Node(Node::Concat(nodes)) => {
                self.rest.extend(nodes.iter().rev().map(Step::Node));
            }
            Step::Node(Node::Repeat { node, min, max, .. }) => {
                // More copies than there are bytes are not told apart.
                let least = (*min).min(LeadRecord::LEN as u32);
                let more = max.map(|max| max.saturating_sub(least));
                self.rest.push(Step::More(node, more));
                self.rest.extend(vec![Step::Node(node); least as usize]);
            }
            Step::Node(Node::Alt(nodes)) if nodes.len() <= left => {
                let ways = nodes.iter().map(|node| self.with(&[Step::Node(node)]));
                return ways.collect();
            }
            Step::More(node, most) if left > 1 && !node.is_nullable() => {
                let more = Step::More(node, most.map(|most| most - 1));
                return vec![self.with(&[]), self.with(&[more, Step::Node(node)])];
            }
            Step::Node(Node::Alt(_) | Node::Char(_)) | Step::More(..) => {
                self.rest.push(step);
                self.is_closed = true;
            }
        }
        vec![self]
    }

    /// The same with these steps to come.
    fn with(&self, steps: &[Step<'n>]) -> Self {
        let mut path = self.clone();
        path.rest.extend(steps);
        path
    }
}

/// The bytes that matches of a node consist of.
fn bytes(node: &Node) -> ByteSet {
    match node {
        Node::Empty | Node::Look(_) => ByteSet::EMPTY,
        Node::Set(set) => *set,
        Node::Char(_) => node.first_set().union(&literal::CONTINUATION),
        Node::Repeat { node, .. } | Node::Value(node) => bytes(node),
        Node::Concat(nodes) | Node::Alt(nodes) => nodes
            .iter()
            .fold(ByteSet::EMPTY, |all, node| all.union(&bytes(node))),
    }
}
