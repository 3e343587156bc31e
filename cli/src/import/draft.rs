//! One rule on its way, and the pack that takes it in.

use std::collections::BTreeSet;

use sluicegate::limits::{DEFAULT_MAX_LEN, MAX_LEN};
use sluicegate::model::{Classifier, ClassifierId, Code, Diagnostic, RegexDetector};
use sluicegate::validators::Call;

use super::dialect::{Dialect, Parsed, read};
use super::number::hundredths;
use super::report::{Remark, Report, Rule};
use super::tree::Node;

/// A rule being carried over.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) rule: Rule,
    /// What it becomes; none if it can't be carried over, `rule.left` telling why.
    pub(super) classifiers: Vec<Classifier>,
}

impl Draft {
    /// A rule that has become nothing yet.
    pub(super) fn new(name: impl Into<String>, line: usize) -> Self {
        Self {
            rule: Rule::new(name, line),
            classifiers: Vec::new(),
        }
    }

    /// Notes what is carried over in another form.
    pub(super) fn changed(&mut self, reason: &'static str, detail: impl Into<String>) {
        self.rule.changed.push(Remark::new(reason, detail));
    }

    /// Notes what is not carried over.
    pub(super) fn left(&mut self, reason: &'static str, detail: impl Into<String>) {
        self.rule.left.push(Remark::new(reason, detail));
    }

    /// Notes the keys of a rule that nothing reads.
    pub(super) fn left_keys(&mut self, node: &Node, known: &[&str]) {
        let unknown: Vec<&str> = node
            .entries()
            .map(|(key, _)| key)
            .filter(|key| !known.contains(key))
            .collect();
        if !unknown.is_empty() {
            self.left("keys without a counterpart", unknown.join(", "));
        }
    }

    /// The validator for a least entropy; none where the number is 0.
    pub(super) fn entropy(&mut self, text: &str) -> Option<String> {
        let Some((value, cut)) = hundredths(text) else {
            self.left("entropy that is no number", text);
            return None;
        };
        if cut {
            self.changed("entropy cut to two decimals", text);
        }
        if value == 0 {
            return None;
        }
        match Call::parse(&format!("entropy:{}.{:02}", value / 100, value % 100)) {
            Ok(call) => Some(call.to_string()),
            Err(error) => {
                self.left("entropy out of range", error.to_string());
                None
            }
        }
    }

    /// A detector for a pattern, long enough for its matches.
    pub(super) fn detector(&mut self, parsed: &Parsed, validate: Vec<String>) -> RegexDetector {
        let properties = parsed.hir.properties();
        let shortest = properties.minimum_len().unwrap_or(0);
        let mut detector = RegexDetector::new(&*parsed.text);
        detector.validate = validate;
        let usual = DEFAULT_MAX_LEN as usize;
        let most = MAX_LEN as usize;
        match properties.maximum_len() {
            Some(longest) if longest > usual => {
                detector.max_len = Some(longest.min(most) as u32);
                if longest > most {
                    self.left("matches longer than 65536 bytes", longest.to_string());
                }
            }
            None if shortest > usual => detector.max_len = Some(MAX_LEN),
            _ => {}
        }
        detector
    }
}

/// The pack so far, and what became of each rule.
#[derive(Debug)]
pub(super) struct Import {
    pub(super) classifiers: Vec<Classifier>,
    pub(super) report: Report,
    taken: BTreeSet<ClassifierId>,
}

impl Import {
    /// Nothing yet; the notes hold for every rule of the format.
    pub(super) fn new(notes: &'static [&'static str]) -> Self {
        Self {
            classifiers: Vec::new(),
            report: Report {
                notes,
                ..Report::default()
            },
            taken: BTreeSet::new(),
        }
    }

    /// For people: the counts and the reasons.
    pub(super) fn summary(&self) -> String {
        self.report.summary()
    }

    /// For programs: what became of each rule.
    pub(super) fn json_lines(&self) -> String {
        self.report.json_lines()
    }

    /// Takes a rule in, with those of its classifiers that compile.
    pub(super) fn add(&mut self, draft: Draft) {
        let Draft {
            mut rule,
            classifiers,
        } = draft;
        for mut classifier in classifiers {
            match fit(&mut classifier) {
                Ok(remark) => {
                    rule.left.extend(remark);
                    let wanted = classifier.id;
                    classifier.id = self.unique(&wanted);
                    if classifier.id != wanted {
                        let detail = classifier.id.to_string();
                        let remark = Remark::new("the id was taken; a number follows it", detail);
                        rule.changed.push(remark);
                    }
                    rule.ids.push(classifier.id.to_string());
                    self.classifiers.push(classifier);
                }
                Err(diagnostics) => rule.left.push(Remark::new(
                    "does not compile",
                    diagnostics.iter().map(said).collect::<Vec<_>>().join("; "),
                )),
            }
        }
        self.report.rules.push(rule);
    }

    /// The id, with a number behind it where it is taken. Later rules give way, so that ids stay
    /// the same when a file grows at its end.
    fn unique(&mut self, id: &ClassifierId) -> ClassifierId {
        let mut free = id.clone();
        let mut number = 2;
        while !self.taken.insert(free.clone()) {
            free = id_of(&[&format!("{id}-{number}")]);
            number += 1;
        }
        free
    }
}

/// Compiles a classifier, with shorter matches where its programs would be too large.
fn fit(classifier: &mut Classifier) -> Result<Option<Remark>, Vec<Diagnostic>> {
    let mut remark = None;
    loop {
        let Err(error) = sluicegate::compile(std::slice::from_ref(classifier)) else {
            return Ok(remark);
        };
        let too_large = error.0.iter().all(|d| d.code == Code::PatternTooLarge);
        let mut shortened = None;
        for regex in &mut classifier.regexes {
            if let Some(max_len) = &mut regex.max_len
                && *max_len > DEFAULT_MAX_LEN
            {
                *max_len = (*max_len / 2).max(DEFAULT_MAX_LEN);
                shortened = Some(*max_len);
            }
        }
        match shortened {
            Some(max_len) if too_large => {
                remark = Some(Remark::new(
                    "long matches would need too large a program",
                    format!("matches have at most {max_len} bytes"),
                ));
            }
            _ => return Err(error.0),
        }
    }
}

fn said(diagnostic: &Diagnostic) -> String {
    let Diagnostic { message, hint, .. } = diagnostic;
    format!("{}: {message} ({hint})", diagnostic.code.as_str())
}

/// An exclusion in our syntax, if it compiles.
///
/// # Errors
/// When it can't be read or compiled.
pub(super) fn exclusion(pattern: &str, dialect: Dialect) -> Result<String, Remark> {
    let text = read(pattern, dialect)?.text;
    let mut probe = Classifier::new(id_of(&["custom.probe"])).with_regex("x");
    probe.exclude.patterns.push(text.clone());
    match sluicegate::compile(&[probe]) {
        Ok(_) => Ok(text),
        Err(error) => Err(Remark::new(
            "does not compile",
            error.0.iter().map(said).collect::<Vec<_>>().join("; "),
        )),
    }
}

/// An id from words, whatever they are made of; empty ones are left out.
pub(super) fn id_of(words: &[&str]) -> ClassifierId {
    let mut text = String::new();
    for word in words.iter().flat_map(|word| word.split('.')) {
        let word = slug(word);
        if !word.is_empty() {
            // An id has at most eight words.
            let join = if text.split('.').count() < 8 {
                "."
            } else {
                "-"
            };
            text += if text.is_empty() { "" } else { join };
            text += &word;
        }
    }
    // Room for the number that makes it unique.
    text.truncate(ClassifierId::MAX_LEN - 8);
    ClassifierId::new(text.trim_end_matches(['.', '-']))
        .expect("words of a-z, 0-9 and '-', joined by dots")
}

/// The text in letters of an id.
fn slug(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric());
    let parts: Vec<String> = parts
        .filter(|part| !part.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(pattern: &str) -> Draft {
        let mut draft = Draft::new("rule", 1);
        let parsed = read(pattern, Dialect::Rust).unwrap();
        let detector = draft.detector(&parsed, Vec::new());
        let mut classifier = Classifier::new(id_of(&["custom", "Rule No. 1"]));
        classifier.regexes.push(detector);
        draft.classifiers.push(classifier);
        draft
    }

    #[test]
    fn ids_are_made_of_anything() {
        let long = "x".repeat(300);
        for (words, id) in [
            (&["secret.acme", "API_Key"][..], "secret.acme.api-key"),
            (&["a.b.c.d.e.f.g", "h.i"], "a.b.c.d.e.f.g.h-i"),
            (&["pii", "..é..", "x"], "pii.x"),
            (&[&long], &"x".repeat(120)),
        ] {
            assert_eq!(id_of(words).as_str(), id);
        }
    }

    #[test]
    fn ids_are_made_unique_in_the_order_of_the_file() {
        let mut import = Import::new(&[]);
        for _ in 0..3 {
            import.add(draft("abcd"));
        }
        let ids = import.classifiers.iter().map(|c| c.id.to_string());
        let ids: Vec<_> = ids.collect();
        assert_eq!(
            ids,
            [
                "custom.rule-no.1",
                "custom.rule-no.1-2",
                "custom.rule-no.1-3"
            ]
        );
    }

    #[test]
    fn long_matches_have_room() {
        let max_len = |pattern| draft(pattern).classifiers[0].regexes[0].max_len;
        assert_eq!(max_len("abc[0-9]{20}"), None);
        assert_eq!(max_len("abc[0-9]{20,}"), None);
        assert_eq!(max_len("abc[0-9]{1,5000}"), Some(5003));
        assert_eq!(max_len("abc[0-9]{5000,}"), Some(65536));
        assert_eq!(draft("abc[0-9]{0,70000}").rule.left.len(), 1);
    }

    #[test]
    fn matches_are_shortened_where_the_program_would_be_too_large() {
        let mut import = Import::new(&[]);
        import.add(draft("(?:a?){200}[^x]{0,60000}y"));
        assert_eq!(import.report.counts(), (0, 1, 0));
        let max_len = import.classifiers[0].regexes[0].max_len;
        assert!(max_len < Some(60000), "{max_len:?}");
    }

    #[test]
    fn what_does_not_compile_is_left_with_the_reason() {
        let mut import = Import::new(&[]);
        import.add(draft("^"));
        assert_eq!(import.report.counts(), (0, 0, 1));
        assert!(import.report.rules[0].left[0].detail.starts_with("SG204"));
    }

    #[test]
    fn entropy_becomes_a_validator() {
        let mut draft = Draft::new("rule", 1);
        assert_eq!(draft.entropy("3.5").as_deref(), Some("entropy:3.5"));
        assert_eq!(draft.entropy("0"), None);
        assert!(draft.rule.left.is_empty());
        assert_eq!(draft.entropy("9"), None);
        assert_eq!(draft.rule.left.len(), 1);
    }
}
