//! Example values made by a template, so that no example secret is stored whole.
//!
//! A template is literal text with fields:
//!
//! | field | stands for |
//! |---|---|
//! | `{class:length}` | that many characters of a class: see [`CLASSES`] |
//! | `{[a-z0-9_-]:length}` | that many characters of a set, in which `\` takes the next one as it is |
//! | `{crc32-base62:length}` | the CRC-32 of the random field right before it, as GitHub tokens end |
//! | `{b64url-of:text}` | the unpadded URL-safe base64 of a text, as JSON web tokens begin |
//! | `{{`, `}}` | a brace |
//!
//! The seed is a hash of the template: the same template gives the same value everywhere. Other
//! values of the same form take a seed beside it.

use std::fmt;
use std::ops::Range;

use crate::{Counterexample, Example};

/// The named classes of random characters, with their characters.
pub const CLASSES: &[(&str, &str)] = &[
    ("digit", "0123456789"),
    ("nonzero", "123456789"),
    ("lower", "abcdefghijklmnopqrstuvwxyz"),
    ("upper", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    (
        "alpha",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    ),
    ("alnum", BASE62),
    ("loweralnum", "0123456789abcdefghijklmnopqrstuvwxyz"),
    ("upperalnum", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("hex", "0123456789abcdef"),
    ("upperhex", "0123456789ABCDEF"),
    ("base32", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
    // Without 0, O, I and l: https://datatracker.ietf.org/doc/html/draft-msporny-base58
    (
        "base58",
        "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
    ),
    (
        "base64",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    ),
    ("base64url", BASE64URL),
    (
        "word",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_",
    ),
];

/// Digits of the checksum at the end of a GitHub token, most significant first.
/// <https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/>
const BASE62: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// RFC 4648, section 5.
const BASE64URL: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Longest field, in characters: longer than any key that is pasted into a prompt.
const MAX_FIELD: usize = 16_384;
/// Most bytes a template may make, the longest match that a classifier can ask for.
const MAX_VALUE: usize = 65_536;
/// From this length on, a random field has a letter and a digit where its characters allow, as
/// validators of randomness and of placeholders expect.
const MIXED_FROM: usize = 8;

/// Why a template can't be expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    message: String,
    span: Range<usize>,
}

impl TemplateError {
    fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            span,
        }
    }

    /// The bytes of the template it is about.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TemplateError {}

/// The value that a template stands for.
///
/// ```
/// let token = sluicegate_model::expand_template("ghp_{alnum:30}{crc32-base62:6}")?;
/// assert!(token.starts_with("ghp_") && token.len() == 40);
/// # Ok::<(), sluicegate_model::TemplateError>(())
/// ```
///
/// # Errors
/// When the template is malformed or makes more than 65536 bytes.
pub fn expand_template(template: &str) -> Result<String, TemplateError> {
    expand(template, Random::seeded(template))
}

/// Another value that a template stands for: equal seeds give equal values, and different ones
/// nearly always different values where the template has random fields.
///
/// # Errors
/// When the template is malformed or makes more than 65536 bytes.
pub fn expand_template_seeded(template: &str, seed: u64) -> Result<String, TemplateError> {
    let mut random = Random::seeded(template);
    random.0 ^= seed;
    // One step, so that seeds that differ in a bit have nothing in common.
    random.0 = random.next();
    expand(template, random)
}

fn expand(template: &str, mut random: Random) -> Result<String, TemplateError> {
    let mut value = String::new();
    // Where the random field that ends the value so far begins.
    let mut last_random = None;
    let mut parser = Parser {
        text: template,
        at: 0,
    };
    while let Some((part, span)) = parser.next_part()? {
        let before = last_random.take();
        match part {
            Part::Literal(text) => value.push_str(&text),
            Part::Random { alphabet, length } => {
                last_random = Some(value.len());
                random.fill(&mut value, &alphabet, length);
            }
            Part::Crc32 { length } => {
                let Some(from) = before else {
                    return Err(TemplateError::new(
                        span,
                        "no random field stands right before it",
                    ));
                };
                let checksum = crc32(&value.as_bytes()[from..]);
                push_base62(&mut value, checksum, length);
            }
            Part::Base64Url(text) => push_base64url(&mut value, text.as_bytes()),
        }
        if value.len() > MAX_VALUE {
            let message = format!("the value passes {MAX_VALUE} bytes here");
            return Err(TemplateError::new(span, message));
        }
    }
    Ok(value)
}

impl Example {
    /// The text to scan and the value to be found in it, where the example states one.
    ///
    /// # Errors
    /// When the template is malformed.
    pub fn expand(&self) -> Result<(String, Option<String>), TemplateError> {
        match &self.template {
            None => Ok((self.text.clone(), self.value.clone())),
            Some(template) => {
                let value = expand_template(template)?;
                Ok((place_value(&self.text, &value), Some(value)))
            }
        }
    }
}

impl Counterexample {
    /// The text to scan.
    ///
    /// # Errors
    /// When the template is malformed.
    pub fn expand(&self) -> Result<String, TemplateError> {
        match &self.template {
            None => Ok(self.text.clone()),
            Some(template) => Ok(place_value(&self.text, &expand_template(template)?)),
        }
    }
}

/// The text with `{value}` replaced; the value alone where there is no text.
fn place_value(text: &str, value: &str) -> String {
    if text.is_empty() {
        value.to_owned()
    } else {
        text.replace("{value}", value)
    }
}

enum Part {
    Literal(String),
    Random { alphabet: Vec<char>, length: usize },
    Crc32 { length: usize },
    Base64Url(String),
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip(&mut self, prefix: &str) -> bool {
        let found = self.rest().starts_with(prefix);
        if found {
            self.at += prefix.len();
        }
        found
    }

    fn next_char(&mut self) -> Option<char> {
        let next = self.rest().chars().next()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn next_part(&mut self) -> Result<Option<(Part, Range<usize>)>, TemplateError> {
        let start = self.at;
        if self.rest().is_empty() {
            return Ok(None);
        }
        let field = self.rest().starts_with('{') && !self.rest().starts_with("{{");
        let part = if field {
            self.field()?
        } else {
            Part::Literal(self.literal()?)
        };
        Ok(Some((part, start..self.at)))
    }

    /// Text up to the next field or the end, its doubled braces halved.
    fn literal(&mut self) -> Result<String, TemplateError> {
        let mut text = String::new();
        while !self.rest().is_empty() {
            if self.skip("{{") {
                text.push('{');
            } else if self.skip("}}") {
                text.push('}');
            } else if self.rest().starts_with('{') {
                break;
            } else if self.rest().starts_with('}') {
                let message = "a lone `}`; a literal brace is written `}}`";
                return Err(TemplateError::new(self.at..self.at + 1, message));
            } else if let Some(next) = self.next_char() {
                text.push(next);
            }
        }
        Ok(text)
    }

    fn field(&mut self) -> Result<Part, TemplateError> {
        let start = self.at;
        self.skip("{");
        if self.skip("b64url-of:") {
            let mut text = String::new();
            loop {
                if self.skip("{{") {
                    text.push('{');
                } else if self.skip("}}") {
                    text.push('}');
                } else if self.skip("}") {
                    return Ok(Part::Base64Url(text));
                } else {
                    text.push(self.next_char().ok_or_else(|| self.unclosed(start))?);
                }
            }
        }
        if self.skip("[") {
            let alphabet = self.set(start)?;
            let length = self.length(start)?;
            return Ok(Part::Random { alphabet, length });
        }
        let length = self
            .rest()
            .find([':', '{', '}'])
            .ok_or_else(|| self.unclosed(start))?;
        let name = &self.text[self.at..self.at + length];
        self.at += length;
        if name == "crc32-base62" {
            let length = self.length(start)?;
            // Six digits hold every checksum: 62^6 exceeds 2^32.
            if length < 6 {
                let message = "a checksum takes six characters or more";
                return Err(TemplateError::new(start..self.at, message));
            }
            return Ok(Part::Crc32 { length });
        }
        let Some((_, characters)) = CLASSES.iter().find(|(class, _)| *class == name) else {
            return Err(TemplateError::new(start..self.at, "no such class"));
        };
        let length = self.length(start)?;
        Ok(Part::Random {
            alphabet: characters.chars().collect(),
            length,
        })
    }

    /// The characters of a set, after its `[`, sorted.
    fn set(&mut self, start: usize) -> Result<Vec<char>, TemplateError> {
        let mut set: Vec<char> = Vec::new();
        loop {
            let at = self.at;
            if self.skip("]") {
                break;
            }
            let first = self.set_char(start)?;
            if self.rest().starts_with('-') && !self.rest().starts_with("-]") {
                self.skip("-");
                let last = self.set_char(start)?;
                if first > last {
                    return Err(TemplateError::new(at..self.at, "the range runs backwards"));
                }
                set.extend(first..=last);
            } else {
                set.push(first);
            }
        }
        set.sort_unstable();
        set.dedup();
        if set.is_empty() {
            return Err(TemplateError::new(start..self.at, "the set is empty"));
        }
        Ok(set)
    }

    fn set_char(&mut self, start: usize) -> Result<char, TemplateError> {
        let at = self.at;
        self.skip("\\");
        match self.next_char() {
            None => Err(self.unclosed(start)),
            Some(next) if next == ' ' || next.is_ascii_graphic() => Ok(next),
            Some(_) => Err(TemplateError::new(
                at..self.at,
                "a set holds printable ASCII characters",
            )),
        }
    }

    /// `:length}`.
    fn length(&mut self, start: usize) -> Result<usize, TemplateError> {
        if !self.skip(":") {
            let message = "a field is written `{class:length}`";
            return Err(TemplateError::new(start..self.at, message));
        }
        let digits_at = self.at;
        let digits_len = self
            .rest()
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(self.rest().len());
        self.at += digits_len;
        let digits = &self.text[digits_at..self.at];
        let length = digits
            .parse()
            .ok()
            .filter(|length| (1..=MAX_FIELD).contains(length));
        let Some(length) = length else {
            let message = format!("a length is a number from 1 to {MAX_FIELD}");
            return Err(TemplateError::new(start..self.at, message));
        };
        if self.skip("}") {
            Ok(length)
        } else {
            Err(self.unclosed(start))
        }
    }

    fn unclosed(&self, start: usize) -> TemplateError {
        TemplateError::new(start..self.at, "the field has no closing `}`")
    }
}

/// `SplitMix64` (Steele, Lea, Flood 2014) from an FNV-1a hash of the template.
struct Random(u64);

impl Random {
    fn seeded(text: &str) -> Self {
        Self(text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        }))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of the characters; there is at least one.
    fn pick(&mut self, alphabet: &[char]) -> char {
        let scaled = u128::from(self.next()) * alphabet.len() as u128;
        alphabet[(scaled >> 64) as usize]
    }

    fn fill(&mut self, value: &mut String, alphabet: &[char], length: usize) {
        let mut field: Vec<char> = (0..length).map(|_| self.pick(alphabet)).collect();
        let of = |is: fn(&char) -> bool| alphabet.iter().copied().filter(is).collect::<Vec<char>>();
        let letters = of(char::is_ascii_alphabetic);
        let digits = of(char::is_ascii_digit);
        let mixed =
            field.iter().any(char::is_ascii_alphabetic) && field.iter().any(char::is_ascii_digit);
        if length >= MIXED_FROM && !mixed && !letters.is_empty() && !digits.is_empty() {
            field[0] = self.pick(&letters);
            field[length - 1] = self.pick(&digits);
        }
        value.extend(field);
    }
}

/// CRC-32 as in IEEE 802.3, reflected.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

fn push_base62(value: &mut String, mut number: u32, length: usize) {
    let mut digits = Vec::new();
    while number > 0 {
        digits.push(char::from(BASE62.as_bytes()[(number % 62) as usize]));
        number /= 62;
    }
    value.extend(std::iter::repeat_n(
        '0',
        length.saturating_sub(digits.len()),
    ));
    value.extend(digits.iter().rev());
}

fn push_base64url(value: &mut String, bytes: &[u8]) {
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .fold(0_u32, |group, &byte| group << 8 | u32::from(byte))
            << (8 * (3 - chunk.len()));
        for index in 0..=chunk.len() {
            let digit = (group >> (18 - 6 * index)) & 63;
            value.push(char::from(BASE64URL.as_bytes()[digit as usize]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_their_shape() {
        for (class, alphabet) in CLASSES {
            let value = expand_template(&format!("a_{{{class}:40}}_z")).unwrap();
            let field = value
                .strip_prefix("a_")
                .unwrap()
                .strip_suffix("_z")
                .unwrap();
            assert_eq!(field.len(), 40, "{class}");
            assert!(field.chars().all(|c| alphabet.contains(c)), "{class}");
        }
        let value = expand_template(r"{[a-c\]_-]:64}").unwrap();
        assert!(value.len() == 64 && value.chars().all(|c| "abc]_-".contains(c)));
    }

    #[test]
    fn seeds_give_other_values_of_the_same_form() {
        let template = "ghp_{alnum:30}{crc32-base62:6}";
        let values: std::collections::BTreeSet<String> = (0..100)
            .map(|seed| expand_template_seeded(template, seed).unwrap())
            .collect();
        assert_eq!(values.len(), 100);
        assert!(values.iter().all(|value| value.len() == 40));
        assert_eq!(
            expand_template_seeded(template, 7),
            expand_template_seeded(template, 7)
        );
    }

    #[test]
    fn braces_and_encoded_literals() {
        assert_eq!(expand_template("{{a}}").unwrap(), "{a}");
        assert_eq!(
            expand_template(r#"{b64url-of:{{"alg":"HS256"}}}."#).unwrap(),
            "eyJhbGciOiJIUzI1NiJ9."
        );
        assert_eq!(expand_template("{b64url-of:}").unwrap(), "");
    }

    #[test]
    fn the_same_template_gives_the_same_value() {
        // Fixed here because examples must not change with a rewrite of the generator.
        assert_eq!(
            expand_template("{alnum:12}").unwrap(),
            expand_template("{alnum:12}").unwrap()
        );
        assert_ne!(
            expand_template("{hex:32}").unwrap(),
            expand_template("{hex:33}").unwrap()[..32]
        );
        // The first output published for the seed 0.
        assert_eq!(Random(0).next(), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn checksums_follow_the_random_field() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        let value = expand_template("ghp_{alnum:30}{crc32-base62:6}").unwrap();
        let mut check = String::new();
        push_base62(&mut check, crc32(&value.as_bytes()[4..34]), 6);
        assert_eq!(&value[34..], check);
        let mut small = String::new();
        push_base62(&mut small, 61, 6);
        assert_eq!(small, "00000z");
    }

    #[test]
    fn long_fields_mix_letters_and_digits() {
        for seed in 0..500 {
            let value = expand_template(&format!("{seed}.{{alnum:8}}")).unwrap();
            let (_, field) = value.split_once('.').unwrap();
            assert!(field.bytes().any(|b| b.is_ascii_digit()), "{value}");
            assert!(field.bytes().any(|b| b.is_ascii_alphabetic()), "{value}");
        }
    }

    #[test]
    fn errors_name_their_place() {
        for (template, span) in [
            ("a}b", 1..2),
            ("a{digit:3", 1..9),
            ("{nope:3}", 0..5),
            ("{digit}", 0..6),
            ("{digit:0}", 0..8),
            ("{digit:99999}", 0..12),
            ("{[]:3}", 0..3),
            ("{[z-a]:3}", 2..5),
            ("{[é]:3}", 2..4),
            ("{[abc", 0..5),
            ("{b64url-of:abc", 0..14),
            ("x{crc32-base62:6}", 1..17),
            ("{hex:9}-{crc32-base62:6}", 8..24),
            ("{hex:9}{crc32-base62:5}", 7..23),
            ("{hex:9}{crc32-base62:6}{crc32-base62:6}", 23..39),
            (
                "{alnum:16384}{alnum:16384}{alnum:16384}{alnum:16384}{hex:1}",
                52..59,
            ),
        ] {
            let error = expand_template(template).unwrap_err();
            assert_eq!(error.span(), span, "{template}: {error}");
        }
    }

    #[test]
    fn examples_put_the_value_into_their_text() {
        let mut example = Example {
            text: "token={value};".into(),
            value: None,
            template: Some("t_{hex:8}".into()),
            place: None,
        };
        let (text, value) = example.expand().unwrap();
        let value = value.unwrap();
        assert_eq!(text, format!("token={value};"));
        example.text.clear();
        assert_eq!(example.expand().unwrap(), (value.clone(), Some(value)));
    }
}
