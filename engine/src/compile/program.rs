//! Pattern tree -> verify program.

use std::collections::HashMap;

use sluicegate_kernels::gram::{CODES, code};
use zerocopy::little_endian::{U16, U32, U64};

use super::byteset::ByteSet;
use super::node::{CharSet, Node};
use crate::database::record::{ChoiceRecord, Inst, ProgramRecord, Range, ScalarRange, SetRecord};
use crate::database::{MAX_WAYS, op};
use crate::limits;

/// Programs and the tables they share, filled while a database is built.
#[derive(Default)]
pub(crate) struct Pools {
    pub(crate) programs: Vec<ProgramRecord>,
    pub(crate) insts: Vec<Inst>,
    pub(crate) sets: Vec<SetRecord>,
    pub(crate) literals: Vec<u8>,
    pub(crate) char_bounds: Vec<U32>,
    pub(crate) char_ranges: Vec<ScalarRange>,
    set_index: HashMap<ByteSet, u32>,
    literal_index: HashMap<Vec<u8>, u32>,
    char_index: HashMap<CharSet, u16>,
    program_index: HashMap<Vec<[u8; 8]>, u32>,
    pub(crate) choices: Vec<ChoiceRecord>,
    choice_index: HashMap<([u64; CODES], u64), u32>,
}

/// Which limit a pattern exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TooLarge {
    /// More than [`limits::MAX_PROGRAM_LEN`] instructions.
    Instructions,
    /// More than [`limits::MAX_VISITED_BITS`] branch points times bytes.
    Branches,
    /// More different classes than the format can number.
    Classes,
}

/// What can come after a node.
#[derive(Clone, Copy)]
struct Follow {
    first: ByteSet,
    /// Whether the program may end there.
    end: bool,
}

impl Follow {
    fn before(node: &Node, after: Self, backwards: bool) -> Self {
        let first = node.first_read(backwards);
        if node.is_nullable() {
            Self {
                first: first.union(&after.first),
                end: after.end,
            }
        } else {
            Self { first, end: false }
        }
    }
}

impl Pools {
    /// Number of the set.
    pub(crate) fn set(&mut self, set: ByteSet) -> u32 {
        *self.set_index.entry(set).or_insert_with(|| {
            self.sets.push(SetRecord {
                words: set.0.map(U64::new),
            });
            self.sets.len() as u32 - 1
        })
    }

    /// Builds the program of `node`, whose matches are at most `max_len` bytes long, and returns
    /// its number. With `backwards`, `node` is a reversed pattern.
    pub(crate) fn program(
        &mut self,
        node: &Node,
        max_len: usize,
        backwards: bool,
    ) -> Result<u32, TooLarge> {
        let mut builder = Builder {
            pools: self,
            insts: Vec::new(),
            marks: 0,
            backwards,
        };
        builder.emit(
            node,
            Follow {
                first: ByteSet::EMPTY,
                end: true,
            },
        )?;
        builder.push(op::MATCH, 0, 0, 0)?;
        let Builder { insts, marks, .. } = builder;
        if u64::from(marks) * (max_len as u64 + 1) > limits::MAX_VISITED_BITS {
            return Err(TooLarge::Branches);
        }
        let key: Vec<[u8; 8]> = insts
            .iter()
            .map(|inst| zerocopy::transmute!(*inst))
            .collect();
        if let Some(&known) = self.program_index.get(&key) {
            return Ok(known);
        }
        let start = self.insts.len();
        self.insts.extend(insts);
        self.programs.push(ProgramRecord {
            insts: Range::since(&self.insts, start),
            marks: U32::new(marks),
        });
        let number = self.programs.len() as u32 - 1;
        self.program_index.insert(key, number);
        Ok(number)
    }

    fn literal(&mut self, bytes: Vec<u8>) -> u32 {
        if let Some(&at) = self.literal_index.get(&bytes) {
            return at;
        }
        let at = self.literals.len() as u32;
        self.literals.extend_from_slice(&bytes);
        self.literal_index.insert(bytes, at);
        at
    }

    fn choice(&mut self, by_code: [u64; CODES], at_end: u64) -> u32 {
        *self
            .choice_index
            .entry((by_code, at_end))
            .or_insert_with(|| {
                self.choices.push(ChoiceRecord {
                    by_code: by_code.map(U64::new),
                    at_end: U64::new(at_end),
                });
                self.choices.len() as u32 - 1
            })
    }

    fn char_set(&mut self, set: &CharSet) -> Result<u16, TooLarge> {
        if let Some(&known) = self.char_index.get(set) {
            return Ok(known);
        }
        if self.char_bounds.is_empty() {
            self.char_bounds.push(U32::ZERO);
        }
        let number = u16::try_from(self.char_bounds.len() - 1).map_err(|_| TooLarge::Classes)?;
        self.char_ranges
            .extend(set.0.iter().map(|&(first, last)| ScalarRange {
                first: U32::new(first),
                last: U32::new(last),
            }));
        self.char_bounds
            .push(U32::new(self.char_ranges.len() as u32));
        self.char_index.insert(set.clone(), number);
        Ok(number)
    }
}

struct Builder<'a> {
    pools: &'a mut Pools,
    insts: Vec<Inst>,
    marks: u32,
    backwards: bool,
}

/// A run flag of the instruction set.
#[derive(Clone, Copy)]
struct Preference(u8);

impl Preference {
    /// With `settled`, the run has one length that can lead to a match.
    fn of(greedy: bool, settled: bool) -> Self {
        Self(match (greedy, settled) {
            (_, true) => op::POSSESSIVE,
            (true, false) => op::GREEDY,
            (false, false) => op::LAZY,
        })
    }
}

/// Whether the set can be part of a literal: exact byte, or folded lower-case letter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// A byte without case, which fits an exact and a folded literal.
    Caseless(u8),
    /// One case of a letter.
    Exact(u8),
    /// Both cases of a letter.
    Folded(u8),
}

fn piece(node: &Node) -> Option<Piece> {
    let Node::Set(set) = node else { return None };
    if let Some(byte) = set.as_single() {
        return Some(if byte.is_ascii_alphabetic() {
            Piece::Exact(byte)
        } else {
            Piece::Caseless(byte)
        });
    }
    set.as_letter_pair().map(Piece::Folded)
}

impl Builder<'_> {
    fn push(&mut self, op: u8, flag: u8, a: u16, b: u32) -> Result<usize, TooLarge> {
        if self.insts.len() >= limits::MAX_PROGRAM_LEN as usize {
            return Err(TooLarge::Instructions);
        }
        self.insts.push(Inst {
            op,
            flag,
            a: U16::new(a),
            b: U32::new(b),
        });
        Ok(self.insts.len() - 1)
    }

    fn mark(&mut self) -> Result<u16, TooLarge> {
        let mark = u16::try_from(self.marks).map_err(|_| TooLarge::Instructions)?;
        self.marks += 1;
        Ok(mark)
    }

    /// A choice between ways that begin like this, in order of preference. Returns the first of
    /// their jumps, which stand next to one another.
    fn choice(&mut self, ways: &[Follow]) -> Result<usize, TooLarge> {
        let mut by_code = [0u64; CODES];
        let mut at_end = 0u64;
        for (way, begins) in ways.iter().enumerate() {
            for byte in 0..=u8::MAX {
                let open = begins.end || begins.first.contains(byte);
                by_code[usize::from(code(byte))] |= u64::from(open) << way;
            }
            at_end |= u64::from(begins.end) << way;
        }
        let choice = self.pools.choice(by_code, at_end);
        let mark = self.mark()?;
        let at = self.push(op::CHOICE, ways.len() as u8, mark, choice)?;
        for _ in ways {
            self.push(op::JUMP, 0, 0, 0)?;
        }
        Ok(at + 1)
    }

    /// A choice between what begins like `body` and what follows it; the latter first with `lazy`.
    /// Returns the jump to the body and the jump past it.
    fn option(
        &mut self,
        body: Follow,
        after: Follow,
        lazy: bool,
    ) -> Result<(usize, usize), TooLarge> {
        let ways = if lazy { [after, body] } else { [body, after] };
        let first = self.choice(&ways)?;
        Ok((first + usize::from(lazy), first + usize::from(!lazy)))
    }

    fn patch(&mut self, inst: usize, target: usize) {
        self.insts[inst].b = U32::new(target as u32);
    }

    fn set(&mut self, set: ByteSet) -> Result<u16, TooLarge> {
        u16::try_from(self.pools.set(set)).map_err(|_| TooLarge::Classes)
    }

    fn emit(&mut self, node: &Node, follow: Follow) -> Result<(), TooLarge> {
        match node {
            Node::Empty => Ok(()),
            Node::Set(_) => self.emit_concat(std::slice::from_ref(node), follow),
            Node::Char(set) => {
                let set = self.pools.char_set(set)?;
                self.push(op::CHAR, 0, set, 0).map(drop)
            }
            Node::Look(look) => self.push(op::LOOK, *look as u8, 0, 0).map(drop),
            Node::Concat(nodes) => self.emit_concat(nodes, follow),
            Node::Alt(nodes) => self.emit_alt(nodes, follow),
            Node::Value(inner) => {
                // Backwards the end of the group comes first; backward programs only measure, so
                // they carry no group.
                self.push(op::SAVE, 0, 0, 0)?;
                self.emit(inner, follow)?;
                self.push(op::SAVE, 1, 0, 0).map(drop)
            }
            Node::Repeat {
                node,
                min,
                max,
                greedy,
            } => match &**node {
                Node::Set(set) => {
                    let possessive = *greedy && !follow.end && set.is_disjoint(&follow.first);
                    let set = self.set(*set)?;
                    let preference = Preference::of(*greedy, possessive || *max == Some(*min));
                    self.emit_run(op::RUN, set, (*min, *max), preference, follow)
                }
                Node::Char(set) => {
                    let set = self.pools.char_set(set)?;
                    let preference = Preference::of(*greedy, *max == Some(*min));
                    self.emit_run(op::CHAR_RUN, set, (*min, *max), preference, follow)
                }
                node => self.emit_repeat(node, *min, *max, *greedy, follow),
            },
        }
    }

    fn emit_run(
        &mut self,
        op: u8,
        set: u16,
        (min, max): (u32, Option<u32>),
        Preference(flag): Preference,
        follow: Follow,
    ) -> Result<(), TooLarge> {
        let most = max.unwrap_or(op::UNBOUNDED);
        if min >= op::UNBOUNDED || max.is_some_and(|max| max >= op::UNBOUNDED) {
            return Err(TooLarge::Instructions);
        }
        if most == 0 {
            return Ok(());
        }
        if flag == op::LAZY && max.is_some() {
            // A loop that comes back here without having taken a byte must end before the run is
            // made longer, or it would prefer what the `regex` crate does not.
            let mark = self.mark()?;
            self.push(op::MARK, 0, mark, 0)?;
        }
        self.push(op, flag, set, min | most << 16)?;
        if flag != op::POSSESSIVE {
            let mark = self.mark()?;
            let next = if follow.end {
                0
            } else {
                self.pools.set(follow.first) + 1
            };
            self.push(op::MARK, 0, mark, next)?;
        }
        Ok(())
    }

    fn emit_concat(&mut self, nodes: &[Node], follow: Follow) -> Result<(), TooLarge> {
        let mut follows = Vec::with_capacity(nodes.len());
        let mut after = follow;
        for node in nodes.iter().rev() {
            follows.push(after);
            after = Follow::before(node, after, self.backwards);
        }
        follows.reverse();
        let mut i = 0;
        while i < nodes.len() {
            let taken = self.emit_literal(&nodes[i..])?;
            if taken > 0 {
                i += taken;
                continue;
            }
            if let Node::Set(set) = &nodes[i] {
                let set = self.set(*set)?;
                self.push(op::SET, 0, set, 0)?;
            } else {
                self.emit(&nodes[i], follows[i])?;
            }
            i += 1;
        }
        Ok(())
    }

    /// Emits the longest literal that the nodes start with and returns how many nodes it took.
    fn emit_literal(&mut self, nodes: &[Node]) -> Result<usize, TooLarge> {
        let mut bytes = Vec::new();
        let mut folded = None;
        for node in nodes {
            let byte = match piece(node) {
                Some(Piece::Caseless(byte)) => byte,
                Some(Piece::Exact(byte)) if folded != Some(true) => {
                    folded = Some(false);
                    byte
                }
                Some(Piece::Folded(byte)) if folded != Some(false) => {
                    folded = Some(true);
                    byte
                }
                _ => break,
            };
            bytes.push(byte);
            if bytes.len() == usize::from(u16::MAX) {
                break;
            }
        }
        let taken = bytes.len();
        if taken == 0 {
            return Ok(0);
        }
        if self.backwards {
            bytes.reverse();
        }
        let at = self.pools.literal(bytes);
        let op = if folded == Some(true) {
            op::FOLDED
        } else {
            op::LITERAL
        };
        self.push(op, 0, taken as u16, at)?;
        Ok(taken)
    }

    fn emit_alt(&mut self, nodes: &[Node], follow: Follow) -> Result<(), TooLarge> {
        let Some((last, others)) = nodes.split_last() else {
            let set = self.set(ByteSet::EMPTY)?;
            return self.push(op::SET, 0, set, 0).map(drop);
        };
        if others.is_empty() {
            return self.emit(last, follow);
        }
        // What does not fit into one choice is its last way.
        let (ways, rest) = if nodes.len() > MAX_WAYS {
            nodes.split_at(MAX_WAYS - 1)
        } else {
            (nodes, [].as_slice())
        };
        let begins = |node: &Node, backwards: bool| Follow::before(node, follow, backwards);
        let mut all: Vec<Follow> = ways
            .iter()
            .map(|node| begins(node, self.backwards))
            .collect();
        if !rest.is_empty() {
            let rest = rest.iter().map(|node| begins(node, self.backwards));
            all.extend(rest.reduce(|a, b| Follow {
                first: a.first.union(&b.first),
                end: a.end || b.end,
            }));
        }
        let first = self.choice(&all)?;
        let mut exits = Vec::with_capacity(ways.len());
        for (way, node) in ways.iter().enumerate() {
            let start = self.insts.len();
            self.patch(first + way, start);
            self.emit(node, follow)?;
            exits.push(self.push(op::JUMP, 0, 0, 0)?);
        }
        if rest.is_empty() {
            // The last way runs on.
            exits.pop();
            self.insts.pop();
        } else {
            let start = self.insts.len();
            self.patch(first + ways.len(), start);
            self.emit_alt(rest, follow)?;
        }
        let end = self.insts.len();
        for exit in exits {
            self.patch(exit, end);
        }
        Ok(())
    }

    /// Repetition of something longer than one class. The shape of the loops is that of the
    /// `regex` crate, because it decides which match is preferred when the body can be empty.
    fn emit_repeat(
        &mut self,
        node: &Node,
        min: u32,
        max: Option<u32>,
        greedy: bool,
        follow: Follow,
    ) -> Result<(), TooLarge> {
        let lazy = !greedy;
        let again = Follow {
            first: node.first_read(self.backwards).union(&follow.first),
            end: follow.end,
        };
        let body = Follow::before(node, again, self.backwards);
        let Some(max) = max else {
            for _ in 1..min {
                self.emit(node, again)?;
            }
            if min == 0 && !node.is_nullable() {
                let choice = self.insts.len();
                let (enter, leave) = self.option(body, follow, lazy)?;
                let start = self.insts.len();
                self.patch(enter, start);
                self.emit(node, again)?;
                self.push(op::JUMP, 0, 0, choice as u32)?;
                let end = self.insts.len();
                self.patch(leave, end);
                return Ok(());
            }
            let question = if min == 0 {
                Some(self.option(body, follow, lazy)?)
            } else {
                None
            };
            let start = self.insts.len();
            self.emit(node, again)?;
            let (more, leave) = self.option(body, follow, lazy)?;
            self.patch(more, start);
            let end = self.insts.len();
            self.patch(leave, end);
            if let Some((enter, leave)) = question {
                self.patch(enter, start);
                self.patch(leave, end);
            }
            return Ok(());
        };
        for _ in 0..min {
            self.emit(node, again)?;
        }
        let mut exits = Vec::new();
        for _ in min..max {
            let (enter, leave) = self.option(body, follow, lazy)?;
            let start = self.insts.len();
            self.patch(enter, start);
            exits.push(leave);
            self.emit(node, again)?;
        }
        let end = self.insts.len();
        for exit in exits {
            self.patch(exit, end);
        }
        Ok(())
    }
}
