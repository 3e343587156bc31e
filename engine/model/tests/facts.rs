//! Fact tables: one template, a classifier per row.

use sluicegate_model::{Classifier, Diagnostic, Source, read_pack};

const PACK: &str = r#"
[[table]]
file = "iban.csv"

[table.classifier]
id = "bank.iban.${country}"
name = "${name} IBAN"
presidio = "${presidio}"
severity = "${severity}"
confidence = 80
tags = ["iban", "${tags*}"]

[[table.classifier.regex]]
pattern = '\b(?P<value>${prefix}[0-9]{${digits}})\b'
validate = ["mod-97"]

[table.classifier.context]
keywords = ["${keywords*}"]

[[table.classifier.example]]
text = "pay to {value}"
template = "${template}"
"#;

fn read(pack: &str, csv: &str) -> (Vec<Classifier>, Vec<Diagnostic>) {
    let source = Source::new("pack.toml", pack);
    read_pack(&source, &mut |file| match file {
        "iban.csv" => Ok(csv.to_owned()),
        _ => Err("no such file".to_owned()),
    })
}

#[test]
fn every_row_becomes_a_classifier() {
    let csv = "country,name,presidio,severity,tags,prefix,digits,keywords,template\r\n\
               xa,\"Land, first\",IBAN_CODE,high,eu; sepa,XA,14,account;konto,XA{digit:14}\r\n\
               xb,\"Second \"\"B\"\"\",,low,,XB,9,,\r\n";
    let (classifiers, problems) = read(PACK, csv);
    assert_eq!(problems, []);
    let [first, second] = &classifiers[..] else {
        panic!("two rows")
    };
    assert_eq!(first.id.as_str(), "bank.iban.xa");
    assert_eq!(first.name, "Land, first IBAN");
    assert_eq!(first.presidio.as_deref(), Some("IBAN_CODE"));
    assert_eq!(first.tags, ["iban", "eu", "sepa"]);
    assert_eq!(first.regexes[0].pattern, r"\b(?P<value>XA[0-9]{14})\b");
    assert_eq!(
        first.context.as_ref().unwrap().keywords,
        ["account", "konto"]
    );
    assert_eq!(first.examples.len(), 1);
    let place = first.place.as_ref().unwrap();
    assert_eq!(&place.source.text()[place.span.clone()], "[[table]]");
    // An empty cell leaves out what consists of it alone.
    assert_eq!(second.name, "Second \"B\" IBAN");
    assert_eq!(second.presidio, None);
    assert_eq!(second.tags, ["iban"]);
    assert_eq!(second.context, None);
    assert_eq!(second.examples, []);
}

#[test]
fn a_row_with_a_problem_is_left_out_and_named() {
    let csv = "country,name,presidio,severity,tags,prefix,digits,keywords,template\n\
               XA,a,,high,,XA,14,,\n\
               xb,b,,high,,XB,14,,\n\
               xc,c,,grave,,XC,14,,\n";
    let (classifiers, problems) = read(PACK, csv);
    assert_eq!(classifiers.len(), 1);
    let messages: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "pack.toml:6:6: error[SG106]: `bank.iban.XA`: an id is made of a-z, 0-9 and '-', \
             its words joined by dots (line 2 of `iban.csv`)",
            "pack.toml:9:12: error[SG105]: `severity` has no value `grave` (line 4 of `iban.csv`)",
        ]
    );
}

#[test]
fn a_mistake_in_the_template_is_reported_once() {
    let pack = "[[table]]\nfile = \"iban.csv\"\n[table.classifier]\nid = \"a.${x}\"\nnmae = \"n\"\n\
                [[table.classifier.regex]]\npattern = 'x'\n";
    let (classifiers, problems) = read(pack, "x\n1\n2\n3\n");
    assert!(classifiers.is_empty());
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].hint, "did you mean `name`?");
}

#[test]
fn what_is_no_reference_stays_as_it_is() {
    let pack = "[[table]]\nfile = \"iban.csv\"\n[table.classifier]\nid = \"a.${x}\"\n\
                [[table.classifier.regex]]\npattern = '^${x}${1,2}$|${ x}|${'\n";
    let (classifiers, problems) = read(pack, "x\nq\n");
    assert_eq!(problems, []);
    assert_eq!(classifiers[0].regexes[0].pattern, "^q${1,2}$|${ x}|${");
}
