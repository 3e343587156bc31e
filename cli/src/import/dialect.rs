//! Patterns of other dialects in the syntax of the `regex` crate.
//!
//! Only what means something else there, or nothing, is rewritten; all else is left to the parser.
//! Positions in reasons are bytes of the pattern as it was.

use std::ops::Range;

use regex_syntax::ast::{self, Ast};
use regex_syntax::hir::Hir;

use super::report::Remark;

/// Whose syntax a pattern is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// The `regex` crate.
    Rust,
    /// Go's `regexp`.
    Go,
    /// Python's `re`.
    Python,
    /// PCRE, as Hyperscan and its forks read it.
    Pcre,
}

/// A pattern in our syntax, with its parsed forms.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) text: String,
    pub(super) ast: Ast,
    pub(super) hir: Hir,
}

/// Rewrites and parses a pattern.
///
/// # Errors
/// When the pattern uses what our syntax lacks; the remark says what and where.
pub(super) fn read(pattern: &str, dialect: Dialect) -> Result<Parsed, Remark> {
    let mut rewriter = Rewriter::new(pattern, dialect);
    if dialect == Dialect::Rust {
        rewriter.take(pattern.len());
    } else {
        rewriter.rewrite()?;
    }
    let Rewriter {
        mut out,
        mut origin,
        ..
    } = rewriter;
    loop {
        let error = match parse(out.clone()) {
            Ok(parsed) => return Ok(parsed),
            Err(error) => error,
        };
        // Rules written for the `regex` crate and Hyperscan both hold `(?# comments)`; only the
        // parser knows where one starts.
        match comment(&out, &error) {
            Some(comment) => {
                origin.drain(comment.clone());
                out.replace_range(comment, "");
            }
            None => {
                return Err(refusal(&error, |offset| {
                    origin.get(offset).copied().unwrap_or(pattern.len())
                }));
            }
        }
    }
}

/// The `(?# comment)` that the parser stumbled over.
fn comment(text: &str, error: &regex_syntax::Error) -> Option<Range<usize>> {
    let regex_syntax::Error::Parse(error) = error else {
        return None;
    };
    let start = error.span().start.offset.checked_sub("(?".len())?;
    let rest = text.get(start..)?;
    let end = rest.starts_with("(?#").then(|| rest.find(')'))??;
    Some(start..start + end + 1)
}

/// Parses a pattern in our syntax. One that asks for Unicode gets `(?u)`.
fn parse(text: String) -> Result<Parsed, Box<regex_syntax::Error>> {
    let ast = ast::parse::ParserBuilder::new()
        .nest_limit(sluicegate::limits::MAX_NESTING)
        .build()
        .parse(&text)
        .map_err(|error| Box::new(error.into()))?;
    let translate = |unicode| {
        regex_syntax::hir::translate::TranslatorBuilder::new()
            .unicode(unicode)
            .utf8(false)
            .build()
            .translate(&text, &ast)
    };
    match translate(false) {
        Ok(hir) => Ok(Parsed { text, ast, hir }),
        Err(error) if translate(true).is_err() => Err(Box::new(error.into())),
        Err(_) => parse(format!("(?u){text}")),
    }
}

fn refusal(error: &regex_syntax::Error, was_at: impl Fn(usize) -> usize) -> Remark {
    let (reason, kind, span) = match error {
        regex_syntax::Error::Parse(error) => {
            let reason = match error.kind() {
                ast::ErrorKind::UnsupportedLookAround => "lookaround",
                ast::ErrorKind::UnsupportedBackreference => "back-reference",
                _ => "pattern syntax",
            };
            (reason, error.kind().to_string(), error.span())
        }
        regex_syntax::Error::Translate(error) => {
            ("pattern syntax", error.kind().to_string(), error.span())
        }
        _ => return Remark::new("pattern syntax", ""),
    };
    let at = was_at(span.start.offset);
    Remark::new(reason, format!("at byte {at} of the pattern: {kind}"))
}

struct Rewriter<'a> {
    pattern: &'a str,
    dialect: Dialect,
    /// Where we are in the pattern.
    at: usize,
    /// Whether spaces and `#` comments outside classes mean nothing.
    verbose: bool,
    out: String,
    /// For each byte of `out`, where it comes from.
    origin: Vec<usize>,
}

impl<'a> Rewriter<'a> {
    fn new(pattern: &'a str, dialect: Dialect) -> Self {
        Self {
            pattern,
            dialect,
            at: 0,
            verbose: false,
            out: String::with_capacity(pattern.len()),
            origin: Vec::with_capacity(pattern.len()),
        }
    }

    fn rest(&self) -> &'a str {
        &self.pattern[self.at..]
    }

    /// Copies `len` bytes.
    fn take(&mut self, len: usize) {
        self.out += &self.rest()[..len];
        self.origin.extend(self.at..self.at + len);
        self.at += len;
    }

    /// Copies one character.
    fn take_char(&mut self) {
        self.take(self.rest().chars().next().map_or(0, char::len_utf8));
    }

    /// Writes `text` for the next `len` bytes.
    fn replace(&mut self, len: usize, text: &str) {
        self.out += text;
        self.origin.extend(std::iter::repeat_n(self.at, text.len()));
        self.at += len;
    }

    fn refuse(&self, reason: &'static str) -> Remark {
        Remark::new(reason, format!("at byte {} of the pattern", self.at))
    }

    fn rewrite(&mut self) -> Result<(), Remark> {
        while let Some(next) = self.rest().chars().next() {
            match next {
                '\\' => self.escape(),
                '[' => self.class(),
                '(' => self.group()?,
                '*' | '+' | '?' => self.quantifier(1)?,
                '{' => self.brace()?,
                '#' if self.verbose => {
                    self.take(self.rest().find('\n').unwrap_or(self.rest().len()));
                }
                _ => self.take_char(),
            }
        }
        Ok(())
    }

    fn escape(&mut self) {
        match self.rest()[1..].chars().next() {
            // Ours are the edges of words.
            Some('<') => self.replace(2, "<"),
            Some('>') => self.replace(2, ">"),
            Some('Z') if self.dialect == Dialect::Python => self.replace(2, r"\z"),
            Some('p' | 'P' | 'x' | 'u' | 'U' | 'N' | 'k' | 'g' | 'o') => {
                self.take(2);
                if self.rest().starts_with('{') {
                    self.take(self.rest().find('}').map_or(1, |end| end + 1));
                }
            }
            _ => {
                self.take(1);
                self.take_char();
            }
        }
    }

    fn group(&mut self) -> Result<(), Remark> {
        let rest = self.rest();
        if rest.starts_with("(?>") {
            return Err(self.refuse("atomic group"));
        }
        if rest.starts_with("(?#") {
            self.take(rest.find(')').map_or(rest.len(), |end| end + 1));
            return Ok(());
        }
        let Some(inner) = rest.strip_prefix("(?") else {
            self.take(1);
            return Ok(());
        };
        let flags = inner.find(|c: char| c != '-' && !c.is_ascii_alphabetic());
        let flags = &inner[..flags.unwrap_or(inner.len())];
        let (on, off) = flags.split_once('-').unwrap_or((flags, ""));
        // `(?P<name>` starts with a letter and sets nothing.
        if !inner.starts_with('P') {
            self.verbose = (self.verbose || on.contains('x')) && !off.contains('x');
        }
        self.take("(?".len());
        Ok(())
    }

    /// A class. Nested classes and set operations are ours only.
    fn class(&mut self) {
        self.take(1);
        if self.rest().starts_with('^') {
            self.take(1);
        }
        if self.rest().starts_with(']') {
            self.replace(1, r"\]");
        }
        while let Some(next) = self.rest().chars().next() {
            let rest = self.rest();
            match next {
                ']' => {
                    self.take(1);
                    return;
                }
                '\\' => match rest[1..].chars().next() {
                    Some('b') => self.replace(2, r"\x08"),
                    Some('<') => self.replace(2, "<"),
                    Some('>') => self.replace(2, ">"),
                    _ => {
                        self.take(1);
                        self.take_char();
                    }
                },
                '[' => match rest.find(":]") {
                    Some(end) if rest.starts_with("[:") && self.dialect != Dialect::Python => {
                        self.take(end + ":]".len());
                    }
                    _ => self.replace(1, r"\["),
                },
                '&' | '~' | '-' if rest[1..].starts_with(next) => {
                    self.take(1);
                    self.replace(1, &format!("\\{next}"));
                }
                ' ' | '#' | '\t' | '\n' if self.verbose => {
                    self.replace(1, &format!("\\x{:02X}", u32::from(next)));
                }
                _ => self.take_char(),
            }
        }
    }

    /// `{`: a count, or itself.
    fn brace(&mut self) -> Result<(), Remark> {
        let rest = self.rest();
        let count = rest.find('}').map(|end| &rest[1..end]);
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        match count.map(|count| count.split_once(',').unwrap_or((count, "0"))) {
            Some(("", most))
                if self.dialect == Dialect::Python && !most.is_empty() && digits(most) =>
            {
                if rest.starts_with("{,") {
                    self.replace("{,".len(), "{0,");
                    return self.quantifier(most.len() + 1);
                }
                self.replace(1, r"\{");
                Ok(())
            }
            Some((least, most)) if !least.is_empty() && digits(least) && digits(most) => {
                self.quantifier(count.map_or(0, str::len) + 2)
            }
            _ => {
                self.replace(1, r"\{");
                Ok(())
            }
        }
    }

    /// A quantifier of `len` bytes. A `+` behind it makes it possessive; ours would repeat it.
    fn quantifier(&mut self, len: usize) -> Result<(), Remark> {
        self.take(len);
        if self.rest().starts_with('?') {
            self.take(1);
        } else if self.rest().starts_with('+') {
            return Err(self.refuse("possessive quantifier"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(pattern: &str, dialect: Dialect) -> String {
        match read(pattern, dialect) {
            Ok(parsed) => parsed.text,
            Err(remark) => format!("{}: {}", remark.reason, remark.detail),
        }
    }

    #[test]
    fn what_means_something_else_is_rewritten() {
        for (dialect, pattern, ours) in [
            (Dialect::Go, r"^\$(?:\d+|{\d+})$", r"^\$(?:\d+|\{\d+})$"),
            (Dialect::Go, r"\${(?:[A-Z]{2})}", r"\$\{(?:[A-Z]{2})}"),
            (Dialect::Go, r"[^[]{2,}[[:alnum:]]", r"[^\[]{2,}[[:alnum:]]"),
            (Dialect::Go, r"[^]]+]", r"[^\]]+]"),
            (Dialect::Go, r"\x{41}{2}\<a\>", r"\x{41}{2}<a>"),
            (Dialect::Python, r"[a&&b+--]\Z", r"[a&\&b+-\-]\z"),
            (Dialect::Python, r"a{,3}(?#note)b", r"a{0,3}b"),
            (Dialect::Python, "(?x)a # {\n[ b]", "(?x)a # {\n[\\x20b]"),
            (Dialect::Python, "[äö]", "(?u)[äö]"),
            (Dialect::Pcre, r"a\p{L}", r"(?u)a\p{L}"),
            (Dialect::Rust, r"[a&&b]", r"[a&&b]"),
            (Dialect::Rust, r"a(?# (one)[(?#]b(?#)", r"a[(?#]b"),
        ] {
            assert_eq!(rewritten(pattern, dialect), ours);
        }
    }

    #[test]
    fn what_is_lacking_is_named_with_its_place() {
        for (pattern, reason) in [
            (r"a[[](?<!b)c", "lookaround: at byte 4 of the pattern"),
            (r"(a)\1", "back-reference: at byte 3 of the pattern"),
            (r"(?>a)", "atomic group: at byte 0 of the pattern"),
            (r"a++b", "possessive quantifier: at byte 2 of the pattern"),
            (r"a{2}+b", "possessive quantifier: at byte 4 of the pattern"),
            (r"(a", "pattern syntax: at byte 0 of the pattern"),
        ] {
            let found = rewritten(pattern, Dialect::Python);
            assert!(found.starts_with(reason), "{pattern}: {found}");
        }
    }
}
