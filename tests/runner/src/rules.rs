//! Random classifiers and sets of them.

use sluicegate::model::{
    Classifier, ClassifierId, Composite, Context, ContextEffect, DictionaryDetector, Matching,
    Member, RegexDetector,
};
use sluicegate::validators;

use crate::pattern::{WORDS, pattern};
use crate::sample::parse;
use crate::{Choices, sample};

/// One to six classifiers, and once in a while many, so that their filters collide; at times with
/// composites of them.
///
/// # Panics
/// Never: the ids are well formed.
pub fn rules(choices: &mut Choices) -> Vec<Classifier> {
    let count = if choices.one_in(150) {
        choices.between(20, 80)
    } else if choices.one_in(3) {
        choices.between(2, 6)
    } else {
        choices.between(1, 2)
    };
    let id = |text: String| ClassifierId::new(&text).expect("a well-formed id");
    let mut rules: Vec<Classifier> = (0..count)
        .map(|number| classifier(choices, id(format!("custom.random.c{number}"))))
        .collect();
    if choices.one_in(4) {
        for number in 0..choices.between(1, 3) {
            // On either side of the others, so that their indices are too.
            let name = *choices.pick(&["a", "x"]);
            let mut together = Classifier::new(id(format!("custom.random.{name}{number}")));
            together.confidence = choices.below(101) as u8;
            together.composite = Some(composite(choices, count));
            rules.push(together);
        }
    }
    rules
}

/// A composite of some of `count` classifiers that groups of a few findings may meet.
fn composite(choices: &mut Choices, count: usize) -> Composite {
    let members = (0..choices.between(1, 3))
        .map(|_| {
            let ids = (0..choices.between(1, 2)).map(|_| match choices.below(8) {
                0 => "custom.*".to_owned(),
                1 => format!("custom.random.c{}*", choices.below(10)),
                2 => "exact.table".to_owned(),
                _ => format!("custom.random.c{}", choices.below(count)),
            });
            let mut member = Member::new(ids);
            member.weight = choices.below(4) as u32;
            member
        })
        .collect();
    let mut composite = Composite::new(members);
    let most = *choices.pick(&[300, 8, 30, 3000]);
    composite.within = choices.between(1, most) as u32;
    composite.kinds = choices.between(1, composite.members.len()) as u32;
    composite.values = choices.between(1, 4).min(composite.within as usize) as u32;
    let heaviest = composite.members.iter().map(|member| member.weight).max();
    let heaviest = heaviest.unwrap_or(0) as usize;
    composite.weight = choices.between(0, 3 * heaviest.min(2)) as u32;
    if choices.one_in(3) {
        composite.min_confidence = choices.below(101) as u8;
    }
    composite
}

fn classifier(choices: &mut Choices, id: ClassifierId) -> Classifier {
    let mut classifier = Classifier::new(id);
    classifier.confidence = choices.below(101) as u8;
    let dictionary = choices.one_in(4);
    let regexes = match (dictionary, choices.below(4)) {
        (true, 0 | 1) => 0,
        (_, 0..=2) => 1,
        _ => choices.between(2, 3),
    };
    for _ in 0..regexes {
        classifier.regexes.push(regex(choices));
    }
    if dictionary {
        classifier.dictionaries.push(dictionary_of_bytes(choices));
    }
    if choices.one_in(4) {
        if !dictionary && choices.one_in(2) {
            classifier.regexes.clear();
        }
        for _ in 0..choices.between(1, 2) {
            classifier.dictionaries.push(dictionary_of_words(choices));
        }
    }
    if choices.one_in(3) {
        classifier.context = Some(Context {
            keywords: words(choices, 3),
            window: choices.between(1, 40) as u32,
            effect: *choices.pick(&ContextEffect::ALL),
            amount: choices.below(101) as u8,
            place: None,
        });
    }
    if choices.one_in(4) {
        exclude(choices, &mut classifier);
    }
    classifier
}

fn dictionary_of_bytes(choices: &mut Choices) -> DictionaryDetector {
    let mut dictionary = DictionaryDetector::new(words(choices, 6));
    dictionary.case_sensitive = choices.one_in(3);
    dictionary.validate = validators(choices);
    dictionary
}

/// Few words in several spellings that are one, so that terms begin like one another.
pub(crate) const SPELLINGS: &[&str] = &[
    "a", "b", "é", "e\u{301}", "E", "c", "Ｃ", "don't", "dont", "東", "京", "カ", "12", "１２",
    "ab", "ß", "ss", "x_y",
];

fn dictionary_of_words(choices: &mut Choices) -> DictionaryDetector {
    let spelt = |choices: &mut Choices| {
        // Some spellings are two words.
        let most = if choices.one_in(20) { 8 } else { 4 };
        let words = (0..choices.between(1, most)).map(|_| *choices.pick(SPELLINGS));
        let mut term = words.collect::<Vec<_>>().join(" ");
        if choices.one_in(4) {
            term.push('\t');
            term += *choices.pick(&["0", "1", "2", "3", "4"]);
        }
        term
    };
    let terms: Vec<String> = (0..choices.between(1, 8)).map(|_| spelt(choices)).collect();
    let mut dictionary = DictionaryDetector::new(terms);
    dictionary.matching = Matching::Words;
    dictionary.validate = validators(choices);
    if choices.one_in(2) {
        dictionary.weight = choices.below(4) as u32;
        let least = |choices: &mut Choices| choices.between(1, 8) as u32;
        dictionary.threshold = choices.one_in(2).then(|| least(choices));
        dictionary.count = choices.one_in(2).then(|| least(choices));
        dictionary.unique = choices.one_in(2);
        dictionary.within = *choices.pick(&[1000, 3, 10, 40, 200]);
    }
    dictionary
}

fn regex(choices: &mut Choices) -> RegexDetector {
    let mut regex = RegexDetector::new(pattern(choices));
    // What can only match the empty text is refused.
    let lengths = |pattern: &str| {
        let hir = parse(pattern)?;
        let properties = hir.properties();
        let least = properties.minimum_len()?;
        (properties.maximum_len() != Some(0)).then_some(least.max(1))
    };
    let least = lengths(&regex.pattern).unwrap_or_else(|| {
        regex = RegexDetector::new("(?:a|ab)b?");
        1
    });
    if choices.one_in(3) {
        let most = *choices.pick(&[1, 8, 20, 70, 300]);
        regex.max_len = Some(choices.between(least, least + most) as u32);
    }
    regex.validate = validators(choices);
    regex
}

fn validators(choices: &mut Choices) -> Vec<String> {
    if !choices.one_in(6) {
        return Vec::new();
    }
    let validator = match choices.below(3) {
        0 => "entropy:1.5",
        1 => "luhn",
        _ => choices.pick(validators::all()).name,
    };
    vec![validator.to_owned()]
}

fn exclude(choices: &mut Choices, classifier: &mut Classifier) {
    let exclude = &mut classifier.exclude;
    if let (true, Some(regex)) = (choices.one_in(2), classifier.regexes.first())
        && let Ok(value) = String::from_utf8(sample(choices, &regex.pattern))
        && !value.is_empty()
    {
        exclude.values.push(value);
    }
    if choices.one_in(2) {
        exclude.terms = words(choices, 2);
    }
    if choices.one_in(2) {
        exclude.patterns.push(pattern(choices));
    }
}

fn words(choices: &mut Choices, most: usize) -> Vec<String> {
    (0..choices.between(1, most))
        .map(|_| {
            let mut word = (*choices.pick(WORDS)).to_owned();
            while choices.one_in(4) {
                word += *choices.pick(WORDS);
            }
            word
        })
        .collect()
}
