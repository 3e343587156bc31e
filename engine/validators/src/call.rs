//! A validator with its argument, as packs write it.

use std::fmt;

use crate::{Argument, Validator, all, find};

/// A validator with its argument, parsed from `name` or `name:argument`.
///
/// ```
/// use sluicegate_validators::Call;
/// let call = Call::parse("entropy:3.5")?;
/// assert_eq!((call.name(), call.argument()), ("entropy", 350));
/// assert!(!call.check(b"aaaaaaaaaaaaaaaa"));
/// assert_eq!(call.to_string(), "entropy:3.5");
/// # Ok::<(), sluicegate_validators::CallError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Call {
    validator: &'static Validator,
    argument: u32,
}

/// Why a text is no call of a validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallError(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Unknown {
        name: String,
        nearest: Option<&'static str>,
    },
    NoArgument {
        name: &'static str,
    },
    BadArgument {
        name: &'static str,
        range: String,
    },
}

impl Call {
    /// Reads `name` or `name:argument`. A name that takes an argument and has none stands for its
    /// default.
    ///
    /// # Errors
    /// When there is no such validator, or the argument is not one it takes.
    pub fn parse(text: &str) -> Result<Self, CallError> {
        let (name, written) = match text.split_once(':') {
            Some((name, written)) => (name, Some(written)),
            None => (text, None),
        };
        let Some(validator) = find(name) else {
            let nearest = nearest(name);
            return Err(CallError(Kind::Unknown {
                name: name.to_owned(),
                nearest,
            }));
        };
        let argument = match (validator.argument, written) {
            (Argument::None, None) => 0,
            (Argument::None, Some(_)) => {
                return Err(CallError(Kind::NoArgument {
                    name: validator.name,
                }));
            }
            (Argument::Whole { default, .. } | Argument::Hundredths { default, .. }, None) => {
                default
            }
            (Argument::Whole { least, most, .. }, Some(written)) => whole(written)
                .filter(|value| (least..=most).contains(value))
                .ok_or_else(|| bad(validator, format!("a whole number from {least} to {most}")))?,
            (Argument::Hundredths { least, most, .. }, Some(written)) => hundredths(written)
                .filter(|value| (least..=most).contains(value))
                .ok_or_else(|| {
                    let (least, most) = (Decimal(least), Decimal(most));
                    bad(
                        validator,
                        format!("a number from {least} to {most}, at most two decimals"),
                    )
                })?,
        };
        Ok(Self {
            validator,
            argument,
        })
    }

    /// The validator's name.
    pub fn name(&self) -> &'static str {
        self.validator.name
    }

    /// The validator.
    pub fn validator(&self) -> &'static Validator {
        self.validator
    }

    /// The argument: the number itself, or hundredths where the validator takes decimals; 0 where
    /// it takes none.
    pub fn argument(&self) -> u32 {
        self.argument
    }

    /// Whether the value passes. Never panics, whatever the bytes.
    #[inline]
    pub fn check(&self, value: &[u8]) -> bool {
        (self.validator.check)(value, self.argument)
    }
}

impl PartialEq for Call {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name() && self.argument == other.argument
    }
}

impl Eq for Call {}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({self})")
    }
}

impl fmt::Display for Call {
    /// The form [`Call::parse`] reads, argument included where there is one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.validator.argument {
            Argument::None => f.write_str(self.name()),
            Argument::Whole { .. } => write!(f, "{}:{}", self.name(), self.argument),
            Argument::Hundredths { .. } => write!(f, "{}:{}", self.name(), Decimal(self.argument)),
        }
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Unknown {
                name,
                nearest: Some(nearest),
            } => {
                write!(
                    f,
                    "there is no validator '{name}'; did you mean '{nearest}'?"
                )
            }
            Kind::Unknown {
                name,
                nearest: None,
            } => {
                write!(f, "there is no validator '{name}'")
            }
            Kind::NoArgument { name } => write!(f, "the validator '{name}' takes no argument"),
            Kind::BadArgument { name, range } => {
                write!(f, "the argument of the validator '{name}' is {range}")
            }
        }
    }
}

impl std::error::Error for CallError {}

/// Hundredths, shown with as few decimals as are needed.
struct Decimal(u32);

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "{whole}.{}", part / 10),
            (whole, part) => write!(f, "{whole}.{part:02}"),
        }
    }
}

fn bad(validator: &'static Validator, range: String) -> CallError {
    CallError(Kind::BadArgument {
        name: validator.name,
        range,
    })
}

/// A number written with digits only: `parse` alone would take a sign.
fn whole(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

fn hundredths(text: &str) -> Option<u32> {
    let (units, part) = text.split_once('.').unwrap_or((text, "0"));
    let part = match part.len() {
        1 => whole(part)? * 10,
        2 => whole(part)?,
        _ => return None,
    };
    whole(units)?.checked_mul(100)?.checked_add(part)
}

/// The registered name closest to a misspelt one, if any is close enough to be meant.
fn nearest(name: &str) -> Option<&'static str> {
    if name.len() > 64 {
        return None;
    }
    let name = name.to_ascii_lowercase().replace('_', "-");
    let inside = |other: &str| name.len() > 2 && other.split('-').any(|word| word == name);
    all()
        .iter()
        .map(|validator| {
            let other = validator.name;
            let steps = if inside(other) {
                0
            } else {
                distance(name.as_bytes(), other.as_bytes())
            };
            (steps, other)
        })
        .filter(|&(steps, other)| steps <= 2.max(name.len().max(other.len()) / 3))
        .min()
        .map(|(_, other)| other)
}

/// Levenshtein distance.
fn distance(left: &[u8], right: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}
