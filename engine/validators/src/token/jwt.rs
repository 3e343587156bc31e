//! JSON web tokens.

use super::json;
use crate::{Argument, MAX_LEN, Validator};

pub(crate) static JWT: Validator = Validator {
    name: "jwt",
    summary: "Three parts of unpadded URL-safe base64 joined by dots: a JSON object with \"alg\", \
              a JSON object, a signature (which may be empty).",
    source: "RFC 7519, section 7.2; RFC 7515, section 7.1",
    chance: 0.0000000001,
    argument: Argument::None,
    // In pieces, so that no scanner takes them for real ones.
    valid: &[
        concat!(
            "eyJhbGciOiJIUzI1NiJ9",
            ".",
            "eyJzdWIiOiIxIn0",
            ".",
            "c2lnbmF0dXJl"
        ),
        concat!("eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0", ".", "e30", "."),
        concat!(
            "eyAiYWxnIiA6ICJSUzI1NiIgfQ",
            ".",
            "eyJhIjpbMSx0cnVlLHsiYiI6LTEuNWUzfV19",
            ".",
            "AA"
        ),
    ],
    invalid: &[
        concat!(
            "eyJ0eXAiOiJKV1QifQ",
            ".",
            "eyJzdWIiOiIxIn0",
            ".",
            "c2lnbmF0dXJl"
        ),
        concat!("eyJhbGciOiJIUzI1NiJ9", ".", "WzFd", ".", "c2lnbmF0dXJl"),
        concat!("eyJhbGciOiJIUzI1NiJ9", ".", "eyJzdWIiOiIxIn0"),
        concat!(
            "eyJhbGciOiJIUzI1NiJ9",
            ".",
            "eyJzdWIiOiIxIn0",
            ".",
            "c2ln+mF0"
        ),
    ],
    check: |value, _| {
        if value.len() > MAX_LEN {
            return false;
        }
        let mut parts = value.split(|&byte| byte == b'.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return false;
        };
        [header, payload, signature].into_iter().all(is_base64)
            && json::is_object(decoded(header), Some(b"alg"))
            && json::is_object(decoded(payload), None)
    },
};

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}

fn is_base64(part: &[u8]) -> bool {
    part.len() % 4 != 1 && part.iter().all(|&byte| sextet(byte).is_some())
}

/// The bytes of a part that [`is_base64`], one by one: each but the first symbol of four
/// completes one.
fn decoded(part: &[u8]) -> impl Iterator<Item = u8> + '_ {
    (1..part.len()).filter(|i| i % 4 != 0).map(|i| {
        let (before, here) = (
            sextet(part[i - 1]).unwrap_or_default(),
            sextet(part[i]).unwrap_or_default(),
        );
        match i % 4 {
            1 => before << 2 | here >> 4,
            2 => before << 4 | here >> 2,
            _ => before << 6 | here,
        }
    })
}
