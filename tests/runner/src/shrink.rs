//! A smaller set and input that still fail.

use sluicegate::model::{Classifier, Composite, ContextEffect};

/// Takes away what can go while `fails` still holds: classifiers, their parts, characters of
/// patterns, bytes of the input.
pub fn shrink(
    rules: &[Classifier],
    input: &[u8],
    fails: &mut dyn FnMut(&[Classifier], &[u8]) -> bool,
) -> (Vec<Classifier>, Vec<u8>) {
    let mut rules = rules.to_vec();
    let mut input = input.to_vec();
    loop {
        let before = (rules.clone(), input.clone());
        rules = fewer(&rules, &mut |rules| fails(rules, &input));
        input = fewer(&input, &mut |input| fails(&rules, input));
        for number in 0..rules.len() {
            shrink_classifier(&mut rules, number, &mut |rules| fails(rules, &input));
        }
        input = plainer(&input, &mut |input| fails(&rules, input));
        if (&before.0, &before.1) == (&rules, &input) {
            return (rules, input);
        }
    }
}

/// Takes away runs of elements, long runs first.
fn fewer<T: Clone>(all: &[T], fails: &mut dyn FnMut(&[T]) -> bool) -> Vec<T> {
    let mut kept = all.to_vec();
    let mut len = kept.len();
    while len > 0 {
        let mut at = 0;
        while at < kept.len() {
            let mut fewer = kept.clone();
            fewer.drain(at..(at + len).min(kept.len()));
            if fails(&fewer) {
                kept = fewer;
            } else {
                at += len;
            }
        }
        len /= 2;
    }
    kept
}

/// Puts the letter `a` or a space in place of other bytes.
fn plainer(input: &[u8], fails: &mut dyn FnMut(&[u8]) -> bool) -> Vec<u8> {
    let mut kept = input.to_vec();
    for at in 0..kept.len() {
        for plain in *b" a" {
            let old = kept[at];
            if old == b' ' || old == plain {
                break;
            }
            kept[at] = plain;
            if fails(&kept) {
                break;
            }
            kept[at] = old;
        }
    }
    kept
}

fn shrink_classifier(
    rules: &mut [Classifier],
    number: usize,
    fails: &mut dyn FnMut(&[Classifier]) -> bool,
) {
    let attempts: [fn(&mut Classifier); 12] = [
        |classifier| classifier.context = None,
        |classifier| classifier.exclude.values.clear(),
        |classifier| classifier.exclude.terms.clear(),
        |classifier| classifier.exclude.patterns.clear(),
        |classifier| classifier.confidence = 50,
        |classifier| {
            if let Some(context) = &mut classifier.context {
                context.effect = ContextEffect::Require;
                context.amount = 20;
            }
        },
        |classifier| {
            for regex in &mut classifier.regexes {
                regex.validate.clear();
            }
            for dictionary in &mut classifier.dictionaries {
                dictionary.validate.clear();
                (dictionary.threshold, dictionary.count) = (None, None);
            }
        },
        |classifier| {
            for regex in &mut classifier.regexes {
                regex.max_len = None;
            }
        },
        |classifier| {
            if let Some(composite) = &mut classifier.composite {
                composite.kinds = 1;
            }
        },
        |classifier| {
            if let Some(composite) = &mut classifier.composite {
                composite.values = 1;
            }
        },
        |classifier| {
            if let Some(composite) = &mut classifier.composite {
                composite.weight = 0;
            }
        },
        |classifier| {
            if let Some(composite) = &mut classifier.composite {
                composite.min_confidence = 0;
            }
        },
    ];
    for attempt in attempts {
        let old = rules[number].clone();
        attempt(&mut rules[number]);
        if rules[number] != old && !fails(rules) {
            rules[number] = old;
        }
    }
    macro_rules! lists {
        ($($field:ident $(. $inner:ident)?),*) => {$({
            let all = rules[number].$field$(.$inner)?.clone();
            let kept = fewer(&all, &mut |fewer| {
                rules[number].$field$(.$inner)? = fewer.to_vec();
                fails(rules)
            });
            rules[number].$field$(.$inner)? = kept;
        })*};
    }
    lists!(
        regexes,
        dictionaries,
        exclude.values,
        exclude.terms,
        exclude.patterns
    );
    for dictionary in 0..rules[number].dictionaries.len() {
        let all = rules[number].dictionaries[dictionary].terms.clone();
        let kept = fewer(&all, &mut |fewer| {
            rules[number].dictionaries[dictionary].terms = fewer.to_vec();
            !fewer.is_empty() && fails(rules)
        });
        rules[number].dictionaries[dictionary].terms = kept;
    }
    if let Some(composite) = rules[number].composite.clone() {
        let members = fewer(&composite.members, &mut |fewer| {
            let composite = rules[number].composite.insert(composite.clone());
            composite.members = fewer.to_vec();
            fails(rules)
        });
        rules[number].composite = Some(Composite {
            members,
            ..composite
        });
    }
    for regex in 0..rules[number].regexes.len() {
        let all: Vec<char> = rules[number].regexes[regex].pattern.chars().collect();
        let kept = fewer(&all, &mut |fewer| {
            rules[number].regexes[regex].pattern = fewer.iter().collect();
            !fewer.is_empty() && fails(rules)
        });
        rules[number].regexes[regex].pattern = kept.into_iter().collect();
    }
}

#[cfg(test)]
mod tests {
    use sluicegate::model::ClassifierId;

    use super::*;

    #[test]
    fn keeps_only_what_makes_it_fail() {
        let id = |text: &str| ClassifierId::new(text).unwrap();
        let rules = [
            Classifier::new(id("custom.a")).with_regex("xyz"),
            Classifier::new(id("custom.b")).with_regex("b{2,4}c"),
        ];
        let (rules, input) = shrink(&rules, b"12 bbc 34", &mut |rules, input| {
            rules
                .iter()
                .flat_map(|rule| &rule.regexes)
                .any(|regex| regex.pattern.contains('c'))
                && input.contains(&b'c')
        });
        assert_eq!(rules, [Classifier::new(id("custom.b")).with_regex("c")]);
        assert_eq!(input, b"c");
    }
}
