//! What the writer writes the reader reads back; and nothing makes the reader panic.

use proptest::prelude::*;
use proptest::sample::select;
use sluicegate_model::{
    Acceptance, Classifier, ClassifierId, Code, Composite, Context, ContextEffect, Counterexample,
    DictionaryDetector, Example, Exclusions, Matching, Member, RegexDetector, Severity, Source,
    Stage, expand_template, read_cases, read_pack, to_json, to_text, write_pack,
};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z ]{1,12}",
        r#"[a-z'"\\\n\t{}$#=]{1,12}"#,
        proptest::collection::vec(any::<char>(), 1..8).prop_map(String::from_iter),
        select(vec![
            "'''",
            "\"\"\"",
            "\r\n",
            "\u{200b}",
            "\u{e0041}",
            "\\",
            "'",
            "a'''b'"
        ])
        .prop_map(str::to_owned),
    ]
}

fn texts(least: usize) -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(text(), least..4)
}

fn regex() -> impl Strategy<Value = RegexDetector> {
    (text(), proptest::option::of(1..=65_536_u32), texts(0)).prop_map(
        |(pattern, max_len, validate)| RegexDetector {
            pattern,
            max_len,
            validate,
            place: None,
        },
    )
}

fn dictionary() -> impl Strategy<Value = DictionaryDetector> {
    (
        texts(1),
        any::<bool>(),
        texts(0),
        proptest::option::of(words()),
    )
        .prop_map(|(terms, case_sensitive, validate, words)| {
            let mut dictionary = words.unwrap_or(DictionaryDetector {
                case_sensitive,
                ..DictionaryDetector::new(Vec::<String>::new())
            });
            dictionary.terms = terms;
            dictionary.validate = validate;
            dictionary
        })
}

/// A dictionary of words, without terms.
fn words() -> impl Strategy<Value = DictionaryDetector> {
    let threshold = || proptest::option::of(1..=65_536_u32);
    (
        0..=1_000_000_u32,
        threshold(),
        threshold(),
        any::<bool>(),
        1..=65_536_u32,
    )
        .prop_map(
            |(weight, threshold, count, unique, within)| DictionaryDetector {
                matching: Matching::Words,
                weight,
                threshold,
                count,
                unique,
                within,
                ..DictionaryDetector::new(Vec::<String>::new())
            },
        )
}

fn composite() -> impl Strategy<Value = Composite> {
    let pattern = "[a-z]{1,8}(\\.[a-z0-9-]{1,8}){0,3}(\\.?\\*)?";
    let member = (proptest::collection::vec(pattern, 1..4), 0..=1_000_000_u32).prop_map(
        |(classifiers, weight)| Member {
            classifiers,
            weight,
            place: None,
        },
    );
    (
        1..=65_536_u32,
        1..=1_000_u32,
        1..=65_536_u32,
        0..=1_000_000_u32,
        0..=100_u8,
        proptest::collection::vec(member, 1..4),
    )
        .prop_map(
            |(within, kinds, values, weight, min_confidence, members)| Composite {
                within,
                kinds,
                values,
                weight,
                min_confidence,
                members,
                place: None,
            },
        )
}

fn context() -> impl Strategy<Value = Context> {
    (
        texts(1),
        1..=4096_u32,
        select(ContextEffect::ALL.to_vec()),
        0..=100_u8,
    )
        .prop_map(|(keywords, window, effect, amount)| Context {
            keywords,
            window,
            effect,
            amount,
            place: None,
        })
}

fn exclusions() -> impl Strategy<Value = Exclusions> {
    (texts(0), texts(0), texts(0)).prop_map(|(values, terms, patterns)| Exclusions {
        values,
        terms,
        patterns,
        place: None,
    })
}

fn example() -> impl Strategy<Value = Example> {
    prop_oneof![
        text().prop_map(|text| Example {
            text,
            value: None,
            template: None,
            place: None
        }),
        (text(), text(), text()).prop_map(|(before, value, after)| Example {
            text: format!("{before}{value}{after}"),
            value: Some(value),
            template: None,
            place: None,
        }),
        (text(), any::<bool>()).prop_map(|(before, alone)| Example {
            text: if alone {
                String::new()
            } else {
                format!("{before}{{value}}")
            },
            value: None,
            template: Some("ghp_{alnum:30}{crc32-base62:6}".to_owned()),
            place: None,
        }),
    ]
}

fn counterexample() -> impl Strategy<Value = Counterexample> {
    (text(), "[a-z]{0,5}").prop_map(|(text, why)| Counterexample {
        text,
        template: None,
        why,
        place: None,
    })
}

fn acceptance() -> impl Strategy<Value = Acceptance> {
    (select(vec![Code::NoReference, Code::Expensive]), text()).prop_map(|(code, reason)| {
        Acceptance {
            code,
            reason,
            place: None,
        }
    })
}

fn classifier() -> impl Strategy<Value = Classifier> {
    let head = (
        "[a-z]{1,8}(\\.[a-z0-9-]{1,8}){0,3}",
        (
            prop_oneof![Just(String::new()), text()],
            prop_oneof![Just(String::new()), text()],
        ),
        select(Severity::ALL.to_vec()),
        0..=100_u8,
        texts(0),
        proptest::option::of(text()),
        texts(0),
        proptest::option::of(0.0..=1.0_f64),
        (proptest::option::of(text()), select(Stage::ALL.to_vec())),
        proptest::collection::vec(acceptance(), 0..3),
    );
    let detectors = (
        proptest::collection::vec(regex(), 1..3),
        proptest::collection::vec(dictionary(), 0..3),
    );
    let rest = (
        proptest::option::weighted(0.2, composite()),
        proptest::option::of(context()),
        exclusions(),
        proptest::collection::vec(example(), 0..3),
        proptest::collection::vec(counterexample(), 0..3),
    );
    (head, detectors, rest).prop_map(|(head, detectors, rest)| {
        let (id, (name, description), severity, confidence, tags, presidio, ..) = head;
        let (.., references, chance, (since, stage), accept) = head;
        let (mut regexes, mut dictionaries) = detectors;
        let (composite, mut context, mut exclude, examples, counterexamples) = rest;
        if composite.is_some() {
            (regexes, dictionaries) = (Vec::new(), Vec::new());
            (context, exclude) = (None, Exclusions::default());
        }
        Classifier {
            id: ClassifierId::new(&id).expect("made of the right characters"),
            name,
            description,
            severity,
            confidence,
            tags,
            presidio,
            references,
            chance,
            since,
            stage,
            accept,
            regexes,
            dictionaries,
            composite,
            context,
            exclude,
            examples,
            counterexamples,
            place: None,
        }
    })
}

/// The classifier without its places, which the writer can't keep.
fn without_places(mut classifier: Classifier) -> Classifier {
    classifier.place = None;
    classifier
        .accept
        .iter_mut()
        .for_each(|part| part.place = None);
    classifier
        .regexes
        .iter_mut()
        .for_each(|part| part.place = None);
    classifier
        .dictionaries
        .iter_mut()
        .for_each(|part| part.place = None);
    if let Some(composite) = &mut classifier.composite {
        composite.place = None;
        composite
            .members
            .iter_mut()
            .for_each(|part| part.place = None);
    }
    classifier
        .context
        .iter_mut()
        .for_each(|part| part.place = None);
    classifier.exclude.place = None;
    classifier
        .examples
        .iter_mut()
        .for_each(|part| part.place = None);
    classifier
        .counterexamples
        .iter_mut()
        .for_each(|part| part.place = None);
    classifier
}

/// Reads a pack and renders what is wrong with it.
fn read_and_render(pack: &str) {
    let source = Source::new("pack.toml", pack);
    let (classifiers, problems) = read_pack(&source, &mut |file| match file.len() % 3 {
        0 => Err("no such file".to_owned()),
        1 => Ok("a,b\n1,2\n3,\n".to_owned()),
        _ => Ok(file.repeat(20)),
    });
    to_text(&problems, true);
    to_json(&problems);
    for classifier in &classifiers {
        for example in &classifier.examples {
            example.expand().expect("the reader checked the template");
        }
    }
    write_pack(&classifiers, pack);
}

const PACK: &str = "\
# A pack.
[[classifier]]
id = \"custom.ticket\"
severity = \"high\"
chance = 1e-6
[[classifier.regex]]
pattern = 'TCK-[0-9]{6}'
validate = [\"luhn\"]
[classifier.context]
keywords = [\"ticket\", \"case\"]
[[classifier.example]]
text = \"see {value}\"
template = \"TCK-{digit:6}\"
[[table]]
file = \"x.csv\"
[table.classifier]
id = \"custom.${a}\"
tags = [\"${b*}\"]
[[table.classifier.dictionary]]
terms = [\"${a}x\"]
[[classifier]]
id = \"custom.names\"
[[classifier.dictionary]]
match = \"words\"
file = \"names\"
count = 2
";

proptest! {
    #[test]
    fn written_packs_read_back(mut pack in proptest::collection::vec(classifier(), 0..4), header in text()) {
        pack.sort_by(|a, b| a.id.cmp(&b.id));
        pack.dedup_by(|a, b| a.id == b.id);
        let written = write_pack(&pack, &header);
        let source = Source::new("pack.toml", written.clone());
        let (read, problems) = read_pack(&source, &mut |_| Err(String::new()));
        prop_assert!(problems.is_empty(), "{}{}", to_text(&problems, false), written);
        let read: Vec<Classifier> = read.into_iter().map(without_places).collect();
        prop_assert_eq!(&read, &pack);
        prop_assert_eq!(write_pack(&read, &header), written);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}", lines in "[\\[\\]a-z=.\"'{}\n${*}0-9]{0,200}") {
        read_and_render(&text);
        read_and_render(&lines);
        read_cases(&text);
        let _ = expand_template(&text);
        let _ = expand_template(&lines);
    }

    #[test]
    fn no_mutation_of_a_pack_makes_the_reader_panic(
        from in 0..PACK.len(),
        length in 0..40_usize,
        inserted in prop_oneof!["[\\[\\]a-z=.\"'{}\n${*}0-9-]{0,12}", "\\PC{0,4}"],
        again in 0..PACK.len(),
    ) {
        let to = (from + length).min(PACK.len());
        let once = format!("{}{inserted}{}", &PACK[..from], &PACK[to..]);
        read_and_render(&once);
        read_and_render(&format!("{once}{}", &PACK[again..]));
    }

    #[test]
    fn no_fields_make_the_template_panic(template in "(\\{|\\}|\\[|\\]|:|-|digit|crc32-base62|b64url-of:|[a-z0-9]|é){0,20}") {
        let _ = expand_template(&template);
    }
}
