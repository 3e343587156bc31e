//! Addresses of mailboxes.

use crate::{Argument, Validator};

pub(crate) static EMAIL: Validator = Validator {
    name: "email",
    summary: "A mailbox at a domain name: dot-separated atoms of at most 64 bytes, labels of at \
              most 63, 254 in all, a top level of letters or an xn-- label.",
    source: "RFC 5321, sections 4.1.2 and 4.5.3; RFC 5322, section 3.2.3; RFC 1035",
    chance: 1.0,
    argument: Argument::None,
    valid: &[
        "first.last+tag@mail.example.org",
        "o'brien@example.co.uk",
        "a@b.xn--p1ai",
    ],
    invalid: &[
        "first..last@example.org",
        ".first@example.org",
        "first@example",
        "first@-example.org",
        "first@example.c0m",
        "a@b@example.org",
    ],
    check: |value, _| is_mailbox(value),
};

fn is_mailbox(value: &[u8]) -> bool {
    if value.len() > 254 {
        return false;
    }
    let Some(at) = value.iter().position(|&byte| byte == b'@') else {
        return false;
    };
    let (local, domain) = (&value[..at], &value[at + 1..]);
    let atom = |atom: &[u8]| {
        !atom.is_empty()
            && atom
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(b))
    };
    let label = |label: &[u8]| {
        (1..=63).contains(&label.len())
            && label
                .iter()
                .all(|&b| b.is_ascii_alphanumeric() || b == b'-')
            && label[0] != b'-'
            && label[label.len() - 1] != b'-'
    };
    let mut labels = domain.split(|&byte| byte == b'.');
    let Some(top) = labels.next_back() else {
        return false;
    };
    let top_level = label(top)
        && top.len() >= 2
        && (top.iter().all(u8::is_ascii_alphabetic)
            || top
                .get(..4)
                .is_some_and(|lead| lead.eq_ignore_ascii_case(b"xn--")));
    local.len() <= 64
        && local.split(|&byte| byte == b'.').all(atom)
        && top_level
        && domain.len() > top.len()
        && labels.all(label)
}
