//! Ethereum addresses.

use sha3::{Digest, Keccak256};

use crate::{Argument, Validator};

pub(crate) static EIP55: Validator = Validator {
    name: "eip55",
    summary: "An Ethereum address: 0x and 40 hexadecimal digits that are not zero, letters in one \
              case or in the case that the checksum gives.",
    source: "https://eips.ethereum.org/EIPS/eip-55, with its test cases",
    // A mixed address passes once in 4,000; one in 67 of this shape has no capital at all.
    chance: 0.015,
    argument: Argument::None,
    valid: &[
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0xde709f2102306220921060314715629080e2fb77",
    ],
    invalid: &[
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
        "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0x0000000000000000000000000000000000000000",
        "0xgAeb6053F3E94C9b9A09f33669435E7Ef1BeAed1",
    ],
    check: |value, _| {
        let [b'0', b'x' | b'X', digits @ ..] = value else {
            return false;
        };
        let Ok(digits) = <&[u8; 40]>::try_from(digits) else {
            return false;
        };
        let mixed =
            digits.iter().any(u8::is_ascii_uppercase) && digits.iter().any(u8::is_ascii_lowercase);
        digits.iter().all(u8::is_ascii_hexdigit)
            && digits.iter().any(|&digit| digit != b'0')
            && (!mixed || has_case(digits))
    },
};

/// A letter is upper case where the digit of the hash in its place is at least 8.
fn has_case(digits: &[u8; 40]) -> bool {
    let hash = Keccak256::digest(digits.map(|digit| digit.to_ascii_lowercase()));
    digits.iter().enumerate().all(|(i, digit)| {
        let nibble = if i % 2 == 0 {
            hash[i / 2] >> 4
        } else {
            hash[i / 2] & 15
        };
        !digit.is_ascii_alphabetic() || digit.is_ascii_uppercase() == (nibble >= 8)
    })
}
