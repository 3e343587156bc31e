//! Coded diagnostics for rule authors.

use regex_syntax::ast;
use regex_syntax::hir::Hir;
use sluicegate_model::{Code, Diagnostic, Place};

use super::program::TooLarge;
use crate::limits;

/// Parses a pattern over bytes, Unicode off.
pub(crate) fn parse(pattern: &str, place: Option<&Place>) -> Result<Hir, Diagnostic> {
    let at = |span: &ast::Span| {
        place.map(|place| place.inside(pattern, span.start.offset, span.end.offset))
    };
    if pattern.len() > limits::MAX_PATTERN_LEN as usize {
        return Err(Diagnostic::new(
            Code::PatternTooLarge,
            format!(
                "the pattern has {} bytes, the most is {}",
                pattern.len(),
                limits::MAX_PATTERN_LEN
            ),
        )
        .hint("split it into several classifiers")
        .at(place.cloned()));
    }
    let error = match regex_syntax::ParserBuilder::new()
        .unicode(false)
        .utf8(false)
        .nest_limit(limits::MAX_NESTING)
        .build()
        .parse(pattern)
    {
        Ok(hir) => return Ok(hir),
        Err(error) => error,
    };
    Err(match error {
        regex_syntax::Error::Parse(error) => {
            let (code, hint) = match error.kind() {
                ast::ErrorKind::UnsupportedLookAround => (
                    Code::UnsupportedPattern,
                    "match the neighbours and name the part to report `value`: \
                     (?:^|[^0-9])(?P<value>[0-9]{4})",
                ),
                ast::ErrorKind::UnsupportedBackreference => (
                    Code::UnsupportedPattern,
                    "write the alternatives out, or check the repetition with a validator",
                ),
                ast::ErrorKind::NestLimitExceeded(_) => {
                    (Code::PatternTooLarge, "use fewer nested groups")
                }
                ast::ErrorKind::RepetitionCountInvalid => {
                    (Code::BadPattern, "the smaller count comes first: {2,5}")
                }
                ast::ErrorKind::GroupUnclosed => (Code::BadPattern, "close the group with `)`"),
                ast::ErrorKind::ClassUnclosed => (Code::BadPattern, "close the class with `]`"),
                ast::ErrorKind::RepetitionMissing => (
                    Code::BadPattern,
                    "escape the character with a backslash to match it",
                ),
                _ => (
                    Code::BadPattern,
                    "the syntax is that of the Rust `regex` crate",
                ),
            };
            Diagnostic::new(code, format!("pattern: {}", error.kind()))
                .hint(format!(
                    "{hint} (at byte {} of the pattern)",
                    error.span().start.offset
                ))
                .at(at(error.span()))
        }
        regex_syntax::Error::Translate(error) => {
            Diagnostic::new(Code::BadPattern, format!("pattern: {}", error.kind()))
                .hint(format!(
                    "Unicode classes need (?u) (at byte {} of the pattern)",
                    error.span().start.offset
                ))
                .at(at(error.span()))
        }
        _ => Diagnostic::new(Code::BadPattern, "the pattern is not in the syntax")
            .hint("the syntax is that of the Rust `regex` crate")
            .at(place.cloned()),
    })
}

/// A pattern that exceeds a limit of its program.
pub(crate) fn too_large(error: TooLarge, place: Option<&Place>) -> Diagnostic {
    let (message, hint) = match error {
        TooLarge::Instructions => (
            format!(
                "the pattern needs more than {} instructions",
                limits::MAX_PROGRAM_LEN
            ),
            "use smaller counts on groups, or split the pattern",
        ),
        TooLarge::Branches => (
            format!(
                "the pattern's branch points times its longest match exceed {} states",
                limits::MAX_VISITED_BITS
            ),
            "state a smaller max_len, or split the pattern",
        ),
        TooLarge::Classes => (
            "the rules use more than 65535 different classes".to_owned(),
            "use fewer rules",
        ),
    };
    Diagnostic::new(Code::PatternTooLarge, message)
        .hint(hint)
        .at(place.cloned())
}
