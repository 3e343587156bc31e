//! The pattern tree that planning and program building share.
//!
//! It is the `regex-syntax` HIR with three differences: bytes and literals are sets of bytes,
//! groups other than the reported one are gone, and there are two assertions for the edges of
//! dictionary terms, which the regular expression syntax can't say.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::byteset::ByteSet;
use crate::database::Look;

/// Scalar values, as sorted inclusive ranges.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CharSet(pub(crate) Vec<(u32, u32)>);

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// The empty text.
    Empty,
    /// One byte of a set; the empty set never matches.
    Set(ByteSet),
    /// One scalar value of a set, as UTF-8; at least one needs more than one byte.
    Char(CharSet),
    /// An assertion about the place.
    Look(Look),
    /// Between `min` and `max` times, as many as possible where greedy.
    Repeat {
        node: Box<Node>,
        min: u32,
        max: Option<u32>,
        greedy: bool,
    },
    /// One after the other.
    Concat(Vec<Node>),
    /// The first alternative that leads to a match.
    Alt(Vec<Node>),
    /// The span to report.
    Value(Box<Node>),
}

impl Node {
    /// Translates a parsed pattern.
    pub(crate) fn from_hir(hir: &Hir) -> Self {
        match hir.kind() {
            HirKind::Empty => Self::Empty,
            HirKind::Literal(literal) => Self::concat(
                literal
                    .0
                    .iter()
                    .map(|&b| Self::Set(ByteSet::single(b)))
                    .collect(),
            ),
            HirKind::Class(Class::Bytes(class)) => Self::Set(
                class
                    .ranges()
                    .iter()
                    .flat_map(|range| range.start()..=range.end())
                    .collect(),
            ),
            HirKind::Class(Class::Unicode(class)) => {
                if class.is_ascii() {
                    Self::Set(
                        class
                            .ranges()
                            .iter()
                            .flat_map(|range| range.start()..=range.end())
                            .map(|c| c as u8)
                            .collect(),
                    )
                } else {
                    Self::Char(CharSet(
                        class
                            .ranges()
                            .iter()
                            .map(|range| (u32::from(range.start()), u32::from(range.end())))
                            .collect(),
                    ))
                }
            }
            HirKind::Look(look) => Self::Look(Look::from_syntax(*look)),
            HirKind::Repetition(repetition) => match Self::from_hir(&repetition.sub) {
                Self::Empty => Self::Empty,
                node => Self::Repeat {
                    node: Box::new(node),
                    min: repetition.min,
                    max: repetition.max,
                    greedy: repetition.greedy,
                },
            },
            HirKind::Capture(capture) => {
                let inner = Self::from_hir(&capture.sub);
                if capture.name.as_deref() == Some("value") {
                    Self::Value(Box::new(inner))
                } else {
                    inner
                }
            }
            HirKind::Concat(nodes) => Self::concat(nodes.iter().map(Self::from_hir).collect()),
            HirKind::Alternation(nodes) => Self::Alt(nodes.iter().map(Self::from_hir).collect()),
        }
    }

    /// A dictionary: whole-word terms, the longest that fits at one place.
    pub(crate) fn from_terms(terms: &[String], case_sensitive: bool) -> Self {
        let mut terms: Vec<&[u8]> = terms.iter().map(String::as_bytes).collect();
        terms.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        terms.dedup();
        let letters = |byte: u8| {
            if case_sensitive {
                ByteSet::single(byte)
            } else {
                [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()]
                    .into_iter()
                    .collect()
            }
        };
        let alternatives = terms
            .into_iter()
            .map(|term| Self::concat(term.iter().map(|&b| Self::Set(letters(b))).collect()))
            .collect();
        Self::Concat(vec![
            Self::Look(Look::TermEdgeStart),
            Self::Alt(alternatives),
            Self::Look(Look::TermEdgeEnd),
        ])
    }

    /// One after the other, flattened.
    pub(crate) fn concat(nodes: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Self::Empty => {}
                Self::Concat(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Self::Empty,
            1 => flat.swap_remove(0),
            _ => Self::Concat(flat),
        }
    }

    /// The nodes that follow one another.
    pub(crate) fn parts(&self) -> &[Self] {
        match self {
            Self::Empty => &[],
            Self::Concat(nodes) => nodes,
            node => std::slice::from_ref(node),
        }
    }

    /// The same language without the reported group.
    pub(crate) fn without_value(&self) -> Self {
        match self {
            Self::Value(inner) => inner.without_value(),
            Self::Repeat {
                node,
                min,
                max,
                greedy,
            } => Self::Repeat {
                node: Box::new(node.without_value()),
                min: *min,
                max: *max,
                greedy: *greedy,
            },
            Self::Concat(nodes) => Self::concat(nodes.iter().map(Self::without_value).collect()),
            Self::Alt(nodes) => Self::Alt(nodes.iter().map(Self::without_value).collect()),
            other => other.clone(),
        }
    }

    /// The pattern that matches the same texts read backwards. Assertions keep their meaning: they
    /// are about a place, not about a direction.
    pub(crate) fn reversed(&self) -> Self {
        match self {
            Self::Concat(nodes) => Self::Concat(nodes.iter().rev().map(Self::reversed).collect()),
            Self::Alt(nodes) => Self::Alt(nodes.iter().map(Self::reversed).collect()),
            Self::Repeat {
                node,
                min,
                max,
                greedy,
            } => Self::Repeat {
                node: Box::new(node.reversed()),
                min: *min,
                max: *max,
                greedy: *greedy,
            },
            Self::Value(inner) => Self::Value(Box::new(inner.reversed())),
            other => other.clone(),
        }
    }

    /// Length of the shortest match; `None` when there is no match at all.
    pub(crate) fn min_len(&self) -> Option<usize> {
        match self {
            Self::Empty | Self::Look(_) => Some(0),
            Self::Set(set) => (!set.is_empty()).then_some(1),
            Self::Char(set) => set.0.first().map(|&(first, _)| utf8_len(first)),
            Self::Repeat { node, min, .. } => match node.min_len() {
                _ if *min == 0 => Some(0),
                Some(len) => Some(len.saturating_mul(*min as usize)),
                None => None,
            },
            Self::Concat(nodes) => nodes.iter().try_fold(0usize, |sum, node| {
                Some(sum.saturating_add(node.min_len()?))
            }),
            Self::Alt(nodes) => nodes.iter().filter_map(Self::min_len).min(),
            Self::Value(inner) => inner.min_len(),
        }
    }

    /// Length of the longest match; `None` when there is no bound.
    pub(crate) fn max_len(&self) -> Option<usize> {
        match self {
            Self::Empty | Self::Look(_) => Some(0),
            Self::Set(_) => Some(1),
            Self::Char(set) => Some(set.0.last().map_or(0, |&(_, last)| utf8_len(last))),
            Self::Repeat { node, max, .. } => match (node.max_len(), max) {
                (Some(0), _) | (_, Some(0)) => Some(0),
                (Some(len), Some(max)) => Some(len.saturating_mul(*max as usize)),
                _ => None,
            },
            Self::Concat(nodes) => nodes.iter().try_fold(0usize, |sum, node| {
                Some(sum.saturating_add(node.max_len()?))
            }),
            Self::Alt(nodes) => nodes
                .iter()
                .try_fold(0usize, |most, node| Some(most.max(node.max_len()?))),
            Self::Value(inner) => inner.max_len(),
        }
    }

    /// Whether the empty text matches, assertions taken as true.
    pub(crate) fn is_nullable(&self) -> bool {
        self.min_len() == Some(0)
    }

    /// Bytes that a non-empty match can start with, assertions taken as true.
    pub(crate) fn first_set(&self) -> ByteSet {
        self.first_read(false)
    }

    /// The bytes that are read first. A reversed pattern is read backwards, and so is each scalar
    /// value in it.
    pub(crate) fn first_read(&self, backwards: bool) -> ByteSet {
        match self {
            Self::Empty | Self::Look(_) | Self::Repeat { max: Some(0), .. } => ByteSet::EMPTY,
            Self::Set(set) => *set,
            Self::Char(set) if backwards => last_bytes(set),
            Self::Char(set) => first_bytes(set),
            Self::Repeat { node, .. } | Self::Value(node) => node.first_read(backwards),
            Self::Concat(nodes) => {
                let mut set = ByteSet::EMPTY;
                for node in nodes {
                    set = set.union(&node.first_read(backwards));
                    if !node.is_nullable() {
                        break;
                    }
                }
                set
            }
            Self::Alt(nodes) => nodes.iter().fold(ByteSet::EMPTY, |set, node| {
                set.union(&node.first_read(backwards))
            }),
        }
    }

    /// Bytes that a non-empty match can end with, assertions taken as true.
    pub(crate) fn last_set(&self) -> ByteSet {
        self.reversed().first_read(true)
    }
}

/// Bytes of the scalar value's UTF-8 form.
fn utf8_len(scalar: u32) -> usize {
    match scalar {
        0..0x80 => 1,
        0x80..0x800 => 2,
        0x800..0x1_0000 => 3,
        _ => 4,
    }
}

/// Superset of the lead bytes.
fn first_bytes(set: &CharSet) -> ByteSet {
    let lead = |scalar: u32| match utf8_len(scalar) {
        1 => scalar as u8,
        2 => 0xC0 | (scalar >> 6) as u8,
        3 => 0xE0 | (scalar >> 12) as u8,
        _ => 0xF0 | (scalar >> 18) as u8,
    };
    set.0
        .iter()
        .flat_map(|&(first, last)| lead(first)..=lead(last))
        .collect()
}

/// Superset of the final bytes.
fn last_bytes(set: &CharSet) -> ByteSet {
    let mut bytes = ByteSet::EMPTY;
    for &(first, last) in &set.0 {
        for scalar in first..=last.min(0x7F) {
            bytes.insert(scalar as u8);
        }
        if last >= 0x80 {
            bytes = bytes.union(&(0x80..=0xBF).collect());
        }
    }
    bytes
}
