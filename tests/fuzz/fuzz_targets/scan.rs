//! Any rules and inputs: every oracle holds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sluicegate_tests::{Choices, Subject, inputs, rules};

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices::from_bytes(bytes);
    let rules = rules(&mut choices);
    let subject = Subject::new(&rules).unwrap_or_else(|difference| panic!("{difference}"));
    let Some(mut subject) = subject else { return };
    for input in inputs(&mut choices, &rules) {
        if let Err(difference) = subject.check(&input) {
            panic!("{difference}");
        }
    }
});
