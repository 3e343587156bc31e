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
const KEYWORDS: &str = "
    abstract and as assert async await begin break case catch class const continue def default
    defer del delete do done echo elif else elsif end ensure enum esac except export extends
    extern false fi final finally fn for foreach from fun func function global go goto guard if
    impl implements import in inline interface internal is lambda let local loop match mod
    module mut namespace new nil none not null operator or override package pass private
    protected protocol pub public raise range readonly ref require rescue return select self
    sizeof static struct super switch template then this throw throws trait true try type
    typedef typename typeof undefined union unless unsafe until use using val var virtual void
    volatile when where while with yield
";

/// Longest run of letters, digits and underscores that is a token, in bytes: longer ones are data.
const MAX_RUN: usize = 64;
/// Farthest that the end of a string literal is looked for, in bytes. It never crosses a line, so
/// that a quote that means something else does no harm beyond its own.
const MAX_STRING: usize = 128;

/// The hashes of tokens under one key.
#[derive(Clone, Debug)]
pub(super) struct Tokens {
    /// In alphabetical order, each with its hash.
    keywords: Vec<(&'static [u8], u64)>,
    /// Where the keywords of each first letter start.
    starts: [usize; 27],
    punctuation: [u64; 128],
    identifier: u64,
    number: u64,
    string: u64,
}

impl Tokens {
    pub(super) fn new(key: [u64; 2]) -> Self {
        let keywords = KEYWORDS.split_ascii_whitespace().map(str::as_bytes);
        let keywords: Vec<_> = keywords.map(|word| (word, sip(key, word))).collect();
        let start = |letter| keywords.partition_point(|(word, _)| word[0] < b'a' + letter as u8);
        Self {
            starts: std::array::from_fn(start),
            keywords,
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
            let keywords = &self.keywords[self.starts[letter]..self.starts[letter + 1]];
            if let Some(&(_, hash)) = keywords.iter().find(|(keyword, _)| *keyword == run) {
                return (hash, true);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of a text: `i`, `n` and `s` for the classes, others as they are written.
    fn tokens(text: &str) -> Vec<String> {
        let tokens = Tokens::new([1, 2]);
        let part = Part {
            input: text.as_bytes(),
            base: 0,
            more: false,
        };
        let mut units = Vec::new();
        assert_eq!(tokens.read(part, 0, usize::MAX / 2, &mut units), text.len());
        let written = |unit: &Unit| {
            let written = &text[unit.start..unit.end];
            let class = match unit.hash {
                hash if hash == tokens.identifier => "i",
                hash if hash == tokens.number => "n",
                hash if hash == tokens.string => "s",
                hash => {
                    assert_eq!(hash, sip([1, 2], written.as_bytes()));
                    written
                }
            };
            assert_eq!(unit.informative, class.len() > 1);
            class.to_owned()
        };
        units.iter().map(written).collect()
    }

    #[test]
    fn keywords_are_in_order() {
        let words: Vec<&str> = KEYWORDS.split_ascii_whitespace().collect();
        assert!(words.is_sorted_by(|a, b| a < b));
        assert!(words.iter().all(|word| word.len() > 1));
        for word in words {
            assert_eq!(tokens(word), [word]);
        }
    }

    #[test]
    fn tokens_are_told_by_class() {
        for (text, expected) in [
            ("if (größe_1 == 0x1F) {", "if ( i = = n ) {"),
            ("return returned; Return", "return i ; i"),
            ("f(\"a\\\"b\", 'c') + '", "i ( s , s ) +"),
            ("don't\nit's", "i i i i"),
            ("1.5e3 $x `y`", "n . n i ` i `"),
        ] {
            assert_eq!(tokens(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn what_is_too_long_is_no_token() {
        let (run, string) = ("a".repeat(MAX_RUN), "b ".repeat(MAX_STRING / 2 - 1));
        assert_eq!(tokens(&run), ["i"]);
        assert_eq!(tokens(&format!("{run}a 1")), ["n"]);
        assert_eq!(tokens(&format!("\"{string}\" 1")), ["s", "n"]);
        assert_eq!(tokens(&format!("\"{string}b\"")).len(), MAX_STRING / 2);
    }
}
