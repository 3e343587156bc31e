//! Bytes to code points and UTF-16 units.
//!
//! The text counts as it would after decoding: one unit for each code point (two in UTF-16 from
//! U+10000 on), and one replacement character for each byte that is no part of valid UTF-8.

use crate::error::Failure;
use crate::{sg_finding, sg_status};

/// What offsets count.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sg_offset_unit {
    /// Bytes.
    Bytes = 0,
    /// Code points. A byte that is no part of valid UTF-8 counts as one.
    CodePoints = 1,
    /// UTF-16 units. A byte that is no part of valid UTF-8 counts as one.
    Utf16 = 2,
}

/// The same, known to be one of them: what C hands over may be any number.
pub(crate) use sg_offset_unit as Unit;

impl Unit {
    /// The unit of this number.
    pub(crate) fn of(number: u32) -> Result<Self, Failure> {
        let all = [Self::Bytes, Self::CodePoints, Self::Utf16];
        let unit = all.into_iter().find(|unit| *unit as u32 == number);
        unit.ok_or_else(|| {
            let message = format!("`offset_unit` is {number}: it is 0, 1 or 2");
            Failure::new(sg_status::InvalidArgument, message)
        })
    }

    /// Refuses the units that streams do not count in.
    pub(crate) fn only_bytes(self) -> Result<(), Failure> {
        match self {
            Self::Bytes => Ok(()),
            Self::CodePoints | Self::Utf16 => Err(Failure::new(
                sg_status::InvalidArgument,
                "offsets of streams count bytes",
            )
            .hint("set `offset_unit` to SG_OFFSET_UNIT_BYTES")),
        }
    }

    /// Units of a text that neither begins nor ends inside a character.
    fn count(self, text: &[u8]) -> usize {
        match std::str::from_utf8(text) {
            Ok(valid) => self.count_valid(valid),
            Err(_) => text
                .utf8_chunks()
                .map(|chunk| self.count_valid(chunk.valid()) + chunk.invalid().len())
                .sum(),
        }
    }

    fn count_valid(self, text: &str) -> usize {
        match self {
            Self::Bytes => text.len(),
            Self::CodePoints => text.chars().count(),
            // Four bytes, told by the first, are a pair of units.
            Self::Utf16 => text.chars().count() + text.bytes().filter(|&byte| byte >= 0xF0).count(),
        }
    }
}

/// Memory to convert the offsets of one input after the other.
#[derive(Default)]
pub(crate) struct Converter {
    /// The offsets that occur, ascending.
    offsets: Vec<usize>,
    /// The same in units.
    units: Vec<usize>,
}

impl Converter {
    /// Turns byte offsets into `input` into units. A finding that begins or ends inside a character
    /// takes all of it.
    pub(crate) fn convert(&mut self, unit: Unit, input: &[u8], findings: &mut [sg_finding]) {
        let last = findings.iter().map(|finding| finding.end).max();
        let Some(last) = last else { return };
        // Where all is ASCII the units are the same, which is soon told.
        if unit == Unit::Bytes || input[..last].is_ascii() {
            return;
        }
        self.offsets.clear();
        for finding in &mut *findings {
            finding.start = character_at(input, finding.start).0;
            finding.end = character_at(input, finding.end).1;
            self.offsets.extend([finding.start, finding.end]);
        }
        self.offsets.sort_unstable();
        self.offsets.dedup();
        self.units.clear();
        let mut from = 0;
        let mut count = 0;
        for &offset in &self.offsets {
            count += unit.count(&input[from..offset]);
            from = offset;
            self.units.push(count);
        }
        let units = |offset| self.units[self.offsets.partition_point(|&known| known < offset)];
        for finding in findings {
            finding.start = units(finding.start);
            finding.end = units(finding.end);
        }
    }
}

/// The bounds of the character that an offset is inside of; twice the offset where it is between
/// characters.
fn character_at(input: &[u8], offset: usize) -> (usize, usize) {
    for start in (offset.saturating_sub(3)..offset).rev() {
        // Continuation bytes lead back to the first of a character.
        if input[start] & 0xC0 != 0x80 {
            let window = &input[start..input.len().min(start + 4)];
            let valid = window
                .utf8_chunks()
                .next()
                .map_or("", |chunk| chunk.valid());
            let end = start + valid.chars().next().map_or(1, char::len_utf8);
            if end > offset {
                return (start, end);
            }
            break;
        }
    }
    (offset, offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(start: usize, end: usize) -> sg_finding {
        sg_finding {
            start,
            end,
            ..sg_finding::default()
        }
    }

    /// Decodes everything and counts, as the definition says.
    fn decoded(unit: Unit, input: &[u8], offset: usize) -> usize {
        let mut text: Vec<(usize, char)> = Vec::new();
        let mut at = 0;
        for chunk in input.utf8_chunks() {
            text.extend(chunk.valid().char_indices().map(|(i, c)| (at + i, c)));
            at += chunk.valid().len();
            for _ in chunk.invalid() {
                text.push((at, char::REPLACEMENT_CHARACTER));
                at += 1;
            }
        }
        let before = text.iter().take_while(|(start, _)| *start < offset);
        before
            .map(|(_, c)| match unit {
                Unit::Bytes => unreachable!("bytes are not converted"),
                Unit::CodePoints => 1,
                Unit::Utf16 => c.len_utf16(),
            })
            .sum()
    }

    #[test]
    fn offsets_are_those_of_the_decoded_text() {
        let inputs: [&[u8]; 6] = [
            "añ漢😀z😀".as_bytes(),
            b"plain",
            b"\xF0\x9F\x98 cut \xE2\x82",
            b"\x80\x80\xC3\xA9\xFF\xC3",
            "é\u{301}\u{10FFFF}".as_bytes(),
            b"\xED\xA0\x80 no surrogates \xC0\xAF",
        ];
        let mut converter = Converter::default();
        for input in inputs {
            for unit in [Unit::CodePoints, Unit::Utf16] {
                let mut findings = Vec::new();
                let mut expected = Vec::new();
                for start in 0..input.len() {
                    for end in start + 1..=input.len() {
                        findings.push(finding(start, end));
                        let floor = character_at(input, start).0;
                        expected.push((decoded(unit, input, floor), decoded(unit, input, end)));
                    }
                }
                converter.convert(unit, input, &mut findings);
                let found: Vec<_> = findings.iter().map(|f| (f.start, f.end)).collect();
                assert_eq!(found, expected, "{input:?} {unit:?}");
            }
        }
    }

    #[test]
    fn a_cut_character_is_taken_whole() {
        let mut findings = [finding(2, 3), finding(4, 5)];
        Converter::default().convert(Unit::Utf16, "a😀b".as_bytes(), &mut findings);
        assert_eq!((findings[0].start, findings[0].end), (1, 3));
        assert_eq!((findings[1].start, findings[1].end), (1, 3));
    }
}
