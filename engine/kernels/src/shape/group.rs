//! What is asked at the few positions at which the conditions of a group hold.
//!
//! The length of one run there, the kind of the byte behind it, whether a digit follows and whether a
//! word character stands before choose a list of shapes: all others have a test that can't hold. For
//! most positions the list is empty. Which positions these are can't be foretold, so the loop that
//! chooses the lists has no branches on what it finds.

use std::collections::HashMap;
use std::ops::Range;

use super::possible::{KIND, KINDS, LONGEST, Possible, Set, UNKNOWN, preceded, restrict};
use super::{Bytes, Group, Marks, Shape, ShapeHits, Test, Waiting};
use crate::plane::Plane;
use crate::{BLOCK, Window};

/// A shape that stands at a position of the span.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    pub(super) shape: u32,
    pub(super) at: u32,
}

/// The groups, ready to be asked.
#[derive(Default)]
pub(super) struct Groups {
    dispatch: Vec<Dispatch>,
    /// Few of the rows differ.
    rows: Vec<Row>,
    lists: Vec<List>,
    /// Shapes of the lists, each with its tests.
    asked: Vec<Asked>,
    asks: Vec<Ask>,
    needs: Vec<Marks>,
    /// For each group, the marks of which one must be near for any of its shapes that need one.
    group_needs: Vec<Marks>,
}

struct Dispatch {
    plane: usize,
    shift: u32,
    /// For each length of the run, where no word character stands before and where one does, the
    /// number of the row.
    rows: [[u16; LONGEST + 1]; 2],
}

/// For what stands behind a run, the number of the list of shapes; 0 is empty.
type Row = [u16; 2 * KINDS];

/// Shapes that are asked together: first those that need no mark.
#[derive(Clone, Copy, Default)]
struct List {
    start: u32,
    free: u32,
    end: u32,
    /// The number of the marks that the others need.
    needs: u32,
}

#[derive(Clone, Copy)]
struct Asked {
    bytes: Bytes,
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
                    && shape
                        .before
                        .is_none_or(|(plane, _)| usize::from(plane) < sets.len())
                    && usize::from(shape.bytes.from) <= Bytes::MAX_FROM
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
        let mut members: Vec<Vec<Member>> = vec![Vec::new(); groups.len()];
        for (number, shape) in shapes.iter().enumerate() {
            let group = &groups[usize::from(shape.group)];
            let asked = Asked {
                bytes: shape.bytes,
                shape: number as u32,
                first: shape.tests.start as u32,
                end: shape.tests.end as u32,
            };
            let mut possible = [u32::MAX; LONGEST + 1];
            for test in &tests[shape.tests.clone()] {
                restrict(&mut possible, &sets, *group, test);
            }
            members[usize::from(shape.group)].push(Member {
                asked,
                possible,
                before: preceded(&sets, shape.before),
                needs: shape.needs,
            });
        }
        for members in &mut members {
            members.sort_by_key(|member| member.needs.is_some());
        }
        all.group_needs = members
            .iter()
            .map(|members| any_of(members.iter()))
            .collect();
        let mut rows = HashMap::new();
        for (group, members) in groups.iter().zip(members) {
            let mut lists = HashMap::new();
            let mut known = HashMap::new();
            let mut numbers = [[0; LONGEST + 1]; 2];
            for (word, numbers) in numbers.iter_mut().enumerate() {
                for (length, number) in numbers.iter_mut().enumerate() {
                    let kinds: Vec<u32> = members
                        .iter()
                        .map(|member| member.kinds(word, length))
                        .collect();
                    // Most lengths allow the same.
                    *number = *known.entry(kinds).or_insert_with_key(|kinds| {
                        let row = all.row(&members, kinds, &mut lists);
                        *rows.entry(row).or_insert_with(|| {
                            all.rows.push(row);
                            (all.rows.len() - 1) as u16
                        })
                    });
                }
            }
            if all.lists.len().max(all.rows.len()) > usize::from(u16::MAX) {
                return None;
            }
            all.dispatch.push(Dispatch {
                plane: group.plane.into(),
                shift: group.shift.into(),
                rows: numbers,
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

    /// The row of a group of which each member allows these kinds behind the run.
    fn row(
        &mut self,
        members: &[Member],
        kinds: &[u32],
        lists: &mut HashMap<Vec<u64>, u16>,
    ) -> Row {
        let mut row = Row::default();
        for (kind, cell) in row.iter_mut().enumerate() {
            let mut chosen = vec![0u64; members.len().div_ceil(64)];
            for (number, kinds) in kinds.iter().enumerate() {
                chosen[number / 64] |= u64::from(kinds >> kind & 1) << (number % 64);
            }
            if chosen.iter().any(|members| *members != 0) {
                // Equal lists are made once.
                *cell = *lists
                    .entry(chosen)
                    .or_insert_with_key(|chosen| self.make_list(members, chosen));
            }
        }
        row
    }

    /// The number of a new list of the members whose bits are set.
    fn make_list(&mut self, members: &[Member], chosen: &[u64]) -> u16 {
        let start = self.asked.len() as u32;
        let mut list = List {
            start,
            free: start,
            end: start,
            needs: self.needs.len() as u32,
        };
        let chosen = || {
            let members = members.iter().enumerate();
            members.filter(|(number, _)| chosen[number / 64] >> (number % 64) & 1 == 1)
        };
        for (_, member) in chosen() {
            self.asked.push(member.asked);
            list.end += 1;
            list.free += u32::from(member.needs.is_none());
        }
        if list.free < list.end {
            self.needs.push(any_of(chosen().map(|(_, member)| member)));
        }
        self.lists.push(list);
        (self.lists.len() - 1) as u16
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
        let before = match usize::from(place.at).checked_sub(1) {
            Some(at) => Some(window[at]),
            None => window.before(),
        };
        let word = before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let row = &self.rows[usize::from(group.rows[usize::from(word)][length])];
        row[usize::from(if known { kind } else { UNKNOWN })]
    }

    /// The marks of which one must be near for any shape of a group that needs one.
    pub(super) fn group_needs(&self, group: usize) -> &Marks {
        &self.group_needs[group]
    }

    /// What waits at a place.
    pub(super) fn waiting(&self, place: Place, list: u16) -> Waiting<'_> {
        Waiting {
            group: place.group.into(),
            at: place.at.into(),
            needs: &self.needs[self.lists[usize::from(list)].needs as usize],
        }
    }

    /// Asks the shapes of a list that need a mark.
    pub(super) fn ask_waiting(
        &self,
        place: Place,
        list: u16,
        window: &Window,
        planes: &[Plane],
        hits: &mut Vec<Hit>,
    ) {
        let list = &self.lists[usize::from(list)];
        self.ask(place, list.free..list.end, window, planes, hits);
    }

    /// Asks shapes at a place.
    #[inline(always)]
    fn ask(
        &self,
        place: Place,
        list: Range<u32>,
        window: &Window,
        planes: &[Plane],
        hits: &mut Vec<Hit>,
    ) {
        let at = usize::from(place.at);
        let behind: &[u8; BLOCK] = window[at..].first_chunk().unwrap_or(&[0; BLOCK]);
        // Bytes that are no input yet may be anything.
        let is_known = window.has(at + BLOCK - 1);
        for asked in &self.asked[list.start as usize..list.end as usize] {
            if is_known && !asked.agrees(behind) {
                continue;
            }
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

impl Asked {
    /// Whether the bytes are what they must be.
    #[inline(always)]
    fn agrees(&self, behind: &[u8; BLOCK]) -> bool {
        let Bytes { from, asked, value } = self.bytes;
        let eight = behind[usize::from(from).min(Bytes::MAX_FROM)..].first_chunk();
        eight.is_none_or(|eight| u64::from_le_bytes(*eight) & asked == value)
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
            let shapes = &groups.lists[usize::from(list)];
            groups.ask(
                place,
                shapes.start..shapes.free,
                window,
                &self.planes,
                &mut self.hits,
            );
            if shapes.free < shapes.end {
                self.waiting.push((place, list));
            }
        }
    }
}

/// A shape of a group.
#[derive(Clone)]
struct Member {
    asked: Asked,
    possible: Possible,
    /// Whether it can stand where no word character is before, and where one is.
    before: [bool; 2],
    needs: Option<Marks>,
}

/// The marks that any of these shapes need.
fn any_of<'m>(members: impl Iterator<Item = &'m Member>) -> Marks {
    let mut any = [0; 8];
    for needs in members.filter_map(|member| member.needs.as_ref()) {
        for (any, marks) in any.iter_mut().zip(needs) {
            *any |= marks;
        }
    }
    any
}

impl Member {
    /// What can stand behind a run of this length where it stands.
    fn kinds(&self, word: usize, length: usize) -> u32 {
        if self.before[word] {
            self.possible[length]
        } else {
            0
        }
    }
}
