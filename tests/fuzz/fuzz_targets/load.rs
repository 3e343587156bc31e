//! Any bytes, and damaged images, as a database: loading and scanning do not panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sluicegate_tests::{Choices, damaged_image, load_and_scan};

fuzz_target!(|bytes: &[u8]| {
    load_and_scan(bytes.to_vec(), bytes);
    let mut choices = Choices::from_bytes(bytes);
    if let Some((image, inputs)) = damaged_image(&mut choices) {
        for input in inputs {
            load_and_scan(image.clone(), &input);
        }
    }
});
