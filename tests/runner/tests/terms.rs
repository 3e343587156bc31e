//! Dictionaries of words: a million terms beside a plain set of them, what is wrong with terms, what is
//! said of groups.

use std::collections::HashSet;
use std::fmt::Write;

use sluicegate::model::{Classifier, ClassifierId, Code, DictionaryDetector, Matching, Source};
use sluicegate::{Database, Decision, Scanner, Scratch, Stream, TermGroup, compile, trace};
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

fn of_words(terms: &[&str]) -> DictionaryDetector {
    let mut dictionary = DictionaryDetector::new(terms.iter().copied());
    dictionary.matching = Matching::Words;
    dictionary
}

fn classifier(dictionary: DictionaryDetector) -> Classifier {
    let mut classifier = Classifier::new(ClassifierId::new("custom.names").unwrap());
    classifier.dictionaries.push(dictionary);
    classifier
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
    let mut dictionary = of_words(&[]);
    dictionary.file = Some(Source::new("names.txt", file.as_str()));
    let compiled = compile(&[classifier(dictionary)]).unwrap();
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

#[test]
fn every_bad_term_is_reported_with_its_line() {
    let mut dictionary = of_words(&["fine", "?!", "heavy\tvery"]);
    let long = ["a"; 17].join(" ");
    let run = "a".repeat(65);
    let file = format!("fine too\n# no term\n...\n{long}\nfine\t1000001\nan {run} end\n");
    dictionary.file = Some(Source::new("names.txt", file));
    dictionary.case_sensitive = true;
    let problems = compile(&[classifier(dictionary)]).unwrap_err().0;
    let line = |place: &sluicegate::model::Place| place.source.line_at(place.span.start).0;
    let said: Vec<_> = problems
        .iter()
        .map(|problem| {
            let place = problem.place.as_ref().map(line);
            (problem.code, place, problem.message.as_str())
        })
        .collect();
    assert_eq!(
        said,
        [
            (
                Code::NotWithMatching,
                None,
                "`case_sensitive` does not go with this kind of matching"
            ),
            (Code::BadTerm, None, "term 2 has no words"),
            (Code::BadTerm, None, "term 3 has no weight behind its tab"),
            (Code::BadTerm, Some(3), "the term has no words"),
            (Code::BadTerm, Some(4), "the term has too many words"),
            (
                Code::BadTerm,
                Some(5),
                "the term has no weight behind its tab"
            ),
            (
                Code::BadTerm,
                Some(6),
                "the term has a run that is too long to be a word"
            ),
        ]
    );
}

#[test]
fn a_trace_tells_what_groups_reach() {
    let mut dictionary = of_words(&["a b\t3", "c"]);
    dictionary.threshold = Some(4);
    dictionary.count = Some(3);
    dictionary.within = 20;
    let compiled = compile(&[classifier(dictionary)]).unwrap();
    let index = compiled.database.find("custom.names").unwrap().index();
    let input = b"A-B, c ----------------------------- c, c";
    let events = trace(&compiled.database, index, input);
    let said: Vec<_> = events
        .iter()
        .map(|event| (event.start, event.end, event.decision.clone()))
        .collect();
    let group = |count, weight, confidence| {
        Decision::Terms(TermGroup {
            count: (count, Some(3)),
            weight: (weight, Some(4)),
            confidence,
        })
    };
    assert_eq!(
        said,
        [
            (0, 3, Decision::Counted { weight: 3 }),
            (0, 6, group(2, 4, Some(50))),
            (5, 6, Decision::Counted { weight: 1 }),
            (37, 38, Decision::Counted { weight: 1 }),
            (37, 41, group(2, 2, None)),
            (40, 41, Decision::Counted { weight: 1 }),
            (40, 41, group(1, 1, None)),
        ]
    );
    let found = Scanner::new(&compiled.database)
        .scan(input)
        .findings
        .to_vec();
    assert_eq!((found.len(), found[0].start, found[0].end), (1, 0, 6));
}
