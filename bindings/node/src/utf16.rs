//! UTF-16 to UTF-8, and byte offsets to UTF-16 units.

use std::str;

use sluicegate::Finding;

/// Units that are looked at together, which is what the compiler turns into wide instructions.
const BLOCK: usize = 32;

/// Appends the UTF-8 form of a string. A lone surrogate, which UTF-8 has no form for, becomes
/// U+FFFD, which is one unit as well.
pub(crate) fn append_utf8(mut units: &[u16], bytes: &mut Vec<u8>) {
    bytes.reserve(units.len());
    while !units.is_empty() {
        let (ascii, rest) = units.split_at(ascii_before(units));
        bytes.extend(ascii.iter().map(|&unit| unit as u8));
        // No part of a pair is ASCII, so none is torn here.
        let wide = rest.iter().position(|&unit| unit < 0x80);
        let (wide, rest) = rest.split_at(wide.unwrap_or(rest.len()));
        for character in char::decode_utf16(wide.iter().copied()) {
            let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
            bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
        units = rest;
    }
}

/// How many units in front are ASCII.
fn ascii_before(units: &[u16]) -> usize {
    let all_ascii = |block: &[u16]| block.iter().fold(0, |all, unit| all | unit) < 0x80;
    let blocks = units.chunks_exact(BLOCK);
    let whole = blocks.take_while(|block| all_ascii(block)).count() * BLOCK;
    let rest = units[whole..].iter().take_while(|&&unit| unit < 0x80);
    whole + rest.count()
}

/// Turns the offsets of findings in what `append_utf8` made from bytes to UTF-16 units. A finding
/// that begins or ends inside a character takes all of it.
pub(crate) fn to_units(text: &[u8], findings: &mut [Finding]) {
    let last = findings.iter().map(|finding| finding.end).max();
    // Where all is ASCII the units are the same, which is soon told.
    if text[..last.unwrap_or(0)].is_ascii() {
        return;
    }
    let text = str::from_utf8(text).expect("append_utf8 makes nothing else");
    for finding in &mut *findings {
        finding.start = text.floor_char_boundary(finding.start);
        finding.end = text.ceil_char_boundary(finding.end);
    }
    let bounds = findings
        .iter()
        .flat_map(|finding| [finding.start, finding.end]);
    let mut places: Vec<usize> = bounds.collect();
    places.sort_unstable();
    places.dedup();
    let mut from = 0;
    let mut count = 0;
    let units: Vec<usize> = places
        .iter()
        .map(|&to| {
            count += units(&text.as_bytes()[from..to]);
            from = to;
            count
        })
        .collect();
    let before = |place| units[places.partition_point(|&known| known < place)];
    for finding in findings {
        finding.start = before(finding.start);
        finding.end = before(finding.end);
    }
}

/// UTF-16 units of whole characters in UTF-8.
pub(crate) fn units(characters: &[u8]) -> usize {
    // One for each byte that begins a character, two where it is one of four bytes.
    let units = characters
        .iter()
        .map(|&byte| usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0));
    units.sum()
}
