//! What is asked at the few positions at which the conditions of a group hold.
//!
//! The length of one run there, the kind of the byte behind it and whether a digit follows choose a
//! list of shapes: all others have a test that can't hold. For most positions the list is empty.
//! Which positions these are can't be foretold, so the loops that decide it have no branches.

use std::collections::HashMap;

use super::{Group, Shape, ShapeHits, Test};
use crate::plane::Plane;
use crate::{BLOCK, Window};

/// A shape that stands at a position of the span.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    pub(super) shape: u32,
    pub(super) at: u32,
}

/// Runs of this length and longer ones are not told apart.
const LONGEST: usize = 32;
/// Kinds of bytes that are told apart behind a run.
const KINDS: usize = 16;
/// Stands for no byte, and for one that is not looked at: every test can hold.
const UNKNOWN: u8 = KINDS as u8 - 1;
/// Added to a kind when a digit follows.
const DIGIT: usize = KINDS;

/// The kind of each byte.
static KIND: [u8; 256] = {
    let mut kinds = [0u8; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'0'..=b'9' => 1,
            b'A'..=b'Z' => 2,
            b'a'..=b'z' => 3,
            b' ' => 4,
            b'\t'..=b'\r' => 5,
            b'-' => 6,
            b'.' => 7,
            b'/' => 8,
            b':' => 9,
            b',' | b';' => 10,
            b'"' | b'\'' | b'`' => 11,
            b'_' => 12,
            b'(' | b')' | b'[' | b']' | b'{' | b'}' => 13,
            0x80.. => 14,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// The groups, ready to be asked.
#[derive(Default)]
pub(super) struct Groups {
    dispatch: Vec<Dispatch>,
    lists: Vec<List>,
    /// Shapes of the lists, each with its tests.
    asked: Vec<Asked>,
    asks: Vec<Ask>,
}

struct Dispatch {
    plane: usize,
    shift: u32,
    /// For each length of the run and what stands behind it, the number of the list of shapes; 0 is
    /// empty.
    cells: Box<[[u16; 2 * KINDS]; LONGEST + 1]>,
}

#[derive(Clone, Copy, Default)]
struct List {
    start: u32,
    end: u32,
}

#[derive(Clone, Copy)]
struct Asked {
    shape: u32,
    first: u32,
    end: u32,
}

struct Ask {
    plane: usize,
    flip: u64,
    mask: u64,
}

impl Groups {
    pub(super) fn new(
        sets: &[[u64; 4]],
        groups: &[Group],
        shapes: &[Shape],
        tests: &[Test],
    ) -> Option<Self> {
        let sound =
            groups.iter().all(|group| {
                usize::from(group.plane) < sets.len() && usize::from(group.shift) < BLOCK
            }) && shapes.iter().all(|shape| {
                usize::from(shape.group) < groups.len()
                    && shape.tests.start <= shape.tests.end
                    && shape.tests.end <= tests.len()
            }) && tests
                .iter()
                .all(|test| usize::from(test.plane) < sets.len());
        if !sound {
            return None;
        }
        let mut all = Self {
            lists: vec![List::default()],
            ..Self::default()
        };
        let sets: Vec<Set> = sets.iter().map(Set::new).collect();
        let mut members: Vec<Vec<(Asked, Possible)>> = vec![Vec::new(); groups.len()];
        for (number, shape) in shapes.iter().enumerate() {
            let group = &groups[usize::from(shape.group)];
            let asked = Asked {
                shape: number as u32,
                first: shape.tests.start as u32,
                end: shape.tests.end as u32,
            };
            let mut possible = [u32::MAX; LONGEST + 1];
            for test in &tests[shape.tests.clone()] {
                restrict(&mut possible, &sets, *group, test);
            }
            members[usize::from(shape.group)].push((asked, possible));
        }
        for (group, members) in groups.iter().zip(members) {
            let mut cells = Box::new([[0; 2 * KINDS]; LONGEST + 1]);
            let mut lists = HashMap::from([(Vec::new(), 0)]);
            for (length, cells) in cells.iter_mut().enumerate() {
                for (kind, cell) in cells.iter_mut().enumerate() {
                    let may =
                        |(_, possible): &&(Asked, Possible)| possible[length] >> kind & 1 == 1;
                    let list: Vec<u32> = members
                        .iter()
                        .filter(may)
                        .map(|(asked, _)| asked.shape)
                        .collect();
                    *cell = *lists.entry(list).or_insert_with(|| {
                        let start = all.asked.len() as u32;
                        all.asked
                            .extend(members.iter().filter(may).map(|(asked, _)| *asked));
                        all.lists.push(List {
                            start,
                            end: all.asked.len() as u32,
                        });
                        all.lists.len() - 1
                    }) as u16;
                }
            }
            if all.lists.len() > usize::from(u16::MAX) {
                return None;
            }
            all.dispatch.push(Dispatch {
                plane: group.plane.into(),
                shift: group.shift.into(),
                cells,
            });
        }
        all.asks = tests
            .iter()
            .map(|test| Ask {
                plane: test.plane.into(),
                flip: u64::from(test.negated).wrapping_neg(),
                mask: test.mask,
            })
            .collect();
        Some(all)
    }

    pub(super) fn len(&self) -> usize {
        self.dispatch.len()
    }

    /// The number of the list of shapes that may stand at a place.
    #[inline(always)]
    fn list(&self, place: Place, window: &Window, planes: &[Plane]) -> u16 {
        let group = &self.dispatch[usize::from(place.group)];
        let run = place.from(planes, group.plane) >> group.shift;
        let length = ((!run).trailing_zeros() as usize).min(LONGEST);
        let behind = length + group.shift as usize;
        // Within the 64 bytes from a position of the span there is a byte to look at, if only a
        // zero.
        let known = length < LONGEST && behind < BLOCK - 1;
        let at = usize::from(place.at) + if known { behind } else { 0 };
        let kind = KIND[usize::from(window[at])] | u8::from(window[at + 1].is_ascii_digit()) << 4;
        let known = known && window.has(at + 1);
        group.cells[length][usize::from(if known { kind } else { UNKNOWN })]
    }

    /// Asks the shapes of a list at a place.
    #[inline(always)]
    fn ask(&self, place: Place, list: List, planes: &[Plane], hits: &mut Vec<Hit>) {
        for asked in &self.asked[list.start as usize..list.end as usize] {
            let asks = &self.asks[asked.first as usize..asked.end as usize];
            if asks
                .iter()
                .all(|ask| (place.from(planes, ask.plane) ^ ask.flip) & ask.mask == ask.mask)
            {
                hits.push(Hit {
                    shape: asked.shape,
                    at: place.at.into(),
                });
            }
        }
    }
}
/// A position of the span at which the conditions of a group hold.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    group: u16,
    at: u16,
}

impl Place {
    /// The members of a set among the 64 bytes from here on.
    #[inline(always)]
    fn from(self, planes: &[Plane], plane: usize) -> u64 {
        let (block, bit) = (usize::from(self.at) / BLOCK, u32::from(self.at) % 64);
        let plane = &planes[plane];
        plane[block] >> bit | plane[block + 1] << 1 << (63 - bit)
    }
}

impl ShapeHits {
    /// Asks every group that was found.
    #[inline(always)]
    pub(super) fn ask(&mut self, groups: &Groups, window: &Window) {
        let found = &self.found[..self.count];
        self.places.clear();
        for found in found {
            let mut blocks = found.blocks;
            while blocks != 0 {
                let block = blocks.trailing_zeros() as u16;
                blocks &= blocks - 1;
                let mut bits = found.bits[usize::from(block)];
                while bits != 0 {
                    self.places.push(Place {
                        group: found.group,
                        at: block * BLOCK as u16 + bits.trailing_zeros() as u16,
                    });
                    bits &= bits - 1;
                }
            }
        }
        let mut kept = 0;
        self.lists.resize(self.places.len() + 1, Default::default());
        for &place in &self.places {
            let list = groups.list(place, window, &self.planes);
            // What has an empty list is overwritten by the next.
            self.lists[kept] = (place, list);
            kept += usize::from(list != 0);
        }
        for &(place, list) in &self.lists[..kept] {
            let list = groups.lists[usize::from(list)];
            groups.ask(place, list, &self.planes, &mut self.hits);
        }
    }
}

/// For each length of a group's run, what can stand behind it where a shape does: a bit for each
/// kind, and again for each kind with a digit behind.
type Possible = [u32; LONGEST + 1];

/// A set, and how it relates to the kinds of bytes.
struct Set {
    bytes: [u64; 4],
    /// Kinds of which some byte is in the set.
    some: u32,
    /// Kinds of which every byte is in the set.
    every: u32,
}

impl Set {
    fn new(bytes: &[u64; 4]) -> Self {
        let mut some = 0;
        let mut missing = 0;
        for byte in 0..256 {
            let kind = 1u32 << KIND[byte];
            if bytes[byte / 64] >> (byte % 64) & 1 == 1 {
                some |= kind;
            } else {
                missing |= kind;
            }
        }
        Self {
            bytes: *bytes,
            some,
            every: some & !missing,
        }
    }

    fn is_subset(&self, other: &Self) -> bool {
        self.bytes.iter().zip(other.bytes).all(|(a, b)| a & !b == 0)
    }
}

/// Leaves out what a test can't hold with.
fn restrict(possible: &mut Possible, sets: &[Set], group: Group, test: &Test) {
    let (run, asked) = (
        &sets[usize::from(group.plane)],
        &sets[usize::from(test.plane)],
    );
    let (inside, beyond) = if test.negated {
        (run.is_subset(asked), false)
    } else {
        (false, asked.is_subset(run))
    };
    for (length, kinds) in possible.iter_mut().enumerate() {
        let members = ((1u64 << length) - 1) << group.shift;
        // No member stands behind the run, unless the run is too long to say or leaves the 64
        // bytes.
        let bit = |at: usize| {
            let at = u32::from(group.shift) + at as u32;
            if length < LONGEST {
                1u64.checked_shl(at).unwrap_or(0)
            } else {
                0
            }
        };
        let (behind, second) = (bit(length), bit(length + 1));
        if inside && test.mask & members != 0 || beyond && test.mask & behind != 0 {
            *kinds = 0;
            continue;
        }
        // Kinds that the test allows behind the run, and whether it allows a digit, or another
        // byte, behind that.
        let mut first = u32::MAX;
        if test.mask & behind != 0 {
            first = if test.negated {
                !asked.every
            } else {
                asked.some
            };
        }
        let (mut digit, mut other) = (true, true);
        if test.mask & second != 0 {
            let digits = 1 << KIND[usize::from(b'0')];
            let all = (1u32 << UNKNOWN) - 1;
            (digit, other) = if test.negated {
                (asked.every & digits == 0, asked.every | digits != all)
            } else {
                (asked.some & digits != 0, asked.some & !digits != 0)
            };
        }
        let half = |allowed: bool| {
            let kinds = if allowed { first } else { 0 };
            kinds & 0x7FFF | 1 << UNKNOWN
        };
        *kinds &= half(other) | half(digit) << DIGIT;
    }
}
