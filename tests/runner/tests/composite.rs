//! What composites cost: what a stream holds back for them, and what comes of too many findings.

use sluicegate::model::{Classifier, ClassifierId, Composite, Member};
use sluicegate::{Completeness, Database, Scanner, Scratch, Stream, compile};

fn named(name: &str) -> Classifier {
    Classifier::new(ClassifierId::new(&format!("custom.{name}")).unwrap())
}

/// A database of these patterns and of a composite that has as many kinds.
fn database(patterns: &[&str], within: u32) -> Database {
    let names = ["a", "b", "c"];
    let members = names.map(|name| Member::new([format!("custom.{name}")]));
    let mut composite = Composite::new(members[..patterns.len()].to_vec());
    composite.within = within;
    composite.kinds = patterns.len() as u32;
    let mut together = named("together");
    together.composite = Some(composite);
    let rules = patterns
        .iter()
        .zip(names)
        .map(|(pattern, name)| named(name).with_regex(*pattern))
        .chain([together]);
    compile(&rules.collect::<Vec<_>>()).unwrap().database
}

#[test]
fn a_stream_waits_from_a_member_on_until_its_group_is_decided() {
    let database = database(&["<1>", "<2>"], 20);
    let (mut scratch, mut stream) = (Scratch::new(), Stream::new(&database));
    let filler = "................................";
    let mut push = |text: &str| {
        let settled = stream.push(&mut scratch, text.as_bytes());
        let spans = settled.findings.iter();
        let spans: Vec<_> = spans.map(|found| (found.start, found.end)).collect();
        (settled.end, spans)
    };
    // Without a member only the last bytes are held.
    assert_eq!(push(filler), (20, vec![]));
    // One stands at 32: from there on everything waits, also what is decided otherwise.
    assert_eq!(push("<1>............"), (32, vec![]));
    assert_eq!(push("<2>............."), (32, vec![]));
    // Behind the group, once no finding can be added to it, all goes on.
    assert_eq!(push("."), (52, vec![(32, 35), (32, 50), (47, 50)]));
    // A member that stays alone is let go as far behind it.
    assert_eq!(push(&filler[..12]), (64, vec![]));
    assert_eq!(push("<1>"), (67, vec![]));
    assert_eq!(push(&filler[..28]), (76, vec![]));
    assert_eq!(push(".."), (97, vec![(76, 79)]));
}

#[test]
fn a_stream_that_waits_for_a_group_settles_whole_characters() {
    let database = database(&[r"\xA9"], 20);
    let (mut scratch, mut stream) = (Scratch::new(), Stream::new(&database));
    let text = "some bytes \u{e9} and many more behind it, \u{1f4a9}";
    let at = text.find('\u{e9}').unwrap();
    let mut ends = Vec::new();
    for byte in text.as_bytes().chunks(1) {
        let end = stream.push(&mut scratch, byte).end;
        assert!(text.is_char_boundary(end), "{end}");
        ends.push(end);
    }
    assert!(ends.contains(&at), "it waits from the character on");
    assert_eq!(stream.finish(&mut scratch).end, text.len());
}

#[test]
fn groups_that_take_too_many_steps_are_an_outcome() {
    // Three kinds stand everywhere, and of any two that do not overlap one is an `a`.
    let database = database(&["abc", "bcd", "cd"], 65_536);
    let input = "abcd".repeat(20_000);
    let mut scanner = Scanner::new(&database);
    let scan = scanner.scan(input.as_bytes());
    assert_eq!(scan.completeness, Completeness::Incomplete);
    assert_eq!(scan.findings.len(), 60_000);
    // The next input has steps of its own.
    let scan = scanner.scan(&input.as_bytes()[..400]);
    assert_eq!(scan.completeness, Completeness::Complete);

    let (mut scratch, mut stream) = (Scratch::new(), Stream::new(&database));
    let settled = stream.push(&mut scratch, input.as_bytes());
    let (mut found, mut completeness) = (settled.findings.len(), settled.completeness);
    let settled = stream.finish(&mut scratch);
    found += settled.findings.len();
    completeness = match completeness {
        Completeness::Complete => settled.completeness,
        incomplete => incomplete,
    };
    assert_eq!((found, completeness), (60_000, Completeness::Incomplete));
}
