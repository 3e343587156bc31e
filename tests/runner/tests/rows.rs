//! Rows of tables in texts: the engine beside the definition, whole and in pieces.

use sluicegate::model::{Classifier, ClassifierId, ExactSchema};
use sluicegate::{
    Database, ExactIndex, IndexKey, Scanner, Scratch, Settled, Stream, build_exact, compile,
};
use sluicegate_tests::{Choices, RowReference, Rows, carrier, table};

fn key() -> IndexKey {
    IndexKey::new(b"the key of these tests").unwrap()
}

fn database(schema: &ExactSchema, rows: &[Vec<String>]) -> Database {
    let word = Classifier::new(ClassifierId::new("custom.word").unwrap()).with_regex(r"\bhof\b");
    let index = ExactIndex::load(build_exact(schema, &key(), rows), &key()).unwrap();
    compile(&[word])
        .unwrap()
        .database
        .with_exact(index)
        .unwrap()
}

fn scan(scanner: &mut Scanner, input: &[u8]) -> Rows {
    let scan = scanner.scan(input);
    let of_index = scan
        .findings
        .iter()
        .filter(|finding| finding.classifier.get() == 1);
    Rows {
        cells: of_index
            .map(|finding| (finding.start, finding.end))
            .collect(),
        rows: scan
            .rows
            .iter()
            .map(|row| (row.start, row.end, row.row, row.columns))
            .collect(),
    }
}

fn stream(database: &Database, input: &[u8], cuts: &[usize]) -> Rows {
    let (mut scratch, mut stream) = (Scratch::new(), Stream::new(database));
    let mut found = Rows {
        cells: Vec::new(),
        rows: Vec::new(),
    };
    let mut take = |settled: Settled<'_>, end: &mut usize| {
        for finding in settled.findings {
            assert!(
                (*end..settled.end).contains(&finding.start),
                "{finding:?} after {end}"
            );
            if finding.classifier.get() == 1 {
                found.cells.push((finding.start, finding.end));
            }
        }
        for row in settled.rows {
            assert!((*end..settled.end).contains(&row.start));
            found.rows.push((row.start, row.end, row.row, row.columns));
        }
        *end = settled.end;
    };
    let (mut at, mut end) = (0, 0);
    for &cut in cuts {
        take(stream.push(&mut scratch, &input[at..cut]), &mut end);
        assert_eq!(stream.held(), cut - end);
        at = cut;
    }
    take(stream.push(&mut scratch, &input[at..]), &mut end);
    take(stream.finish(&mut scratch), &mut end);
    assert_eq!(end, input.len());
    found
}

#[test]
fn the_rows_of_a_text_are_those_of_the_definition() {
    let mut found = 0;
    for seed in 0..3000 {
        let mut choices = Choices::from_seed(seed);
        let (schema, rows) = table(&mut choices);
        let reference = RowReference::new(&schema, &rows);
        let database = database(&schema, &rows);
        let mut scanner = Scanner::new(&database);
        for _ in 0..4 {
            let input = carrier(&mut choices, &rows);
            let expected = reference.scan(&input);
            found += expected.rows.len();
            let shown = || {
                format!(
                    "seed {seed}: {:?}\n{schema:?}\n{rows:?}",
                    String::from_utf8_lossy(&input)
                )
            };
            assert_eq!(scan(&mut scanner, &input), expected, "{}", shown());
            let each: Vec<usize> = (1..input.len()).collect();
            assert_eq!(
                stream(&database, &input, &each),
                expected,
                "in bytes, {}",
                shown()
            );
            let mut cuts: Vec<usize> = (0..3).map(|_| choices.below(input.len() + 1)).collect();
            cuts.sort_unstable();
            assert_eq!(
                stream(&database, &input, &cuts),
                expected,
                "at {cuts:?}, {}",
                shown()
            );
        }
    }
    assert!(
        found > 3000,
        "the generators make {found} rows, which is too few to tell"
    );
}
