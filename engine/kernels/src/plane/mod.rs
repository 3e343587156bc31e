//! Class planes: for each of up to eight byte sets, the positions of a span that hold a member.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod generic;

use crate::cpu::by_kernel;
use crate::{BLOCK, BLOCKS, Kernel, Window};

/// Bitmaps of the blocks of a window, the block behind the span included.
pub type Plane = [u64; BLOCKS + 1];

/// Eight byte sets, looked up together.
pub struct PlaneTable {
    /// For each byte value, bit `p` says whether set `p` holds it.
    members: [u8; 256],
    /// The sets, each as sixteen bytes for the bytes below 0x80 and sixteen for the others: bit `h`
    /// of byte `l` stands for the byte value `h << 4 | l`.
    nibbles: [[u8; 32]; PLANES],
    /// How many sets there are.
    count: usize,
}

/// Sets of one table.
const PLANES: usize = 8;

impl PlaneTable {
    /// Sets of one table.
    pub const PLANES: usize = PLANES;

    /// A table of at most [`Self::PLANES`] sets, each as 256 bits.
    ///
    /// # Panics
    /// When there are more sets.
    pub fn new(sets: &[[u64; 4]]) -> Self {
        assert!(sets.len() <= PLANES, "a table holds at most eight planes");
        let mut members = [0u8; 256];
        let mut nibbles = [[0u8; 32]; PLANES];
        for (plane, set) in sets.iter().enumerate() {
            for (byte, members) in members.iter_mut().enumerate() {
                let held = (set[byte / 64] >> (byte % 64) & 1) as u8;
                *members |= held << plane;
                nibbles[plane][byte / 128 * 16 + byte % 16] |= held << (byte / 16 % 8);
            }
        }
        Self {
            members,
            nibbles,
            count: sets.len(),
        }
    }

    /// Whether set number `plane` holds the byte.
    #[inline]
    pub fn contains(&self, plane: usize, byte: u8) -> bool {
        self.members[usize::from(byte)] >> plane & 1 == 1
    }

    /// The bitmaps of all sets over a window. Bytes behind the input are in no set.
    #[inline]
    pub fn planes(&self, kernel: Kernel, window: &Window, planes: &mut [Plane; PLANES]) {
        by_kernel!(
            kernel,
            [avx512::planes, avx2::planes, generic::planes],
            self,
            window,
            planes
        );
        let full = window.input_bits(BLOCKS) == u64::MAX;
        if !full {
            for plane in planes {
                for (block, bits) in plane.iter_mut().enumerate() {
                    *bits &= window.input_bits(block);
                }
            }
        }
    }
}

/// The block of a window with this number.
#[inline(always)]
fn block<'a>(window: &'a Window, number: usize) -> &'a [u8; BLOCK] {
    window[number * BLOCK..]
        .first_chunk()
        .expect("a window is a whole number of blocks")
}

#[cfg(test)]
mod tests;
