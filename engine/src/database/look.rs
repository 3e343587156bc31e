//! Assertions about a place in the input.

use regex_automata::util::look::{Look as Syntax, LookMatcher};
use regex_syntax::hir::Look as HirLook;

/// An assertion: those of the regular expression syntax, and the edges of a dictionary term.
///
/// The numbers are part of the database format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Look {
    Start = 0,
    End,
    StartLF,
    EndLF,
    StartCRLF,
    EndCRLF,
    WordAscii,
    WordAsciiNegate,
    WordUnicode,
    WordUnicodeNegate,
    WordStartAscii,
    WordEndAscii,
    WordStartUnicode,
    WordEndUnicode,
    WordStartHalfAscii,
    WordEndHalfAscii,
    WordStartHalfUnicode,
    WordEndHalfUnicode,
    /// The byte before is no ASCII letter or digit.
    TermEdgeStart,
    /// The byte after is no ASCII letter or digit.
    TermEdgeEnd,
}

const ALL: [(Look, Option<HirLook>, Option<Syntax>); 20] = {
    use HirLook as H;
    use Syntax as S;
    [
        (Look::Start, Some(H::Start), Some(S::Start)),
        (Look::End, Some(H::End), Some(S::End)),
        (Look::StartLF, Some(H::StartLF), Some(S::StartLF)),
        (Look::EndLF, Some(H::EndLF), Some(S::EndLF)),
        (Look::StartCRLF, Some(H::StartCRLF), Some(S::StartCRLF)),
        (Look::EndCRLF, Some(H::EndCRLF), Some(S::EndCRLF)),
        (Look::WordAscii, Some(H::WordAscii), Some(S::WordAscii)),
        (
            Look::WordAsciiNegate,
            Some(H::WordAsciiNegate),
            Some(S::WordAsciiNegate),
        ),
        (
            Look::WordUnicode,
            Some(H::WordUnicode),
            Some(S::WordUnicode),
        ),
        (
            Look::WordUnicodeNegate,
            Some(H::WordUnicodeNegate),
            Some(S::WordUnicodeNegate),
        ),
        (
            Look::WordStartAscii,
            Some(H::WordStartAscii),
            Some(S::WordStartAscii),
        ),
        (
            Look::WordEndAscii,
            Some(H::WordEndAscii),
            Some(S::WordEndAscii),
        ),
        (
            Look::WordStartUnicode,
            Some(H::WordStartUnicode),
            Some(S::WordStartUnicode),
        ),
        (
            Look::WordEndUnicode,
            Some(H::WordEndUnicode),
            Some(S::WordEndUnicode),
        ),
        (
            Look::WordStartHalfAscii,
            Some(H::WordStartHalfAscii),
            Some(S::WordStartHalfAscii),
        ),
        (
            Look::WordEndHalfAscii,
            Some(H::WordEndHalfAscii),
            Some(S::WordEndHalfAscii),
        ),
        (
            Look::WordStartHalfUnicode,
            Some(H::WordStartHalfUnicode),
            Some(S::WordStartHalfUnicode),
        ),
        (
            Look::WordEndHalfUnicode,
            Some(H::WordEndHalfUnicode),
            Some(S::WordEndHalfUnicode),
        ),
        (Look::TermEdgeStart, None, None),
        (Look::TermEdgeEnd, None, None),
    ]
};

impl Look {
    /// The assertion of a parsed pattern.
    pub(crate) fn from_syntax(look: HirLook) -> Self {
        ALL.iter()
            .find(|(_, hir, _)| *hir == Some(look))
            .map(|(own, _, _)| *own)
            .expect("every assertion of the syntax is in the table")
    }

    /// The assertion with this number.
    pub(crate) fn from_number(number: u8) -> Option<Self> {
        ALL.get(usize::from(number)).map(|(own, _, _)| *own)
    }

    /// Bytes from a place on that tell whether it holds there: those of a scalar value, unless only
    /// ASCII counts.
    pub(crate) fn ahead(self) -> usize {
        match self {
            Self::WordUnicode
            | Self::WordUnicodeNegate
            | Self::WordStartUnicode
            | Self::WordEndUnicode
            | Self::WordStartHalfUnicode
            | Self::WordEndHalfUnicode => 4,
            _ => 1,
        }
    }

    /// Whether it can hold only where an ASCII word character meets something else.
    pub(crate) fn is_ascii_word_boundary(self) -> bool {
        matches!(
            self,
            Self::WordAscii | Self::WordStartAscii | Self::WordEndAscii
        )
    }

    /// Whether it holds at offset `at`, which is at most the input's length.
    #[inline]
    pub(crate) fn holds(self, input: &[u8], at: usize) -> bool {
        match self {
            Self::WordAscii => word_before(input, at) != word_after(input, at),
            Self::TermEdgeStart => at == 0 || !input[at - 1].is_ascii_alphanumeric(),
            Self::TermEdgeEnd => input
                .get(at)
                .is_none_or(|byte| !byte.is_ascii_alphanumeric()),
            other => other.holds_rare(input, at),
        }
    }

    #[cold]
    fn holds_rare(self, input: &[u8], at: usize) -> bool {
        ALL[usize::from(self as u8)]
            .2
            .is_some_and(|look| LookMatcher::new().matches(look, input, at))
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn word_before(input: &[u8], at: usize) -> bool {
    at > 0 && is_word(input[at - 1])
}

fn word_after(input: &[u8], at: usize) -> bool {
    input.get(at).is_some_and(|&byte| is_word(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_index_the_table() {
        for (i, (look, _, _)) in ALL.iter().enumerate() {
            assert_eq!(usize::from(*look as u8), i);
            assert_eq!(Look::from_number(i as u8), Some(*look));
        }
        assert_eq!(Look::from_number(20), None);
    }

    #[test]
    fn own_ascii_boundary_equals_the_syntax() {
        let input = b"a_1 -\x80z";
        for at in 0..=input.len() {
            assert_eq!(
                Look::WordAscii.holds(input, at),
                LookMatcher::new().matches(Syntax::WordAscii, input, at),
            );
        }
    }
}
