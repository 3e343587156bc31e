//! Which bytes a pattern cannot match without.
//!
//! [`sequences`] lists what a match can begin with, as alternatives of byte sets that follow one
//! another. `needle.rs` picks the rarest bytes of each; sequences that hold no rare literal become
//! shapes, for which [`profile`] joins all ways into one.

use std::cell::Cell;

use regex_syntax::utf8::Utf8Sequences;

use super::byteset::ByteSet;
use super::node::{CharSet, Node};
use crate::database::Look;

/// Longest sequence that is followed.
const MAX_SEQUENCE: usize = 64;
/// Most alternatives; past that the sequences end where they are.
const MAX_ALTERNATIVES: usize = 64;
/// How often the ways of a fork are followed again, each with less room. Nested forks would do so far
/// more often.
const MAX_RETRIES: u32 = 64;
/// Fewest bytes of a run up to which the ways behind it are followed apart.
const FEW: u32 = 1;

/// Byte sets that follow one another from the place where a pattern starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sequence {
    pub(crate) sets: Vec<ByteSet>,
    /// Offsets at which there is the end of the input or no word character.
    pub(crate) edges: Vec<usize>,
    /// Whether what follows in the pattern follows right behind.
    open: bool,
}

/// Every match of the concatenated nodes begins with one of these. `None` when nothing is known,
/// or when a match can be shorter than one byte.
pub(crate) fn sequences(nodes: &[Node]) -> Option<Vec<Sequence>> {
    let mut all = vec![Sequence {
        open: true,
        ..Sequence::default()
    }];
    let retries = Cell::new(MAX_RETRIES);
    let room = Room {
        most: MAX_ALTERNATIVES,
        retries: &retries,
    };
    for node in nodes {
        extend(&mut all, node, room);
        if all.iter().all(|sequence| !sequence.open) {
            break;
        }
    }
    (!all.is_empty() && all.iter().all(|sequence| !sequence.sets.is_empty())).then_some(all)
}

/// Whether the set is of the bytes that stand between words: few codes, none of a letter.
fn is_separator(set: &ByteSet) -> bool {
    let letters = ByteSet::of_ranges(&[(b'A', b'Z'), (b'a', b'z')]);
    set.is_disjoint(&letters)
}

fn close(all: &mut [Sequence]) {
    for sequence in all {
        sequence.open = false;
    }
}

/// How many sequences there may be in all, and how often ways may still be followed again.
#[derive(Clone, Copy)]
struct Room<'a> {
    most: usize,
    retries: &'a Cell<u32>,
}

impl Room<'_> {
    /// Room for fewer sequences, as long as ways may be followed again.
    fn retry(self, most: usize) -> Option<Self> {
        let left = self.retries.get().checked_sub(1)?;
        self.retries.set(left);
        Some(Self { most, ..self })
    }
}

/// Goes on with every open sequence.
fn extend(all: &mut Vec<Sequence>, node: &Node, room: Room) {
    match node {
        Node::Empty => {}
        Node::Value(inner) => extend(all, inner, room),
        Node::Set(set) => push(all, *set),
        Node::Char(set) => extend_char(all, set, room),
        Node::Look(look) => {
            if look.is_ascii_word_boundary() {
                for sequence in all.iter_mut().filter(|sequence| sequence.open) {
                    if sequence
                        .sets
                        .last()
                        .is_some_and(|set| set.is_subset(&ByteSet::word()))
                    {
                        sequence.edges.push(sequence.sets.len());
                    }
                }
            }
        }
        Node::Concat(nodes) => {
            for node in nodes {
                extend(all, node, room);
            }
        }
        Node::Alt(nodes) => {
            let ways: Vec<_> = nodes
                .iter()
                .map(|node| move |all: &mut _, room: Room| extend(all, node, room))
                .collect();
            fork(all, &ways, room);
        }
        Node::Repeat { node, min, max, .. } => {
            // A copy that takes no byte changes nothing, so more copies than bytes are pointless.
            if *min as usize > MAX_SEQUENCE && node.is_nullable() {
                close(all);
                return;
            }
            for _ in 0..*min {
                if all.iter().all(|sequence| !sequence.open) {
                    return;
                }
                extend(all, node, room);
            }
            match max.map(|max| max - min) {
                Some(0) => {}
                Some(more @ 1..=2) => {
                    // Both ways go on behind: without the copy, and with it.
                    let ways = [false, true].map(|with| {
                        move |all: &mut _, room: Room| {
                            if with {
                                extend(all, node, room);
                            }
                        }
                    });
                    for _ in 0..more {
                        fork(all, &ways, room);
                    }
                }
                _ if *min <= FEW && matches!(&**node, Node::Set(set) if is_separator(set)) => {
                    // Separators such as `\s+` have one byte or two, and what follows is known;
                    // where they have more, nothing behind them is.
                    let ways = [0, 1, 2].map(|more: u32| {
                        move |all: &mut Vec<Sequence>, room: Room| {
                            for _ in 0..more {
                                extend(all, node, room);
                            }
                            if more == 2 {
                                close(all);
                            }
                        }
                    });
                    fork(all, &ways, room);
                }
                _ => close(all),
            }
        }
    }
}

fn push(all: &mut Vec<Sequence>, set: ByteSet) {
    let no_word = ByteSet::word().complement();
    for sequence in all.iter_mut().filter(|sequence| sequence.open) {
        let at = sequence.sets.len();
        let set = if sequence.edges.contains(&at) {
            set.intersection(&no_word)
        } else {
            set
        };
        sequence.sets.push(set);
        sequence.open = at + 1 < MAX_SEQUENCE;
    }
    // An alternative that needs a byte of the empty set can't match.
    all.retain(|sequence| sequence.sets.last().is_none_or(|set| !set.is_empty()));
}

/// Follows each way from every open sequence. Where that makes too many, each way has a share of what
/// is left, and sequences end where it is used up.
fn fork<W: Fn(&mut Vec<Sequence>, Room)>(all: &mut Vec<Sequence>, ways: &[W], room: Room) {
    let (from, done): (Vec<_>, Vec<_>) = std::mem::take(all)
        .into_iter()
        .partition(|sequence| sequence.open);
    let follow = |room: Room| {
        let branches = ways.iter().map(|way| {
            let mut branch = from.clone();
            way(&mut branch, room);
            branch
        });
        branches.flatten().collect::<Vec<_>>()
    };
    let left = room.most.saturating_sub(done.len());
    let fits = |forked: &Vec<Sequence>| forked.len() <= left;
    let forked = (from.len() * ways.len() <= left)
        .then(|| follow(room))
        .and_then(|forked| {
            if fits(&forked) {
                Some(forked)
            } else {
                room.retry(left / ways.len()).map(follow).filter(fits)
            }
        });
    *all = done;
    let Some(forked) = forked else {
        all.extend(from);
        close(all);
        return;
    };
    for sequence in forked {
        if !all.contains(&sequence) {
            all.push(sequence);
        }
    }
}

/// Goes on with the UTF-8 forms of the set's scalar values. Those of one length are followed together,
/// byte by byte: apart, the two cases of each letter would double the sequences.
fn extend_char(all: &mut Vec<Sequence>, set: &CharSet, room: Room) {
    let mut forms: Vec<Vec<ByteSet>> = Vec::new();
    for &(first, last) in &set.0 {
        let (Some(first), Some(last)) = (char::from_u32(first), char::from_u32(last)) else {
            continue;
        };
        for sequence in Utf8Sequences::new(first, last) {
            let ranges = sequence.as_slice().iter();
            let form = ranges.map(|range| (range.start..=range.end).collect::<ByteSet>());
            match forms.iter_mut().find(|known| known.len() == sequence.len()) {
                Some(known) => {
                    for (known, bytes) in known.iter_mut().zip(form) {
                        *known = known.union(&bytes);
                    }
                }
                None => forms.push(form.collect()),
            }
        }
    }
    let ways: Vec<_> = forms
        .iter()
        .map(|form| {
            move |all: &mut Vec<Sequence>, _: Room| {
                for set in form {
                    push(all, *set);
                }
            }
        })
        .collect();
    fork(all, &ways, room);
}

/// The bytes that can stand at each of the first positions of a match, whichever way it takes; as
/// many positions as every match has, at most [`MAX_SEQUENCE`].
pub(crate) fn profile(nodes: &[Node]) -> Sequence {
    let mut sets = spread(nodes, MAX_SEQUENCE);
    let least = nodes.iter().fold(0usize, |least, node| {
        least.saturating_add(node.min_len().unwrap_or(0))
    });
    sets.truncate(least);
    Sequence {
        sets,
        edges: Vec::new(),
        open: false,
    }
}

/// The bytes that the concatenated nodes can have at each of the first `len` positions, at most
/// [`MAX_SEQUENCE`]; what follows behind them is left out.
pub(crate) fn spread<'n>(nodes: impl IntoIterator<Item = &'n Node>, len: usize) -> Vec<ByteSet> {
    let mut spread = Spread {
        sets: vec![ByteSet::EMPTY; len],
        left: MAX_SPREAD,
    };
    let mut starts = 1u64;
    for node in nodes {
        starts = spread.over(node, starts);
    }
    spread.sets
}

/// Bytes that go on in a scalar value of several bytes.
pub(crate) const CONTINUATION: ByteSet = ByteSet::of_ranges(&[(0x80, 0xBF)]);
/// Nodes that are visited, copies apart; nested counts would visit far more.
const MAX_SPREAD: u32 = 20_000;

struct Spread {
    sets: Vec<ByteSet>,
    left: u32,
}

impl Spread {
    /// Adds the bytes of a node that starts at these offsets, one bit each, and returns the
    /// offsets at which it can end.
    fn over(&mut self, node: &Node, starts: u64) -> u64 {
        let places = (MAX_SEQUENCE - self.sets.len()) as u32;
        let starts = starts & u64::MAX.checked_shr(places).unwrap_or(0);
        if starts == 0 {
            return 0;
        }
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            // Too intricate: anything may stand from here on.
            let first = starts.trailing_zeros();
            self.sets[first as usize..].fill(ByteSet::ALL);
            return u64::MAX << first;
        }
        match node {
            Node::Empty | Node::Look(_) => starts,
            Node::Set(set) => {
                for (offset, bytes) in self.sets.iter_mut().enumerate() {
                    if starts >> offset & 1 == 1 {
                        *bytes = bytes.union(set);
                    }
                }
                starts << 1
            }
            Node::Char(_) => {
                let (least, most) = (node.min_len(), node.max_len());
                let mut at = self.over(&Node::Set(node.first_set()), starts);
                let mut ends = 0;
                for len in 1..=4 {
                    if least.is_some_and(|least| least <= len) {
                        ends |= at;
                    }
                    if most.is_none_or(|most| most <= len) {
                        break;
                    }
                    at = self.over(&Node::Set(CONTINUATION), at);
                }
                ends
            }
            Node::Concat(nodes) => nodes.iter().fold(starts, |at, node| self.over(node, at)),
            Node::Alt(nodes) => nodes
                .iter()
                .fold(0, |ends, node| ends | self.over(node, starts)),
            Node::Value(inner) => self.over(inner, starts),
            Node::Repeat { node, min, max, .. } => {
                let mut at = starts;
                let mut ends = 0;
                let mut copy = 0;
                loop {
                    if copy >= *min {
                        ends |= at;
                    }
                    if max.is_some_and(|max| copy >= max) {
                        return ends;
                    }
                    let next = self.over(node, at);
                    // Copies that reach no new offset change nothing more.
                    if next == at || copy >= *min && next & !ends == 0 {
                        return ends | next;
                    }
                    at = next;
                    copy += 1;
                }
            }
        }
    }
}

/// What the byte before a place must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Before {
    /// It is in this set.
    pub(crate) set: ByteSet,
    /// Or there is none.
    pub(crate) start_allowed: bool,
}

impl Before {
    /// Whether it says that a word may not run into the place.
    pub(crate) fn is_token_edge(&self) -> bool {
        self.start_allowed && self.set.is_disjoint(&ByteSet::word())
    }
}

/// What is known of the byte before the place between `before` and `first`, the bytes that the
/// rest can start with.
pub(crate) fn before(before: &[Node], first: &ByteSet) -> Option<Before> {
    let mut edge: Option<Before> = None;
    for node in before.iter().rev() {
        match node {
            Node::Look(Look::TermEdgeStart) => {
                edge = Some(Before {
                    set: (0..=255u8)
                        .filter(|byte| !byte.is_ascii_alphanumeric())
                        .collect(),
                    start_allowed: true,
                });
            }
            Node::Look(Look::WordAscii | Look::WordStartAscii)
                if first.is_subset(&ByteSet::word()) =>
            {
                edge = Some(Before {
                    set: ByteSet::word().complement(),
                    start_allowed: true,
                });
            }
            Node::Look(Look::WordAscii) if first.is_disjoint(&ByteSet::word()) => {
                edge = Some(Before {
                    set: ByteSet::word(),
                    start_allowed: false,
                });
            }
            Node::Look(_) | Node::Empty => {}
            node if node.min_len().is_some_and(|len| len > 0) => {
                let last = Before {
                    set: node.last_set(),
                    start_allowed: false,
                };
                return Some(match edge {
                    Some(edge) => Before {
                        set: edge.set.intersection(&last.set),
                        start_allowed: false,
                    },
                    None => last,
                });
            }
            // As in `(?:^|[^0-9])`.
            Node::Alt(ways) => {
                let Some(either) = either(ways) else {
                    return edge;
                };
                return Some(match edge {
                    Some(edge) => Before {
                        set: edge.set.intersection(&either.set),
                        start_allowed: edge.start_allowed && either.start_allowed,
                    },
                    None => either,
                });
            }
            _ => return edge,
        }
    }
    edge
}

/// What is known of the byte before a place that has one of these before it, each a byte of a set or
/// the start of the input or of a line.
fn either(ways: &[Node]) -> Option<Before> {
    let mut all = Before {
        set: ByteSet::EMPTY,
        start_allowed: false,
    };
    for way in ways {
        match way {
            Node::Set(set) => all.set = all.set.union(set),
            Node::Look(Look::Start) => all.start_allowed = true,
            Node::Look(Look::StartLF) => {
                all.start_allowed = true;
                all.set.insert(b'\n');
            }
            _ => return None,
        }
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::report;

    fn parse(pattern: &str) -> Vec<Node> {
        let hir = report::parse(pattern, None).expect("test pattern");
        match Node::from_hir(&hir) {
            Node::Concat(nodes) => nodes,
            node => vec![node],
        }
    }

    fn shown(pattern: &str) -> Vec<String> {
        sequences(&parse(pattern))
            .unwrap_or_default()
            .iter()
            .map(|sequence| sequence.sets.iter().map(ToString::to_string).collect())
            .collect()
    }

    #[test]
    fn optional_parts_fork() {
        assert_eq!(shown("ab?c"), ["ac", "abc"]);
        assert_eq!(shown("a(?:x|yy)b+c"), ["axb", "ayyb"]);
    }

    #[test]
    fn unbounded_parts_end_a_sequence() {
        assert_eq!(
            shown("[0-9]{3}-[0-9]{2,9}x"),
            ["[0-9][0-9][0-9]-[0-9][0-9]"]
        );
        assert_eq!(shown("a*b"), Vec::<String>::new());
    }

    #[test]
    fn a_boundary_narrows_what_follows() {
        assert_eq!(shown(r"ab\b[a-c ]"), ["ab "]);
    }

    #[test]
    fn scalar_values_are_followed_by_their_bytes() {
        assert_eq!(
            shown("(?u)(?i:k)é"),
            [r"[Kk]\xc3\xa9", r"\xe2\x84\xaa\xc3\xa9"]
        );
    }

    #[test]
    fn a_profile_joins_all_ways() {
        let shown: Vec<String> = profile(&parse("a[bc]?[0-9]{2,3}x*"))
            .sets
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(shown, ["a", "[0-9bc]", "[0-9]"]);
    }

    #[test]
    fn nested_counts_do_not_multiply() {
        let sets = profile(&parse("x(?:(?:(?:(?:a?){64}){64}){64}){64}b")).sets;
        assert_eq!(sets.len(), 2);
        assert!(sets[1].contains(b'a') && sets[1].contains(b'b'));
        profile(&parse("(?:(?:(?:(?:(?:a*)*b*)*c*)*d*)*e*)*x"));
    }

    #[test]
    fn nested_forks_do_not_multiply() {
        let nested = (0..30).fold("z".to_owned(), |inner, _| {
            format!("(?:a[01]?[23]?[45]?[67]?[89]?q|bw{inner})")
        });
        let all = sequences(&parse(&format!("x{nested}"))).unwrap();
        assert!(all.len() <= MAX_ALTERNATIVES);
    }

    #[test]
    fn what_stands_before_is_known() {
        let word = ByteSet::word();
        let nodes = parse(r"\bab");
        assert_eq!(
            before(&nodes[..1], &ByteSet::single(b'a')),
            Some(Before {
                set: word.complement(),
                start_allowed: true
            }),
        );
        assert_eq!(before(&parse("x*"), &ByteSet::single(b'a')), None);
        assert_eq!(
            before(&parse("x[yz]"), &ByteSet::single(b'a')),
            Some(Before {
                set: b"yz".iter().copied().collect(),
                start_allowed: false
            }),
        );
    }
}
