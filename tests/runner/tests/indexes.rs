//! Rows, passages and composites of both beside compiled classifiers: in one scan, and in streams however
//! they are cut.

use sluicegate::model::{Classifier, ClassifierId, Composite, Member};
use sluicegate::{
    Database, DocumentIndex, DocumentMatch, DocumentSettings, ExactIndex, Finding, IndexKey,
    PassageMatch, RowMatch, Scanner, Scratch, Settled, Stream, build_documents, build_exact,
    compile,
};
use sluicegate_tests::{Choices, people_schema, person};

const TEXTS: [&str; 3] = [
    "The council meets on the first Monday of each month in the old mill, where the sluice was \
     opened for the first time after the flood, and hears whoever has something to say about the \
     water, the bridges and the keeper's dog.",
    "Whoever opens the gate before the bell has been rung twice answers for the meadows below it \
     with everything he owns, and his neighbours answer for him when he owns nothing at all.",
    "fn level(gate: &Gate, hours: u32) -> Result<u32, Closed> {\n    if gate.is_open() {\n        \
     return Ok(gate.inflow() * hours - gate.outflow());\n    }\n    for hour in 0..hours {\n        \
     if let Some(level) = gate.level_at(hour) {\n            return Ok(level);\n        }\n    }\n    \
     Err(Closed { gate: gate.name.clone(), hours })\n}\n",
];

/// What is found: findings, rows, passages, and how much of documents.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    findings: Vec<Finding>,
    rows: Vec<RowMatch>,
    passages: Vec<PassageMatch>,
    documents: Vec<DocumentMatch>,
}

fn database(needed: u8) -> Database {
    let key = IndexKey::new(b"the key of these tests").unwrap();
    let mut schema = people_schema();
    schema.needed = needed;
    let rows: Vec<[String; 5]> = (0..50).map(|number| person(1, number)).collect();
    let rows = ExactIndex::load(build_exact(&schema, &key, &rows), &key).unwrap();
    let texts = TEXTS.iter().enumerate();
    let texts = texts.map(|(number, text)| (format!("text-{number}"), text, number == 2));
    let texts = build_documents(DocumentSettings::new("texts"), &key, texts).unwrap();
    let texts = DocumentIndex::load(texts, &key).unwrap();
    let word = Classifier::new(ClassifierId::new("custom.word").unwrap()).with_regex(r"\bmill\b");
    let members = ["exact.people", "document.*", "custom.word"].map(|id| Member::new([id]));
    let mut group = Classifier::new(ClassifierId::new("custom.group").unwrap());
    group.composite = Some(Composite {
        kinds: 2,
        within: 400,
        ..Composite::new(members.to_vec())
    });
    let compiled = compile(&[word, group]).unwrap().database;
    compiled
        .with_exact(rows)
        .unwrap()
        .with_documents(texts)
        .unwrap()
}

/// Sentences of the documents and cells of the table among other words.
fn text(choices: &mut Choices<'_>) -> String {
    let mut text = String::new();
    for _ in 0..choices.between(2, 9) {
        match choices.below(4) {
            0 => {
                let words: Vec<&str> = choices.pick(&TEXTS).split_inclusive(' ').collect();
                let first = choices.below(words.len());
                let count = choices.between(5, 30);
                text.extend(words[first..].iter().take(count).copied());
            }
            1 => {
                let row = person(1, choices.below(60) as u64);
                for cell in &row {
                    if choices.one_in(2) {
                        continue;
                    }
                    text.push_str(cell);
                    text.push_str(choices.pick::<&str>(&[", ", "\n", " "]));
                }
            }
            2 => text.push_str("the mill, naïve as it is: "),
            _ => text.push_str(&"something else, 12 of it; ".repeat(choices.between(1, 12))),
        }
    }
    text
}

fn whole(scanner: &mut Scanner, input: &[u8]) -> Found {
    let scan = scanner.scan(input);
    Found {
        findings: scan.findings.to_vec(),
        rows: scan.rows.to_vec(),
        passages: scan.passages.to_vec(),
        documents: scan.documents.to_vec(),
    }
}

fn pieces(database: &Database, input: &[u8], size: usize) -> Found {
    let (mut scratch, mut stream) = (Scratch::new(), Stream::new(database));
    let mut found = Found::default();
    let mut from = 0;
    let mut take = |settled: Settled<'_>| {
        let starts = settled.findings.iter().map(|finding| finding.start);
        let starts = starts.chain(settled.rows.iter().map(|row| row.start));
        let mut starts = starts.chain(settled.passages.iter().map(|passage| passage.start));
        assert!(starts.all(|start| (from..settled.end).contains(&start)));
        from = settled.end;
        found.findings.extend(settled.findings);
        found.rows.extend(settled.rows);
        found.passages.extend(settled.passages);
        found.documents.extend(settled.documents);
    };
    for piece in input.chunks(size) {
        take(stream.push(&mut scratch, piece));
    }
    take(stream.finish(&mut scratch));
    found
}

#[test]
fn everything_is_found_in_one_scan_and_in_streams() {
    let mut total = Found::default();
    let mut groups = 0;
    for needed in [1, 2] {
        let database = database(needed);
        let mut scanner = Scanner::new(&database);
        let group = database.find("custom.group").unwrap().index();
        for seed in 0..300 {
            let text = text(&mut Choices::from_seed(seed));
            let expected = whole(&mut scanner, text.as_bytes());
            for size in [1, 2, 5, 64, 700] {
                let found = pieces(&database, text.as_bytes(), size);
                assert_eq!(found, expected, "seed {seed}, pieces of {size}: {text}");
            }
            groups += expected
                .findings
                .iter()
                .filter(|found| found.classifier == group)
                .count();
            total.rows.extend(expected.rows);
            total.passages.extend(expected.passages);
        }
    }
    assert!(groups > 100 && total.rows.len() > 100 && total.passages.len() > 100);
}

#[test]
fn an_id_is_used_once() {
    let key = IndexKey::new(b"the key of these tests").unwrap();
    let index = || {
        let image = build_exact(&people_schema(), &key, [person(1, 0)]);
        ExactIndex::load(image, &key).unwrap()
    };
    let database = compile(&[]).unwrap().database.with_exact(index()).unwrap();
    let error = database.with_exact(index()).unwrap_err();
    assert_eq!(
        (error.id(), error.to_string().as_str()),
        (
            "exact.people",
            "there is a classifier `exact.people` already"
        )
    );
    let named = Classifier::new(ClassifierId::new("exact.people").unwrap()).with_regex("x");
    assert!(
        compile(&[named])
            .unwrap()
            .database
            .with_exact(index())
            .is_err()
    );
}

#[test]
fn a_digest_tells_indexes_apart() {
    let key = IndexKey::new(b"the key of these tests").unwrap();
    let with = |number| {
        let image = build_exact(&people_schema(), &key, [person(1, number)]);
        let index = ExactIndex::load(image, &key).unwrap();
        compile(&[])
            .unwrap()
            .database
            .with_exact(index)
            .unwrap()
            .digest()
    };
    assert_eq!(with(0), with(0));
    assert_ne!(with(0), with(1));
    assert_ne!(with(0), compile(&[]).unwrap().database.digest());
}
