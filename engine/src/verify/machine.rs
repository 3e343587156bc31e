//! Runs a verify program at one place of the input.
//!
//! A program is a pattern as a list of instructions, small because a counted run of one class is
//! one instruction. The machine tries alternatives in order of preference and goes back when one
//! fails, which gives the leftmost-first match of the regular expression syntax. To stay linear it
//! remembers which branch points it has been to at which offset: what failed once fails again.
//! Most searches end after a few steps, so remembering starts only after
//! [`limits::FREE_STEPS`]; the result is the same either way.
//!
//! Offsets are distances from the place where the search began, so that the same code reads
//! forwards and backwards.

use std::cell::Cell;

use crate::database::record::{Inst, SetRecord};
use crate::database::{Look, Program, Tables, op};
use crate::limits;
use sluicegate_kernels::gram::code;

/// Mutable memory of the machine, kept between searches.
#[derive(Default)]
pub(crate) struct Memory {
    stack: Vec<Frame>,
    visited: Vec<u64>,
    /// Steps that are left before the scan is incomplete.
    pub(crate) fuel: u64,
    /// Steps taken since the counter was last read.
    pub(crate) steps: u64,
    /// Whether a search was given up for lack of fuel.
    pub(crate) exhausted: bool,
    /// Whether a search asked what stands behind the input since this was last cleared: more input
    /// could have changed its result.
    pub(crate) touched: bool,
}

impl Memory {
    /// Makes ready for a scan that may spend this many steps.
    pub(crate) fn refill(&mut self, fuel: u64) {
        self.fuel = fuel;
        self.steps = 0;
        self.exhausted = false;
        self.touched = false;
    }

    /// Bytes held.
    pub(crate) fn bytes(&self) -> usize {
        self.stack.capacity() * size_of::<Frame>() + self.visited.capacity() * 8
    }
}

/// Where to go on when the present way fails.
#[derive(Clone, Copy)]
enum Frame {
    /// At a distance, at one of the ways in `open`, whose jumps start at `pc`.
    Ways { pc: u32, distance: u32, open: u64 },
    /// After a greedy run that was `distance` long and may be as short as `least`.
    Shorter { pc: u32, distance: u32, least: u32 },
    /// In a lazy run at `pc` that has reached `distance` and may take `more`.
    Longer { pc: u32, distance: u32, more: u32 },
    /// Put back the start or end of the reported span.
    Restore { slot: u8, old: u32 },
}

const UNSET: u32 = u32::MAX;

/// A match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Distance from where the search began.
    pub(crate) distance: usize,
    /// The reported group, as distances, where the program has one and it took part.
    pub(crate) value: Option<(usize, usize)>,
}

/// What a search is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goal {
    /// The preferred match.
    Preferred,
    /// Any match.
    Any,
    /// The longest match.
    Farthest,
}

/// The preferred match that starts at `at` and ends at most `reach` bytes further.
pub(crate) fn preferred(
    tables: &Tables,
    program: Program,
    memory: &mut Memory,
    input: &[u8],
    at: usize,
    reach: usize,
) -> Option<Hit> {
    Search::<false> {
        tables,
        program,
        input,
        at,
        reach,
        goal: Goal::Preferred,
        touched: Cell::new(false),
    }
    .run(memory)
}

/// Whether some match starts at `at` and ends at most `reach` bytes further.
pub(crate) fn exists(
    tables: &Tables,
    program: Program,
    memory: &mut Memory,
    input: &[u8],
    at: usize,
    reach: usize,
) -> bool {
    Search::<false> {
        tables,
        program,
        input,
        at,
        reach,
        goal: Goal::Any,
        touched: Cell::new(false),
    }
    .run(memory)
    .is_some()
}

/// How far before `at`, and at most `reach`, the reversed program can go.
pub(crate) fn farthest_back(
    tables: &Tables,
    program: Program,
    memory: &mut Memory,
    input: &[u8],
    at: usize,
    reach: usize,
) -> Option<usize> {
    Search::<true> {
        tables,
        program,
        input,
        at,
        reach,
        goal: Goal::Farthest,
        touched: Cell::new(false),
    }
    .run(memory)
    .map(|hit| hit.distance)
}

struct Search<'a, const BACKWARDS: bool> {
    tables: &'a Tables<'a>,
    program: Program<'a>,
    input: &'a [u8],
    at: usize,
    reach: usize,
    goal: Goal,
    /// Whether it was asked what stands behind the input.
    touched: Cell<bool>,
}

impl<const BACKWARDS: bool> Search<'_, BACKWARDS> {
    fn run(&self, memory: &mut Memory) -> Option<Hit> {
        let hit = self.search(memory);
        memory.touched |= self.touched.get();
        hit
    }

    fn search(&self, memory: &mut Memory) -> Option<Hit> {
        debug_assert!(if BACKWARDS {
            self.reach <= self.at
        } else {
            self.reach <= self.input.len() - self.at
        });
        let (result, finished) = self.attempt::<false>(memory);
        if finished {
            return result;
        }
        let bits = self.program.marks as usize * (self.reach + 1);
        memory.visited.clear();
        memory.visited.resize(bits.div_ceil(64), 0);
        let (result, finished) = self.attempt::<true>(memory);
        memory.exhausted |= !finished;
        result
    }

    /// Whether the search may go no further, which is remembered where that is for lack of input.
    #[inline]
    fn at_reach(&self, distance: usize) -> bool {
        let ends = distance == self.reach;
        if ends {
            self.touch();
        }
        ends
    }

    /// Remembers that more input could tell more, unless it is the longest match that ends here.
    fn touch(&self) {
        if !BACKWARDS && self.at + self.reach == self.input.len() {
            self.touched.set(true);
        }
    }

    /// The byte `distance` bytes away in the direction of reading.
    #[inline]
    fn byte(&self, distance: usize) -> u8 {
        if BACKWARDS {
            self.input[self.at - 1 - distance]
        } else {
            self.input[self.at + distance]
        }
    }

    /// How many of the next bytes, at most `most`, are in the set.
    #[inline]
    fn run_length(&self, set: &SetRecord, distance: usize, wanted: usize) -> usize {
        let most = wanted.min(self.reach - distance);
        let length = if BACKWARDS {
            let end = self.at - distance;
            let bytes = &self.input[end - most..end];
            bytes
                .iter()
                .rev()
                .position(|&byte| !set.contains(byte))
                .unwrap_or(most)
        } else {
            let start = self.at + distance;
            let bytes = &self.input[start..start + most];
            bytes
                .iter()
                .position(|&byte| !set.contains(byte))
                .unwrap_or(most)
        };
        if length == most && most < wanted {
            self.touch();
        }
        length
    }

    /// Whether the literal follows.
    #[inline]
    fn literal(&self, literal: &[u8], distance: usize, folded: bool) -> bool {
        let left = self.reach - distance;
        if literal.len() > left && BACKWARDS {
            return false;
        }
        let bytes = if BACKWARDS {
            let end = self.at - distance;
            &self.input[end - literal.len()..end]
        } else {
            let start = self.at + distance;
            &self.input[start..start + literal.len().min(left)]
        };
        // Reversed programs hold their literals as they stand in the input, not reversed.
        // Most literals are short and most differ in their first byte.
        let mut pairs = bytes.iter().zip(literal);
        let agrees = if folded {
            pairs.all(|(byte, letter)| byte.to_ascii_lowercase() == *letter)
        } else {
            pairs.all(|(byte, letter)| byte == letter)
        };
        if agrees && literal.len() > left {
            self.touch();
            return false;
        }
        agrees
    }

    /// Length in bytes of the scalar value that follows, when it is in the char set.
    fn char(&self, set: u16, distance: usize) -> Option<usize> {
        let left = self.reach - distance;
        let bytes = if BACKWARDS {
            let end = self.at - distance;
            let window = &self.input[end - left.min(4)..end];
            let lead = window.iter().rposition(|byte| byte & 0xC0 != 0x80)?;
            &window[lead..]
        } else {
            let start = self.at + distance;
            &self.input[start..start + left.min(4)]
        };
        if bytes.is_empty() {
            self.touch();
        }
        let len = match bytes.first()? {
            0..0x80 => 1,
            0xC2..0xE0 => 2,
            0xE0..0xF0 => 3,
            0xF0..0xF5 => 4,
            _ => return None,
        };
        if bytes.len() < len {
            self.touch();
            return None;
        }
        if BACKWARDS && bytes.len() != len {
            return None;
        }
        let scalar = std::str::from_utf8(&bytes[..len]).ok()?.chars().next()? as u32;
        let set = usize::from(set);
        let ranges = &self.tables.char_ranges[self.tables.char_bounds[set].get() as usize
            ..self.tables.char_bounds[set + 1].get() as usize];
        let after = ranges.partition_point(|range| range.first.get() <= scalar);
        (after > 0 && scalar <= ranges[after - 1].last.get()).then_some(len)
    }

    /// Runs the program. The flag is false when steps or fuel ran out.
    #[expect(
        clippy::too_many_lines,
        reason = "one arm for each instruction, read as a table"
    )]
    fn attempt<const REMEMBER: bool>(&self, memory: &mut Memory) -> (Option<Hit>, bool) {
        let Memory {
            stack,
            visited,
            fuel,
            steps: counter,
            ..
        } = memory;
        let insts = self.program.insts;
        let mut budget = if REMEMBER {
            *fuel
        } else {
            (*fuel).min(u64::from(limits::FREE_STEPS))
        };
        let given = budget;
        let mut slots = [UNSET; 2];
        let mut farthest = None;
        let mut pc = 0usize;
        let mut distance = 0usize;
        stack.clear();
        let visit = |visited: &mut [u64], mark: u16, distance: usize| {
            let bit = usize::from(mark) * (self.reach + 1) + distance;
            let word = &mut visited[bit / 64];
            let first_time = *word >> (bit % 64) & 1 == 0;
            *word |= 1 << (bit % 64);
            first_time
        };
        // A lazy run without upper bound is one branch point with the mark behind it, at whatever
        // length it has: where it has been, it neither ends nor grows.
        let been = |visited: &[u64], pc: usize, distance: usize| {
            let mark = &insts[pc];
            let bit = usize::from(mark.a.get()) * (self.reach + 1) + distance;
            REMEMBER && mark.op == op::MARK && visited[bit / 64] >> (bit % 64) & 1 == 1
        };

        let finished = 'search: loop {
            // One way through the program until it fails.
            'way: loop {
                if budget == 0 {
                    break 'search false;
                }
                budget -= 1;
                let inst = &insts[pc];
                pc += 1;
                match inst.op {
                    op::MATCH => match self.goal {
                        Goal::Preferred | Goal::Any => {
                            farthest = Some(distance);
                            break 'search true;
                        }
                        Goal::Farthest => {
                            farthest = farthest.max(Some(distance));
                            if distance == self.reach {
                                break 'search true;
                            }
                            break 'way;
                        }
                    },
                    op::SET => {
                        let set = &self.tables.sets[usize::from(inst.a.get())];
                        if self.at_reach(distance) || !set.contains(self.byte(distance)) {
                            break 'way;
                        }
                        distance += 1;
                    }
                    op::LITERAL | op::FOLDED => {
                        let start = inst.b.get() as usize;
                        let literal =
                            &self.tables.literals[start..start + usize::from(inst.a.get())];
                        if !self.literal(literal, distance, inst.op == op::FOLDED) {
                            break 'way;
                        }
                        distance += literal.len();
                    }
                    op::RUN => {
                        let set = &self.tables.sets[usize::from(inst.a.get())];
                        let least = (inst.b.get() & 0xFFFF) as usize;
                        let most = match inst.b.get() >> 16 {
                            op::UNBOUNDED => usize::MAX,
                            most => most as usize,
                        };
                        if inst.flag == op::LAZY {
                            if self.run_length(set, distance, least) < least {
                                break 'way;
                            }
                            distance += least;
                            if most == usize::MAX && been(visited, pc, distance) {
                                break 'way;
                            }
                            if most > least {
                                stack.push(Frame::Longer {
                                    pc: pc as u32 - 1,
                                    distance: distance as u32,
                                    more: (most - least).min(UNSET as usize) as u32,
                                });
                            }
                        } else {
                            let length = self.run_length(set, distance, most);
                            budget = budget.saturating_sub(length as u64 / 16);
                            if length < least {
                                break 'way;
                            }
                            let shortest = distance + least;
                            distance += length;
                            let ends = self.goal == Goal::Farthest && self.ends_at(pc);
                            if inst.flag == op::GREEDY && length > least && !ends {
                                stack.push(Frame::Shorter {
                                    pc: pc as u32,
                                    distance: distance as u32 - 1,
                                    least: shortest as u32,
                                });
                            }
                        }
                    }
                    op::CHAR => match self.char(inst.a.get(), distance) {
                        Some(len) => distance += len,
                        None => break 'way,
                    },
                    op::CHAR_RUN => {
                        let least = inst.b.get() & 0xFFFF;
                        let most = match inst.b.get() >> 16 {
                            op::UNBOUNDED => u32::MAX,
                            most => most,
                        };
                        for _ in 0..least {
                            match self.char(inst.a.get(), distance) {
                                Some(len) => distance += len,
                                None => break 'way,
                            }
                        }
                        if inst.flag == op::LAZY {
                            if most == u32::MAX && been(visited, pc, distance) {
                                break 'way;
                            }
                            if most > least {
                                stack.push(Frame::Longer {
                                    pc: pc as u32 - 1,
                                    distance: distance as u32,
                                    more: most - least,
                                });
                            }
                        } else {
                            let shortest = distance;
                            let mut count = least;
                            while count < most {
                                let Some(len) = self.char(inst.a.get(), distance) else {
                                    break;
                                };
                                distance += len;
                                count += 1;
                            }
                            budget = budget.saturating_sub(u64::from(count) / 4);
                            if inst.flag == op::GREEDY && distance > shortest {
                                stack.push(Frame::Shorter {
                                    pc: pc as u32,
                                    distance: self.char_back(distance, shortest) as u32,
                                    least: shortest as u32,
                                });
                            }
                        }
                    }
                    op::CHOICE => {
                        if REMEMBER && !visit(visited, inst.a.get(), distance) {
                            break 'way;
                        }
                        let choice = &self.tables.choices[inst.b.get() as usize];
                        let open = if self.at_reach(distance) {
                            choice.at_end.get()
                        } else {
                            choice.by_code[usize::from(code(self.byte(distance)))].get()
                        };
                        if open == 0 {
                            break 'way;
                        }
                        if open & (open - 1) != 0 {
                            stack.push(Frame::Ways {
                                pc: pc as u32,
                                distance: distance as u32,
                                open: open & (open - 1),
                            });
                        }
                        pc = insts[pc + open.trailing_zeros() as usize].b.get() as usize;
                    }
                    op::JUMP => pc = inst.b.get() as usize,
                    op::LOOK => {
                        let place = if BACKWARDS {
                            self.at - distance
                        } else {
                            self.at + distance
                        };
                        let holds = Look::from_number(inst.flag).is_some_and(|look| {
                            if place + look.ahead() > self.input.len() {
                                self.touched.set(true);
                            }
                            look.holds(self.input, place)
                        });
                        if !holds {
                            break 'way;
                        }
                    }
                    op::SAVE => {
                        let slot = inst.flag & 1;
                        if self.goal == Goal::Preferred {
                            let old =
                                std::mem::replace(&mut slots[usize::from(slot)], distance as u32);
                            stack.push(Frame::Restore { slot, old });
                        }
                    }
                    op::MARK => {
                        if REMEMBER && !visit(visited, inst.a.get(), distance)
                            || !self.may_follow(*inst, distance)
                        {
                            break 'way;
                        }
                    }
                    _ => break 'way,
                }
            }
            // The next best way.
            loop {
                match stack.pop() {
                    None => break 'search true,
                    Some(Frame::Ways {
                        pc: ways,
                        distance: from,
                        open,
                    }) => {
                        if open & (open - 1) != 0 {
                            stack.push(Frame::Ways {
                                pc: ways,
                                distance: from,
                                open: open & (open - 1),
                            });
                        }
                        let way = ways as usize + open.trailing_zeros() as usize;
                        pc = insts[way].b.get() as usize;
                        distance = from as usize;
                        break;
                    }
                    Some(Frame::Shorter {
                        pc: next,
                        distance: from,
                        least,
                    }) => {
                        let mark = insts[next as usize];
                        let by_char = self.is_char_run(next);
                        let shorter = |from: usize| {
                            if by_char {
                                self.char_back(from, least as usize)
                            } else {
                                from - 1
                            }
                        };
                        let mut at = from as usize;
                        while at > least as usize && !self.may_follow(mark, at) {
                            at = shorter(at);
                        }
                        budget = budget.saturating_sub((from as usize - at) as u64 / 16);
                        if at > least as usize {
                            stack.push(Frame::Shorter {
                                pc: next,
                                distance: shorter(at) as u32,
                                least,
                            });
                        }
                        pc = next as usize;
                        distance = at;
                        break;
                    }
                    Some(Frame::Longer {
                        pc: run,
                        distance: from,
                        more,
                    }) => {
                        let inst = &insts[run as usize];
                        let unbounded = inst.b.get() >> 16 == op::UNBOUNDED;
                        pc = run as usize + 1;
                        let mark = insts[pc];
                        let begin = from as usize;
                        distance = begin;
                        let mut more = more;
                        let grown = loop {
                            let step = if inst.op == op::RUN {
                                let set = &self.tables.sets[usize::from(inst.a.get())];
                                (!self.at_reach(distance) && set.contains(self.byte(distance)))
                                    .then_some(1)
                            } else {
                                self.char(inst.a.get(), distance)
                            };
                            let Some(step) = step.filter(|_| more > 0) else {
                                break false;
                            };
                            distance += step;
                            more -= 1;
                            if unbounded && been(visited, pc, distance) {
                                break false;
                            }
                            if self.may_follow(mark, distance) {
                                break true;
                            }
                            if REMEMBER {
                                visit(visited, mark.a.get(), distance);
                            }
                        };
                        budget = budget.saturating_sub((distance - begin) as u64 / 16);
                        if !grown {
                            continue;
                        }
                        if more > 0 {
                            stack.push(Frame::Longer {
                                pc: run,
                                distance: distance as u32,
                                more,
                            });
                        }
                        break;
                    }
                    Some(Frame::Restore { slot, old }) => slots[usize::from(slot)] = old,
                }
            }
        };
        let spent = given - budget;
        *fuel -= spent;
        *counter += spent;
        let value = (slots[0] != UNSET && slots[1] != UNSET)
            .then_some((slots[0] as usize, slots[1] as usize));
        let hit = farthest.map(|distance| Hit { distance, value });
        (if finished { hit } else { None }, finished)
    }

    /// Whether the byte at a distance is one that can follow a mark. It always is where the mark
    /// does not say.
    #[inline]
    fn may_follow(&self, mark: Inst, distance: usize) -> bool {
        match mark.b.get() {
            0 => true,
            set => {
                !self.at_reach(distance)
                    && self.tables.sets[set as usize - 1].contains(self.byte(distance))
            }
        }
    }

    /// Whether the program has matched when it reaches `pc`.
    fn ends_at(&self, mut pc: usize) -> bool {
        while self.program.insts[pc].op == op::MARK {
            pc += 1;
        }
        self.program.insts[pc].op == op::MATCH
    }

    /// Whether the run that goes on at `pc` is one of scalar values.
    fn is_char_run(&self, pc: u32) -> bool {
        self.program.insts[pc as usize - 1].op == op::CHAR_RUN
    }

    /// The distance, at least `least`, at which the scalar value that ends at `distance` begins in
    /// the direction of reading.
    fn char_back(&self, distance: usize, least: usize) -> usize {
        let mut shorter = distance - 1;
        // Forwards a scalar value begins with its lead byte; backwards it ends with it, so the one
        // before has just been completed by a byte that is no continuation.
        let inside = |shorter: usize| {
            let byte = if BACKWARDS {
                self.byte(shorter - 1)
            } else {
                self.byte(shorter)
            };
            byte & 0xC0 == 0x80
        };
        while shorter > least && inside(shorter) {
            shorter -= 1;
        }
        shorter
    }
}
