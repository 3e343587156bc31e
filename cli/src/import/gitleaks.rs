//! The configuration of gitleaks: TOML, patterns in Go's syntax.
//!
//! Format: <https://github.com/gitleaks/gitleaks#configuration>

use sluicegate::model::{Classifier, Exclusions, Severity};

use super::dialect::{Dialect, read};
use super::draft::{Draft, Import, exclusion, id_of};
use super::needed::holds_keyword;
use super::report::Remark;
use super::tree::{Node, Unreadable, read_toml};
use super::value::{Reported, has_groups, name_value};

const NOTES: &[&str] = &[
    "The group secretGroup, or else the first group that is not empty, is reported, as gitleaks \
     does.",
    "A value whose entropy equals the rule's passes; gitleaks asks for more.",
    "Keywords only save gitleaks work where every match holds one; they are then left out without \
     a remark.",
    "Exclusions of the whole file are written into every classifier.",
    "Patterns read bytes, Unicode off unless they ask for it; a match has at most 4096 bytes where \
     its pattern sets no bound.",
];

/// Keys of a rule that are read.
const KNOWN: &[&str] = &[
    "id",
    "description",
    "regex",
    "secretGroup",
    "entropy",
    "keywords",
    "path",
    "tags",
    "allowlist",
    "allowlists",
];

/// Keys of the file that are read, or that say nothing about what is found.
const KNOWN_OF_FILE: &[&str] = &[
    "title",
    "description",
    "minVersion",
    "rules",
    "allowlist",
    "allowlists",
];

/// Carries the rules over.
///
/// # Errors
/// When the text is no TOML with tables `rules`.
pub(super) fn import(text: &str) -> Result<Import, Unreadable> {
    let file = read_toml(text)?;
    let rules = file.rules("rules", "gitleaks' rules stand in tables [[rules]]")?;
    let mut import = Import::new(NOTES);
    let for_all: Vec<Allowance> = allowlists(&file)
        .map(|node| Allowance::read(node, false))
        .collect();
    for allowance in &for_all {
        import.report.file.extend(allowance.left.iter().cloned());
    }
    for (key, _) in file.entries() {
        if !KNOWN_OF_FILE.contains(&key) {
            let remark = Remark::new("key without a counterpart", key);
            import.report.file.push(remark);
        }
    }
    for node in rules {
        import.add(draft(node, &for_all));
    }
    Ok(import)
}

fn allowlists(node: &Node) -> impl Iterator<Item = &Node> {
    let lists = [node.get_list("allowlist"), node.get_list("allowlists")];
    lists.into_iter().flatten()
}

fn draft(node: &Node, for_all: &[Allowance]) -> Draft {
    let id = node.get_text("id").unwrap_or_default();
    let mut draft = Draft::new(id, node.line);
    let Some(pattern) = node.get_text("regex").filter(|pattern| !pattern.is_empty()) else {
        draft.left("no pattern, only a condition on the path", "");
        return draft;
    };
    let reported = match node.get_text("secretGroup") {
        None | Some("0") => Reported::FirstGroup,
        // A number that is none names no group, which is then reported.
        Some(number) => Reported::Group(number.parse().unwrap_or(u32::MAX)),
    };
    let parsed = match read(pattern, Dialect::Go) {
        Ok(parsed) => parsed,
        Err(remark) => {
            draft.rule.left.push(remark);
            return draft;
        }
    };
    let keywords = node.get_texts("keywords");
    if !keywords.is_empty() && !holds_keyword(&parsed.hir, &keywords) {
        draft.left(
            "texts without a keyword are skipped there; here the pattern alone decides",
            keywords.join(", "),
        );
    }
    let whole = !has_groups(&parsed);
    let valued = match name_value(parsed, reported) {
        Ok(valued) => valued,
        Err(remark) => {
            draft.rule.left.push(remark);
            return draft;
        }
    };
    draft.rule.changed.extend(valued.changed);
    draft.rule.left.extend(valued.left);

    // A dot would start another word of the id.
    let mut classifier = Classifier::new(id_of(&["secret.gitleaks", &id.replace('.', "-")]));
    id.clone_into(&mut classifier.name);
    let description = node.get_text("description").unwrap_or_default();
    description.clone_into(&mut classifier.description);
    classifier.severity = Severity::High;
    classifier.references = vec![format!("gitleaks rule {id}")];
    classifier.tags = vec!["secret".to_owned(), "gitleaks".to_owned()];
    classifier.tags.extend(node.get_texts("tags"));
    let entropy = node.get_text("entropy");
    let validate: Vec<String> = entropy
        .and_then(|text| draft.entropy(text))
        .into_iter()
        .collect();
    for parsed in &valued.patterns {
        let detector = draft.detector(parsed, validate.clone());
        classifier.regexes.push(detector);
    }
    if let Some(path) = node.get_text("path") {
        draft.left("condition on the path", path);
    }
    let applicable = for_all.iter().filter(|allowance| allowance.applies_to(id));
    applicable.for_each(|allowance| allowance.add_to(&mut classifier.exclude));
    for node in allowlists(node) {
        let allowance = Allowance::read(node, whole);
        allowance.add_to(&mut classifier.exclude);
        draft.rule.left.extend(allowance.left);
    }
    draft.left_keys(node, KNOWN);
    draft.classifiers.push(classifier);
    draft
}

/// What an allowlist excludes.
struct Allowance {
    patterns: Vec<String>,
    terms: Vec<String>,
    /// The rules it is for; all where it names none.
    rules: Vec<String>,
    left: Vec<Remark>,
}

impl Allowance {
    /// Reads an allowlist. With `whole`, the value is the whole match.
    fn read(node: &Node, whole: bool) -> Self {
        let mut allowance = Self {
            patterns: Vec::new(),
            terms: Vec::new(),
            rules: node.get_texts("targetRules"),
            left: Vec::new(),
        };
        let said = |key: &str| format!("{key}: {}", node.get_texts(key).join(" | "));
        let criteria = ["regexes", "stopwords", "paths", "commits"];
        let present = criteria
            .iter()
            .filter(|&&key| !node.get_list(key).is_empty());
        let present: Vec<&str> = present.copied().collect();
        let all_must_hold = node
            .get_text("condition")
            .is_some_and(|condition| matches!(condition, "AND" | "and" | "&&"));
        if all_must_hold && present.len() > 1 {
            let detail: Vec<String> = present.iter().map(|key| said(key)).collect();
            allowance.left.push(Remark::new(
                "allowlist whose conditions must hold together",
                detail.join("; "),
            ));
            return allowance;
        }
        match node.get_text("regexTarget") {
            None | Some("" | "secret") => allowance.read_patterns(node),
            Some("match") if whole => allowance.read_patterns(node),
            Some(target) => allowance.left.push(Remark::new(
                "allowlist that looks at more than the value",
                format!("{target}, {}", said("regexes")),
            )),
        }
        let terms = node.get_texts("stopwords");
        allowance.terms = terms.into_iter().filter(|term| !term.is_empty()).collect();
        for (key, reason) in [
            ("paths", "allowlist of paths"),
            ("commits", "allowlist of commits"),
        ] {
            if present.contains(&key) {
                allowance.left.push(Remark::new(reason, said(key)));
            }
        }
        allowance
    }

    fn read_patterns(&mut self, node: &Node) {
        for pattern in node.get_texts("regexes") {
            match exclusion(&pattern, Dialect::Go) {
                Ok(pattern) => self.patterns.push(pattern),
                Err(remark) => self.left.push(Remark::new(
                    "allowlist pattern that can't be read",
                    format!("{pattern}: {}, {}", remark.reason, remark.detail),
                )),
            }
        }
    }

    fn applies_to(&self, rule: &str) -> bool {
        self.rules.is_empty() || self.rules.iter().any(|other| other == rule)
    }

    fn add_to(&self, exclude: &mut Exclusions) {
        for (from, to) in [
            (&self.patterns, &mut exclude.patterns),
            (&self.terms, &mut exclude.terms),
        ] {
            for text in from {
                if !to.contains(text) {
                    to.push(text.clone());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::import;

    #[test]
    fn allowlists_become_exclusions_where_they_look_at_the_value() {
        let import = import(
            r#"
            [allowlist]
            regexes = ['^\${[A-Z]+}$']
            stopwords = ["example"]
            paths = ['\.lock$']
            [[rules]]
            id = "acme.key"
            regex = '(?i)acme[ =]+([a-z]{8})'
            entropy = 2.5
            keywords = ["acme"]
            tags = ["acme"]
            [[rules.allowlists]]
            regexes = ['^x']
            [[rules.allowlists]]
            regexTarget = "line"
            regexes = ['y']
            stopwords = ["sample"]
            [[rules.allowlists]]
            condition = "AND"
            regexes = ['z']
            paths = ['\.bb$']
            [[rules]]
            id = "file"
            path = '\.p12$'
            [[rules]]
            id = "second"
            regex = '(a{4})=(b{4})'
            secretGroup = 2
            keywords = ["c"]
            "#,
        )
        .unwrap();
        let [acme, second] = import.classifiers.as_slice() else {
            panic!("two classifiers");
        };
        assert_eq!(acme.id.as_str(), "secret.gitleaks.acme-key");
        assert_eq!(acme.exclude.patterns, [r"^\$\{[A-Z]+}$", "^x"]);
        assert_eq!(acme.exclude.terms, ["example", "sample"]);
        assert_eq!(acme.regexes[0].validate, ["entropy:2.5"]);
        assert_eq!(acme.regexes[0].pattern, "(?i)acme[ =]+(?P<value>[a-z]{8})");
        assert_eq!(second.regexes[0].pattern, "(a{4})=(?P<value>b{4})");
        assert_eq!(import.report.counts(), (0, 2, 1));
        assert_eq!(import.report.file[0].reason, "allowlist of paths");
        let reasons = import.report.rules.iter().flat_map(|rule| &rule.left);
        let reasons: Vec<_> = reasons.map(|remark| remark.reason).collect();
        assert_eq!(
            reasons,
            [
                "allowlist that looks at more than the value",
                "allowlist whose conditions must hold together",
                "no pattern, only a condition on the path",
                "texts without a keyword are skipped there; here the pattern alone decides",
            ]
        );
    }
}
