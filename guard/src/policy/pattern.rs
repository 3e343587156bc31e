//! Patterns over classifier ids.

use std::fmt;

/// A pattern over classifier ids, in which `*` stands for any text and `?` for one character.
///
/// ```
/// use sluicegate_guard::policy::IdPattern;
/// let pattern = IdPattern::new("secret.*.pat")?;
/// assert!(pattern.matches("secret.github.pat"));
/// assert!(!pattern.matches("secret.github.pat-fine"));
/// # Ok::<(), sluicegate_guard::policy::PatternError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdPattern(String);

/// A text that no id could match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatternError {
    character: Option<char>,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.character {
            Some(character) => write!(f, "no id has a {character:?}"),
            None => f.write_str("the pattern is empty"),
        }
    }
}

impl std::error::Error for PatternError {}

impl IdPattern {
    /// Checks the characters.
    ///
    /// # Errors
    /// When the text is empty or has a character that ids do not have.
    pub fn new(text: &str) -> Result<Self, PatternError> {
        let is_known = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-' | '.' | '*' | '?');
        match text.chars().find(|&c| !is_known(c)) {
            None if !text.is_empty() => Ok(Self(text.to_owned())),
            character => Err(PatternError { character }),
        }
    }

    /// The pattern as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the whole id matches.
    pub fn matches(&self, id: &str) -> bool {
        wildcard(&self.0, id)
    }
}

/// Whether a whole text matches a pattern, in which `*` stands for any text and `?` for one character.
pub(crate) fn wildcard(pattern: &str, text: &str) -> bool {
    let [pattern, text] = [pattern, text].map(|text| text.chars().collect::<Vec<char>>());
    let (mut p, mut t) = (0, 0);
    // Behind the last star, and how much of the text it has taken.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                p += 1;
                star = Some((p, t));
            }
            Some(&character) if character == '?' || character == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match &mut star {
                Some((behind, taken)) => {
                    *taken += 1;
                    (p, t) = (*behind, *taken);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&character| character == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_take_any_text_and_question_marks_one_character() {
        for (pattern, id, matches) in [
            ("*", "", true),
            ("a.b", "a.b", true),
            ("a.b", "a.bc", false),
            ("a.*", "a.b.c", true),
            ("a.*", "a", false),
            ("*.c", "a.b.c", true),
            ("*b*c*", "abxbc", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*ab", "aab", true),
            ("a*b*c", "a-b-b", false),
        ] {
            let pattern = IdPattern::new(pattern).unwrap();
            assert_eq!(pattern.matches(id), matches, "{pattern:?} {id}");
        }
        assert!(IdPattern::new("").is_err());
        assert_eq!(
            IdPattern::new("Secret.*").unwrap_err().to_string(),
            "no id has a 'S'"
        );
    }
}
