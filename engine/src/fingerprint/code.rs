//! Source code to classes of tokens.
//!
//! Who copies code renames what is in it. So identifiers count as one token whatever they are
//! called, and so do numbers and string literals; keywords and punctuation are themselves. The
//! reading is one for all languages and knows no comments: a comment is read as if it were code.

use super::shingle::{Part, Unit};
use crate::index::sip;

/// Words that the syntax of the main languages reserves, by first letter: C, C++, C#, Go, Java,
/// JavaScript, Kotlin, PHP, Python, Ruby, Rust, Swift, TypeScript, shells (the reference manual of
/// each). Names of types and of library functions are left out, for languages differ in them.
const KEYWORDS: &[&str] = &[
    "abstract",
    "and",
    "as",
    "assert",
    "async",
    "await",
    "begin",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "def",
    "default",
    "defer",
    "del",
    "delete",
    "do",
    "done",
    "echo",
    "elif",
    "else",
    "elsif",
    "end",
    "ensure",
    "enum",
    "esac",
    "except",
    "export",
    "extends",
    "extern",
    "false",
    "fi",
    "final",
    "finally",
    "fn",
    "for",
    "foreach",
    "from",
    "fun",
    "func",
    "function",
    "global",
    "go",
    "goto",
    "guard",
    "if",
    "impl",
    "implements",
    "import",
    "in",
    "inline",
    "interface",
    "internal",
    "is",
    "lambda",
    "let",
    "local",
    "loop",
    "match",
    "mod",
    "module",
    "mut",
    "namespace",
    "new",
    "nil",
    "none",
    "not",
    "null",
    "operator",
    "or",
    "override",
    "package",
    "pass",
    "private",
    "protected",
    "protocol",
    "pub",
    "public",
    "raise",
    "range",
    "readonly",
    "ref",
    "require",
    "rescue",
    "return",
    "select",
    "self",
    "sizeof",
    "static",
    "struct",
    "super",
    "switch",
    "template",
    "then",
    "this",
    "throw",
    "throws",
    "trait",
    "true",
    "try",
    "type",
    "typedef",
    "typename",
    "typeof",
    "undefined",
    "union",
    "unless",
    "unsafe",
    "until",
    "use",
    "using",
    "val",
    "var",
    "virtual",
    "void",
    "volatile",
    "when",
    "where",
    "while",
    "with",
    "yield",
];

/// Longest run of letters, digits and underscores that is a token, in bytes: longer ones are data.
const MAX_RUN: usize = 64;
/// Farthest that the end of a string literal is looked for, in bytes. It never crosses a line, so
/// that a quote that means something else does no harm beyond its own.
const MAX_STRING: usize = 256;

/// The hashes of tokens under one key.
#[derive(Clone, Debug)]
pub(super) struct Tokens {
    keywords: Vec<u64>,
    /// Where the keywords of each first letter start.
    starts: [usize; 27],
    punctuation: [u64; 128],
    identifier: u64,
    number: u64,
    string: u64,
}

impl Tokens {
    pub(super) fn new(key: [u64; 2]) -> Self {
        let first = |letter: usize| {
            KEYWORDS.partition_point(|word| word.as_bytes()[0] < b'a' + letter as u8)
        };
        Self {
            keywords: KEYWORDS
                .iter()
                .map(|word| sip(key, word.as_bytes()))
                .collect(),
            starts: std::array::from_fn(first),
            punctuation: std::array::from_fn(|byte| sip(key, &[byte as u8])),
            // No token is one of these bytes.
            identifier: sip(key, &[0]),
            number: sip(key, &[1]),
            string: sip(key, &[2]),
        }
    }

    /// Adds the tokens from the offset `at` on, at most `most`, and returns where reading goes on.
    /// A token that may still grow is left. Looks at one byte before `at`.
    pub(super) fn read(
        &self,
        part: Part<'_>,
        at: usize,
        most: usize,
        units: &mut Vec<Unit>,
    ) -> usize {
        let Part { input, base, more } = part;
        let most = units.len() + most;
        let mut at = at - base;
        if at > 0 && is_run(input[at - 1]) {
            // The rest of a run that was too long.
            at = run_end(input, at);
        }
        while at < input.len() && units.len() < most {
            let byte = input[at];
            let (end, hash, informative) = if is_run(byte) {
                let end = run_end(input, at);
                if end - at > MAX_RUN {
                    at = end;
                    continue;
                }
                if more && end == input.len() {
                    break;
                }
                let (hash, informative) = self.run(&input[at..end]);
                (end, hash, informative)
            } else if byte == b'"' || byte == b'\'' {
                match string_end(input, at) {
                    StringEnd::At(end) => (end, self.string, false),
                    StringEnd::Open if more => break,
                    StringEnd::Open | StringEnd::None => {
                        at += 1;
                        continue;
                    }
                }
            } else if byte.is_ascii_graphic() {
                (at + 1, self.punctuation[usize::from(byte)], false)
            } else {
                at += 1;
                continue;
            };
            units.push(Unit {
                hash,
                start: at + base,
                end: end + base,
                informative,
            });
            at = end;
        }
        at + base
    }

    /// The hash of a run of letters, digits and underscores, and whether it is a keyword.
    fn run(&self, run: &[u8]) -> (u64, bool) {
        let first = run[0];
        if first.is_ascii_digit() {
            return (self.number, false);
        }
        if first.is_ascii_lowercase() {
            let letter = usize::from(first - b'a');
            for at in self.starts[letter]..self.starts[letter + 1] {
                if KEYWORDS[at].as_bytes() == run {
                    return (self.keywords[at], true);
                }
            }
        }
        (self.identifier, false)
    }
}

/// Letters, digits, what languages allow beside them in names, and everything beyond ASCII.
fn is_run(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | 0x80..)
}

fn run_end(input: &[u8], at: usize) -> usize {
    let len = input[at..].iter().position(|&byte| !is_run(byte));
    len.map_or(input.len(), |len| at + len)
}

enum StringEnd {
    At(usize),
    /// Not in the input at hand.
    Open,
    /// Nowhere near.
    None,
}

/// Where the string literal ends that the quote at `at` begins.
fn string_end(input: &[u8], at: usize) -> StringEnd {
    let mut end = at + 1;
    while end < at + MAX_STRING {
        match input.get(end) {
            None => return StringEnd::Open,
            Some(b'\n') => return StringEnd::None,
            Some(b'\\') => end += 2,
            Some(&byte) if byte == input[at] => return StringEnd::At(end + 1),
            Some(_) => end += 1,
        }
    }
    StringEnd::None
}
