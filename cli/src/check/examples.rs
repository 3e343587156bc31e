//! Whether examples are found, and counterexamples are not.

use sluicegate::model::{Classifier, Code, Diagnostic, Place, TemplateError};
use sluicegate::{Finding, Scanner};

/// Problems of a classifier's examples, for a scanner that has it. Messages tell spans, never the
/// text.
pub(super) fn check(classifier: &Classifier, scanner: &mut Scanner) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut add = |code, message: String, place: Option<&Place>| {
        problems.push(
            Diagnostic::new(code, message)
                .about(classifier.id.as_str())
                .at(place.or(classifier.place.as_ref()).cloned()),
        );
    };
    let bad_template = |error: &TemplateError| format!("the template: {error}");
    for example in &classifier.examples {
        let place = example.place.as_ref();
        match example.expand() {
            Ok((text, value)) => {
                let found = found(classifier, scanner, &text);
                if let Err(message) = is_found(&found, &text, value.as_deref()) {
                    add(Code::ExampleFails, message, place);
                }
            }
            Err(error) => add(Code::BadTemplate, bad_template(&error), place),
        }
    }
    for counterexample in &classifier.counterexamples {
        let place = counterexample.place.as_ref();
        match counterexample.expand() {
            Ok(text) => {
                if let Some(finding) = found(classifier, scanner, &text).first() {
                    let (start, end) = (finding.start, finding.end);
                    let message = format!("the counterexample is found at {start}..{end}");
                    add(Code::CounterexampleMatches, message, place);
                }
            }
            Err(error) => add(Code::BadTemplate, bad_template(&error), place),
        }
    }
    problems
}

/// What of a text the classifier finds.
fn found(classifier: &Classifier, scanner: &mut Scanner, text: &str) -> Vec<Finding> {
    let known = scanner.database().find(classifier.id.as_str());
    let index = known.map(|known| known.index());
    let mut findings = scanner.scan(text.as_bytes()).findings.to_vec();
    findings.retain(|finding| Some(finding.classifier) == index);
    findings
}

/// Whether the value, or without one anything, is found in the text; what is found instead.
fn is_found(findings: &[Finding], text: &str, value: Option<&str>) -> Result<(), String> {
    let Some(first) = findings.first() else {
        return Err("nothing is found in the example".to_owned());
    };
    let Some(value) = value else {
        return Ok(());
    };
    if findings
        .iter()
        .any(|finding| &text.as_bytes()[finding.start..finding.end] == value.as_bytes())
    {
        return Ok(());
    }
    let (start, end) = (first.start, first.end);
    Err(match text.find(value) {
        Some(at) => format!(
            "{start}..{end} is found in place of the value at {at}..{}",
            at + value.len()
        ),
        None => format!("{start}..{end} is found, and the value is not in the example's text"),
    })
}
