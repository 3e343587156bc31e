//! The sets that are known, and the words of their classes.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What is known of a public set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Set {
    pub(super) name: String,
    pub(super) origin: String,
    pub(super) licence: String,
    #[serde(default)]
    pub(super) in_context: bool,
    #[serde(default)]
    pub(super) split: Vec<String>,
    #[serde(default)]
    pub(super) negatives_by_family: bool,
}

#[derive(Deserialize)]
struct Sets {
    set: Vec<Set>,
}

/// The classes of a set: which of our classifiers stand for them, and their words.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Classes {
    #[serde(default)]
    class: BTreeMap<String, Class>,
}

#[derive(Clone, Debug, Deserialize)]
struct Class {
    word: String,
}

impl Classes {
    /// The word that a form or a sentence puts before a value of the class.
    pub(super) fn word(&self, class: &str) -> Option<&str> {
        let word = self.class.get(class)?.word.as_str();
        (!word.is_empty()).then_some(word)
    }
}

const SETS: &str = include_str!("../../sets.toml");

/// The maps of classes, by set.
const CLASSES: &[(&str, &str)] = &[
    (
        "coreruleset",
        include_str!("../../classes/coreruleset.toml"),
    ),
    ("kingfisher", include_str!("../../classes/kingfisher.toml")),
    (
        "noseyparker",
        include_str!("../../classes/noseyparker.toml"),
    ),
    (
        "presidio-synth_v2",
        include_str!("../../classes/presidio-synth_v2.toml"),
    ),
    (
        "presidio-tests",
        include_str!("../../classes/presidio-tests.toml"),
    ),
    (
        "python-stdnum",
        include_str!("../../classes/python-stdnum.toml"),
    ),
];

pub(super) fn known() -> Vec<Set> {
    // A test reads the file; what it holds can't change behind it.
    toml::from_str::<Sets>(SETS)
        .map(|sets| sets.set)
        .unwrap_or_default()
}

/// The map of a set's classes as it is written.
pub(super) fn class_file(name: &str) -> Option<&'static str> {
    CLASSES
        .iter()
        .find(|(set, _)| *set == name)
        .map(|(_, text)| *text)
}

pub(super) fn classes(name: &str) -> Classes {
    class_file(name)
        .and_then(|text| toml::from_str(text).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_can_be_read() {
        assert!(toml::from_str::<Sets>(SETS).unwrap().set.len() >= 15);
        for (name, text) in CLASSES {
            let classes = toml::from_str::<Classes>(text).unwrap();
            assert!(!classes.class.is_empty());
            assert!(known().iter().any(|set| set.name == *name), "{name}");
        }
    }
}
