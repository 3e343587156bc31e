//! The oracles over random sets of rules; `differential` does the same for longer.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use sluicegate::compile;
use sluicegate::model::{Source, read_pack, write_pack};
use sluicegate_tests::{
    Choices, Subject, damaged_image, inputs, load_and_scan, pattern, rules, sample,
};

/// Decisions as bytes, which proptest can make fewer.
fn decisions() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..800)
}

/// The same cases at each run: `differential` and the fuzz targets are there to look further.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 1500,
        max_shrink_iters: 500,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_oracle_holds(bytes in decisions()) {
        let mut choices = Choices::from_bytes(&bytes);
        let rules = rules(&mut choices);
        let subject = Subject::new(&rules).map_err(|difference| fail(&rules, &[], &difference))?;
        if let Some(mut subject) = subject {
            for input in inputs(&mut choices, &rules) {
                subject
                    .check(&input)
                    .map_err(|difference| fail(&rules, &input, &difference))?;
            }
        }
    }

    /// Or else the generators would test nothing.
    #[test]
    fn generated_patterns_parse_and_their_samples_match(seed in any::<u64>()) {
        let mut choices = Choices::from_seed(seed);
        let pattern = pattern(&mut choices);
        let hir = regex_syntax::ParserBuilder::new()
            .unicode(false)
            .utf8(false)
            .build()
            .parse(&pattern);
        let hir = hir.map_err(|error| TestCaseError::fail(format!("{pattern}: {error}")))?;
        let text = sample(&mut choices, &pattern);
        let properties = hir.properties();
        if properties.minimum_len().is_some() && text.len() < 300 {
            prop_assert!(text.len() >= properties.minimum_len().unwrap_or(0), "{pattern}");
            prop_assert!(properties.maximum_len().is_none_or(|most| text.len() <= most));
        }
    }

    #[test]
    fn a_pack_that_is_written_and_read_finds_the_same(bytes in decisions()) {
        let mut choices = Choices::from_bytes(&bytes);
        let rules = rules(&mut choices);
        let Ok(compiled) = compile(&rules) else { return Ok(()) };
        let source = Source::new("written", write_pack(&rules, ""));
        let (read, problems) = read_pack(&source, &mut |_| Err("no tables".to_owned()));
        prop_assert!(problems.is_empty(), "{problems:?}");
        let again = compile(&read).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(compiled.database.image() == again.database.image());
    }

    #[test]
    fn a_damaged_image_is_refused_or_scanned_without_panic(bytes in decisions()) {
        if let Some((image, inputs)) = damaged_image(&mut Choices::from_bytes(&bytes)) {
            for input in inputs {
                load_and_scan(image.clone(), &input);
            }
        }
    }
}

fn fail(
    rules: &[sluicegate::model::Classifier],
    input: &[u8],
    difference: &sluicegate_tests::Difference,
) -> TestCaseError {
    let input = input.escape_ascii();
    TestCaseError::fail(format!(
        "{difference}\n{}input: {input}",
        write_pack(rules, "")
    ))
}
