//! Problems for rule authors: a stable code, one sentence, the place, a hint.

use std::fmt;

use serde::Serialize;

use crate::Place;
use crate::visible::visible;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The classifier works; something about it can be better.
    Warning,
    /// The classifier can't be used.
    Error,
}

impl Level {
    /// The name as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! codes {
    ($(#[doc = $doc:literal] $name:ident = $number:literal, $level:ident, $title:literal;)*) => {
        /// What is wrong. Numbers are never reused; the table in `docs/diagnostics.md` is
        /// generated from this one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $doc] $name,)* }

        impl Code {
            /// Every code, in order of its number.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The code as it is printed, for example `SG101`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $number,)* }
            }

            /// What the code stands for, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// What the code means, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => $doc.trim_ascii_start(),)* }
            }

            /// How much it matters.
            pub fn level(self) -> Level {
                match self { $(Self::$name => Level::$level,)* }
            }

            /// The warnings about packs that a classifier may accept, which come before all others.
            pub(crate) fn acceptable() -> Vec<Self> {
                let codes = Self::ALL.iter().copied();
                codes
                    .filter(|code| code.level() == Level::Warning)
                    .filter(|&code| code < Self::Unneeded)
                    .collect()
            }
        }
    };
}

codes! {
    /// The file is not TOML.
    Syntax = "SG101", Error, "not valid TOML";
    /// A key that nothing reads.
    UnknownKey = "SG102", Error, "unknown key";
    /// A key that must be there is not.
    MissingKey = "SG103", Error, "missing key";
    /// A value of another type than the key takes.
    WrongType = "SG104", Error, "wrong type";
    /// A value outside what the key takes.
    BadValue = "SG105", Error, "value out of range";
    /// An id of the wrong form.
    BadId = "SG106", Error, "malformed id";
    /// Two classifiers with one id.
    DuplicateId = "SG107", Error, "duplicate id";
    /// A classifier without a detector.
    NoDetector = "SG108", Error, "no detector";
    /// A fact table that can't be read, or whose columns do not fit its template.
    BadTable = "SG109", Error, "bad fact table";
    /// A template that can't be expanded.
    BadTemplate = "SG110", Error, "bad example template";
    /// The text is not UTF-8.
    NotUtf8 = "SG111", Error, "not UTF-8";
    /// A composite with a part that only detectors have.
    NotWithComposite = "SG112", Error, "does not go with a composite";
    /// A key of a dictionary that its kind of matching does not read.
    NotWithMatching = "SG113", Error, "does not go with this matching";
    /// A file of terms that can't be read.
    BadTermFile = "SG114", Error, "bad file of terms";
    /// An override of something that its classifier does not have.
    BadOverride = "SG115", Error, "override does not go with its classifier";
    /// A pattern that is not in the syntax.
    BadPattern = "SG201", Error, "malformed pattern";
    /// Lookaround or a back-reference.
    UnsupportedPattern = "SG202", Error, "unsupported pattern syntax";
    /// A pattern that exceeds a limit.
    PatternTooLarge = "SG203", Error, "pattern too large";
    /// A pattern that can match only the empty text.
    EmptyPattern = "SG204", Error, "pattern matches nothing but the empty text";
    /// A pattern that can never match.
    NeverMatches = "SG205", Error, "pattern can never match";
    /// A validator that does not exist, or an argument it does not take.
    BadValidator = "SG206", Error, "unknown validator";
    /// More classifiers, detectors or bytes than a database may hold.
    DatabaseTooLarge = "SG207", Error, "database too large";
    /// A composite of a composite.
    NestedComposite = "SG208", Error, "composite of composites";
    /// A term of a dictionary that has no words, too many of them, or no proper weight.
    BadTerm = "SG209", Error, "bad term";
    /// An example in which the classifier finds nothing, or another span.
    ExampleFails = "SG301", Error, "example does not match";
    /// A counterexample in which the classifier finds something.
    CounterexampleMatches = "SG302", Error, "counterexample matches";
    /// A family that is not in the list.
    UnknownFamily = "SG401", Warning, "unknown family";
    /// No name.
    NoName = "SG402", Warning, "no name";
    /// No reference.
    NoReference = "SG403", Warning, "no reference";
    /// Fewer than two examples.
    FewExamples = "SG404", Warning, "fewer than two examples";
    /// Fewer than two counterexamples.
    FewCounterexamples = "SG405", Warning, "fewer than two counterexamples";
    /// A chance acceptance above 1e-2 without required context.
    ContextNeeded = "SG406", Warning, "needs required context";
    /// A detector without a usable literal or shape.
    Residual = "SG407", Warning, "no usable literal or shape";
    /// A detector that costs far more than most.
    Expensive = "SG408", Warning, "expensive detector";
    /// Two classifiers with the same detectors.
    Collision = "SG409", Warning, "same detector as another classifier";
    /// No description.
    NoDescription = "SG410", Warning, "no description";
    /// A number shape without its chance acceptance.
    NoChance = "SG411", Warning, "number shape without its chance acceptance";
    /// A member of a composite that no classifier meets.
    NoMember = "SG412", Warning, "member that no classifier meets";
    /// A warning that a classifier accepts and that does not come.
    Unneeded = "SG413", Warning, "acceptance that is not needed";
    /// An override that no classifier meets.
    OverridesNothing = "SG414", Warning, "overrides nothing";
    /// A pattern or tag in a policy that no classifier of the database meets.
    SelectsNothing = "SG501", Warning, "selects no classifier";
    /// An entry of an allow-list that no finding meets.
    AllowsNothing = "SG502", Warning, "allows no finding";
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub code: Code,
    /// One sentence, without the place and without matched text.
    pub message: String,
    /// What to do about it; empty where there is nothing to add.
    pub hint: String,
    /// The classifier concerned, where it is known.
    pub classifier: Option<String>,
    /// Where it stands, where it is known.
    pub place: Option<Place>,
}

impl Diagnostic {
    /// A problem without place, classifier and hint.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: String::new(),
            classifier: None,
            place: None,
        }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The same about this classifier.
    #[must_use]
    pub fn about(mut self, classifier: impl Into<String>) -> Self {
        self.classifier = Some(classifier.into());
        self
    }

    /// The same at this place.
    #[must_use]
    pub fn at(mut self, place: Option<Place>) -> Self {
        self.place = place;
        self
    }

    /// How much it matters.
    pub fn level(&self) -> Level {
        self.code.level()
    }
}

impl fmt::Display for Diagnostic {
    /// One line: `file:line:column: error[SG102]: sentence`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            let (line, column, _) = place.source.line_at(place.span.start);
            write!(f, "{}:{line}:{column}: ", visible(place.source.name()))?;
        }
        write!(f, "{}[{}]: ", self.level().as_str(), self.code.as_str())?;
        f.write_str(&visible(&self.message))
    }
}
