//! Fixed-size records of the image. Every number is little-endian and unaligned, so a record can
//! be read in place from any byte offset on any machine.

use sluicegate_kernels::gram;
use sluicegate_kernels::shape::{Bytes, Node};
use zerocopy::little_endian::{I32, U16, U32, U64};

use super::neighbour::Around;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// Stands for "none" where a record holds an optional index.
pub(crate) const NONE: u32 = u32::MAX;

macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
        #[repr(C)]
        pub(crate) struct $name { $($(#[$field_doc])* pub(crate) $field: $type,)* }
    };
}

record! {
    /// A run of elements in another section.
    Range { start: U32, len: U32, }
}

impl Range {
    pub(crate) const EMPTY: Self = Self {
        start: U32::ZERO,
        len: U32::ZERO,
    };

    /// The run of the elements pushed onto `section` since it had `start` of them.
    pub(crate) fn since<T>(section: &[T], start: usize) -> Self {
        Self {
            start: U32::new(start as u32),
            len: U32::new((section.len() - start) as u32),
        }
    }

    pub(crate) fn bounds(self) -> std::ops::Range<usize> {
        let start = self.start.get() as usize;
        start..start + self.len.get() as usize
    }
}

record! {
    /// One classifier.
    ClassifierRecord {
        /// In the text section.
        id: Range,
        /// The card: JSON in the text section with what people read and scans do not.
        card: Range,
        severity: u8,
        confidence: u8,
        /// 0 none, 1 require, 2 raise, 3 lower.
        context: u8,
        context_amount: u8,
        context_window: U32,
        /// In the keyword section, sorted.
        keywords: Range,
        /// Bytes that a keyword can start with, in either case.
        keyword_starts: U32,
        /// In the exclusion section.
        exclusions: Range,
        detectors: Range,
        /// Bits that the form of a value is worth.
        evidence: u8,
        reserved: [u8; 3],
    }
}

record! {
    /// One way in which matches of a detector begin, where the filters see that only some way behind.
    LeadRecord {
        detector: U32,
        /// Most bytes from the start of a match to the end of what the filters look for.
        reach: U32,
        /// Sets of the first bytes.
        sets: [U32; Self::LEN],
        /// Set of the bytes behind those, as far as it reaches.
        within: U32,
        /// The same as `reach` for matches without a gap.
        narrow: U32,
        /// Sets of the first two bytes of a gap.
        gap: [U32; 2],
        /// Set of the byte before.
        before: U32,
        /// Whether a match may also start where the input does.
        start_allowed: u8,
        reserved: [u8; 3],
    }
}

impl LeadRecord {
    /// First bytes of a match that are looked at.
    pub(crate) const LEN: usize = 12;
    /// Matches that are seen within so many bytes need no lead.
    pub(crate) const SEEN: usize = 12;
}

record! {
    /// One detector.
    DetectorRecord {
        classifier: U32,
        /// The whole pattern.
        program: U32,
        max_len: U32,
        /// In the validator section.
        validators: Range,
        /// In the anchor section; empty for a residual detector.
        anchors: Range,
        /// Bytes a match can start with.
        first: U32,
        /// 1 to 4.
        route: u8,
        reserved: [u8; 3],
    }
}

record! {
    /// A validator with its argument.
    ValidatorRecord {
        /// In the text section, as `name` or `name:argument`.
        call: Range,
    }
}

record! {
    /// A folded text: a context keyword or an excluded term.
    TextRecord { text: Range, }
}

record! {
    /// One reason to reject a value.
    ExclusionRecord {
        /// 0 whole value, 1 folded term anywhere, 2 program.
        kind: u8,
        reserved: [u8; 3],
        /// For kinds 0 and 1, in the text section.
        text: Range,
        /// For kind 2.
        program: U32,
    }
}

record! {
    /// A place inside every match of a detector (or of one of its alternatives) that the filters
    /// can find, and the programs that check what stands around it.
    AnchorRecord {
        detector: U32,
        /// Matches forwards from the anchor to the end of the match.
        forward: U32,
        /// Matches backwards from the anchor to the start of the match; `NONE` when the match
        /// starts at the anchor.
        backward: U32,
        /// Fewest and most bytes between the start of the match and the anchor.
        before_min: U32,
        before_max: U32,
        /// Set that the byte before the anchor must be in; `NONE` for any.
        before: U32,
        /// Set that the byte at the anchor must be in.
        first: U32,
        /// Whether the anchor may stand at the start of the input although `before` is set.
        start_allowed: u8,
        reserved: [u8; 3],
    }
}

record! {
    /// Strings of which one must stand near an anchor.
    CompanionRecord {
        /// In the section of strings.
        strings: Range,
        /// The first and the last offset from the anchor at which one can start.
        first: I32,
        last: I32,
    }
}

record! {
    /// A program: its instructions, and how many of them remember where they have been.
    ProgramRecord { insts: Range, marks: U32, }
}

record! {
    /// One instruction; `verify/machine.rs` says what each does.
    Inst { op: u8, flag: u8, a: U16, b: U32, }
}

record! {
    /// A set of bytes.
    SetRecord { words: [U64; 4], }
}

impl SetRecord {
    #[inline]
    pub(crate) fn contains(&self, byte: u8) -> bool {
        self.words[usize::from(byte >> 6)].get() >> (byte & 63) & 1 == 1
    }
}

record! {
    /// Which ways of a choice can lead to a match, one bit each.
    ChoiceRecord {
        /// For each code of the next byte, see [`gram::code`].
        by_code: [U64; gram::CODES],
        /// Where no byte follows.
        at_end: U64,
    }
}

record! {
    /// An inclusive range of scalar values.
    ScalarRange { first: U32, last: U32, }
}

record! {
    /// One use of a gram: the check that follows, and how far behind its anchor the gram stands. Four
    /// bytes are compared here already, next to other uses of the gram: most checks are far away in
    /// memory, and most fail.
    GramUse {
        check_and_offset: U32,
        mask: U32,
        value: U32,
        /// Where the four bytes start, from the gram.
        from: i8,
        reserved: [u8; 3],
    }
}

impl GramUse {
    /// Number of offsets, the first of which is -1.
    pub(crate) const OFFSETS: usize = 64;

    /// Bytes compared.
    pub(crate) const PROBE: usize = 4;

    pub(crate) fn new(check: u32, offset: i8, from: i8, mask: [u8; 4], value: [u8; 4]) -> Self {
        debug_assert!((-1..Self::OFFSETS as i8 - 1).contains(&offset));
        Self {
            check_and_offset: U32::new(check << 8 | u32::from((offset + 1).unsigned_abs())),
            mask: U32::from_bytes(mask),
            value: U32::from_bytes(value),
            from,
            reserved: [0; 3],
        }
    }

    /// Whether the four bytes are what they must be where the gram stands at `at`.
    #[inline]
    pub(crate) fn passes(&self, input: &[u8], at: usize) -> bool {
        at.checked_add_signed(self.from.into())
            .and_then(|from| input.get(from..)?.first_chunk())
            .is_none_or(|bytes| u32::from_le_bytes(*bytes) & self.mask.get() == self.value.get())
    }

    pub(crate) fn check(self) -> usize {
        (self.check_and_offset.get() >> 8) as usize
    }

    /// Where the anchor stands when the gram stands at `at`.
    pub(crate) fn anchor(self, at: usize) -> Option<usize> {
        (at + 1).checked_sub((self.check_and_offset.get() & 0xFF) as usize)
    }
}

record! {
    /// A comparison of sixteen bytes that what follows an anchor passes, as two numbers. Its size is
    /// that of a cache line: most checks are far away in memory when they are asked.
    CheckRecord {
        anchor: U32,
        /// What else must stand near the anchor; `NONE` when nothing is known.
        companion: U32,
        /// Where the bytes start, from the anchor.
        from: u8,
        reserved: [u8; 7],
        mask: [U64; 2],
        value: [U64; 2],
        /// Bits of the words that can stand before the anchor, and behind its own.
        before: U64,
        behind: U64,
    }
}

impl CheckRecord {
    /// Bytes compared.
    pub(crate) const LEN: usize = 16;

    /// Whether the bytes that are compared are what they must be. With `more` to come, those
    /// behind the input may be anything.
    #[inline]
    pub(crate) fn agrees(&self, input: &[u8], at: usize, more: bool) -> bool {
        let differences = self.differences(input, at);
        let known = input.len().saturating_sub(at + usize::from(self.from));
        if more && known < Self::LEN {
            let [low, high] = differences.map(u128::from);
            return (low | high << 64) & ((1 << (8 * known)) - 1) == 0;
        }
        differences == [0; 2]
    }

    /// The half of the comparison that asks more, for shapes to be told apart by.
    pub(crate) fn bytes(&self) -> Bytes {
        let half = |number: usize| Bytes {
            from: self.from + 8 * number as u8,
            asked: self.mask[number].get(),
            value: self.value[number].get(),
        };
        [half(1), half(0)]
            .into_iter()
            .filter(|half| usize::from(half.from) <= Bytes::MAX_FROM)
            .max_by_key(|half| half.asked.count_ones())
            .unwrap_or_default()
    }

    /// Whether the words before and behind are ones that can stand there.
    #[inline]
    pub(crate) fn has_neighbours(&self, around: &mut Around, at: usize) -> bool {
        let (before, behind) = (self.before.get(), self.behind.get());
        (before == u64::MAX || before & around.before(at) != 0)
            && (behind == u64::MAX || behind & around.behind(at) != 0)
    }

    /// A check of the words alone.
    #[cfg(test)]
    pub(crate) fn of_neighbours(before: u64, behind: u64) -> Self {
        Self {
            anchor: U32::ZERO,
            companion: U32::new(NONE),
            from: 0,
            reserved: [0; 7],
            mask: [U64::ZERO; 2],
            value: [U64::ZERO; 2],
            before: U64::new(before),
            behind: U64::new(behind),
        }
    }

    /// Whether the first four bytes that are compared may be, where that says anything.
    pub(crate) fn begins(&self, input: &[u8], at: usize) -> bool {
        let [low, _] = self.differences(input, at);
        low as u32 == 0 && self.mask[0].get() as u32 != 0
    }

    /// Bits that are not what they must be. Zeros stand for bytes behind the input.
    #[inline]
    fn differences(&self, input: &[u8], at: usize) -> [u64; 2] {
        let from = at + usize::from(self.from);
        let rest = input.get(from..).unwrap_or_default();
        let bytes: [u8; Self::LEN] = if let Some(bytes) = rest.first_chunk() {
            *bytes
        } else {
            std::array::from_fn(|i| rest.get(i).copied().unwrap_or(0))
        };
        let words: [u64; 2] = zerocopy::transmute!(bytes);
        std::array::from_fn(|i| u64::from_le(words[i]) & self.mask[i].get() ^ self.value[i].get())
    }
}

record! {
    /// A node of the shape tree: a condition that all groups below it share. The nodes stand in
    /// preorder. [`Node`] says what the fields mean.
    ShapeNode {
        plane: u8,
        level: u8,
        shift: i8,
        negated: u8,
        depth: u8,
        reserved: u8,
        /// The group whose conditions all hold here, or [`ShapeNode::NO_GROUP`].
        group: U16,
        skip: U32,
    }
}

impl ShapeNode {
    pub(crate) const NO_GROUP: u16 = u16::MAX;

    /// The node as the kernel reads it.
    pub(crate) fn node(&self) -> Node {
        let group = self.group.get();
        Node {
            plane: self.plane,
            level: self.level,
            shift: self.shift,
            negated: self.negated != 0,
            depth: self.depth,
            group: (group != Self::NO_GROUP).then_some(group),
            skip: self.skip.get(),
        }
    }
}

record! {
    /// Shapes that are told apart by the length of the run of a plane's set that starts `shift`
    /// bytes after the position.
    GroupRecord { plane: u8, shift: u8, }
}

record! {
    /// One shape.
    ShapeRecord {
        /// The check that follows where it stands.
        check: U32,
        group: U16,
        /// The plane that the byte before is in, or, negated, not in; [`ShapeRecord::NO_PLANE`]
        /// for any.
        before: u8,
        before_negated: u8,
        tests: Range,
    }
}

impl ShapeRecord {
    pub(crate) const NO_PLANE: u8 = u8::MAX;
}

record! {
    /// Which of the 64 bytes from a position on are in a plane's set, or are not.
    TestRecord { plane: u8, negated: u8, mask: U64, }
}

record! {
    /// A class plane: its set.
    PlaneRecord { set: U32, }
}

record! {
    /// A classifier that is found where findings of others stand together.
    CompositeRecord {
        classifier: U32,
        /// Bytes that a group fits into.
        within: U32,
        /// Members, distinct values and weight that a group has at least.
        kinds: U32,
        values: U32,
        weight: U32,
        /// Findings of less confidence do not count.
        min_confidence: u8,
        reserved: [u8; 3],
        /// In the member section.
        members: Range,
    }
}

record! {
    /// Classifiers whose findings count as one kind.
    MemberRecord {
        weight: U32,
        /// In the section of member ids, which may end in `*`.
        ids: Range,
    }
}

record! {
    /// A dictionary whose terms are sequences of words.
    DictionaryRecord {
        classifier: U32,
        /// Number of the detector in its classifier.
        detector: U32,
        /// In the validator section.
        validators: Range,
        /// Sum of weights and number of occurrences of which a group has one at least; `NONE` where
        /// it is not asked for. Where neither is, each occurrence is a finding.
        threshold: U32,
        count: U32,
        /// Bytes that a group fits into.
        within: U32,
        /// The greatest weight of its terms.
        heaviest: U32,
        /// Whether equal terms count once.
        unique: u8,
        reserved: [u8; 3],
    }
}

record! {
    /// A term of a dictionary of words. The terms stand in the order of their hashes.
    TermRecord {
        dictionary: U32,
        weight: U32,
        /// Where its words start in their section; they end where those of the next term start.
        start: U32,
    }
}
