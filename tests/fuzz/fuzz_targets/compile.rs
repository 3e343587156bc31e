//! Any text as a pack: reading and compiling it does not panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sluicegate::compile;
use sluicegate::model::{Classifier, ClassifierId, Source, read_pack};

fuzz_target!(|text: &str| {
    let (rules, _) = read_pack(&Source::new("pack", text), &mut |_| Err("no file".to_owned()));
    let _ = compile(&rules);
    let id = ClassifierId::new("custom.pattern").expect("a well-formed id");
    let _ = compile(&[Classifier::new(id).with_regex(text)]);
});
