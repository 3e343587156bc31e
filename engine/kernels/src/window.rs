//! The piece of the input that a kernel looks at in one call.

use std::ops::Deref;

/// Bytes of one block; bit `i` of a block's bitmap stands for its byte `i`.
pub const BLOCK: usize = 64;
/// Blocks that are searched in one call.
pub const BLOCKS: usize = 8;
/// Bytes that are searched in one call.
pub const SPAN: usize = BLOCK * BLOCKS;
/// Bytes behind the span that are looked at together with it.
pub const AHEAD: usize = BLOCK;
/// Bytes of a window.
pub const WINDOW: usize = SPAN + AHEAD;

/// A span of the input with its surroundings.
#[derive(Clone, Copy)]
pub struct Window<'a> {
    bytes: &'a [u8; WINDOW],
    /// The byte before the span; none at the start of the input.
    before: Option<u8>,
    /// How many of the bytes are input.
    len: usize,
}

/// Room for a window that reaches past the end of the input.
pub struct Padding([u8; WINDOW]);

impl Default for Padding {
    fn default() -> Self {
        Self([0; WINDOW])
    }
}

impl<'a> Window<'a> {
    /// The window whose span starts at `start`, a position of the input.
    ///
    /// # Panics
    /// When `start` is not inside the input.
    #[inline]
    pub fn new(input: &'a [u8], start: usize, padding: &'a mut Padding) -> Self {
        let rest = &input[start..];
        assert!(!rest.is_empty(), "a window starts inside the input");
        let before = start.checked_sub(1).map(|i| input[i]);
        let (bytes, len) = if let Some(bytes) = rest.first_chunk() {
            (bytes, WINDOW)
        } else {
            padding.0[..rest.len()].copy_from_slice(rest);
            padding.0[rest.len()..].fill(0);
            (&padding.0, rest.len())
        };
        Self { bytes, before, len }
    }

    /// The byte before the span; none at the start of the input.
    #[inline]
    pub fn before(&self) -> Option<u8> {
        self.before
    }

    /// Whether the byte at a position of the window is input.
    #[inline]
    pub fn has(&self, at: usize) -> bool {
        at < self.len
    }

    /// How many blocks of the span hold input.
    #[inline]
    pub fn blocks(&self) -> usize {
        self.len.div_ceil(BLOCK).min(BLOCKS)
    }

    /// Bits of the bytes of block number `block` that are input; the block behind the span counts.
    #[inline]
    pub fn input_bits(&self, block: usize) -> u64 {
        match self.len.saturating_sub(block * BLOCK) {
            0 => 0,
            len @ 1..BLOCK => (1 << len) - 1,
            _ => u64::MAX,
        }
    }
}

impl Deref for Window<'_> {
    type Target = [u8; WINDOW];

    #[inline]
    fn deref(&self) -> &[u8; WINDOW] {
        self.bytes
    }
}
