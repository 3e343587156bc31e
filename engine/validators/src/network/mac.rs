//! Hardware addresses.

use crate::{Argument, Validator};

pub(crate) static MAC: Validator = Validator {
    name: "mac",
    summary: "A 48-bit hardware address: six pairs joined by colons or by hyphens, or three groups \
              of four joined by dots; neither all zeros nor broadcast.",
    source: "IEEE 802-2014, section 8",
    chance: 1.0,
    argument: Argument::None,
    valid: &["00:1a:2b:3c:4d:5e", "00-1A-2B-3C-4D-5E", "001a.2b3c.4d5e"],
    invalid: &[
        "00:1a:2b-3c:4d:5e",
        "00:00:00:00:00:00",
        "ff:ff:ff:ff:ff:ff",
        "00:1g:2b:3c:4d:5e",
        "001a2b3c4d5e",
    ],
    check: |value, _| {
        let (group, separator) = match value.len() {
            17 if matches!(value[2], b':' | b'-') => (2, value[2]),
            14 => (4, b'.'),
            _ => return false,
        };
        let hex = |byte: u8| char::from(byte).to_digit(16);
        let mut digits = value
            .iter()
            .enumerate()
            .filter(|(i, _)| i % (group + 1) != group)
            .map(|(_, &byte)| byte);
        value.iter().enumerate().all(|(i, &byte)| {
            if i % (group + 1) == group {
                byte == separator
            } else {
                hex(byte).is_some()
            }
        }) && !digits.clone().all(|byte| byte == b'0')
            && !digits.all(|byte| byte.eq_ignore_ascii_case(&b'f'))
    },
};
