//! Internet addresses.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use crate::{Argument, Validator};

pub(crate) static IPV4: Validator = Validator {
    name: "ipv4",
    summary: "Four decimal numbers from 0 to 255, without leading zeros, joined by dots.",
    source: "RFC 791; RFC 6943, section 3.1.1",
    chance: 0.0006,
    argument: Argument::None,
    valid: &["192.168.100.254", "8.8.8.8", "0.0.0.0"],
    invalid: &["256.1.1.1", "1.2.3", "01.2.3.4", "1.2.3.4.5"],
    check: |value, _| parsed::<Ipv4Addr>(value, 15).is_some(),
};

pub(crate) static IPV4_PUBLIC: Validator = Validator {
    name: "ipv4-public",
    summary: "An IPv4 address that is routed on the public internet: none of the special-purpose \
              blocks, multicast or reserved space.",
    source: "https://www.iana.org/assignments/iana-ipv4-special-registry/ and RFC 5771",
    chance: 0.00047,
    argument: Argument::None,
    valid: &["185.199.108.153", "8.8.8.8", "100.128.0.1"],
    invalid: &[
        "192.168.1.1",
        "10.0.0.1",
        "127.0.0.1",
        "203.0.113.7",
        "224.0.0.1",
        "256.1.1.1",
    ],
    check: |value, _| parsed::<Ipv4Addr>(value, 15).is_some_and(is_public),
};

pub(crate) static IPV6: Validator = Validator {
    name: "ipv6",
    summary: "An IPv6 address in text, shortened or not, with an IPv4 tail or not, neither :: nor \
              ::1; no zone.",
    source: "RFC 4291, section 2.2",
    chance: 1.0,
    argument: Argument::None,
    valid: &[
        "2001:0db8:85a3:08d3:1319:8a2e:0370:7344",
        "fe80::1",
        "::ffff:192.0.2.128",
    ],
    invalid: &[
        "2001:db8::1::2",
        "12345::1",
        "::1",
        "2001:db8:1:2:3:4:5",
        "::",
    ],
    check: |value, _| {
        parsed::<Ipv6Addr>(value, 45)
            .is_some_and(|address| !address.is_unspecified() && !address.is_loopback())
    },
};

fn parsed<T: FromStr>(value: &[u8], longest: usize) -> Option<T> {
    if value.len() > longest {
        return None;
    }
    std::str::from_utf8(value).ok()?.parse().ok()
}

fn is_public(address: Ipv4Addr) -> bool {
    !matches!(
        address.octets(),
        [0 | 10 | 127 | 224.., ..]
            | [100, 64..=127, ..]
            | [169, 254, ..]
            | [172, 16..=31, ..]
            | [192, 0, 0 | 2, _]
            | [192, 88, 99, _]
            | [192, 168, ..]
            | [198, 18 | 19, ..]
            | [198, 51, 100, _]
            | [203, 0, 113, _]
    )
}
