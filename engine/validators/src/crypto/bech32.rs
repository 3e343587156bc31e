//! Bech32 and Bech32m.

use crate::{Argument, Validator};

pub(crate) static BECH32: Validator = Validator {
    name: "bech32",
    summary: "Bech32 or Bech32m text of at most 90 characters, in one case; for Bitcoin's prefixes \
              also the witness version and the length it asks for.",
    source: "BIP-173 and BIP-350, with their test vectors",
    chance: 0.0000000019,
    argument: Argument::None,
    valid: &[
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
        "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
    ],
    invalid: &[
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
        "1nwldj5",
    ],
    check: |value, _| is_bech32(value),
};

const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// Values by byte, 255 for what is not in the alphabet.
static VALUES: [u8; 256] = {
    let mut values = [255; 256];
    let mut i = 0;
    while i < ALPHABET.len() {
        values[ALPHABET[i] as usize] = i as u8;
        values[ALPHABET[i].to_ascii_uppercase() as usize] = i as u8;
        i += 1;
    }
    values
};

/// What a correct checksum leaves: first Bech32, then Bech32m.
const BECH32_LEFT: u32 = 1;
const BECH32M_LEFT: u32 = 0x2bc8_30a3;

fn is_bech32(value: &[u8]) -> bool {
    let mixed =
        value.iter().any(u8::is_ascii_uppercase) && value.iter().any(u8::is_ascii_lowercase);
    if value.len() > 90 || mixed {
        return false;
    }
    let Some(one) = value.iter().rposition(|&byte| byte == b'1') else {
        return false;
    };
    let (prefix, data) = (&value[..one], &value[one + 1..]);
    if prefix.is_empty() || data.len() < 6 || !prefix.iter().all(u8::is_ascii_graphic) {
        return false;
    }
    let mut left = 1;
    for byte in prefix.iter().map(u8::to_ascii_lowercase) {
        left = step(left, byte >> 5);
    }
    left = step(left, 0);
    for byte in prefix.iter().map(u8::to_ascii_lowercase) {
        left = step(left, byte & 31);
    }
    for &byte in data {
        match VALUES[usize::from(byte)] {
            255 => return false,
            value => left = step(left, value),
        }
    }
    let bitcoin = [&b"bc"[..], b"tb", b"bcrt"]
        .iter()
        .any(|p| prefix.eq_ignore_ascii_case(p));
    match left {
        BECH32_LEFT | BECH32M_LEFT => !bitcoin || is_witness(data, left),
        _ => false,
    }
}

/// One symbol into the checksum, a code over the field of 32 elements.
fn step(left: u32, value: u8) -> u32 {
    const GENERATOR: [u32; 5] = [
        0x3b6a_57b2,
        0x2650_8e6d,
        0x1ea1_19fa,
        0x3d42_33dd,
        0x2a14_62b3,
    ];
    let top = left >> 25;
    GENERATOR
        .iter()
        .enumerate()
        .filter(|(i, _)| top >> i & 1 == 1)
        .fold(
            (left & 0x01ff_ffff) << 5 ^ u32::from(value),
            |left, (_, g)| left ^ g,
        )
}

/// Version 0 takes Bech32 and programs of 20 or 32 bytes, versions to 16 Bech32m and 2 to 40.
fn is_witness(data: &[u8], left: u32) -> bool {
    let bits = data.len().saturating_sub(7) * 5;
    let bytes = bits / 8;
    let fits = bits % 8 < 5;
    match data.first().map(|&byte| VALUES[usize::from(byte)]) {
        Some(0) => fits && left == BECH32_LEFT && matches!(bytes, 20 | 32),
        Some(1..=16) => fits && left == BECH32M_LEFT && (2..=40).contains(&bytes),
        _ => false,
    }
}
