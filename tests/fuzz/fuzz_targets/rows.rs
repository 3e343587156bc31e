//! Any table and text: the rows in it are those of the definition, however it is cut. Any damage to the
//! index: nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sluicegate::{ExactIndex, IndexKey, Scanner, build_exact, compile, reseal_index};
use sluicegate_tests::{Choices, RowSubject, carrier, table};

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices::from_bytes(bytes);
    let (schema, rows) = table(&mut choices);
    let input = carrier(&mut choices, &rows);
    let each: Vec<usize> = (1..input.len()).collect();
    let cut = choices.below(input.len() + 1);
    if let Err(difference) = RowSubject::new(&schema, &rows).check(&input, &[&each, &[cut]]) {
        panic!("{difference}");
    }
    let key = IndexKey::new(b"the key of this target").expect("it is long enough");
    let mut image = build_exact(&schema, &key, &rows);
    for _ in 0..choices.between(1, 4) {
        let at = choices.below(image.len());
        image[at] = choices.byte();
    }
    reseal_index(&mut image);
    if let Ok(index) = ExactIndex::load(image, &key) {
        let database = compile(&[]).expect("no classifiers are wrong").database;
        if let Ok(database) = database.with_exact(index) {
            Scanner::new(&database).scan(&input);
        }
    }
});
