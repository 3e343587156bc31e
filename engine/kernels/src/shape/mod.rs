//! Shapes: conjunctions of conditions on the byte sets around a position.
//!
//! Shapes that begin alike make a group. The conditions that a group's shapes share stand in a tree
//! that is evaluated for all positions of a span at once. Few positions are left, and at each the
//! length of one run says which of the group's shapes may stand there; these are asked one by one.

mod group;
mod possible;
mod walk;

use crate::cpu::by_kernel;
use crate::plane::{Plane, PlaneTable};
use crate::{BLOCK, BLOCKS, Kernel, Window};
use group::{Groups, Hit, Place};

/// A condition of the tree, which all groups below it share. The nodes stand in preorder.
///
/// The condition is that `2^level` bytes of the plane's set follow one another from `shift` bytes
/// after the position (one byte before it with -1), or, negated, that the byte there is not in the
/// set.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Number of the set.
    pub plane: u8,
    /// Logarithm of the length of the run.
    pub level: u8,
    /// Where the run starts, from -1 to 63. With -1 the level is 0.
    pub shift: i8,
    /// Whether the condition is that it does not hold.
    pub negated: bool,
    /// Number of nodes above.
    pub depth: u8,
    /// The group that has no condition but this and those above.
    pub group: Option<u16>,
    /// The next node that is not below this one.
    pub skip: u32,
}

impl Node {
    /// More nodes than stand above one another.
    pub const MAX_DEPTH: usize = 32;
    /// The level of the longest run.
    pub const MAX_LEVEL: u8 = 6;
}

/// Shapes that are told apart by the length of one run.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// The set of the run.
    pub plane: u8,
    /// Where the run starts, from the position.
    pub shift: u8,
}

/// One shape of a group: its tests, a run of the list of tests.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The number of the group.
    pub group: u16,
    /// The set that the byte before the position is in, or, with `true`, not in. It is used to leave
    /// out shapes, and whoever takes a hit over looks again.
    pub before: Option<(u8, bool)>,
    /// Marks of which one must be near for the shape to be worth asking for. What a mark is, and
    /// what is near, is for the caller to say.
    pub needs: Option<Marks>,
    /// What bytes from the position on must be.
    pub bytes: Bytes,
    /// What it asks for beyond the conditions of the group.
    pub tests: std::ops::Range<usize>,
}

/// A comparison of eight bytes, of which one or another bit may be anything.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bytes {
    /// Where they start, from the position: from 0 to 56.
    pub from: u8,
    /// Bits that are compared, the first byte in the lowest.
    pub asked: u64,
    /// What they are.
    pub value: u64,
}

impl Bytes {
    /// The largest offset at which they start.
    pub const MAX_FROM: usize = BLOCK - size_of::<u64>();
}

/// A set of marks.
pub type Marks = [u64; 8];

/// A test of a shape: which of the 64 bytes from the position on are in a set, or are not.
#[derive(Clone, Copy, Debug)]
pub struct Test {
    /// Number of the set.
    pub plane: u8,
    /// Whether the bytes are not in the set.
    pub negated: bool,
    /// Bit `i` stands for the byte `i` bytes after the position.
    pub mask: u64,
}

/// Shapes and the planes that they refer to, ready to be searched for.
pub struct ShapeSet {
    tables: Vec<PlaneTable>,
    /// What is looked up and joined before the walk.
    runs: Vec<Run>,
    steps: Vec<Step>,
    groups: Groups,
}

/// Bitmaps of the runs of one length of one set.
#[derive(Clone, Copy)]
enum Run {
    /// Single bytes: from the planes.
    Single { plane: u8 },
    /// Two runs of `half` bytes each, which are number `of`.
    Double { of: u16, half: u8 },
}

/// A node as the walk reads it.
#[derive(Clone, Copy)]
struct Step {
    /// All bits where the condition is negated.
    flip: u64,
    /// Where the bitmaps of its run start, in words, and how far they are shifted.
    word: u32,
    by: u32,
    skip: u32,
    /// The group, or [`NO_GROUP`].
    group: u16,
    depth: u8,
    /// Whether it is worth asking if it holds anywhere.
    branch: bool,
}

const NO_GROUP: u16 = u16::MAX;
/// Nodes below one another that are worth a branch: whether a condition holds anywhere in a span is
/// hard to foretell, and a few nodes evaluated in vain cost less than a wrong guess.
const WORTH_SKIPPING: usize = 4;

impl ShapeSet {
    /// Shapes over sets, each as 256 bits. `None` when something has a value that its documentation
    /// excludes or refers to what does not exist.
    pub fn new(
        sets: &[[u64; 4]],
        nodes: &[Node],
        groups: &[Group],
        shapes: &[Shape],
        tests: &[Test],
    ) -> Option<Self> {
        let groups = Groups::new(sets, groups, shapes, tests)?;
        // Level by level, so that a run is long in memory when the next is made of it.
        let mut runs: Vec<(u8, u8)> = nodes
            .iter()
            .flat_map(|node| (0..=node.level.min(Node::MAX_LEVEL)).map(|level| (level, node.plane)))
            .collect();
        runs.sort_unstable();
        runs.dedup();
        // 256 planes have 1,792 runs.
        let number = |level: u8, plane: u8| runs.binary_search(&(level, plane)).unwrap_or(0) as u16;
        let mut steps: Vec<Step> = Vec::with_capacity(nodes.len());
        // Depth of the node before, plus one.
        let mut deepest = 0;
        for (i, node) in nodes.iter().enumerate() {
            let sound = usize::from(node.plane) < sets.len()
                && node.level <= Node::MAX_LEVEL
                && (node.shift >= 0 && node.shift < 64 || node.shift == -1 && node.level == 0)
                && usize::from(node.depth) < Node::MAX_DEPTH
                && node.depth <= deepest
                && node
                    .group
                    .is_none_or(|group| usize::from(group) < groups.len())
                && i < node.skip as usize
                && node.skip as usize <= nodes.len();
            if !sound {
                return None;
            }
            deepest = node.depth + 1;
            // A shift by -1 is one by 63 from the block before.
            let from = BLOCKS - usize::from(node.shift < 0);
            let word = usize::from(number(node.level, node.plane)) * PADDED + from;
            steps.push(Step {
                flip: u64::from(node.negated).wrapping_neg(),
                word: word as u32,
                by: u32::from(node.shift.cast_unsigned()) & 63,
                skip: node.skip,
                group: node.group.unwrap_or(NO_GROUP),
                depth: node.depth,
                branch: node.skip as usize - i >= WORTH_SKIPPING,
            });
        }
        Some(Self {
            tables: sets
                .chunks(PlaneTable::PLANES)
                .map(PlaneTable::new)
                .collect(),
            runs: runs
                .iter()
                .map(|&(level, plane)| match level.checked_sub(1) {
                    None => Run::Single { plane },
                    Some(shorter) => Run::Double {
                        of: number(shorter, plane),
                        half: 1 << shorter,
                    },
                })
                .collect(),
            steps,
            groups,
        })
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Finds the shapes that need no mark, and where they stand. Places at which others may stand
    /// wait for [`Self::ask`].
    pub fn search(&self, kernel: Kernel, window: &Window, hits: &mut ShapeHits) {
        hits.hits.clear();
        hits.waiting.clear();
        hits.found.resize(self.steps.len() + 1, Found::default());
        hits.runs.resize(self.runs.len(), Padded::default());
        hits.planes
            .resize(self.tables.len() * PlaneTable::PLANES, Plane::default());
        for (table, planes) in self
            .tables
            .iter()
            .zip(hits.planes.as_chunks_mut::<{ PlaneTable::PLANES }>().0)
        {
            table.planes(kernel, window, planes);
        }
        by_kernel!(
            kernel,
            [walk::avx512, walk::avx2, walk::portable],
            self,
            window,
            hits
        );
    }
}

/// A place at which shapes may stand that need a mark.
#[derive(Clone, Copy, Debug)]
pub struct Waiting<'a> {
    /// The group.
    pub group: usize,
    /// The position in the span.
    pub at: usize,
    /// Marks of which one must be near for any of the shapes.
    pub needs: &'a Marks,
}

impl ShapeSet {
    /// Number of groups.
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// The marks of which one must be near for any shape of a group that needs one.
    #[inline]
    pub fn group_needs(&self, group: usize) -> &Marks {
        self.groups.group_needs(group)
    }

    /// What waits since the last search: element number `i`, until there is none. What waits for one
    /// group follows one another, by position.
    #[inline]
    pub fn waiting(&self, hits: &ShapeHits, i: usize) -> Option<Waiting<'_>> {
        let (place, list) = *hits.waiting.get(i)?;
        Some(self.groups.waiting(place, list))
    }

    /// Finds which of the shapes stand at a place of the window that waits, and keeps those that are
    /// wanted, by their numbers.
    #[inline]
    pub fn ask(
        &self,
        window: &Window,
        hits: &mut ShapeHits,
        i: usize,
        mut wanted: impl FnMut(usize) -> bool,
    ) {
        let (place, list) = hits.waiting[i];
        let known = hits.hits.len();
        self.groups
            .ask_waiting(place, list, window, &hits.planes, &mut hits.hits);
        let mut kept = known;
        for i in known..hits.hits.len() {
            if wanted(hits.hits[i].shape as usize) {
                hits.hits[kept] = hits.hits[i];
                kept += 1;
            }
        }
        hits.hits.truncate(kept);
    }
}

/// Memory of a search.
#[derive(Default)]
pub struct ShapeHits {
    hits: Vec<Hit>,
    /// Places with shapes that need marks.
    waiting: Vec<(Place, u16)>,
    places: Vec<Place>,
    /// Places with the number of the shapes that are asked there.
    lists: Vec<(Place, u16)>,
    found: Vec<Found>,
    count: usize,
    planes: Vec<Plane>,
    runs: Vec<Padded>,
}

/// A group whose conditions hold somewhere.
#[derive(Clone, Copy, Default)]
#[repr(C, align(64))]
struct Found {
    /// The positions of each block.
    bits: [u64; BLOCKS],
    /// Bit `i` says whether they hold anywhere in block `i`.
    blocks: u8,
    group: u16,
}

/// The bitmaps of a run: eight before the span, of which the last bit says whether the byte before
/// the span is a run of one, eight of the span, and one behind it.
#[derive(Clone, Copy, Default)]
#[repr(C, align(64))]
struct Padded([u64; PADDED]);

/// Words of the bitmaps of a run.
const PADDED: usize = 3 * BLOCKS;

/// The bitmaps of a span, where vectors are loaded fastest.
#[derive(Clone, Copy, Default)]
#[repr(C, align(64))]
struct Aligned([u64; BLOCKS]);

impl ShapeHits {
    /// What was found since the search began: numbers of shapes and positions in the span.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize)> {
        self.hits
            .iter()
            .map(|hit| (hit.shape as usize, hit.at as usize))
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.hits.capacity() * size_of::<Hit>()
            + self.waiting.capacity() * size_of::<(Place, u16)>()
            + self.places.capacity() * size_of::<Place>()
            + self.lists.capacity() * size_of::<(Place, u16)>()
            + self.found.capacity() * size_of::<Found>()
            + self.planes.capacity() * size_of::<Plane>()
            + self.runs.capacity() * size_of::<Padded>()
    }
}

#[cfg(test)]
mod tests;
