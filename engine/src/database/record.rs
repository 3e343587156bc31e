//! Fixed-size records of the image. Every number is little-endian and unaligned, so a record can
//! be read in place from any byte offset on any machine.

use zerocopy::little_endian::{U16, U32, U64};
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
        /// In the exclusion section.
        exclusions: Range,
        detectors: Range,
    }
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
        /// Whether the anchor may stand at the start of the input although `before` is set.
        start_allowed: u8,
        reserved: [u8; 3],
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
    /// An inclusive range of scalar values.
    ScalarRange { first: U32, last: U32, }
}

record! {
    /// A 4-gram and what it stands for; a slot with an empty run is free.
    GramSlot { gram: U32, uses: Range, }
}

impl GramSlot {
    /// First slot to look at for a gram in a table of this many slots, a power of two.
    pub(crate) fn home(gram: u32, slots: usize) -> usize {
        let hash = u64::from(gram).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (hash >> 32) as usize & (slots - 1)
    }

    /// What a folded gram stands for.
    pub(crate) fn find(slots: &[Self], gram: u32) -> Range {
        if slots.is_empty() {
            return Range::EMPTY;
        }
        let home = Self::home(gram, slots.len());
        (0..slots.len())
            .map(|probe| &slots[(home + probe) & (slots.len() - 1)])
            .take_while(|slot| slot.uses.len.get() > 0)
            .find(|slot| slot.gram.get() == gram)
            .map_or(Range::EMPTY, |slot| slot.uses)
    }
}

record! {
    /// One use of a gram: the anchor, and how far behind the anchor the gram stands.
    GramUse { anchor_and_offset: U32, }
}

impl GramUse {
    pub(crate) const MAX_OFFSET: usize = 0xFF;

    pub(crate) fn new(anchor: u32, offset: usize) -> Self {
        debug_assert!(offset <= Self::MAX_OFFSET);
        Self {
            anchor_and_offset: U32::new(anchor << 8 | offset as u32),
        }
    }

    pub(crate) fn anchor(self) -> u32 {
        self.anchor_and_offset.get() >> 8
    }

    pub(crate) fn offset(self) -> usize {
        (self.anchor_and_offset.get() & 0xFF) as usize
    }
}

record! {
    /// A node of the shape tree: a condition that all shapes below it share. The nodes stand in
    /// preorder.
    ///
    /// The condition is that `2^level` bytes of the plane's set follow one another from `shift`
    /// bytes after the anchor (before it where negative), or, negated, that the byte there is not
    /// in the set.
    ShapeNode {
        plane: u8,
        level: u8,
        shift: i8,
        negated: u8,
        /// Number of nodes above it.
        depth: u8,
        reserved: [u8; 3],
        /// The next node that is not below this one.
        skip: U32,
        /// Anchors whose conditions all hold here, in the shape anchor section.
        anchors: Range,
    }
}

impl ShapeNode {
    /// More conditions than a shape has.
    pub(crate) const MAX_DEPTH: usize = 16;
}

record! {
    /// A class plane: its set.
    PlaneRecord { set: U32, }
}
