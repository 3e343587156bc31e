//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde_json::{Value, json};
use sluicegate::model::Severity;
use sluicegate::{ClassifierIndex, ClassifierInfo, Database, Finding};
use sluicegate_guard::allow::ValueHash;

use crate::position::Cursor;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// A finding with everything that a result says of it.
pub(crate) struct Located {
    finding: Finding,
    /// Line and column, from 1, the column in UTF-16 code units.
    start: (usize, usize),
    end: (usize, usize),
    value_hash: String,
}

/// Places of the findings of one input.
pub(crate) fn locate(hash: &ValueHash, input: &[u8], findings: &[Finding]) -> Vec<Located> {
    let mut cursor = Cursor::new(input);
    let mut locate = |finding: &Finding| {
        let start = cursor.advance(finding.start);
        let end = cursor.clone().advance(finding.end);
        Located {
            finding: *finding,
            start: (start.line, start.utf16_column),
            end: (end.line, end.utf16_column),
            value_hash: hash.of(&input[finding.start..finding.end]),
        }
    };
    findings.iter().map(&mut locate).collect()
}

/// Something that kept a scan from being whole.
pub(crate) struct Notice(pub(crate) String);

/// The results of a run, written when it has ended.
#[derive(Default)]
pub(crate) struct Log {
    files: Vec<(String, Vec<Located>)>,
    notices: Vec<Notice>,
}

impl Log {
    pub(crate) fn add(&mut self, path: &str, findings: Vec<Located>) {
        if !findings.is_empty() {
            self.files.push((uri(path), findings));
        }
    }

    pub(crate) fn notify(&mut self, notice: Notice) {
        self.notices.push(notice);
    }

    /// Writes the log; results are written one by one, there may be many.
    pub(crate) fn write(&self, output: &mut impl Write, database: &Database) -> io::Result<()> {
        let mut rules: BTreeMap<ClassifierIndex, usize> = BTreeMap::new();
        for located in self.files.iter().flat_map(|(_, findings)| findings) {
            rules.insert(located.finding.classifier, 0);
        }
        for (number, index) in rules.values_mut().enumerate() {
            *index = number;
        }
        let descriptors: Vec<Value> = rules
            .keys()
            .map(|&index| descriptor(&database.classifier(index)))
            .collect();
        let notices: Vec<Value> = self
            .notices
            .iter()
            .map(|Notice(text)| json!({"level": "error", "message": {"text": text}}))
            .collect();
        let tool = json!({"driver": {
            "name": "sluicegate",
            "version": env!("CARGO_PKG_VERSION"),
            "rules": descriptors,
        }});
        let invocations = json!([{
            "executionSuccessful": notices.is_empty(),
            "toolExecutionNotifications": notices,
        }]);
        writeln!(
            output,
            "{{\"$schema\":{},\"version\":\"2.1.0\",\"runs\":[{{",
            json!(SCHEMA)
        )?;
        writeln!(output, "\"tool\":{tool},")?;
        writeln!(output, "\"invocations\":{invocations},")?;
        writeln!(output, "\"columnKind\":\"utf16CodeUnits\",")?;
        write!(output, "\"results\":[")?;
        let mut separator = "\n";
        for (uri, findings) in &self.files {
            for located in findings {
                let info = database.classifier(located.finding.classifier);
                let index = rules[&located.finding.classifier];
                write!(output, "{separator}{}", result(uri, located, &info, index))?;
                separator = ",\n";
            }
        }
        writeln!(output, "\n]}}]}}")
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

/// Rank of a severity on the scale of CVSS, by which code hosts sort results.
fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "3.0",
        Severity::Info => "0.5",
    }
}

fn descriptor(info: &ClassifierInfo<'_>) -> Value {
    let card: Value = serde_json::from_str(info.card()).unwrap_or_default();
    let text = |key: &str| card[key].as_str().filter(|text| !text.is_empty());
    let name = text("name").unwrap_or(info.id());
    let mut rule = json!({
        "id": info.id(),
        "shortDescription": {"text": name},
        "fullDescription": {"text": text("description").unwrap_or(name)},
        "defaultConfiguration": {"level": level(info.severity())},
        "properties": {
            "tags": unique(&card["tags"]),
            "severity": info.severity().as_str(),
            "confidence": info.confidence(),
            "security-severity": security_severity(info.severity()),
        },
    });
    let reference = card["references"][0].as_str();
    if let Some(reference) = reference.filter(|reference| reference.starts_with("https://")) {
        rule["helpUri"] = json!(reference);
    }
    rule
}

/// Tags, each once, as the schema asks for.
fn unique(tags: &Value) -> BTreeSet<&str> {
    let tags = tags.as_array().into_iter().flatten();
    tags.filter_map(Value::as_str).collect()
}

fn result(uri: &str, located: &Located, info: &ClassifierInfo<'_>, index: usize) -> Value {
    let finding = &located.finding;
    let card: Value = serde_json::from_str(info.card()).unwrap_or_default();
    let name = card["name"].as_str().filter(|name| !name.is_empty());
    json!({
        "ruleId": info.id(),
        "ruleIndex": index,
        "level": level(info.severity()),
        "message": {"text": format!("Found: {}", name.unwrap_or(info.id()))},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": {
                "startLine": located.start.0,
                "startColumn": located.start.1,
                "endLine": located.end.0,
                "endColumn": located.end.1,
                "byteOffset": finding.start,
                "byteLength": finding.len(),
            },
        }}],
        "partialFingerprints": {"valueHash/v2": located.value_hash},
        "properties": {
            "severity": info.severity().as_str(),
            "confidence": finding.confidence,
            "view": finding.view.as_str(),
        },
    })
}

/// A path as a URI reference (RFC 3986): relative ones stay relative.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let hex = |digit: u8| char::from(b"0123456789ABCDEF"[usize::from(digit)]);
            uri.extend(['%', hex(byte >> 4), hex(byte & 15)]);
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("a b/ü.txt"), "a%20b/%C3%BC.txt");
        assert_eq!(uri("/x/y"), "file:///x/y");
        assert_eq!(uri("a:b"), "a%3Ab");
    }
}
