//! Base58 with a checksum.

use sha2::{Digest, Sha256};

use crate::{Argument, Validator};

pub(crate) static BASE58CHECK: Validator = Validator {
    name: "base58check",
    summary: "Base58 text of at most 128 characters whose last four bytes are the start of the \
              double SHA-256 of those before.",
    source: "https://en.bitcoin.it/wiki/Base58Check_encoding",
    chance: 0.00000000023,
    argument: Argument::None,
    valid: &[
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "3P14159f73E4gFr7JterCCQh9QjiTjiZrG",
        "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn",
    ],
    invalid: &[
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN",
        "0A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "",
    ],
    check: |value, _| {
        decoded(value).is_some_and(|(bytes, len)| {
            bytes[..len]
                .split_last_chunk::<4>()
                .is_some_and(|(body, check)| {
                    !body.is_empty() && Sha256::digest(Sha256::digest(body))[..4] == check[..]
                })
        })
    },
};

/// Longest text; extended keys have 111 characters.
const LONGEST: usize = 128;

const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Values by byte, 255 for what is not in the alphabet.
static VALUES: [u8; 256] = {
    let mut values = [255; 256];
    let mut i = 0;
    while i < ALPHABET.len() {
        values[ALPHABET[i] as usize] = i as u8;
        i += 1;
    }
    values
};

/// The bytes that a text of base 58 stands for, and how many they are. Each leading 1 is a zero
/// byte.
fn decoded(value: &[u8]) -> Option<([u8; LONGEST], usize)> {
    if value.len() > LONGEST {
        return None;
    }
    let zeros = value.iter().take_while(|&&byte| byte == b'1').count();
    // Little endian while digits come in.
    let mut bytes = [0u8; LONGEST];
    let mut len = 0;
    for &byte in &value[zeros..] {
        let mut carry = match VALUES[usize::from(byte)] {
            255 => return None,
            value => u32::from(value),
        };
        for place in &mut bytes[..len] {
            carry += u32::from(*place) * 58;
            *place = carry as u8;
            carry >>= 8;
        }
        while carry > 0 {
            *bytes.get_mut(len)? = carry as u8;
            len += 1;
            carry >>= 8;
        }
    }
    let total = len + zeros;
    bytes.get_mut(..total)?.reverse();
    Some((bytes, total))
}
