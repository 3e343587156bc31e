//! Inputs that have to do with the rules: what they match, what they nearly match, and what lies
//! between, at every place in a block.

use sluicegate::model::{Classifier, DictionaryDetector, Matching};
use sluicegate::validators;

use crate::pattern::WORDS;
use crate::rules::SPELLINGS;
use crate::{Choices, sample};

/// Bytes of a block of the filters, and of the span that they search in one call.
const BLOCK: usize = 64;
const SPAN: usize = 512;

const SEPARATORS: &[&[u8]] = &[
    b" ",
    b"\n",
    b"",
    b"=",
    b"_",
    b"-",
    b".",
    b"\r\n",
    b"\"",
    b"0",
    b"a",
    b"\t",
    b"\0",
    b"\xc3",
    b"\x80",
    b"\xff",
    "é".as_bytes(),
    ":".as_bytes(),
];

/// A few inputs for one set of rules.
pub fn inputs(choices: &mut Choices, rules: &[Classifier]) -> Vec<Vec<u8>> {
    (0..choices.between(1, 4))
        .map(|_| input(choices, rules))
        .collect()
}

fn input(choices: &mut Choices, rules: &[Classifier]) -> Vec<u8> {
    let mut text = Vec::new();
    // Once in a while long enough for the scanner to settle what waits before the input ends.
    let most = if choices.one_in(200) {
        12_000
    } else {
        choices.between(1, 300)
    };
    for _ in 0..=choices.below(most.min(40)) {
        if text.len() >= most {
            break;
        }
        if choices.one_in(6) {
            align(choices, &mut text);
        }
        let piece = piece(choices, rules);
        let times = match choices.below(16) {
            14 => choices.between(2, 8),
            15 => (most / piece.len().max(1)).min(3000),
            _ => 1,
        };
        for _ in 0..times {
            text.extend_from_slice(&piece);
        }
        if !choices.one_in(3) {
            text.extend_from_slice(choices.pick::<&[u8]>(SEPARATORS));
        }
    }
    text
}

/// Pads so that what follows starts near the edge of a block, or of a span.
fn align(choices: &mut Choices, text: &mut Vec<u8>) {
    let filler = *choices.pick(b" .a0_\n\xff");
    let size = if choices.one_in(3) { SPAN } else { BLOCK };
    let place = (size + 8 - choices.below(24)) % size;
    while text.len() % size != place {
        text.push(filler);
    }
}

fn piece(choices: &mut Choices, rules: &[Classifier]) -> Vec<u8> {
    if rules.is_empty() {
        return Vec::new();
    }
    let classifier = choices.pick(rules);
    if classifier.composite.is_some() {
        return together(choices, rules);
    }
    match choices.below(12) {
        0..=4 => matching(choices, classifier),
        5 | 6 => {
            let text = matching(choices, classifier);
            damaged(choices, text)
        }
        7 => match &classifier.context {
            Some(context) => choices.pick(&context.keywords).clone().into_bytes(),
            None => choices.pick(WORDS).as_bytes().to_vec(),
        },
        8 => {
            let byte = choices.byte();
            vec![byte; choices.between(1, 80)]
        }
        9 => (0..choices.between(1, 20))
            .map(|_| choices.byte())
            .collect(),
        10 => {
            let byte = *choices.pick(b"a0 A_\n.");
            vec![byte; choices.between(1, 80)]
        }
        _ => {
            let valid = choices.pick(validators::all()).valid;
            valid
                .first()
                .map_or(Vec::new(), |_| choices.pick(valid).as_bytes().to_vec())
        }
    }
}

/// Things that several of the classifiers may match, near one another.
fn together(choices: &mut Choices, rules: &[Classifier]) -> Vec<u8> {
    let mut text = Vec::new();
    for _ in 0..choices.between(2, 6) {
        let classifier = choices.pick(rules);
        if classifier.composite.is_none() {
            text.extend(matching(choices, classifier));
            text.extend_from_slice(choices.pick::<&[u8]>(SEPARATORS));
        }
    }
    text
}

/// Something one of the detectors may match.
fn matching(choices: &mut Choices, classifier: &Classifier) -> Vec<u8> {
    let detectors = classifier.regexes.len() + classifier.dictionaries.len();
    let number = choices.below(detectors);
    if let Some(regex) = classifier.regexes.get(number) {
        return sample(choices, &regex.pattern);
    }
    let Some(dictionary) = classifier
        .dictionaries
        .get(number - classifier.regexes.len())
    else {
        return Vec::new();
    };
    if dictionary.matching == Matching::Words {
        return spelt(choices, dictionary);
    }
    let mut term = choices.pick(&dictionary.terms).clone().into_bytes();
    if choices.one_in(2) {
        term.make_ascii_uppercase();
    }
    term
}

/// What stands between words that belong together, or just does not.
const GAPS: &[&str] = &[
    " ",
    "-",
    "\u{3000}",
    "\n\t",
    ", ",
    "  ",
    "                ",
    "                 ",
    "'",
    "_",
];

/// Some terms of a dictionary of words one after the other, or their words in other spellings.
fn spelt(choices: &mut Choices, dictionary: &DictionaryDetector) -> Vec<u8> {
    let mut text = String::new();
    for _ in 0..choices.between(1, 5) {
        let term = choices.pick(&dictionary.terms);
        for word in term.split('\t').next().unwrap_or_default().split(' ') {
            text += if choices.one_in(12) {
                *choices.pick(SPELLINGS)
            } else {
                word
            };
            let gaps = if choices.one_in(4) { GAPS } else { &GAPS[..1] };
            text += *choices.pick(gaps);
        }
    }
    if choices.one_in(3) {
        text = text.to_uppercase();
    }
    text.into_bytes()
}

/// The same with one thing wrong.
fn damaged(choices: &mut Choices, mut text: Vec<u8>) -> Vec<u8> {
    if text.is_empty() {
        return text;
    }
    let at = choices.below(text.len());
    match choices.below(6) {
        0 => text[at] = choices.byte(),
        1 => drop(text.remove(at)),
        2 => text.insert(at, choices.byte()),
        3 => text[at] ^= 0x20,
        4 => text.truncate(at),
        _ => drop(text.drain(..at)),
    }
    text
}
