//! Rows of tables in texts: the engine beside the definition, whole and in pieces.

use std::collections::HashSet;

use sluicegate::model::{Source, read_schema};
use sluicegate::{
    ExactIndex, IndexKey, Scanner, Scratch, Stream, build_exact, compile, reseal_index,
};
use sluicegate_tests::{Choices, RowSubject, carrier, people_schema, table};

fn key() -> IndexKey {
    IndexKey::new(b"the key of these tests").unwrap()
}

#[test]
fn the_rows_of_a_text_are_those_of_the_definition() {
    let mut found = 0;
    for seed in 0..3000 {
        let mut choices = Choices::from_seed(seed);
        let (schema, rows) = table(&mut choices);
        let mut subject = RowSubject::new(&schema, &rows);
        for _ in 0..4 {
            let input = carrier(&mut choices, &rows);
            let each: Vec<usize> = (1..input.len()).collect();
            let mut cuts: Vec<usize> = (0..3).map(|_| choices.below(input.len() + 1)).collect();
            cuts.sort_unstable();
            match subject.check(&input, &[&each, &cuts]) {
                Ok(count) => found += count,
                Err(difference) => panic!("seed {seed}: {difference}"),
            }
        }
    }
    assert!(
        found > 3000,
        "the generators make {found} rows, which is too few to tell"
    );
}

/// What the documentation states: an index of N distinct numbers of d digits holds the share N / 10^d of
/// all numbers of that length, and a name that a share of the rows has stands beside one by chance as
/// often as that. Hashes add nothing that could be counted.
#[test]
fn rows_are_found_by_chance_as_often_as_stated() {
    let names = [
        "ada", "ben", "cleo", "dora", "emil", "fritz", "gina", "hugo", "ida", "jon",
    ];
    let mut schema = people_schema();
    schema.columns.truncate(2);
    let mut choices = Choices::from_seed(11);
    let rows: Vec<[String; 2]> = (0..20_000)
        .map(|number| {
            let name = format!("{} example", choices.pick(&names));
            [format!("{:06}", number * 50 + choices.below(50)), name]
        })
        .collect();
    let index = ExactIndex::load(build_exact(&schema, &key(), &rows), &key()).unwrap();
    let mut scanner = Scanner::new(&compile(&[]).unwrap().database.with_exact(index).unwrap());
    let messages = 100_000;
    let mut found = 0;
    for _ in 0..messages {
        let name = choices.pick(&names);
        let text = format!("{} Example, {:06}", name, choices.below(1_000_000));
        found += scanner.scan(text.as_bytes()).rows.len();
    }
    // 20,000 of 1,000,000 numbers, one name of ten: 200 expected, and five standard deviations.
    assert!(
        (130..=270).contains(&found),
        "{found} rows are found by chance, 200 are expected"
    );

    schema.needed = 1;
    let index = ExactIndex::load(build_exact(&schema, &key(), &rows), &key()).unwrap();
    let mut scanner = Scanner::new(&compile(&[]).unwrap().database.with_exact(index).unwrap());
    let held: HashSet<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    let numbers: Vec<String> = (0..1_000_000)
        .map(|number| format!("{number:06}"))
        .collect();
    let scan = scanner.scan(numbers.join(",\n").as_bytes()).rows.len();
    assert_eq!(scan, held.len(), "each number of the table, and no other");
}

#[test]
fn damaged_indexes_are_refused_by_name() {
    let mut choices = Choices::from_seed(3);
    let (schema, rows) = table(&mut choices);
    let image = build_exact(&schema, &key(), &rows);
    let refused = |image: Vec<u8>| ExactIndex::load(image, &key()).unwrap_err().to_string();
    for len in 0..image.len() {
        let error = refused(image[..len].to_vec());
        let expected = if len < 8 {
            "not a sluicegate exact-data index"
        } else {
            "is truncated"
        };
        assert!(error.contains(expected), "{len} bytes: {error}");
    }
    for at in 0..image.len() {
        let mut damaged = image.clone();
        damaged[at] ^= 1 << choices.below(8);
        refused(damaged);
    }
    let mut newer = image.clone();
    newer[8] += 1;
    assert!(refused(newer).contains("of format version 2, this build reads 1"));
    let mut longer = image.clone();
    longer.push(0);
    assert!(refused(longer).contains("trailing bytes"));
    let mut other = image.clone();
    other[12] = 2;
    assert!(refused(other).contains("another kind of index"));
    let other = IndexKey::new(b"the key of other tests").unwrap();
    let error = ExactIndex::load(image, &other).unwrap_err();
    assert!(
        error.to_string().contains("was made with the key"),
        "{error}"
    );
}

/// Behind a right digest nothing is taken for granted.
#[test]
fn altered_and_resealed_indexes_do_no_harm() {
    let mut choices = Choices::from_seed(4);
    for _ in 0..40 {
        let (schema, rows) = table(&mut choices);
        let image = build_exact(&schema, &key(), &rows);
        let input = carrier(&mut choices, &rows);
        for _ in 0..200 {
            let mut damaged = image.clone();
            for _ in 0..choices.between(1, 3) {
                let at = choices.below(damaged.len());
                damaged[at] = choices.byte();
            }
            reseal_index(&mut damaged);
            if let Ok(index) = ExactIndex::load(damaged, &key()) {
                let database = compile(&[]).unwrap().database.with_exact(index).unwrap();
                Scanner::new(&database).scan(&input);
                let cuts: Vec<usize> = (1..input.len()).collect();
                let (mut scratch, mut stream) = (Scratch::new(), Stream::new(&database));
                for cut in cuts {
                    stream.push(&mut scratch, &input[cut - 1..cut]);
                }
                stream.finish(&mut scratch);
            }
        }
    }
}

#[test]
fn the_sample_is_the_schema_of_the_generated_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/people.toml");
    let text = std::fs::read_to_string(path).unwrap();
    assert_eq!(
        read_schema(&Source::new("people.toml", text)).unwrap(),
        people_schema()
    );
}
