//! Every validator against its own vectors, the registry, and calls.

use sluicegate_validators::{Argument, Call, all, find};

#[test]
fn valid_vectors_pass_and_invalid_ones_do_not() {
    let mut wrong = Vec::new();
    for validator in all() {
        let call = Call::parse(validator.name).expect("the name of a registered validator");
        wrong.extend(
            validator
                .valid
                .iter()
                .filter(|v| !call.check(v.as_bytes()))
                .map(|v| format!("{}: valid vector refused: {v}", validator.name)),
        );
        wrong.extend(
            validator
                .invalid
                .iter()
                .filter(|v| call.check(v.as_bytes()))
                .map(|v| format!("{}: invalid vector accepted: {v}", validator.name)),
        );
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn registered_validators_are_complete() {
    for validator in all() {
        let name = validator.name;
        assert!(
            name.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        );
        assert!(
            validator.valid.len() >= 3 && validator.invalid.len() >= 3,
            "{name}: vectors"
        );
        assert!(!validator.source.is_empty(), "{name}: source");
        assert!(validator.summary.ends_with('.'), "{name}: summary");
        assert!((0.0..=1.0).contains(&validator.chance), "{name}: chance");
        assert_eq!(
            all().iter().filter(|other| other.name == name).count(),
            1,
            "{name}: unique"
        );
        assert_eq!(find(name).map(|found| found.name), Some(name));
    }
}

#[test]
fn calls_print_as_they_parse() {
    for validator in all() {
        let call = Call::parse(validator.name).expect("the name of a registered validator");
        assert_eq!(Call::parse(&call.to_string()), Ok(call));
        assert_eq!(
            call.to_string().contains(':'),
            validator.argument != Argument::None
        );
    }
    for text in [
        "entropy:3.5",
        "entropy:0",
        "entropy:8",
        "entropy:2.75",
        "entropy:3.05",
    ] {
        assert_eq!(
            Call::parse(text).map(|call| call.to_string()),
            Ok(text.to_owned())
        );
    }
}

#[test]
fn refused_calls_say_why() {
    let refused = |text: &str| Call::parse(text).expect_err(text).to_string();
    assert_eq!(
        refused("luhm"),
        "there is no validator 'luhm'; did you mean 'luhn'?"
    );
    assert_eq!(
        refused("ssn"),
        "there is no validator 'ssn'; did you mean 'us-ssn'?"
    );
    assert_eq!(
        refused("zzzzzzzzzzzzzzzz"),
        "there is no validator 'zzzzzzzzzzzzzzzz'"
    );
    assert_eq!(refused("luhn:3"), "the validator 'luhn' takes no argument");
    let range = "the argument of the validator 'entropy' is a number from 0 to 8, at most two \
                 decimals";
    for text in [
        "entropy:",
        "entropy:9",
        "entropy:-1",
        "entropy:+1",
        "entropy:1.234",
        "entropy:x",
    ] {
        assert_eq!(refused(text), range, "{text}");
    }
}
