//! Class planes in AVX-512.

use std::arch::x86_64::*;

use super::{PLANES, Plane, PlaneTable, block};
use crate::vector::load;
use crate::{BLOCK, Window};

/// A byte's members are looked up in four registers. Eight bytes' members are a matrix of eight by
/// eight bits; one instruction transposes eight such matrices. It counts the rows of a matrix from
/// the last, so each eight bytes are reversed first.
///
/// # Safety
/// The processor has the features named here.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,gfni")]
pub(super) fn planes(table: &PlaneTable, window: &Window, planes: &mut [Plane; PLANES]) {
    let part = |number: usize| {
        load(
            table.members[number * BLOCK..]
                .first_chunk()
                .expect("256 bytes are four parts"),
        )
    };
    let ascii = (part(0), part(1));
    let others = (part(2), part(3));
    let identity = _mm512_set1_epi64(0x8040_2010_0804_0201u64.cast_signed());
    let by_plane = load(&BY_PLANE);
    let reversed = load(&REVERSED);
    for number in 0..=window.blocks() {
        let bytes = _mm512_permutexvar_epi8(reversed, load(block(window, number)));
        let above = _mm512_movepi8_mask(bytes);
        let members = _mm512_mask_blend_epi8(
            above,
            _mm512_permutex2var_epi8(ascii.0, bytes, ascii.1),
            _mm512_permutex2var_epi8(others.0, bytes, others.1),
        );
        let columns = _mm512_gf2p8affine_epi64_epi8::<0>(identity, members);
        let words = _mm512_permutexvar_epi8(by_plane, columns);
        let mut out = [0u64; PLANES];
        store(&mut out, words);
        for (plane, word) in planes.iter_mut().zip(out) {
            plane[number] = word;
        }
    }
}

/// Byte `j` of group `p`, after the transposition, is what plane `p` has of eight bytes.
static BY_PLANE: [u8; BLOCK] = {
    let mut at = [0; BLOCK];
    let mut i = 0;
    while i < BLOCK {
        at[i] = (i % 8 * 8 + i / 8) as u8;
        i += 1;
    }
    at
};

/// Each eight bytes in reverse.
static REVERSED: [u8; BLOCK] = {
    let mut at = [0; BLOCK];
    let mut i = 0;
    while i < BLOCK {
        at[i] = (i ^ 7) as u8;
        i += 1;
    }
    at
};

#[target_feature(enable = "avx512f")]
#[inline]
fn store(words: &mut [u64; 8], vector: __m512i) {
    // SAFETY: the reference covers the 64 bytes that are written.
    unsafe { _mm512_storeu_si512(words.as_mut_ptr().cast(), vector) }
}
