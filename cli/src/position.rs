//! Offsets to lines and columns, in one pass over the input however many offsets are asked for.

/// A place in the input. Everything counts from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    /// In bytes.
    pub(crate) column: usize,
    /// In UTF-16 code units.
    pub(crate) utf16_column: usize,
    /// Offset of the line's first byte.
    pub(crate) line_start: usize,
}

/// Goes through the input from offset to offset, never back.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'i> {
    input: &'i [u8],
    at: usize,
    line: usize,
    line_start: usize,
    /// Code units of the line before `at`.
    utf16: usize,
}

impl<'i> Cursor<'i> {
    pub(crate) fn new(input: &'i [u8]) -> Self {
        Self {
            input,
            at: 0,
            line: 1,
            line_start: 0,
            utf16: 0,
        }
    }

    /// The position of an offset that is not before the last one.
    pub(crate) fn advance(&mut self, offset: usize) -> Position {
        let passed = &self.input[self.at..offset];
        if let Some(newline) = memchr::memrchr(b'\n', passed) {
            self.line += memchr::memchr_iter(b'\n', passed).count();
            self.line_start = self.at + newline + 1;
            self.utf16 = utf16_len(&self.input[self.line_start..offset]);
        } else {
            self.utf16 += utf16_len(passed);
        }
        self.at = offset;
        Position {
            line: self.line,
            column: offset - self.line_start + 1,
            utf16_column: self.utf16 + 1,
            line_start: self.line_start,
        }
    }
}

/// Code units that UTF-8 text takes in UTF-16: one for each character, two for those of four
/// bytes.
fn utf16_len(text: &[u8]) -> usize {
    text.iter()
        .map(|&byte| usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_of_every_offset() {
        let input = "a\n\né€😀x\r\nend".as_bytes();
        let mut cursor = Cursor::new(input);
        for offset in 0..=input.len() {
            let position = cursor.advance(offset);
            let before = &input[..offset];
            let line_start = before
                .iter()
                .rposition(|&b| b == b'\n')
                .map_or(0, |at| at + 1);
            assert_eq!(position.line, before.split(|&byte| byte == b'\n').count());
            assert_eq!(position.line_start, line_start);
            assert_eq!(position.column, offset - line_start + 1);
            if let Ok(line) = std::str::from_utf8(&input[line_start..offset]) {
                assert_eq!(position.utf16_column, line.encode_utf16().count() + 1);
            }
        }
        assert_eq!(Cursor::new(input).advance(input.len()).line, 4);
    }
}
