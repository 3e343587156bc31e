//! A secret to the keys of hashes.

use std::fmt;
use std::ops::Range;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Fewest bytes of a secret, without space at its ends.
const MIN_LEN: usize = 16;

/// The keys of one secret: what makes and reads indexes.
///
/// Each use has a key of its own, derived by BLAKE3 (`derive_key`), so an index tells nothing about
/// what else the secret is used for.
///
/// ```
/// let key = sluicegate::IndexKey::new(b"an example of a secret")?;
/// assert_eq!(key.id().len(), 16);
/// # Ok::<(), sluicegate::IndexKeyError>(())
/// ```
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct IndexKey {
    cells: [u8; 32],
    lookups: [u64; 2],
    masks: [u64; 2],
    words: [u64; 2],
    id: [u8; 8],
}

/// A secret that is too short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexKeyError {
    len: usize,
}

impl fmt::Display for IndexKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { len } = self;
        write!(f, "the key has {len} bytes, it takes at least {MIN_LEN}")
    }
}

impl std::error::Error for IndexKeyError {}

impl IndexKey {
    /// The keys of a secret of at least 16 bytes. Space at either end does not count.
    ///
    /// # Errors
    /// When the secret is shorter.
    pub fn new(secret: &[u8]) -> Result<Self, IndexKeyError> {
        let secret = secret.trim_ascii();
        if secret.len() < MIN_LEN {
            return Err(IndexKeyError { len: secret.len() });
        }
        let pair = |context| {
            let bytes = blake3::derive_key(context, secret);
            [0, 8].map(|at| u64::from_le_bytes(std::array::from_fn(|i| bytes[at + i])))
        };
        let id = blake3::derive_key("sluicegate index 2026-11 key id", secret);
        Ok(Self {
            cells: blake3::derive_key("sluicegate index 2026-11 cells", secret),
            lookups: pair("sluicegate index 2026-11 lookups"),
            masks: pair("sluicegate index 2026-11 masks"),
            words: pair("sluicegate index 2026-11 words"),
            id: std::array::from_fn(|i| id[i]),
        })
    }

    /// Names the key without telling anything about it, as 16 hexadecimal digits. An index says
    /// which key it was made with.
    pub fn id(&self) -> String {
        format!("{:016x}", u64::from_be_bytes(self.id))
    }

    /// Keyed BLAKE3 of a cell, 32 bits of it. The column keeps equal values of different columns
    /// apart.
    pub(crate) fn cell(&self, column: u8, form: &[u8]) -> u32 {
        let mut hasher = blake3::Hasher::new_keyed(&self.cells);
        hasher.update(&[column]).update(form);
        let hash = hasher.finalize();
        u32::from_le_bytes(std::array::from_fn(|i| hash.as_bytes()[i]))
    }

    /// The key of `SipHash` by which cells are looked up.
    pub(crate) fn lookups(&self) -> [u64; 2] {
        self.lookups
    }

    /// What the hash of a cell is stored with, so that equal cells of two rows do not look equal.
    pub(crate) fn mask(&self, row: u32, column: u8) -> u32 {
        sip_cell(self.masks, column, &row.to_le_bytes()) as u32
    }

    /// The key of `SipHash` for the words of documents.
    pub(crate) fn words(&self) -> [u64; 2] {
        self.words
    }
}

impl fmt::Debug for IndexKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IndexKey")
            .field("id", &self.id())
            .finish_non_exhaustive()
    }
}

/// SipHash-1-3 (Aumasson and Bernstein, 2012): a keyed hash that costs a few nanoseconds, so that it
/// can be asked of every word of a text.
#[inline]
pub(crate) fn sip(key: [u64; 2], bytes: &[u8]) -> u64 {
    sip_in(key, bytes, 0..bytes.len())
}

/// The same of a part of what is at hand: the part's last block is read at once where eight bytes
/// follow its start, which saves the guess how long it is.
///
/// # Panics
/// When the range is not one of the bytes.
#[inline]
pub(crate) fn sip_in(key: [u64; 2], bytes: &[u8], range: Range<usize>) -> u64 {
    let mut state = [
        key[0] ^ 0x736f_6d65_7073_6575,
        key[1] ^ 0x646f_7261_6e64_6f6d,
        key[0] ^ 0x6c79_6765_6e65_7261,
        key[1] ^ 0x7465_6462_7974_6573,
    ];
    let len = range.len();
    let mut at = range.start;
    while range.end - at >= 8 {
        absorb(
            &mut state,
            u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes")),
        );
        at += 8;
    }
    let rest = match bytes[at..].first_chunk() {
        Some(block) => u64::from_le_bytes(*block),
        None => u64::from_le_bytes(std::array::from_fn(|i| {
            bytes.get(at + i).copied().unwrap_or_default()
        })),
    };
    let kept = (1 << (8 * (range.end - at))) - 1;
    absorb(&mut state, rest & kept | (len as u64) << 56);
    state[2] ^= 0xff;
    for _ in 0..3 {
        round(&mut state);
    }
    state[0] ^ state[1] ^ state[2] ^ state[3]
}

#[inline]
fn absorb(state: &mut [u64; 4], block: u64) {
    state[3] ^= block;
    round(state);
    state[0] ^= block;
}

#[inline]
fn round(state: &mut [u64; 4]) {
    let [mut a, mut b, mut c, mut d] = *state;
    a = a.wrapping_add(b);
    c = c.wrapping_add(d);
    b = b.rotate_left(13) ^ a;
    d = d.rotate_left(16) ^ c;
    a = a.rotate_left(32).wrapping_add(d);
    c = c.wrapping_add(b);
    b = b.rotate_left(17) ^ c;
    d = d.rotate_left(21) ^ a;
    *state = [a, b, c.rotate_left(32), d];
}

/// The same of a cell. The column keeps equal values of different columns apart.
#[inline]
pub(crate) fn sip_cell(key: [u64; 2], column: u8, form: &[u8]) -> u64 {
    let mut bytes = [column; 9];
    bytes[..8].copy_from_slice(&sip(key, form).to_le_bytes());
    sip(key, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_columns_keep_hashes_apart() {
        let one = IndexKey::new(b"0123456789abcdef\n").unwrap();
        let same = IndexKey::new(b"0123456789abcdef").unwrap();
        let other = IndexKey::new(b"0123456789abcdeg").unwrap();
        assert_eq!(
            (one.id(), one.cell(0, b"a")),
            (same.id(), same.cell(0, b"a"))
        );
        assert_ne!(one.id(), other.id());
        assert_ne!(one.cell(0, b"a"), other.cell(0, b"a"));
        assert_ne!(one.cell(0, b"a"), one.cell(1, b"a"));
        assert_ne!(sip(one.lookups(), b"a"), sip(one.words(), b"a"));
    }

    #[test]
    fn sip_is_that_of_another_implementation() {
        let bytes: Vec<u8> = (0..100u8).map(|n| n.wrapping_mul(7)).collect();
        let key = [0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908];
        let other = siphasher::sip::SipHasher13::new_with_keys(key[0], key[1]);
        for start in 0..bytes.len() {
            for end in start..bytes.len() {
                let hash = other.hash(&bytes[start..end]);
                assert_eq!(sip_in(key, &bytes, start..end), hash);
                assert_eq!(sip(key, &bytes[start..end]), hash);
            }
        }
    }

    #[test]
    fn a_short_secret_is_refused_and_none_is_shown() {
        let error = IndexKey::new(b"  short key   ").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the key has 9 bytes, it takes at least 16"
        );
        let key = IndexKey::new(b"0123456789abcdef").unwrap();
        assert_eq!(
            format!("{key:?}"),
            format!("IndexKey {{ id: {:?}, .. }}", key.id())
        );
    }
}
