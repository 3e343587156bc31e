//! The packs that are not built in: readable, apart from the catalogue, and true to their examples.

use std::path::Path;

use sluicegate::{Scanner, compile};
use sluicegate_classifiers::{Rules, builtin_rules};

fn optional() -> Rules {
    let mut rules = Rules::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("optional");
    rules.add_path(&folder).unwrap();
    rules
}

#[test]
fn moderation_is_in_no_built_in_pack() {
    let built_in = builtin_rules().classifiers;
    assert!(built_in.iter().all(|c| c.id.family() != "content"));
    let optional = optional().classifiers;
    assert!(!optional.is_empty());
    assert!(optional.iter().all(|c| c.id.family() == "content"));
}

#[test]
fn optional_packs_stand_beside_the_catalogue() {
    let mut rules = builtin_rules();
    let optional = optional();
    assert!(optional.problems.is_empty(), "{:?}", optional.problems);
    rules.classifiers.extend(optional.classifiers);
    rules.settle();
    assert!(rules.problems.is_empty(), "{:?}", rules.problems);
}

#[test]
fn optional_classifiers_find_their_examples_and_nothing_else() {
    let classifiers = optional().classifiers;
    let database = compile(&classifiers).unwrap().database;
    let mut scanner = Scanner::new(&database);
    for classifier in &classifiers {
        let index = database.find(classifier.id.as_str()).unwrap().index();
        let mut values = |text: &str| -> Vec<String> {
            let findings = &scanner.scan(text.as_bytes()).findings;
            let own = findings.iter().filter(|f| f.classifier == index);
            own.map(|f| text[f.start..f.end].to_owned()).collect()
        };
        for example in &classifier.examples {
            let (text, value) = example.expand().unwrap();
            let value = value.expect("each example states its value");
            assert!(values(&text).contains(&value), "{}", classifier.id.as_str());
        }
        for counterexample in &classifier.counterexamples {
            let text = counterexample.expand().unwrap();
            assert!(values(&text).is_empty(), "{}", classifier.id.as_str());
        }
    }
}
