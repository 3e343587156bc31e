//! What matches begin with whose anchors stand far into them.
//!
//! A stream must know of a match that has begun before the filters can see it. Ways to begin that
//! have few grams are told by those; the others by the sets of their first bytes.

use super::byteset::ByteSet;
use super::literal::{self, Before};
use super::needle;
use super::node::Node;
use super::plan::{self, Anchor};
use crate::database::record::LeadRecord;

/// What matches of a detector begin with.
pub(super) struct Lead {
    /// Most bytes from the start of a match to the end of what the filters look for.
    pub(super) reach: usize,
    /// What the byte before must be.
    pub(super) gate: Option<Before>,
    pub(super) ways: Vec<Way>,
}

/// One way to begin, or several that are told alike.
pub(super) struct Way {
    /// Keys of the grams, one of which starts the match; none where the sets tell.
    pub(super) keys: Vec<u32>,
    pub(super) sets: [ByteSet; LeadRecord::LEN],
}

/// Ways that are told apart by their sets; past that all together are one.
const MAX_WAYS: usize = 24;

/// The lead of a detector with these anchors. `None` when the filters see each within a few bytes.
pub(super) fn lead(node: &Node, anchors: &[Anchor], max_len: usize) -> Option<Lead> {
    let reaches = anchors.iter().map(|anchor| {
        let before = anchor.before.max_len().unwrap_or(max_len);
        before.min(max_len) + anchor.finder.reach()
    });
    let reach = reaches.max()?;
    if reach <= LeadRecord::SEEN {
        return None;
    }
    let items = plan::items(&node.without_value());
    let looks = items
        .iter()
        .take_while(|item| matches!(item, Node::Look(_) | Node::Empty))
        .count();
    let first = node.first_set();
    Some(Lead {
        reach,
        gate: literal::before(&items[..looks], &first),
        ways: ways(&items, &first),
    })
}

fn ways(items: &[Node], first: &ByteSet) -> Vec<Way> {
    let by_sets = |sets: &[ByteSet]| {
        let mut known = [ByteSet::ALL; LeadRecord::LEN];
        for (known, set) in known.iter_mut().zip(sets) {
            *known = *set;
        }
        known[0] = known[0].intersection(first);
        Way {
            keys: Vec::new(),
            sets: known,
        }
    };
    let sequences = literal::sequences(items).unwrap_or_default();
    let mut keys = Vec::new();
    let mut ways = Vec::new();
    for sequence in &sequences {
        match needle::first_keys(sequence) {
            Some(few) => keys.extend(few),
            None => ways.push(by_sets(&sequence.sets)),
        }
    }
    if sequences.is_empty() || ways.len() > MAX_WAYS {
        ways = vec![by_sets(&literal::profile(items).sets)];
    }
    if !keys.is_empty() {
        keys.sort_unstable();
        keys.dedup();
        let sets = [ByteSet::ALL; LeadRecord::LEN];
        ways.push(Way { keys, sets });
    }
    ways
}
