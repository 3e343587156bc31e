//! The text of a JSON string, with the way back to how it is written.

use std::ops::Range;

/// Where the text of a string is written in the document around it.
#[derive(Debug)]
pub(super) struct Map {
    /// Offset of the first byte behind the opening quote.
    at: usize,
    escapes: Vec<Escape>,
}

/// An escape sequence: the character it stands for in the text, and its bytes behind the quote.
#[derive(Debug)]
struct Escape {
    text: Range<usize>,
    written: Range<usize>,
}

impl Map {
    /// Bytes of the document that a span of the text is written in. An end inside of an escaped
    /// character takes all of it.
    pub(super) fn written(&self, span: &Range<usize>) -> Range<usize> {
        let end_of = |offset, take| self.at + self.cross(offset, |e| (&e.text, &e.written), take);
        end_of(span.start, |written| written.start)..end_of(span.end, |written| written.end)
    }

    /// The span of the text that bytes of the document stand for, which are behind the quote. An
    /// end inside of an escape takes all of it.
    pub(super) fn text(&self, written: &Range<usize>) -> Range<usize> {
        let end_of =
            |offset: usize, take| self.cross(offset - self.at, |e| (&e.written, &e.text), take);
        end_of(written.start, |text| text.start)..end_of(written.end, |text| text.end)
    }

    /// An offset of one side on the other; `take` says which end of an escape is meant by an
    /// offset inside of it.
    fn cross(
        &self,
        offset: usize,
        sides: impl Fn(&Escape) -> (&Range<usize>, &Range<usize>),
        take: fn(&Range<usize>) -> usize,
    ) -> usize {
        let after = self
            .escapes
            .partition_point(|escape| sides(escape).0.end <= offset);
        if let Some((here, there)) = self.escapes.get(after).map(&sides)
            && here.start < offset
        {
            return take(there);
        }
        match after.checked_sub(1).map(|last| sides(&self.escapes[last])) {
            Some((here, there)) => there.end + (offset - here.end),
            None => offset,
        }
    }
}

/// The text of a string whose contents are `written`, valid and `at` this offset of the document.
/// A surrogate without its other half reads as U+FFFD.
pub(super) fn decode(written: &str, at: usize) -> (String, Map) {
    let mut text = String::with_capacity(written.len());
    let mut escapes = Vec::new();
    let mut done = 0;
    while let Some(distance) = written[done..].find('\\') {
        let start = done + distance;
        text.push_str(&written[done..start]);
        let (character, len) = escaped(&written[start..]);
        let from = text.len();
        text.push(character);
        done = start + len;
        escapes.push(Escape {
            text: from..text.len(),
            written: start..done,
        });
    }
    text.push_str(&written[done..]);
    (text, Map { at, escapes })
}

/// The character that an escape sequence at the start of `written` stands for, and its length.
fn escaped(written: &str) -> (char, usize) {
    let character = match written.as_bytes().get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(written),
        Some(&byte) => char::from(byte),
        None => return ('\\', 1),
    };
    (character, 2)
}

fn unicode(written: &str) -> (char, usize) {
    let unit = |from: usize| {
        let digits = written.get(from..from + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    let Some(first) = unit(0) else {
        return (char::REPLACEMENT_CHARACTER, 2);
    };
    if let (0xD800..0xDC00, Some(second @ 0xDC00..0xE000)) = (first, unit(6)) {
        let scalar = 0x1_0000 + ((first - 0xD800) << 10 | (second - 0xDC00));
        return (
            char::from_u32(scalar).unwrap_or(char::REPLACEMENT_CHARACTER),
            12,
        );
    }
    (
        char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER),
        6,
    )
}

/// How a text is written between the quotes of a string.
pub(super) fn encode(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded_and_found_again() {
        let written = r#"a\n\u20ac\ud83d\ude00é\"\/z"#;
        let (text, map) = decode(written, 10);
        assert_eq!(text, "a\n€😀é\"/z");
        for (at, character) in text.char_indices() {
            let span = map.written(&(at..at + character.len_utf8()));
            let written = &written[span.start - 10..span.end - 10];
            assert_eq!(decode(written, 0).0, character.to_string());
            assert_eq!(map.text(&span), at..at + character.len_utf8());
        }
        assert_eq!(
            map.written(&(3..4)),
            13..19,
            "an end inside an escape takes all of it"
        );
        assert_eq!(map.text(&(15..16)), 2..5);
        assert_eq!(map.written(&(0..text.len())), 10..10 + written.len());
    }

    #[test]
    fn lone_surrogates_read_as_replacement_characters() {
        for written in [r"\ud83dx", r"\ude00x", r"\ud83d\ud83dx", r"\ud83d\u0041"] {
            let (text, map) = decode(written, 0);
            assert!(text.starts_with('\u{fffd}'), "{written}");
            assert_eq!(map.written(&(0..3)), 0..6);
        }
    }

    #[test]
    fn what_is_encoded_is_decoded_to_the_same() {
        let text = "a\"\\\u{1}\n\u{7f}é😀/";
        assert_eq!(decode(&encode(text), 0).0, text);
    }
}
