//! Class planes as plain code.

use super::{PLANES, Plane, PlaneTable, block};
use crate::Window;

/// Eight bytes are looked up at a time: their members are the rows of a matrix of eight by eight
/// bits, whose columns are what each plane has of them.
pub(super) fn planes(table: &PlaneTable, window: &Window, planes: &mut [Plane; PLANES]) {
    for number in 0..=window.blocks() {
        let mut words = [0u64; PLANES];
        for (group, bytes) in block(window, number).chunks_exact(8).enumerate() {
            let rows: [u8; 8] = std::array::from_fn(|i| table.members[usize::from(bytes[i])]);
            let columns = transposed(u64::from_le_bytes(rows));
            for (word, column) in words.iter_mut().zip(columns.to_le_bytes()) {
                *word |= u64::from(column) << (8 * group);
            }
        }
        for (plane, word) in planes.iter_mut().zip(words) {
            plane[number] = word;
        }
    }
}

/// The transposed matrix of eight rows of eight bits (Warren, "Hacker's Delight", 7-3).
#[inline(always)]
fn transposed(mut rows: u64) -> u64 {
    for (mask, distance) in [
        (0x00AA_00AA_00AA_00AA, 7),
        (0x0000_CCCC_0000_CCCC, 14),
        (0x0000_0000_F0F0_F0F0, 28),
    ] {
        let swapped = (rows ^ rows >> distance) & mask;
        rows ^= swapped ^ swapped << distance;
    }
    rows
}
