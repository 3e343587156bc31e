//! The instruction set of verify programs, and the tables that programs refer to.

use zerocopy::little_endian::U32;

use super::record::{ChoiceRecord, Inst, ScalarRange, SetRecord};

/// What an instruction does. `a`, `b` and `flag` are the fields of [`Inst`].
pub(crate) mod op {
    /// The program has matched.
    pub(crate) const MATCH: u8 = 0;
    /// One byte of set `a`.
    pub(crate) const SET: u8 = 1;
    /// The `a` bytes at `b` of the literal pool.
    pub(crate) const LITERAL: u8 = 2;
    /// The same, ASCII case folded; the pool holds lower case.
    pub(crate) const FOLDED: u8 = 3;
    /// Low to high half of `b` bytes of set `a`; `flag` is a run flag.
    pub(crate) const RUN: u8 = 4;
    /// One scalar value of char set `a`.
    pub(crate) const CHAR: u8 = 5;
    /// Low to high half of `b` scalar values of char set `a`; `flag` is a run flag.
    pub(crate) const CHAR_RUN: u8 = 6;
    /// Goes on at one of the `flag` jumps that follow: the first that choice `b` says can lead to a
    /// match, and should that fail, the next. Remembers as mark `a`.
    pub(crate) const CHOICE: u8 = 7;
    /// Goes on at `b`.
    pub(crate) const JUMP: u8 = 8;
    /// Assertion number `flag`.
    pub(crate) const LOOK: u8 = 9;
    /// The reported span starts (`flag` 0) or ends (`flag` 1) here.
    pub(crate) const SAVE: u8 = 10;
    /// Remembers as mark `a`. With `b` above 0, only a byte of set `b - 1` can follow.
    pub(crate) const MARK: u8 = 11;

    /// Run flag: as many as possible first.
    pub(crate) const GREEDY: u8 = 0;
    /// Run flag: as few as possible first.
    pub(crate) const LAZY: u8 = 1;
    /// Run flag: as many as possible and no fewer.
    pub(crate) const POSSESSIVE: u8 = 2;
    /// High half of `b`: no upper bound.
    pub(crate) const UNBOUNDED: u32 = 0xFFFF;
}

/// Most ways of one choice.
pub(crate) const MAX_WAYS: usize = 64;

/// The tables that instructions refer to.
#[derive(Clone, Copy)]
pub(crate) struct Tables<'a> {
    pub(crate) choices: &'a [ChoiceRecord],
    pub(crate) sets: &'a [SetRecord],
    pub(crate) literals: &'a [u8],
    /// Char set `i` is `ranges[bounds[i]..bounds[i + 1]]`.
    pub(crate) char_bounds: &'a [U32],
    pub(crate) char_ranges: &'a [ScalarRange],
}

/// One program, ready to run.
#[derive(Clone, Copy)]
pub(crate) struct Program<'a> {
    pub(crate) insts: &'a [Inst],
    pub(crate) marks: u32,
}
