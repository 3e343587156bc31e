//! Hides marks from the scan: what stands in one is no text.
//!
//! A mark is seen as as many stars in brackets. So the words in a label bring nothing into a
//! context, and what is found in a redacted text does not depend on what its marks are called.

use memchr::memchr;

use super::reversible::is_inner;

/// Stands for a byte inside a mark.
pub(super) const STAR: u8 = b'*';
/// Longest text in brackets that can be a mark.
const MAX_LEN: usize = 1800;

/// What the brackets of a text are.
pub(crate) trait Brackets {
    /// Whether a text in brackets is a mark.
    fn is_mark(&self, text: &[u8]) -> bool;
    /// Whether more text could make a mark of one that starts with `[`.
    fn may_become(&self, text: &[u8]) -> bool;
}

/// Text that arrives in pieces to the same text with its marks hidden, as far as is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Veil {
    /// The beginning of what may be a mark.
    begun: Vec<u8>,
}

impl Veil {
    /// Takes the next piece and appends what is known; `found` gets where each mark starts and
    /// ends in all of what was appended to `veiled`.
    pub(super) fn push(
        &mut self,
        brackets: &impl Brackets,
        piece: &[u8],
        veiled: &mut Vec<u8>,
        mut found: impl FnMut(usize, usize),
    ) {
        let mut rest = piece;
        loop {
            if self.begun.is_empty() {
                let Some(open) = memchr(b'[', rest) else {
                    veiled.extend_from_slice(rest);
                    return;
                };
                veiled.extend_from_slice(&rest[..open]);
                rest = &rest[open + 1..];
                self.begun.push(b'[');
            }
            let Some((&byte, behind)) = rest.split_first() else {
                return;
            };
            match byte {
                b'[' => self.finish(veiled),
                b']' => {
                    rest = behind;
                    self.begun.push(byte);
                    if brackets.is_mark(&self.begun) {
                        let start = veiled.len();
                        veiled.push(b'[');
                        veiled.resize(start + self.begun.len() - 1, STAR);
                        veiled.push(b']');
                        found(start, veiled.len());
                        self.begun.clear();
                    } else {
                        self.finish(veiled);
                    }
                }
                _ => {
                    rest = behind;
                    self.begun.push(byte);
                    if !self.is_open(brackets) {
                        self.finish(veiled);
                    }
                }
            }
        }
    }

    /// Appends the beginning of a mark that did not come.
    pub(super) fn finish(&mut self, veiled: &mut Vec<u8>) {
        veiled.append(&mut self.begun);
    }

    /// Whether what has begun may be a mark. All of it is read at some lengths only, so that the
    /// work does not grow with the square of the length.
    fn is_open(&self, brackets: &impl Brackets) -> bool {
        let text = &self.begun;
        text.len() <= MAX_LEN
            && text.last().is_some_and(|&byte| is_inner(byte))
            && (!(text.len() <= 8 || text.len().is_power_of_two()) || brackets.may_become(text))
    }
}
