//! Which finding wins where several claim one value.

use sluicegate::model::{
    Classifier, ClassifierId, Composite, Context, ContextEffect, Member, Severity,
};
use sluicegate::{Claim, Database, Finding, Reason, Scanner, arbitrate, compile};
use sluicegate_tests::{Choices, claimants, inputs, obvious_claims};

fn classifier(id: &str, pattern: &str) -> Classifier {
    Classifier::new(ClassifierId::new(id).unwrap()).with_regex(pattern)
}

fn named(id: &str, pattern: &str, keyword: &str) -> Classifier {
    let mut classifier = classifier(id, pattern);
    let mut context = Context::new([keyword]);
    context.effect = ContextEffect::Require;
    classifier.context = Some(context);
    classifier
}

fn with_chance(mut classifier: Classifier, chance: f64) -> Classifier {
    classifier.chance = Some(chance);
    classifier
}

fn sure(mut classifier: Classifier, confidence: u8) -> Classifier {
    classifier.confidence = confidence;
    classifier
}

/// The claims of a text: the winner's id, and of each loser its id and the reason.
fn claims(rules: &[Classifier], text: &str) -> Vec<(String, Vec<(String, Reason)>)> {
    let database = compile(rules).unwrap().database;
    let mut scanner = Scanner::new(&database);
    let findings = scanner.scan(text.as_bytes()).findings.to_vec();
    let id = |finding: &Finding| database.classifier(finding.classifier).id().to_owned();
    arbitrate(&database, text.as_bytes(), &findings)
        .iter()
        .map(|claim| {
            let losers = claim.losers.iter();
            let losers = losers.map(|loser| (id(&loser.finding), loser.reason));
            (id(&claim.winner), losers.collect())
        })
        .collect()
}

/// Asks that there is one claim, which the first wins over the second for this reason.
#[track_caller]
fn wins(rules: &[Classifier; 2], text: &str, reason: Reason) {
    let [winner, loser] = [0, 1].map(|number| rules[number].id.to_string());
    let expected = [(winner, vec![(loser, reason)])];
    assert_eq!(claims(rules, text), expected);
}

#[test]
fn a_longer_value_wins_over_one_inside_it() {
    let outer = sure(classifier("pii.b.outer", "[0-9]{3}-[0-9]{6}"), 60);
    let inner = with_chance(sure(classifier("pii.a.inner", "[0-9]{6}"), 60), 1e-3);
    wins(
        &[outer.clone(), inner.clone()],
        "123-456789",
        Reason::Inside,
    );
    let reason = Reason::Chance {
        winner: 10,
        loser: 6,
    };
    wins(
        &[sure(inner.clone(), 61), outer.clone()],
        "123-456789",
        reason,
    );
    let mut severe = inner;
    severe.severity = Severity::Critical;
    wins(&[severe, outer], "123-456789", reason);
}

#[test]
fn a_form_that_says_what_it_is_needs_no_keyword() {
    wins(
        &[
            classifier("secret.vendor.key", "vendorkey_[a-z]{8}"),
            named("secret.any.password", "[a-z_]{18}", "password"),
        ],
        "password vendorkey_abcdefgh",
        Reason::Form,
    );
}

#[test]
fn the_nearest_keyword_tells_numbers_apart() {
    let tax = named("pii.b.tax", "[0-9]{9}", "tax");
    let pass = named("pii.a.pass", "[0-9]{9}", "pass");
    let farther = Reason::Farther {
        winner: 1,
        loser: 5,
    };
    wins(&[tax.clone(), pass.clone()], "pass tax 123456789", farther);
    // A label stands before its value.
    let behind = Reason::Farther {
        winner: 1,
        loser: 2,
    };
    wins(&[tax.clone(), pass.clone()], "tax 123456789 pass", behind);
    let longer = named("pii.c.tax", "[0-9]{9}", "income tax");
    wins(
        &[longer, tax.clone()],
        "income tax 123456789",
        Reason::ShorterKeyword,
    );
    let any = with_chance(classifier("pii.a.any", "[0-9]{9}"), 1e-3);
    wins(&[tax, any], "tax 123456789", Reason::Keyword);
}

#[test]
fn the_rarer_form_wins_and_a_check_over_none() {
    let rules = |chances: [f64; 2]| {
        [
            with_chance(classifier("pii.b.checked", "[0-9]{9}"), chances[0]),
            with_chance(classifier("pii.a.other", "[0-9]{9}"), chances[1]),
        ]
    };
    let reason = Reason::Chance {
        winner: 7,
        loser: 3,
    };
    wins(&rules([1.0 / 97.0, 0.1]), "123456789", reason);
    assert_eq!(
        reason.to_string(),
        "likelier by chance (1 in 8 against 1 in 128)"
    );
    wins(&rules([0.1, 1.0]), "123456789", Reason::Unchecked);
}

#[test]
fn confidence_length_and_the_order_of_ids_come_last() {
    let a = classifier("pii.a.a", "[0-9]{9}");
    let b = classifier("pii.b.b", "[0-9]{9}");
    let reason = Reason::Confidence {
        winner: 51,
        loser: 50,
    };
    wins(&[sure(b.clone(), 51), a.clone()], "123456789", reason);
    wins(&[a, b.clone()], "123456789", Reason::Order);
    let longer = classifier("pii.c.c", "[1-9]{9}x{2}");
    let beside = classifier("pii.a.d", "y[0-9]{9}");
    let found = claims(
        &[with_chance(longer, 1.0), with_chance(beside, 1.0)],
        "y123456789xx",
    );
    let loser = ("pii.a.d".to_owned(), Reason::Shorter);
    assert_eq!(found, [("pii.c.c".to_owned(), vec![loser])]);
}

#[test]
fn what_another_family_finds_inside_is_a_claim_of_its_own() {
    let link = classifier("network.link", "https?://[!-~]+");
    let mail = classifier("pii.mail", "[a-z]+@[a-z]+[.]com");
    let found = claims(
        &[link, mail],
        "https://example.org/profile/of/someone@example.com",
    );
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|(_, losers)| losers.is_empty()));
}

#[test]
fn a_composite_leaves_its_members_alone() {
    let member = classifier("pii.member", "[0-9]{9}");
    let mut together = Classifier::new(ClassifierId::new("pii.together").unwrap());
    together.confidence = 99;
    together.composite = Some(Composite::new(vec![Member::new(["pii.member"])]));
    let found = claims(&[member, together], "123456789");
    assert_eq!(found.len(), 2);
}

#[test]
fn a_finding_that_only_a_loser_held_is_free() {
    let inner = sure(classifier("pii.inner", "[0-9]{4}"), 40);
    let middle = sure(classifier("pii.middle", "-{8}[0-9]{4}"), 50);
    let outer = sure(classifier("pii.outer", "x{9}-{8}"), 90);
    let found = claims(&[inner, middle, outer], "xxxxxxxxx--------1234");
    let winners: Vec<&str> = found.iter().map(|(winner, _)| winner.as_str()).collect();
    assert_eq!(winners, ["pii.outer", "pii.inner"]);
}

fn ids(database: &Database, claims: &[Claim]) -> Vec<String> {
    let id = |finding: &Finding| database.classifier(finding.classifier).id();
    let claim = |claim: &Claim| {
        let losers = claim.losers.iter();
        let losers: Vec<_> = losers
            .map(|loser| (id(&loser.finding), loser.reason))
            .collect();
        format!("{:?} {losers:?}", (id(&claim.winner), claim.span()))
    };
    claims.iter().map(claim).collect()
}

#[test]
fn claims_are_what_their_definition_says() {
    let mut contested = 0;
    for seed in 0..800 {
        let mut choices = Choices::from_seed(seed);
        let mut rules = claimants(&mut choices);
        let Ok(compiled) = compile(&rules) else {
            continue;
        };
        let database = compiled.database;
        let texts = inputs(&mut choices, &rules);
        rules.reverse();
        rules.push(classifier("a.unrelated", "unrelated to all"));
        let other = compile(&rules).unwrap().database;
        for text in texts.iter().filter(|text| text.len() < 1000) {
            let mut findings = Scanner::new(&database).scan(text).findings.to_vec();
            if findings.len() > 100 {
                continue;
            }
            let claims = arbitrate(&database, text, &findings);
            let expected = obvious_claims(&rules, &database, text, &findings);
            assert_eq!(claims, expected, "seed {seed}, {:?}", text.escape_ascii());
            contested += claims
                .iter()
                .filter(|claim| !claim.losers.is_empty())
                .count();

            let mut told: Vec<Finding> = claims
                .iter()
                .flat_map(|claim| {
                    let losers = claim.losers.iter().map(|loser| loser.finding);
                    losers.chain([claim.winner])
                })
                .collect();
            told.sort_unstable();
            assert_eq!(told, findings, "each finding is in one claim");

            let more = Scanner::new(&other).scan(text).findings.to_vec();
            let again = arbitrate(&other, text, &more);
            assert_eq!(ids(&database, &claims), ids(&other, &again), "seed {seed}");
            findings.reverse();
            assert_eq!(arbitrate(&database, text, &findings), claims);
        }
    }
    assert!(contested > 500, "{contested}");
}
