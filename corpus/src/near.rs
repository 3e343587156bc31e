//! What is nearly a value: texts in which a classifier finds nothing, by the meaning of what was
//! changed and not by what the engine says.

use sluicegate_model::{Classifier, ContextEffect};

use crate::{Choices, Value, Values};

/// In which way a text is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NearMiss {
    /// One digit is another, and check digits or a range tell that it can't be.
    WrongDigit,
    /// The second half is missing, which leaves less than the shortest match.
    Cut,
    /// No word says what it is, where one is required.
    WithoutContext,
}

impl NearMiss {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::WrongDigit, Self::Cut, Self::WithoutContext];

    /// The name as it is written in cases.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WrongDigit => "wrong-digit",
            Self::Cut => "cut",
            Self::WithoutContext => "without-context",
        }
    }

    /// The text that is nearly the value; nothing where the classifier would rightly find it.
    pub(crate) fn spoil(
        self,
        choices: &mut Choices,
        classifier: &Classifier,
        values: &Values,
        value: &Value,
    ) -> Option<String> {
        let inner = &value.text[value.span.clone()];
        match self {
            Self::WrongDigit => {
                let digit = |at: &usize| value.text.as_bytes()[*at].is_ascii_digit();
                let digits: Vec<usize> = value.span.clone().filter(digit).collect();
                if digits.is_empty() {
                    return None;
                }
                let at = *choices.pick(&digits);
                let mut bytes = value.text.clone().into_bytes();
                bytes[at] = b'0' + (bytes[at] - b'0' + choices.between(1, 9) as u8) % 10;
                let refused = values.refuses(&bytes[value.span.clone()]);
                String::from_utf8(bytes).ok().filter(|_| refused)
            }
            Self::Cut => {
                let half = inner.len() / 2;
                let text = inner.get(..half)?;
                (half > 0 && half < values.least()).then(|| text.to_owned())
            }
            Self::WithoutContext => {
                let context = classifier.context.as_ref()?;
                let folded = inner.to_ascii_lowercase();
                let stands = |word: &String| folded.contains(&word.to_ascii_lowercase());
                let needed = context.effect == ContextEffect::Require;
                (needed && !context.keywords.iter().any(stands)).then(|| inner.to_owned())
            }
        }
    }
}

/// Near misses of a value, in every way that there is for its classifier.
pub fn near_misses(
    choices: &mut Choices,
    classifier: &Classifier,
    values: &Values,
    value: &Value,
) -> Vec<(NearMiss, String)> {
    NearMiss::ALL
        .into_iter()
        .filter_map(|kind| Some((kind, kind.spoil(choices, classifier, values, value)?)))
        .collect()
}
