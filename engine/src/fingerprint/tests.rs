//! What must hold of document fingerprints, whatever the texts.

use proptest::prelude::*;
use proptest::sample::Index;

use super::oracle::{CLASSIFIER, Documents, key, write};
use super::shingle::Family;
use super::{
    DocumentIndex, DocumentIndexWriter, DocumentMatch, DocumentSettings, Fingerprinter, Search,
    WORDS_SEEN,
};
use crate::finding::Finding;
use crate::index::{IndexKey, reseal_index};
use crate::limits;

/// What a search finds when the input ends in these places in turn, and how much it held back.
fn search(
    search: &mut Search,
    index: &DocumentIndex,
    input: &[u8],
    ends: impl IntoIterator<Item = usize>,
) -> (Vec<Finding>, Vec<DocumentMatch>, usize) {
    search.begin();
    let (mut findings, mut settled, mut held) = (Vec::new(), 0, 0);
    let mut base = 0;
    let mut read = |base: usize, end: usize, more: bool| {
        let before = findings.len();
        let next = search.read(
            index,
            CLASSIFIER,
            &input[base..end],
            base,
            more,
            &mut findings,
        );
        assert!(settled <= next && next <= end);
        assert!(
            findings[before..]
                .iter()
                .all(|found| found.start >= settled)
        );
        settled = next;
        held = held.max(end - next);
        search.needs()
    };
    for end in ends {
        base = read(base, end, true);
    }
    read(base, input.len(), false);
    findings.sort_unstable();
    (findings, search.matches().to_vec(), held)
}

fn search_whole(index: &DocumentIndex, input: &[u8]) -> (Vec<Finding>, Vec<DocumentMatch>) {
    let (findings, matches, _) = search(&mut Search::default(), index, input, []);
    (findings, matches)
}

/// Words, so few that all texts overlap, and what stands between words.
fn words(count: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => prop::sample::select(vec!["one", "two", "Three", "fóur"]),
        1 => prop::sample::select(vec!["a", "7", "it's", "東京"]),
    ];
    let space = prop_oneof![
        40 => Just(" ".to_owned()),
        5 => Just(",\r\n ".to_owned()),
        2 => (0..3000usize).prop_map(|len| " ".repeat(len)),
    ];
    let text = prop::collection::vec((word, space), count);
    text.prop_map(|text| {
        text.into_iter()
            .map(|(word, space)| word.to_owned() + &space)
            .collect()
    })
}

/// Tokens of source code in the same manner.
fn code(count: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "if ", "return ", "name ", "other", "(", ")", "(x)", "\"s\"", "'", "12 ", "\n", "\\\"",
        " = ",
    ]);
    prop::collection::vec(token, count).prop_map(|tokens| tokens.concat())
}

/// Texts, and an input of pieces of them with something between.
fn known(
    text: impl Strategy<Value = String> + Clone + 'static,
) -> impl Strategy<Value = (Vec<String>, String)> {
    let texts = prop::collection::vec(text.clone(), 1..5);
    let pieces =
        prop::collection::vec((any::<Index>(), any::<Index>(), any::<Index>(), text), 0..6);
    (texts, pieces).prop_map(|(texts, pieces)| {
        let mut input = String::new();
        for (text, from, to, other) in pieces {
            let text: Vec<char> = text.get(&texts).chars().collect();
            let (from, to) = (from.index(text.len() + 1), to.index(text.len() + 1));
            input.extend(&text[from.min(to)..from.max(to)]);
            input.push(' ');
            input.extend(other.chars().take(40));
        }
        (texts, input)
    })
}

fn settings() -> impl Strategy<Value = (u8, u8)> {
    (1..4u8, prop_oneof![Just(16u8), 1..4u8])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn finds_what_the_definition_says(
        (texts, input) in prop_oneof![
            known(words(0..120).boxed()).boxed(),
            known(code(0..300).boxed()).boxed(),
        ],
        is_code: bool,
        (minimum, max_documents) in settings(),
        cuts in prop::collection::vec(any::<Index>(), 0..30),
    ) {
        let mut documents = Documents::new(&texts);
        documents.settings.code = is_code;
        documents.settings.minimum = minimum;
        documents.settings.max_documents = max_documents;
        documents.boilerplate = texts[..texts.len() / 4].iter().map(|text| {
            text.chars().take(60).collect()
        }).collect();
        let index = documents.index();
        let expected = documents.find(&input);
        prop_assert_eq!(&search_whole(&index, input.as_bytes()), &expected);
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(input.len() + 1)).collect();
        ends.sort_unstable();
        let mut again = Search::default();
        for ends in [ends, (0..input.len()).collect()] {
            let (findings, matches, held) = search(&mut again, &index, input.as_bytes(), ends);
            prop_assert_eq!((findings, matches), expected.clone());
            prop_assert!(held <= 2 * limits::PASSAGE_LEN as usize);
        }
    }

    #[test]
    fn a_run_that_is_long_enough_is_seen(
        text in prop::collection::vec("[a-z]{3,6}", 60..100),
        at: Index,
        before in words(0..30),
    ) {
        let index = Documents::new(&[text.join(" ")]).index();
        let at = at.index(text.len() - WORDS_SEEN);
        let copy = text[at..at + WORDS_SEEN].join(" ");
        let input = format!("{before} . {copy} xyz");
        prop_assert!(!search_whole(&index, input.as_bytes()).0.is_empty());
    }

    #[test]
    fn form_does_not_count(text in prop::collection::vec("[a-z]{3,6}('[a-z]{2})?", 60..100)) {
        let text = text.join(" ");
        let index = Documents::new(std::slice::from_ref(&text)).index();
        let (_, expected) = search_whole(&index, text.as_bytes());
        prop_assert_eq!(expected[0].share_seen(), 1000);
        let forms = [
            text.to_uppercase(),
            text.replace(' ', "\r\n\t> "),
            text.replace(' ', "\u{201D}, \u{2014} \u{201C}"),
            text.replace('\'', "\u{2019}"),
            text.replace('e', "\u{E9}").replace('a', "a\u{308}"),
            text.replace('n', "n\u{AD}"),
        ];
        for form in forms {
            let (_, found) = search_whole(&index, form.as_bytes());
            prop_assert_eq!(found[0].seen, expected[0].seen, "{}", form);
        }
    }

    #[test]
    fn what_is_put_in_costs_only_the_shingles_across_it(
        text in prop::collection::vec("[a-z]{3,6}", 60..100),
        at: Index,
    ) {
        let index = Documents::new(&[text.join(" ")]).index();
        let at = at.index(text.len());
        let (head, tail) = (text[..at].join(" "), text[at..].join(" "));
        let input = format!("{head} This was not here before {tail}");
        let (_, found) = search_whole(&index, input.as_bytes());
        let lost = Family::Words.shingle() as u32 - 1;
        prop_assert!(found[0].seen + lost >= found[0].of);
    }

    #[test]
    fn names_in_code_do_not_count(
        tokens in prop::collection::vec(
            prop::sample::select(vec!["if", "return", "for", "N", "M", "(", ")", "{", "=", "N", "7"]),
            100..200,
        ),
        name in "[A-Z_][a-z0-9_]{0,20}",
    ) {
        let text = tokens.join(" ");
        let documents = Documents::code(std::slice::from_ref(&text));
        let index = documents.index();
        let renamed = text.replace('N', &name).replace('M', "\u{540D}");
        let (_, found) = search_whole(&index, renamed.as_bytes());
        let words = Fingerprinter::new(&key()).fingerprints(text.as_bytes(), false).prints;
        prop_assert!(found[0].seen as usize + words.len() >= found[0].of as usize);
    }
}

fn numbered(range: std::ops::Range<u32>) -> String {
    let words: Vec<String> = range.map(|number| format!("word{number}")).collect();
    words.join(" ") + " "
}

#[test]
fn what_is_in_too_many_documents_or_in_boilerplate_is_left_out() {
    let common = numbered(0..100);
    let mut documents =
        Documents::new(&[1, 2, 3].map(|n| common.clone() + &numbered(n * 1000..n * 1000 + 50)));
    assert_eq!(
        search_whole(&documents.index(), common.as_bytes()).1.len(),
        3
    );
    documents.settings.max_documents = 2;
    assert_eq!(search_whole(&documents.index(), common.as_bytes()).1, []);
    documents.settings.max_documents = 3;
    documents.boilerplate = vec![common.clone()];
    let index = documents.index();
    assert_eq!(search_whole(&index, common.as_bytes()).1, []);
    let (_, found) = search_whole(&index, documents.texts[1].as_bytes());
    assert_eq!(
        (found.len(), found[0].document, found[0].share_seen()),
        (1, 1, 1000)
    );
    assert!(found[0].share_covered() < 400);
}

#[test]
fn an_update_is_what_a_new_index_would_be() {
    let texts = [0, 1000, 2000, 950].map(|from| numbered(from..from + 100));
    let older = Documents::new(&texts[..3]).index();
    // The second document is taken out, the fourth put in.
    let newer = Documents::new(&[texts[0].clone(), texts[2].clone(), texts[3].clone()]);
    let prints = Fingerprinter::new(&key())
        .fingerprints(texts[3].as_bytes(), false)
        .prints;
    let settings = DocumentSettings::new("known");
    let entries = older.entries().count() + prints.len();
    let writer = DocumentIndexWriter::update(settings, &key(), &older, entries as u64).unwrap();
    let kept = older
        .entries()
        .filter_map(|(known, document)| match document {
            1 => None,
            document => Some((known, document / 2)),
        });
    let mut pairs: Vec<(u64, u32)> = kept.collect();
    pairs.extend(prints.iter().map(|&print| (writer.known(print), 2)));
    pairs.sort_unstable();
    let image = write(writer, 3, |writer, mut out| {
        for &(known, document) in &pairs {
            writer.push_known(known, document, &mut out);
        }
    });
    let updated = DocumentIndex::load(image, &key()).unwrap();
    let fresh = newer.index();
    assert_eq!(updated.card(), fresh.card());
    for text in texts {
        assert_eq!(
            search_whole(&updated, text.as_bytes()),
            search_whole(&fresh, text.as_bytes())
        );
    }
}

#[test]
fn more_fingerprints_than_are_counted_give_lower_bounds() {
    let text = numbered(0..300_000);
    let index = Documents::new(std::slice::from_ref(&text)).index();
    let (findings, found) = search_whole(&index, text.as_bytes());
    assert_eq!(
        (found[0].seen, found[0].complete),
        (limits::SEEN_FINGERPRINTS, false)
    );
    assert!(found[0].of > limits::SEEN_FINGERPRINTS);
    assert!(findings.len() > 500 && found[0].share_covered() >= 999);
}

#[test]
fn a_search_keeps_its_memory_and_nothing_else() {
    let text = numbered(0..5000);
    let index = Documents::new(std::slice::from_ref(&text)).index();
    let mut kept = Search::default();
    let first = search(&mut kept, &index, text.as_bytes(), []);
    let bytes = kept.bytes();
    for input in ["", &text[..400], &text] {
        let (findings, matches, _) = search(&mut kept, &index, input.as_bytes(), []);
        assert_eq!((findings, matches), search_whole(&index, input.as_bytes()));
        assert_eq!(kept.bytes(), bytes);
    }
    assert_eq!(search(&mut kept, &index, text.as_bytes(), []), first);
    let mut foreign = Search::default();
    let index = Documents::code(&["if (a) { return b; } ".repeat(20)]).index();
    search(&mut foreign, &index, text.as_bytes(), []);
    assert!(foreign.bytes() < 16 << 10, "{}", foreign.bytes());
}

#[test]
fn a_flood_between_words_holds_nothing_back() {
    let index = Documents::new(&[numbered(0..100)]).index();
    for flood in [" ", "\u{AD}", "a", "'", "\u{301}"] {
        let input = format!(
            "{}{}{}",
            numbered(0..20),
            flood.repeat(20_000),
            numbered(4..8)
        );
        let ends = (0..input.len()).step_by(97);
        let (.., held) = search(&mut Search::default(), &index, input.as_bytes(), ends);
        assert!(held <= 4096 + 97 + 200, "{flood:?} holds {held}");
    }
}

#[test]
fn passages_are_cut_at_their_longest() {
    let text = numbered(0..40);
    let documents = Documents::new(std::slice::from_ref(&text));
    let index = documents.index();
    let mut kept = Search::default();
    for gap in 3780..4100 {
        let (head, tail) = text.split_at(text.find(" word20").unwrap());
        let input = format!("{head}{}{tail}", " ".repeat(gap));
        let expected = documents.find(&input);
        let ends = [0..300, gap..input.len()].into_iter().flatten();
        let (findings, matches, _) = search(&mut kept, &index, input.as_bytes(), ends);
        assert_eq!((findings, matches), expected);
        assert_eq!(search_whole(&index, input.as_bytes()), expected);
    }
}

#[test]
fn an_index_says_what_it_is() {
    let mut documents = Documents::new(&[numbered(0..100), numbered(500..540)]);
    documents.settings.name = "board.minutes".to_owned();
    let index = documents.index();
    assert_eq!(
        (index.name(), index.classifier_id().as_str()),
        ("board.minutes", "document.board.minutes")
    );
    assert_eq!(
        (index.len(), index.is_empty(), index.confidence()),
        (2, false, 80)
    );
    assert_eq!((index.document(1).id, index.document(1).words), ("1", 100));
    let all = index.document(0).fingerprints + index.document(1).fingerprints;
    assert_eq!(all as usize, index.entries().count());
    let card = index.card();
    assert!(
        card.contains("\"shingle\":8,\"window\":7") && !card.contains("word1"),
        "{card}"
    );
    assert_eq!(
        format!("{index:?}"),
        "DocumentIndex { name: \"board.minutes\", documents: 2, .. }"
    );
}

#[test]
fn settings_out_of_range_are_refused() {
    let error = |change: fn(&mut DocumentSettings)| {
        let mut settings = DocumentSettings::new("known");
        change(&mut settings);
        DocumentIndexWriter::new(settings, &key(), 1)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        error(|settings| settings.minimum = 0),
        "minimum is 0, it can be 1 to 8"
    );
    assert_eq!(
        error(|settings| settings.confidence = 101),
        "confidence is 101, it can be 0 to 100"
    );
    assert_eq!(
        error(|settings| settings.max_documents = 65),
        "most documents is 65, it can be 1 to 64"
    );
    assert!(
        error(|settings| "My index".clone_into(&mut settings.name))
            .starts_with("the name makes no")
    );
}

#[test]
fn a_short_text_is_told() {
    let fingerprinter = Fingerprinter::new(&key());
    let is_too_short = |words| {
        fingerprinter
            .fingerprints(numbered(0..words).as_bytes(), false)
            .is_too_short()
    };
    assert!(is_too_short(0) && is_too_short(12));
    assert!(!is_too_short(60));
}

#[test]
fn damaged_images_are_refused_or_searched_without_harm() {
    let documents = Documents::code(&[numbered(0..60), "if (a) { return b; } ".repeat(20)]);
    let image = documents.image();
    let load = |image: &[u8]| DocumentIndex::load(image.to_vec(), &key());
    let other = IndexKey::new(b"another example of a secret").unwrap();
    let error = DocumentIndex::load(image.clone(), &other)
        .unwrap_err()
        .to_string();
    assert!(error.contains("was made with the key"), "{error}");
    assert!(
        load(&image[..image.len() - 1])
            .unwrap_err()
            .to_string()
            .contains("truncated")
    );
    let input = numbered(0..60) + &documents.texts[1];
    for place in (0..image.len()).step_by(3) {
        let mut altered = image.clone();
        altered[place] ^= 0x11;
        assert!(load(&altered).is_err());
        reseal_index(&mut altered);
        if let Ok(index) = load(&altered) {
            search_whole(&index, input.as_bytes());
            assert!((0..index.len() as u32).all(|number| index.document(number).id.len() < 9));
        }
    }
}
