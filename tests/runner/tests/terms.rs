//! A million terms, beside a plain set of them.

use std::collections::HashSet;
use std::fmt::Write;

use sluicegate::model::{Classifier, ClassifierId, DictionaryDetector, Matching, Source};
use sluicegate::{Database, Scanner, Scratch, Stream, compile};
use sluicegate_tests::Choices;

const TERMS: usize = 1_000_000;
/// Most words of a term here.
const MOST: usize = 4;

/// A word of one to five syllables; the short ones come often.
fn word(choices: &mut Choices, text: &mut String) {
    let syllables = choices.between(1, 5);
    for _ in 0..syllables {
        text.push(char::from(*choices.pick(b"bcdfghklmnprstvwz")));
        text.push(char::from(*choices.pick(b"aeiou")));
    }
}

fn term(choices: &mut Choices) -> String {
    let mut term = String::new();
    for number in 0..choices.between(1, MOST) {
        if number > 0 {
            term.push(' ');
        }
        word(choices, &mut term);
    }
    term
}

/// The longest term at each word, the search going on behind it; words are parted by one space.
fn expected(terms: &HashSet<&str>, text: &str) -> Vec<(usize, usize)> {
    let mut starts = vec![0];
    starts.extend(text.match_indices(' ').map(|(at, _)| at + 1));
    let end = |word: usize| starts.get(word + 1).map_or(text.len(), |next| next - 1);
    let mut found = Vec::new();
    let mut at = 0;
    while at < starts.len() {
        let most = MOST.min(starts.len() - at);
        let longest = (1..=most)
            .rev()
            .find(|count| terms.contains(&text[starts[at]..end(at + count - 1)]));
        if let Some(count) = longest {
            found.push((starts[at], end(at + count - 1)));
        }
        at += longest.unwrap_or(1);
    }
    found
}

#[test]
fn a_million_terms_are_found_like_in_a_plain_set() {
    let mut choices = Choices::from_seed(1);
    let mut file = String::new();
    for _ in 0..TERMS {
        let mut term = term(&mut choices);
        if choices.one_in(10) {
            term.make_ascii_uppercase();
        }
        writeln!(file, "{term}\t{}", choices.below(5)).expect("writing to a string succeeds");
    }
    let mut dictionary = DictionaryDetector::new(Vec::<String>::new());
    dictionary.matching = Matching::Words;
    dictionary.file = Some(Source::new("names.txt", file.as_str()));
    let mut names = Classifier::new(ClassifierId::new("custom.names").unwrap());
    names.dictionaries.push(dictionary);
    let compiled = compile(&[names]).unwrap();
    assert!(compiled.plans[0].plan.reason.contains("1000000 terms"));
    let image = compiled.database.image().to_vec();
    assert!(image.len() < 60_000_000, "{} bytes", image.len());
    let database = Database::load(image).unwrap();

    let lowered = file.to_ascii_lowercase();
    let terms: HashSet<&str> = lowered
        .lines()
        .filter_map(|line| line.split('\t').next())
        .collect();
    let all: Vec<&str> = lowered.lines().collect();
    let mut text = String::new();
    while text.len() < 2_000_000 {
        if choices.one_in(4) {
            let line = all[choices.below(all.len())];
            text += line.split('\t').next().unwrap_or_default();
        } else {
            word(&mut choices, &mut text);
        }
        text.push(' ');
    }
    text.push_str("end");
    let expected = expected(&terms, &text);
    assert!(expected.len() > 100_000);
    let mut scanner = Scanner::new(&database);
    let found = scanner.scan(text.as_bytes()).findings;
    assert!(
        found
            .iter()
            .map(|found| (found.start, found.end))
            .eq(expected.iter().copied())
    );

    let (mut scratch, mut stream) = (Scratch::new(), Stream::new(&database));
    let mut streamed = Vec::new();
    let part = &text.as_bytes()[..100_000];
    for piece in part.chunks(7) {
        let settled = stream.push(&mut scratch, piece);
        streamed.extend_from_slice(settled.findings);
        // Four words with what stands between them, and the end of the last.
        assert!(stream.held() <= 64, "{} bytes are held", stream.held());
    }
    streamed.extend_from_slice(stream.finish(&mut scratch).findings);
    assert!(streamed == scanner.scan(part).findings);
}
