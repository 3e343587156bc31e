//! Any rules and texts, cut anywhere: a stream redacts as the whole does.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sluicegate::compile;
use sluicegate_guard::redact::Style;
use sluicegate_tests::{Choices, Redaction, inputs, rules};

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices::from_bytes(bytes);
    let styles = [
        Style::Label,
        Style::Mask,
        Style::Partial { keep: 4 },
        Style::Numbered,
        Style::Vault,
    ];
    let style = choices.pick(&styles).clone();
    let rules = rules(&mut choices);
    let Ok(compiled) = compile(&rules) else { return };
    let mut redaction = Redaction::new(&compiled.database, &style);
    for text in inputs(&mut choices, &rules) {
        let whole = redaction.whole(&text).unwrap_or_else(|what| panic!("{what}"));
        let cut = choices.between(0, text.len());
        let step = choices.between(1, 64);
        let steps: Vec<usize> = (1..text.len()).step_by(step).collect();
        for cuts in [&[cut][..], &steps] {
            let outcome = redaction.cut(&text, cuts, &whole);
            outcome.unwrap_or_else(|what| panic!("{style:?}: {what}"));
        }
    }
});
