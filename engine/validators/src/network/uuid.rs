//! Universally unique identifiers.

use crate::{Argument, Validator};

pub(crate) static UUID: Validator = Validator {
    name: "uuid",
    summary: "A UUID of versions 1 to 8 with the variant of RFC 9562, written with its hyphens.",
    source: "RFC 9562, section 4",
    chance: 0.125,
    argument: Argument::None,
    valid: &[
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "919108F7-52D1-4320-9BAC-F847DB4148A8",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
    ],
    invalid: &[
        "00000000-0000-0000-0000-000000000000",
        "f81d4fae-7dec-01d0-a765-00a0c91e6bf6",
        "f81d4fae-7dec-11d0-c765-00a0c91e6bf6",
        "f81d4fae7dec11d0a76500a0c91e6bf6",
    ],
    check: |value, _| {
        has_form(value)
            && matches!(value[14], b'1'..=b'8')
            && matches!(value[19], b'8' | b'9' | b'a' | b'b' | b'A' | b'B')
    },
};

pub(crate) static NOT_UUID: Validator = Validator {
    name: "not-uuid",
    summary: "Anything but 32 hexadecimal digits in the groups of a UUID.",
    source: "RFC 9562, section 4",
    chance: 1.0,
    argument: Argument::None,
    valid: &[
        "f81d4fae7dec11d0a76500a0c91e6bf6",
        "not-a-uuid",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bfg",
    ],
    invalid: &[
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "00000000-0000-0000-0000-000000000000",
        "F81D4FAE-7DEC-F1D0-F765-00A0C91E6BF6",
    ],
    check: |value, _| !has_form(value),
};

fn has_form(value: &[u8]) -> bool {
    value.len() == 36
        && value.iter().enumerate().all(|(i, &byte)| {
            if matches!(i, 8 | 13 | 18 | 23) {
                byte == b'-'
            } else {
                byte.is_ascii_hexdigit()
            }
        })
}
