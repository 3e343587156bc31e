//! The text of marks that can be turned back, and of what could become one.
//!
//! | mark | kept in |
//! |---|---|
//! | `[tok:pii.contact.email:mzxw6...]` | itself, under a key |
//! | `[vault:night-7:pii.contact.email:3]` | the session of this name |
//! | `[EMAIL_3]` | a session |
//!
//! None has a character that JSON escapes, and none is longer than 1,800 bytes.

use std::ops::RangeInclusive;
use std::str;

use sluicegate::model::ClassifierId;

use super::session::{MAX_ID_LEN, MAX_NUMBER};
use crate::token::{MAX_BODY, MIN_BODY, is_digit};

/// A mark, by its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reversible<'a> {
    Token {
        id: &'a str,
        body: &'a [u8],
    },
    Vault {
        session: &'a str,
        id: &'a str,
        number: u32,
    },
    Numbered {
        label: &'a str,
        number: u32,
    },
}

/// What a text that starts with `[` starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading<'a> {
    /// A mark of so many bytes.
    Mark(usize, Reversible<'a>),
    /// More text could make it one.
    Begun,
    /// Something else.
    Other,
}

/// What the bytes of a field may be, and how many there are.
struct Field {
    is_byte: fn(u8) -> bool,
    len: RangeInclusive<usize>,
}

const MAX_DIGITS: usize = MAX_NUMBER.ilog10() as usize + 1;
const ID: Field = Field {
    is_byte: is_id,
    len: 1..=ClassifierId::MAX_LEN,
};
const NUMBER: Field = Field {
    is_byte: |byte| byte.is_ascii_digit(),
    len: 1..=MAX_DIGITS,
};
const BODY: Field = Field {
    is_byte: is_digit,
    len: MIN_BODY..=MAX_BODY,
};
const SESSION: Field = Field {
    is_byte: is_session,
    len: 1..=MAX_ID_LEN,
};
/// A label and its number, which an underscore joins.
const LABEL: Field = Field {
    is_byte: is_label,
    len: 1..=ClassifierId::MAX_LEN + 1 + MAX_DIGITS,
};
const TOKEN: &[u8] = b"tok:";
const VAULT: &[u8] = b"vault:";

/// Reads the mark at the start of a text that begins with `[`.
pub(super) fn read(text: &[u8]) -> Reading<'_> {
    let inner = &text[1..];
    let Some(end) = inner.iter().position(|byte| !is_inner(*byte)) else {
        return if is_begun(inner) {
            Reading::Begun
        } else {
            Reading::Other
        };
    };
    let mark = match inner[end] {
        b']' => whole(&inner[..end]),
        _ => None,
    };
    mark.map_or(Reading::Other, |mark| Reading::Mark(end + "[]".len(), mark))
}

/// Whether a byte stands in some mark.
pub(super) fn is_inner(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b":._-".contains(&byte)
}

fn is_id(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.')
}

/// Whether a byte may stand in the name of a session.
pub(super) fn is_session(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')
}

fn is_label(byte: u8) -> bool {
    matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_')
}

fn whole(inner: &[u8]) -> Option<Reversible<'_>> {
    if let Some(rest) = inner.strip_prefix(TOKEN) {
        let [id, body] = split(rest, [ID, BODY])?;
        return Some(Reversible::Token { id: text(id), body });
    }
    if let Some(rest) = inner.strip_prefix(VAULT) {
        let [session, id, digits] = split(rest, [SESSION, ID, NUMBER])?;
        return Some(Reversible::Vault {
            session: text(session),
            id: text(id),
            number: number(digits)?,
        });
    }
    let [_] = split(inner, [LABEL])?;
    let (label, digits) = text(inner).rsplit_once('_')?;
    Some(Reversible::Numbered {
        label,
        number: number(digits.as_bytes())?,
    })
}

/// The fields of a text, if each is what it must be.
fn split<const N: usize>(inner: &[u8], fields: [Field; N]) -> Option<[&[u8]; N]> {
    let parts: Vec<&[u8]> = inner.split(|&byte| byte == b':').collect();
    let parts: [&[u8]; N] = parts.try_into().ok()?;
    parts
        .iter()
        .zip(fields)
        .all(|(part, field)| {
            part.iter().all(|&byte| (field.is_byte)(byte)) && field.len.contains(&part.len())
        })
        .then_some(parts)
}

/// Whether more text could make a mark of what stands behind `[`.
fn is_begun(inner: &[u8]) -> bool {
    let is_form = |name: &[u8], fields: &[Field]| match inner.strip_prefix(name) {
        Some(rest) => could_split(rest, fields),
        None => name.starts_with(inner),
    };
    is_form(TOKEN, &[ID, BODY])
        || is_form(VAULT, &[SESSION, ID, NUMBER])
        || could_split(inner, &[LABEL])
}

/// Whether a text could become these fields.
fn could_split(inner: &[u8], fields: &[Field]) -> bool {
    let parts: Vec<&[u8]> = inner.split(|&byte| byte == b':').collect();
    let whole = parts.len() - 1;
    parts.len() <= fields.len()
        && parts
            .iter()
            .zip(fields)
            .enumerate()
            .all(|(at, (part, field))| {
                let is_long_enough = at == whole || part.len() >= *field.len.start();
                part.iter().all(|&byte| (field.is_byte)(byte))
                    && part.len() <= *field.len.end()
                    && is_long_enough
            })
}

/// A number as it is written by us, without zeros before it.
fn number(digits: &[u8]) -> Option<u32> {
    if digits.first() == Some(&b'0') {
        return None;
    }
    let number = text(digits).parse().ok()?;
    (1..=MAX_NUMBER).contains(&number).then_some(number)
}

fn text(ascii: &[u8]) -> &str {
    str::from_utf8(ascii).expect("fields are ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body() -> String {
        "a".repeat(MIN_BODY)
    }

    #[test]
    fn marks_are_read_by_their_parts() {
        let token = format!("[tok:a.b:{}] more", body());
        assert_eq!(
            read(token.as_bytes()),
            Reading::Mark(
                token.len() - 5,
                Reversible::Token {
                    id: "a.b",
                    body: body().as_bytes()
                }
            )
        );
        let vault = Reversible::Vault {
            session: "night-7",
            id: "a.b",
            number: 12,
        };
        assert_eq!(read(b"[vault:night-7:a.b:12]"), Reading::Mark(22, vault));
        let numbered = Reversible::Numbered {
            label: "API_KEY",
            number: 3,
        };
        assert_eq!(read(b"[API_KEY_3]]"), Reading::Mark(11, numbered));
    }

    #[test]
    fn what_is_no_mark_is_other_text() {
        let long = format!("[tok:a.b:{}]", "a".repeat(MAX_BODY + 1));
        for text in [
            "[]",
            "[a]",
            "[EMAIL]",
            "[EMAIL_]",
            "[EMAIL_01]",
            "[EMAIL_1000000]",
            "[EMAIL_1 ]",
            "[tok:]",
            "[tok::a]",
            "[tok:a.b:short]",
            "[vault:a:b:0]",
            "[vault:a:b:c:1]",
            "[[EMAIL_1]",
            &long,
            &long[..long.len() - 1],
        ] {
            assert_eq!(read(text.as_bytes()), Reading::Other, "{text}");
        }
    }

    #[test]
    fn each_beginning_of_a_mark_is_begun() {
        let token = format!("[tok:{}:{}]", "a".repeat(ClassifierId::MAX_LEN), body());
        for mark in [token.as_str(), "[vault:night-7:a.b:12]", "[API_KEY_999999]"] {
            for end in 1..mark.len() {
                assert_eq!(
                    read(&mark.as_bytes()[..end]),
                    Reading::Begun,
                    "{mark} {end}"
                );
            }
        }
    }
}
