//! The route of each detector: where in a match the filters look for it.
//!
//! A plan is a list of anchors such that every match contains one of them. An anchor cuts the
//! pattern (or one of its alternatives) in two: what stands before, and the body that starts at
//! the anchor. The filters find places where a body may start; verification reads the body
//! forwards, what stands before it backwards, and then searches exactly. A filter may find too
//! much and never too little.

use serde::Serialize;

use super::byteset::ByteSet;
use super::companion::{self, Companion};
use super::literal::{self, Before, Sequence};
use super::needle::{self, Mask, Needle, Window};
use super::node::Node;
use super::rarity::{self, ShareCache};
use crate::database::Look;

/// How a detector is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Route {
    /// R1: literals at the start of a token.
    Token = 1,
    /// R2: literals that may stand inside a word.
    Literal = 2,
    /// R3: class runs, no usable literal.
    Shape = 3,
    /// R4: every position that has a possible first byte.
    Residual = 4,
}

impl Route {
    /// All routes, cheapest first.
    pub const ALL: [Self; 4] = [Self::Token, Self::Literal, Self::Shape, Self::Residual];

    /// `R1` to `R4`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Token => "R1",
            Self::Literal => "R2",
            Self::Shape => "R3",
            Self::Residual => "R4",
        }
    }

    /// What the route looks for.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Token => "literal at a token start",
            Self::Literal => "free literal",
            Self::Shape => "class runs",
            Self::Residual => "every possible first byte",
        }
    }
}

/// A place in every match of one alternative of a detector.
#[derive(Clone, Debug)]
pub(crate) struct Anchor {
    /// What stands before.
    pub(crate) before: Node,
    /// What starts at the anchor.
    pub(crate) body: Node,
    /// What the byte before the anchor must be.
    pub(crate) gate: Option<Before>,
    pub(crate) finder: Finder,
    /// What else stands near it.
    pub(crate) companion: Option<Companion>,
    /// Share of positions in ordinary text at which the filters see it.
    pub(crate) seen: u64,
    /// Share of positions at which it also passes its check.
    pub(crate) share: u64,
    /// Whether what stands before can't go on at the anchor, so that a run of one class, however
    /// long, is seen once.
    pub(crate) is_edge: bool,
}

/// How the filters see an anchor.
#[derive(Clone, Debug)]
pub(crate) enum Finder {
    /// By one of these needles.
    Grams(Vec<(Needle, Mask)>),
    /// By one of these conjunctions of conditions.
    Shapes(Vec<(Vec<Term>, Mask)>),
    /// At the start of the input, and nowhere else.
    Start(Mask),
}

impl Finder {
    /// Bytes from the anchor to the end of what is looked for.
    pub(crate) fn reach(&self) -> usize {
        let ends: Vec<usize> = match self {
            Self::Grams(needles) => needles
                .iter()
                .flat_map(|(needle, _)| &needle.windows)
                .map(Window::end)
                .collect(),
            Self::Shapes(shapes) => shapes
                .iter()
                .flat_map(|(terms, _)| terms)
                .map(|term| usize::from(term.run).saturating_add_signed(term.shift.into()))
                .collect(),
            Self::Start(_) => Vec::new(),
        };
        ends.into_iter().max().unwrap_or(0)
    }
}

/// A condition: a run of bytes of one set from `shift` on, or no byte of the set there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Term {
    pub(crate) set: ByteSet,
    pub(crate) shift: i8,
    pub(crate) run: u8,
    pub(crate) negated: bool,
}

/// Grams rarer than this share need no shape. One position in 2^13.
const RARE_ENOUGH: u64 = rarity::ONE >> 13;
/// What is seen at fewer positions than this need not be split by its alternatives. One in 2^10.
const SEEN_RARELY: u64 = rarity::ONE >> 10;
/// A shape more common than this costs as much as no anchor at all.
const USELESS: u64 = rarity::ONE >> 2;
/// Conditions of one shape, the rarest of its runs. Each plane costs an operation for every byte,
/// and few candidates that pass three runs fail a fourth.
const MAX_RUNS: usize = 6;
/// Alternatives over which a concatenation is distributed.
const MAX_BRANCHES: usize = 24;
/// Nested alternatives over which it is distributed.
const MAX_DEPTH: usize = 2;

/// The anchors of a pattern, or the reason why it has none.
pub(crate) fn anchors(node: &Node, cache: &mut ShareCache) -> Result<Vec<Anchor>, &'static str> {
    let mut anchors = choose(&node.without_value(), cache, 0).ok_or(
        "no literal and no class run that every match contains is rarer than one position in four",
    )?;
    for anchor in &mut anchors {
        anchor.companion = companion::companion(anchor.before.parts(), anchor.body.parts());
        if let Finder::Grams(needles) = &anchor.finder {
            // For the choice each way counts, because each is compared.
            let places = distinct(needles).map(|needle| needle.share);
            anchor.seen = places.fold(0, u64::saturating_add);
        }
    }
    Ok(anchors)
}

fn choose(node: &Node, cache: &mut ShareCache, depth: usize) -> Option<Vec<Anchor>> {
    if let Node::Alt(branches) = node {
        let mut all = Vec::new();
        for branch in branches {
            all.extend(choose(branch, cache, depth)?);
        }
        return Some(all);
    }
    let items = items(node);
    if items.first() == Some(&Node::Look(Look::Start)) {
        return Some(vec![at_start(&items)]);
    }
    let mut best: Option<(u64, Anchor)> = None;
    for split in 0..items.len() {
        let least = best.as_ref().map_or(u64::MAX, |(least, _)| *least);
        best = anchor_at(&items, split, least, cache).or(best);
    }
    let best = best.map(|(_, anchor)| anchor);
    // Below the first level that would take most of the time, and gain little.
    let is_seen_rarely = |anchor: &Anchor| depth > 0 || anchor.seen <= SEEN_RARELY;
    if best
        .as_ref()
        .is_some_and(|anchor| anchor.share <= RARE_ENOUGH && is_seen_rarely(anchor))
        || depth == MAX_DEPTH
    {
        return best.map(|anchor| vec![anchor]);
    }
    // The alternatives of an item may have better anchors than the items around it.
    let mut chosen = best.map(|anchor| vec![anchor]);
    for (i, item) in items.iter().enumerate() {
        let Node::Alt(branches) = item else { continue };
        if branches.len() > MAX_BRANCHES {
            continue;
        }
        let distributed: Option<Vec<Vec<Anchor>>> = branches
            .iter()
            .map(|branch| {
                let mut nodes = items.clone();
                nodes[i] = branch.clone();
                choose(&Node::concat(nodes), cache, depth + 1)
            })
            .collect();
        let distributed: Option<Vec<Anchor>> =
            distributed.map(|all| all.into_iter().flatten().collect());
        let total = |anchors: &Option<Vec<Anchor>>| {
            anchors.as_ref().map_or(u64::MAX, |anchors| {
                anchors.iter().map(cost).fold(0, u64::saturating_add)
            })
        };
        if total(&distributed) < total(&chosen) / 2 {
            chosen = distributed;
        }
    }
    chosen
}

/// The anchor of a pattern that matches at the start of the input only.
fn at_start(items: &[Node]) -> Anchor {
    Anchor {
        before: Node::Empty,
        body: Node::concat(items.to_vec()),
        gate: None,
        finder: Finder::Start(Mask::of(&literal::profile(items).sets)),
        companion: None,
        seen: 0,
        share: 0,
        is_edge: true,
    }
}

/// The pattern as a list of nodes that follow one another, required copies of a repetition apart.
pub(super) fn items(node: &Node) -> Vec<Node> {
    let mut flat = Vec::new();
    for node in node.parts() {
        match node {
            Node::Repeat {
                node: inner,
                min,
                max,
                greedy,
            } if *min > 0 && !matches!(**inner, Node::Set(_) | Node::Char(_)) => {
                flat.extend(items(inner));
                flat.push(Node::Repeat {
                    node: inner.clone(),
                    min: min - 1,
                    max: max.map(|max| max - 1),
                    greedy: *greedy,
                });
            }
            Node::Concat(_) => flat.extend(items(node)),
            node => flat.push(node.clone()),
        }
    }
    flat
}

/// Expected work of an anchor, in shares of positions at which a candidate is checked.
fn cost(anchor: &Anchor) -> u64 {
    let back = anchor.before.max_len().unwrap_or(256).min(256) as u64;
    let finder = match &anchor.finder {
        // Each gram also lets chance hits through the filter.
        Finder::Grams(needles) => {
            let grams: usize = needles.iter().map(|(needle, _)| needle.gram_count()).sum();
            (grams as u64) << needle::GRAM_COST
        }
        Finder::Shapes(shapes) => shapes_cost(shapes.len()),
        Finder::Start(_) => 0,
    };
    // What passes its check costs some eight times what is seen. The check of a shape says little:
    // the planes have looked at the same bytes.
    let passed = match &anchor.finder {
        Finder::Grams(_) | Finder::Start(_) => anchor.share,
        // In a wall of digits it would be seen everywhere.
        Finder::Shapes(_) if !anchor.is_edge => anchor.seen.saturating_mul(4),
        Finder::Shapes(_) => anchor.seen.midpoint(anchor.share),
    };
    anchor
        .seen
        .saturating_add(passed.saturating_mul(8))
        // What stands before is read where the rest has matched: for one candidate in 64.
        .saturating_add(anchor.share / 64 * back)
        .saturating_add(finder)
}

/// What it costs to look for the conditions of shapes in every span, whether they hold or not: taken
/// to be that of a gram seen at one position in 512, and as much again for each four shapes.
fn shapes_cost(shapes: usize) -> u64 {
    (4 + shapes as u64) << 49
}

/// Longest run of a class across which windows are chosen.
const SHORT_RUN: u32 = 8;

/// Whether the node is a short fixed sequence of byte sets.
fn is_exact(node: &Node) -> bool {
    match node {
        Node::Set(_) => true,
        Node::Repeat { node, min, max, .. } => {
            matches!(**node, Node::Set(_)) && *max == Some(*min) && *min <= SHORT_RUN
        }
        _ => false,
    }
}

/// The cheapest anchor at a place, with its cost, where that is below `least`.
fn anchor_at(
    items: &[Node],
    split: usize,
    least: u64,
    cache: &mut ShareCache,
) -> Option<(u64, Anchor)> {
    let (before, body) = items.split_at(split);
    // Windows are chosen within a run of sets, so only its start is a place to cut.
    if before.last().is_some_and(is_exact) && is_exact(&body[0]) {
        return None;
    }
    let sequences = literal::sequences(body)?;
    let first = sequences
        .iter()
        .fold(ByteSet::EMPTY, |set, sequence| set.union(&sequence.sets[0]));
    let gate = literal::before(before, &first);
    let node = |nodes: &[Node]| Node::concat(nodes.to_vec());
    // A known byte before the anchor makes it rarer.
    let gate_share = gate.map_or(rarity::ONE, |gate| rarity::of_sets(&[gate.set]));
    let gated = |share: u64| rarity::times(share, gate_share);
    let anchor = |finder, seen: u64, share: u64| Anchor {
        before: node(before),
        body: node(body),
        gate,
        finder,
        companion: None,
        seen,
        share: gated(share).min(seen),
        is_edge: gate.is_some_and(|gate| gate.set.is_disjoint(&first)),
    };
    let by_grams = needles(&sequences, gate, cache).map(|needles| {
        let seen = needles
            .iter()
            .map(|(needle, _)| needle.share)
            .fold(0, u64::saturating_add);
        let share = sequences
            .iter()
            .map(|sequence| cache.of_sequence(&sequence.sets))
            .fold(0, u64::saturating_add);
        anchor(Finder::Grams(needles), seen, share)
    });
    let with_cost = |anchor: Anchor| (cost(&anchor), anchor);
    let by_grams = by_grams.map(with_cost);
    let reached = by_grams
        .as_ref()
        .map_or(least, |(cost, _)| least.min(*cost));
    let is_rare = |(_, anchor): &(u64, Anchor)| anchor.seen <= RARE_ENOUGH;
    if by_grams.as_ref().is_some_and(is_rare) || reached <= shapes_cost(1) {
        return by_grams.filter(|(cost, _)| *cost < least);
    }
    // All ways together make one shape; few ways may be looked for apart.
    let together = [literal::profile(body)];
    let apart = (sequences.len() <= MAX_SHAPES).then_some(sequences.as_slice());
    let by_runs = [Some(together.as_slice()), apart]
        .into_iter()
        .flatten()
        .filter_map(|ways| {
            let (shapes, seen) = shapes(ways, gate, cache);
            let share = ways
                .iter()
                .map(|sequence| cache.of_sequence(&sequence.sets))
                .fold(0, u64::saturating_add);
            (seen <= USELESS).then(|| with_cost(anchor(Finder::Shapes(shapes), seen, share)))
        });
    by_grams
        .into_iter()
        .chain(by_runs)
        .min_by_key(|(cost, _)| *cost)
        .filter(|(cost, _)| *cost < least)
}

/// The needles of the sequences, each with what is compared where it is seen.
fn needles(
    sequences: &[Sequence],
    before: Option<Before>,
    cache: &mut ShareCache,
) -> Option<Vec<(Needle, Mask)>> {
    let mut needles: Vec<(Needle, Mask)> = Vec::new();
    for sequence in sequences {
        let needle = needle::needle(sequence, before, cache)?;
        let needle = (needle, Mask::of(&sequence.sets));
        if !needles.contains(&needle) {
            needles.push(needle);
        }
    }
    Some(needles)
}

/// The needles, each once.
fn distinct(needles: &[(Needle, Mask)]) -> impl Iterator<Item = &Needle> {
    needles.iter().enumerate().filter_map(|(i, (needle, _))| {
        let known = needles[..i].iter().any(|(known, _)| known == needle);
        (!known).then_some(needle)
    })
}

/// Makes of two ways one that holds where either does.
fn join(all: &mut Vec<ByteSet>, sets: &[ByteSet]) {
    all.truncate(sets.len());
    for (all, set) in all.iter_mut().zip(sets) {
        *all = all.union(set);
    }
}

/// Alternatives that are looked for apart.
const MAX_SHAPES: usize = 64;

/// For each sequence its conditions, and how often any of the conjunctions holds.
fn shapes(
    sequences: &[Sequence],
    gate: Option<Before>,
    cache: &mut ShareCache,
) -> (Vec<(Vec<Term>, Mask)>, u64) {
    let mut joined: Vec<(Vec<Term>, Vec<ByteSet>)> = Vec::new();
    let mut total = 0u64;
    let gate_share = match gate {
        None => rarity::ONE,
        Some(gate) if gate.start_allowed => rarity::of_sets(&[gate.set]),
        Some(gate) => rarity::of_sets(&[widened(&gate.set)]),
    };
    for sequence in sequences {
        let sets: Vec<ByteSet> = sequence
            .sets
            .chunk_by(PartialEq::eq)
            .flat_map(|run| {
                let wide = widened(&run[0]);
                let own = run.len() >= OWN_RUN && wide.len() > 5 * run[0].len().min(50);
                vec![if own { run[0] } else { wide }; run.len()]
            })
            .collect();
        let mut runs: Vec<(u64, Term)> = Vec::new();
        let mut at = 0;
        while at < sets.len() {
            let set = sets[at];
            let run = sets[at..].iter().take_while(|other| **other == set).count();
            if set != ByteSet::ALL {
                let share = cache.of_run(&set, run as u32);
                runs.push((
                    share,
                    Term {
                        set,
                        shift: at as i8,
                        run: run as u8,
                        negated: false,
                    },
                ));
            }
            at += run;
        }
        runs.sort_by_key(|(share, term)| (*share, term.shift));
        runs.truncate(MAX_RUNS);
        // Runs next to one another are not independent: none but the rarest is taken to be rarer
        // than one in eight.
        let own = runs
            .iter()
            .skip(1)
            .map(|(share, _)| (*share).max(rarity::ONE >> 3))
            .fold(
                runs.first().map_or(rarity::ONE, |(share, _)| *share),
                rarity::times,
            );
        total = total.saturating_add(if runs.is_empty() {
            // What stands before alone is nothing to look for.
            rarity::ONE
        } else {
            rarity::times(own, gate_share)
        });
        let mut terms: Vec<Term> = runs.into_iter().map(|(_, term)| term).collect();
        if let Some(gate) = gate {
            let before = if gate.start_allowed {
                Term {
                    set: gate.set.complement(),
                    shift: -1,
                    run: 1,
                    negated: true,
                }
            } else {
                Term {
                    set: widened(&gate.set),
                    shift: -1,
                    run: 1,
                    negated: false,
                }
            };
            if before.set != ByteSet::ALL {
                terms.push(before);
            }
        }
        if let Some(&edge) = sequence.edges.last().filter(|&&edge| edge < 64) {
            terms.push(Term {
                set: ByteSet::word(),
                shift: edge as i8,
                run: 1,
                negated: true,
            });
        }
        let known = joined.iter_mut().find(|(known, _)| *known == terms);
        match known {
            // Ways that the planes can't tell apart are one shape.
            Some((_, all)) => join(all, &sequence.sets),
            None => joined.push((terms, sequence.sets.clone())),
        }
    }
    let shapes = joined
        .into_iter()
        .map(|(terms, sets)| (terms, Mask::of(&sets)))
        .collect();
    (shapes, total)
}

/// A set that is none of the common classes has a plane of its own where it makes a run this long.
const OWN_RUN: usize = 8;

static QUOTES: ByteSet = ByteSet::of_ranges(&[(b'"', b'"'), (b'\'', b'\''), (b'`', b'`')]);
static BLANKS: ByteSet = ByteSet::of_ranges(&[(b'\t', b'\r'), (b' ', b' ')]);
/// Every ASCII byte but letters and digits.
static MARKS: ByteSet = ByteSet::of_ranges(&[(0, b'/'), (b':', b'@'), (b'[', b'`'), (b'{', 0x7F)]);

/// A set that holds this one and has a plane: shapes that ask for the same classes share planes and
/// conditions. What is lost is left to the check that follows, which compares bits. Everything,
/// where no class is near.
fn widened(set: &ByteSet) -> ByteSet {
    if set
        .as_single()
        .is_some_and(|byte| byte.is_ascii_punctuation())
    {
        return *set;
    }
    let near = |common: &&ByteSet| set.is_subset(common);
    let marks = [&QUOTES, &BLANKS].into_iter();
    *marks
        .chain(rarity::common_classes())
        .chain([&MARKS])
        .find(near)
        .unwrap_or(&ByteSet::ALL)
}

/// What was chosen for one detector, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    /// The dearest route among the anchors.
    pub route: Route,
    /// Why, in one sentence.
    pub reason: String,
    /// The anchors, as people read them.
    pub anchors: Vec<AnchorPlan>,
    /// Shortest match in bytes.
    pub min_len: usize,
    /// Longest match in bytes.
    pub max_len: usize,
    /// Instructions of the exact program.
    pub program_len: usize,
}

/// One anchor of a [`Plan`].
#[derive(Clone, Debug, Serialize)]
pub struct AnchorPlan {
    /// What the filter looks for, as character classes; at most four alternatives are shown.
    pub finds: Vec<String>,
    /// How many alternatives there are.
    pub alternatives: usize,
    /// About one position in `2^rarity` of ordinary text is a candidate.
    pub rarity: u32,
    /// What must stand before it, if anything is known.
    pub preceded_by: Option<String>,
    /// Fewest and most bytes of a match before the anchor.
    pub before: (usize, usize),
}

/// Alternatives that a plan shows.
const SHOWN: usize = 4;

impl Plan {
    pub(crate) fn new(
        anchors: &Result<Vec<Anchor>, &'static str>,
        lengths: (usize, usize),
        program_len: usize,
    ) -> Self {
        let (min_len, max_len) = lengths;
        let (route, reason, anchors) = match anchors {
            Err(reason) => (Route::Residual, (*reason).to_owned(), Vec::new()),
            Ok(anchors) => {
                let route = anchors
                    .iter()
                    .map(Anchor::route)
                    .max()
                    .unwrap_or(Route::Residual);
                let share = anchors
                    .iter()
                    .map(|anchor| anchor.seen)
                    .fold(0, u64::saturating_add);
                let reason = match route {
                    Route::Token => "each match has a literal that starts a token",
                    Route::Literal => "each match has a literal that may stand inside a word",
                    Route::Shape => "no literal is rare enough; the class runs are",
                    Route::Residual => "it can never match",
                };
                (
                    route,
                    format!(
                        "{reason}; about one position in 2^{} is a candidate",
                        rarity::bits(share)
                    ),
                    anchors
                        .iter()
                        .map(|anchor| anchor.describe(max_len))
                        .collect(),
                )
            }
        };
        Self {
            route,
            reason,
            anchors,
            min_len,
            max_len,
            program_len,
        }
    }
}

impl Anchor {
    pub(crate) fn route(&self) -> Route {
        match &self.finder {
            Finder::Shapes(_) => Route::Shape,
            Finder::Start(_) => Route::Token,
            Finder::Grams(_) if self.gate.is_some_and(|gate| gate.is_token_edge()) => Route::Token,
            Finder::Grams(_) => Route::Literal,
        }
    }

    fn describe(&self, max_len: usize) -> AnchorPlan {
        let (finds, alternatives) = match &self.finder {
            Finder::Grams(needles) => (
                needles
                    .iter()
                    .take(SHOWN)
                    .map(|(needle, _)| needle.to_string())
                    .collect(),
                needles.len(),
            ),
            Finder::Shapes(shapes) => (
                shapes
                    .iter()
                    .take(SHOWN)
                    .map(|(terms, _)| {
                        terms
                            .iter()
                            .map(ToString::to_string)
                            .collect::<Vec<_>>()
                            .join(", ")
                    })
                    .collect(),
                shapes.len(),
            ),
            Finder::Start(_) => (vec!["the start of the input".to_owned()], 1),
        };
        AnchorPlan {
            finds,
            alternatives,
            rarity: rarity::bits(self.seen),
            preceded_by: self.gate.map(|gate| {
                format!(
                    "{}{}",
                    gate.set,
                    if gate.start_allowed {
                        " or the start"
                    } else {
                        ""
                    }
                )
            }),
            before: (
                self.before.min_len().unwrap_or(0),
                self.before.max_len().unwrap_or(max_len).min(max_len),
            ),
        }
    }
}

impl std::fmt::Display for Term {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let not = if self.negated { "no " } else { "" };
        write!(f, "{not}{}", self.set)?;
        if self.run > 1 {
            write!(f, "{{{}}}", self.run)?;
        }
        write!(f, " at {}", self.shift)
    }
}
