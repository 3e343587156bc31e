//! Characters to the form in which they are compared.
//!
//! Letters lose case, width and accents: compatibility decomposition (Unicode Standard Annex #15),
//! lower case, combining marks of the Latin, Greek and Cyrillic scripts dropped. Digits of any
//! script become ASCII digits. What is not valid UTF-8 separates words.

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

/// What a character is for the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fold {
    /// Part of a word; its folded form was added.
    Word,
    /// A word by itself: a character of a script that is written without spaces.
    Alone,
    /// Not seen at all: soft hyphens, zero-width characters, accents.
    Nothing,
    /// Part of a word where letters stand on both sides, and not seen there.
    Apostrophe,
    /// Between words.
    Separator,
}

/// First characters of the runs of ten decimal digits outside of ASCII that compatibility
/// decomposition leaves as they are (Unicode character database, general category Nd, the
/// scripts of present-day languages).
const ZEROS: [u32; 20] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810, 0x1946,
];

/// Reads the character at `at`, adds its folded form to `out`, and tells what it is and how many
/// bytes it has. `at` must lie before the end.
pub(crate) fn fold(input: &[u8], at: usize, out: &mut Vec<u8>) -> (Fold, usize) {
    let byte = input[at];
    if byte < 0x80 {
        let kind = match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                out.push(byte.to_ascii_lowercase());
                Fold::Word
            }
            b'\'' => Fold::Apostrophe,
            _ => Fold::Separator,
        };
        return (kind, 1);
    }
    match decode(&input[at..]) {
        Some(char) => (fold_char(char, out), char.len_utf8()),
        None => (Fold::Separator, 1),
    }
}

/// What the character before `at` is, and where it starts; `None` at the start of the input.
pub(crate) fn previous(input: &[u8], at: usize) -> Option<(Fold, usize)> {
    let last = at.checked_sub(1)?;
    let start = (at.saturating_sub(4)..at)
        .rev()
        .find(|&start| input[start] & 0xC0 != 0x80)
        .unwrap_or(last);
    let (kind, len) = fold(input, start, &mut Vec::new());
    if start + len == at {
        Some((kind, start))
    } else {
        Some((Fold::Separator, last))
    }
}

/// The character that the bytes begin with.
fn decode(bytes: &[u8]) -> Option<char> {
    let len = match bytes[0] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    std::str::from_utf8(bytes.get(..len)?).ok()?.chars().next()
}

fn fold_char(char: char, out: &mut Vec<u8>) -> Fold {
    match char {
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{FF07}' => return Fold::Apostrophe,
        '\u{00AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2060}'
        | '\u{FEFF}'
        | '\u{FE00}'..='\u{FE0F}' => {
            return Fold::Nothing;
        }
        _ if is_accent(char) => return Fold::Nothing,
        _ => {}
    }
    if !char.is_alphanumeric() && canonical_combining_class(char) == 0 {
        return Fold::Separator;
    }
    let before = out.len();
    decompose_compatible(char, |part| {
        for part in part.to_lowercase().filter(|&part| !is_accent(part)) {
            push(part, out);
        }
    });
    if out.len() == before {
        Fold::Nothing
    } else if is_unspaced(char) {
        Fold::Alone
    } else {
        Fold::Word
    }
}

fn push(char: char, out: &mut Vec<u8>) {
    let spelt = match char {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'þ' => "th",
        _ => {
            let value = u32::from(char);
            let zero = ZEROS
                .iter()
                .find(|&&zero| (zero..zero + 10).contains(&value));
            let char = match zero {
                Some(zero) => char::from(b'0' + (value - zero) as u8),
                None => char,
            };
            out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
            return;
        }
    };
    out.extend_from_slice(spelt.as_bytes());
}

/// Combining Diacritical Marks.
fn is_accent(char: char) -> bool {
    ('\u{0300}'..='\u{036F}').contains(&char)
}

/// Whether the character is of a script that is written without spaces: Thai, Lao, Myanmar, Khmer,
/// Hiragana, Katakana, Bopomofo, Han.
fn is_unspaced(char: char) -> bool {
    matches!(u32::from(char),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3005..=0x3007 | 0x3040..=0x312F
        | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F
        | 0x20000..=0x323AF)
        && !char.is_numeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = Vec::new();
        let mut at = 0;
        while at < text.len() {
            at += fold(text.as_bytes(), at, &mut out).1;
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn case_width_and_accents_do_not_count() {
        for (text, form) in [
            ("Grüße", "grusse"),
            ("ÉCOLE", "ecole"),
            ("e\u{0301}cole", "ecole"),
            ("ＡＢｃ１２３", "abc123"),
            ("İstanbul", "istanbul"),
            ("Łódź", "lodz"),
            ("ﬁne", "fine"),
            ("٤٢", "42"),
            ("co\u{00AD}op", "coop"),
            ("Ελλάδα", "ελλαδα"),
        ] {
            assert_eq!(folded(text), form, "{text}");
        }
    }

    #[test]
    fn what_stands_before_is_told_from_behind() {
        let text = "aé中 ".as_bytes();
        assert_eq!(previous(text, 0), None);
        assert_eq!(previous(text, 1), Some((Fold::Word, 0)));
        assert_eq!(previous(text, 3), Some((Fold::Word, 1)));
        assert_eq!(previous(text, 6), Some((Fold::Alone, 3)));
        assert_eq!(previous(text, 7), Some((Fold::Separator, 6)));
        assert_eq!(previous(b"\xff", 1), Some((Fold::Separator, 0)));
    }

    #[test]
    fn broken_text_separates() {
        for bytes in [&b"\xc3"[..], b"\xff", b"\xe4\xb8", b"\xed\xa0\x80"] {
            assert_eq!(fold(bytes, 0, &mut Vec::new()), (Fold::Separator, 1));
        }
    }
}
