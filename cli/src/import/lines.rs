//! One pattern a line: flags, a tab, the pattern; or the pattern alone.

use sluicegate::model::Classifier;

use super::dialect::{Dialect, read};
use super::draft::{Draft, Import, id_of};
use super::value::{Reported, name_value};

const NOTES: &[&str] = &[
    "The whole match is reported. Patterns read bytes, Unicode off unless they ask for it.",
    "A match has at most 4096 bytes where its pattern sets no bound.",
];

/// Carries every line over; empty ones are no rules.
pub(super) fn import(text: &str) -> Import {
    let mut import = Import::new(NOTES);
    for (line, text) in (1..).zip(text.lines()) {
        if !text.is_empty() {
            import.add(draft(line, text));
        }
    }
    import
}

fn draft(line: usize, text: &str) -> Draft {
    let mut draft = Draft::new(format!("line {line}"), line);
    let (flags, pattern) = match text.split_once('\t') {
        Some((flags, pattern)) if flags.bytes().all(|b| b.is_ascii_alphabetic()) => {
            (flags, pattern)
        }
        _ => ("", text),
    };
    if let Some(flag) = flags.chars().find(|flag| !"ims".contains(*flag)) {
        draft.left("flag other than i, m, s", flag);
        return draft;
    }
    let valued = read(pattern, Dialect::Pcre).and_then(|parsed| {
        let parsed = match flags {
            "" => parsed,
            flags => read(&format!("(?{flags}){}", parsed.text), Dialect::Rust)?,
        };
        name_value(parsed, Reported::Whole)
    });
    let valued = match valued {
        Ok(valued) => valued,
        Err(remark) => {
            draft.rule.left.push(remark);
            return draft;
        }
    };
    let mut classifier = Classifier::new(id_of(&[&format!("custom.line.{line:04}")]));
    classifier.name = format!("Line {line}");
    for parsed in &valued.patterns {
        let detector = draft.detector(parsed, Vec::new());
        classifier.regexes.push(detector);
    }
    draft.classifiers.push(classifier);
    draft
}

#[cfg(test)]
mod tests {
    use super::import;

    #[test]
    fn flags_stand_before_the_pattern() {
        let import = import("is\ta.b\n\n\tc\td\nx\te\nf(?=g)\n(?P<value>h)i\r\n");
        let patterns = import
            .classifiers
            .iter()
            .map(|c| c.regexes[0].pattern.as_str());
        let patterns: Vec<_> = patterns.collect();
        assert_eq!(patterns, ["(?is)a.b", "c\td", "(h)i"]);
        assert_eq!(import.classifiers[1].id.as_str(), "custom.line.0003");
        let reasons = import.report.rules.iter().flat_map(|rule| &rule.left);
        let reasons: Vec<_> = reasons.map(|remark| remark.reason).collect();
        assert_eq!(reasons, ["flag other than i, m, s", "lookaround"]);
    }
}
