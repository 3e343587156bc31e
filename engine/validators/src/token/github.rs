//! Tokens of GitHub, and of npm, which has their form.

use crate::{Argument, Validator};

pub(crate) static CRC32: Validator = Validator {
    name: "github-crc32",
    summary: "A token of a three- or four-letter prefix, an underscore and 36 characters, the last \
              six of which are the CRC-32 of the other 30 in base 62.",
    source: "https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/",
    chance: 0.00000000023,
    argument: Argument::None,
    // In pieces, so that no scanner takes them for real ones.
    valid: &[
        concat!("gh", "p_", "abcdefghijklmnopqrstuvwxyz0123", "2LolCm"),
        concat!("gh", "o_", "000000000000000000000000000000", "2C8GjS"),
        concat!("np", "m_", "ABCDEFGHIJKLMNOPQRSTUVWXYZ9876", "2hU5I5"),
    ],
    invalid: &[
        concat!("gh", "p_", "abcdefghijklmnopqrstuvwxyz0123", "000000"),
        concat!("gh", "p_", "abcdefghijklmnopqrstuvwxyz012", "2LolCm"),
        concat!("gh", "p-", "abcdefghijklmnopqrstuvwxyz0123", "2LolCm"),
    ],
    check: |value, _| is_token(value),
};

fn is_token(value: &[u8]) -> bool {
    let Some((prefix, body)) = value.split_last_chunk::<36>() else {
        return false;
    };
    let [letters @ .., b'_'] = prefix else {
        return false;
    };
    let (payload, check) = body.split_at(30);
    let written = check
        .iter()
        .try_fold(0u64, |n, &byte| Some(n * 62 + base62(byte)?));
    matches!(letters.len(), 3 | 4)
        && letters.iter().all(u8::is_ascii_lowercase)
        && payload.iter().all(u8::is_ascii_alphanumeric)
        && written == Some(u64::from(crc32(payload)))
}

fn base62(byte: u8) -> Option<u64> {
    let value = match byte {
        b'0'..=b'9' => byte - b'0',
        b'A'..=b'Z' => byte - b'A' + 10,
        b'a'..=b'z' => byte - b'a' + 36,
        _ => return None,
    };
    Some(u64::from(value))
}

/// CRC-32 as in ISO/IEC 13239 and Ethernet, one bit at a time: 30 bytes are not worth a table.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    })
}
