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

/// Where folded forms go.
pub(crate) trait Form {
    /// Adds a part of one.
    fn add(&mut self, part: &[u8]);
    /// How many bytes there are.
    fn end(&self) -> usize;
}

impl Form for Vec<u8> {
    #[inline]
    fn add(&mut self, part: &[u8]) {
        self.extend_from_slice(part);
    }

    #[inline]
    fn end(&self) -> usize {
        self.len()
    }
}

/// How many bytes folded forms have, for those who ask no more: it takes no memory.
pub(crate) struct Length(pub(crate) usize);

impl Form for Length {
    fn add(&mut self, part: &[u8]) {
        self.0 += part.len();
    }

    fn end(&self) -> usize {
        self.0
    }
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
pub(crate) fn fold(input: &[u8], at: usize, out: &mut impl Form) -> (Fold, usize) {
    let byte = input[at];
    if byte < 0x80 {
        let kind = match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                out.add(&[byte.to_ascii_lowercase()]);
                Fold::Word
            }
            b'\'' => Fold::Apostrophe,
            _ => Fold::Separator,
        };
        return (kind, 1);
    }
    match decode(&input[at..]) {
        Some(char) => {
            let kind = fold_common(char, out).unwrap_or_else(|| fold_char(char, out));
            (kind, char.len_utf8())
        }
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
    let (kind, len) = fold(input, start, &mut Length(0));
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

/// Letters without accent of those from U+00C0 on; a dot stands for what needs a second look.
const LATIN: &[u8; 192] = b"aaaaaa.ceeeeiiii.nooooo..uuuuy..\
    aaaaaa.ceeeeiiii.nooooo..uuuuy.y\
    aaaaaaccccccccdd..eeeeeeeeeegggg\
    gggghh..iiiiiiiii...jjkk.llllll.\
    ...nnnnnn...oooooo..rrrrrrssssss\
    sstttt..uuuuuuuuuuuuwwyyyzzzzzzs";

/// What [`fold_char`] does with the letters that most text beyond ASCII is made of, told from their
/// numbers alone: several times as fast.
fn fold_common(char: char, out: &mut impl Form) -> Option<Fold> {
    let value = u32::from(char);
    let (lower, kind) = match value {
        0xC0..=0x17F => match LATIN[value as usize - 0xC0] {
            b'.' => return None,
            letter => (u32::from(letter), Fold::Word),
        },
        0x0419 | 0x0439 => return None,
        0x0391..=0x03A1 | 0x03A3..=0x03A9 | 0x0410..=0x042F => (value + 0x20, Fold::Word),
        0x03B1..=0x03C9 | 0x0430..=0x044F => (value, Fold::Word),
        0x4E00..=0x9FEF => (value, Fold::Alone),
        _ => return None,
    };
    let lower = char::from_u32(lower)?;
    out.add(lower.encode_utf8(&mut [0; 4]).as_bytes());
    Some(kind)
}

fn fold_char(char: char, out: &mut impl Form) -> Fold {
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
    let before = out.end();
    decompose_compatible(char, |part| {
        for part in part.to_lowercase().filter(|&part| !is_accent(part)) {
            push(part, out);
        }
    });
    if out.end() == before {
        Fold::Nothing
    } else if is_unspaced(char) {
        Fold::Alone
    } else {
        Fold::Word
    }
}

fn push(char: char, out: &mut impl Form) {
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
            out.add(char.encode_utf8(&mut [0; 4]).as_bytes());
            return;
        }
    };
    out.add(spelt.as_bytes());
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
    fn common_letters_are_folded_as_all_are() {
        for char in '\u{80}'..=char::MAX {
            let (mut fast, mut slow) = (Vec::new(), Vec::new());
            if let Some(kind) = fold_common(char, &mut fast) {
                assert_eq!(kind, fold_char(char, &mut slow), "{char:?}");
            }
            assert_eq!(fast, slow, "{char:?}");
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
