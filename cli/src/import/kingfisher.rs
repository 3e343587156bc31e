//! Rules of Kingfisher: YAML, patterns in the syntax of the `regex` crate.
//!
//! Format: <https://github.com/mongodb/kingfisher/blob/main/docs/RULES.md>

use sluicegate::model::{Classifier, Severity};

use super::dialect::{Dialect, read};
use super::draft::{Draft, Import, id_of};
use super::tree::{Node, Unreadable, read_yaml};
use super::value::{Reported, group_named, has_groups, name_value};

const NOTES: &[&str] = &[
    "The group TOKEN, or else the first group, is reported; where it takes no part in a match, all \
     of it.",
    "Kingfisher also drops values of a built-in list of harmless ones, which is no part of the rules.",
    "A value whose entropy equals min_entropy passes; Kingfisher asks for more.",
    "Examples are whole secrets and are not copied.",
    "Patterns read bytes, Unicode off unless they ask for it; a match has at most 4096 bytes where \
     its pattern sets no bound.",
];

/// Keys that are read, or that say nothing about what is found.
const KNOWN: &[&str] = &[
    "name",
    "id",
    "pattern",
    "min_entropy",
    "confidence",
    "visible",
    "categories",
    "description",
    "references",
    "examples",
    "negative_examples",
    "depends_on_rule",
    "validation",
    "prevalidated",
];

/// Carries the rules over.
///
/// # Errors
/// When the text is no YAML with a list `rules`.
pub(super) fn import(text: &str) -> Result<Import, Unreadable> {
    let file = read_yaml(text)?;
    let mut import = Import::new(NOTES);
    for node in file.rules("rules", "Kingfisher's rules stand in a list `rules`")? {
        import.add(draft(node));
    }
    Ok(import)
}

fn draft(node: &Node) -> Draft {
    let name = node.get_text("name").unwrap_or_default();
    let id = node.get_text("id").unwrap_or(name);
    let mut draft = Draft::new(id, node.line);
    let Some(pattern) = node.get_text("pattern") else {
        draft.left("no pattern", "");
        return draft;
    };
    let valued = read(pattern, Dialect::Rust).and_then(|parsed| {
        let reported = match group_named(&parsed, "TOKEN") {
            Some(token) => Reported::Group(token),
            None if has_groups(&parsed) => Reported::Group(1),
            None => Reported::Whole,
        };
        name_value(parsed, reported)
    });
    let valued = match valued {
        Ok(valued) => valued,
        Err(remark) => {
            draft.rule.left.push(remark);
            return draft;
        }
    };
    draft.rule.changed.extend(valued.changed);
    draft.rule.left.extend(valued.left);

    let own = id.strip_prefix("kingfisher.").unwrap_or(id);
    let mut classifier = Classifier::new(id_of(&["secret.kingfisher", own]));
    name.clone_into(&mut classifier.name);
    let description = node.get_text("description").unwrap_or_default();
    description.clone_into(&mut classifier.description);
    classifier.severity = Severity::High;
    classifier.references = vec![format!("Kingfisher rule {id}")];
    classifier.references.extend(node.get_texts("references"));
    classifier.tags = vec!["secret".to_owned(), "kingfisher".to_owned()];
    classifier.tags.extend(node.get_texts("categories"));
    classifier.confidence = match node.get_text("confidence") {
        Some("low") => 40,
        Some("medium") => 60,
        Some("high") => 80,
        None => classifier.confidence,
        Some(other) => {
            draft.left("confidence other than low, medium, high", other);
            classifier.confidence
        }
    };
    if node.get_text("visible") == Some("false") {
        classifier.tags.push("hidden".to_owned());
        classifier.severity = Severity::Info;
        draft.changed(
            "not reported by itself there; tagged `hidden` and of severity info",
            "",
        );
    }
    dedup(&mut classifier.tags);
    let entropy = node.get_text("min_entropy");
    let validate: Vec<String> = entropy
        .and_then(|text| draft.entropy(text))
        .into_iter()
        .collect();
    for parsed in &valued.patterns {
        let detector = draft.detector(parsed, validate.clone());
        classifier.regexes.push(detector);
    }
    left_behind(&mut draft, node);
    draft.classifiers.push(classifier);
    draft
}

fn left_behind(draft: &mut Draft, node: &Node) {
    let others = node.get_list("depends_on_rule").iter();
    let others: Vec<&str> = others.filter_map(|on| on.get_text("rule_id")).collect();
    if !others.is_empty() {
        draft.left("a variable from another rule", others.join(", "));
    }
    if node.get("validation").is_some() {
        draft.left("live check of the value", "");
    }
    if node.get_text("prevalidated") == Some("true") {
        draft.left("counts as checked there by its pattern alone", "");
    }
    draft.left_keys(node, KNOWN);
}

/// Leaves out what was there before.
fn dedup(tags: &mut Vec<String>) {
    let mut seen = std::collections::BTreeSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
}

#[cfg(test)]
mod tests {
    use super::import;

    #[test]
    fn rules_keep_what_they_find() {
        let import = import(
            "rules:\n\
             - name: Acme Key\n  id: kingfisher.acme.1\n  pattern: |\n    (?xi)\n    \\b acme_ (\n\
             \x20     [a-z]{8}  # eight\n    )\n  min_entropy: 3.0\n  confidence: high\n\
             \x20 visible: false\n  categories: [api, secret]\n  examples: [acme_abcdefgh]\n\
             \x20 depends_on_rule:\n  - rule_id: kingfisher.acme.2\n    variable: ID\n\
             - name: Acme Pair\n  id: kingfisher.acme.2\n  pattern: (a{4})(?P<TOKEN>b{4})\n\
             \x20 pattern_requirements: {min_digits: 1}\n",
        )
        .unwrap();
        let [key, pair] = import.classifiers.as_slice() else {
            panic!("two rules");
        };
        assert_eq!(key.id.as_str(), "secret.kingfisher.acme.1");
        assert!(key.regexes[0].pattern.contains("acme_ (?P<value>\n"));
        assert_eq!(key.regexes[0].validate, ["entropy:3"]);
        assert_eq!(
            (key.confidence, key.tags.join(" ")),
            (80, "secret kingfisher api hidden".into())
        );
        assert_eq!(pair.regexes[0].pattern, "(a{4})(?P<value>b{4})");
        let left = import
            .report
            .rules
            .iter()
            .map(|rule| rule.left[0].detail.as_str());
        let left: Vec<_> = left.collect();
        assert_eq!(left, ["kingfisher.acme.2", "pattern_requirements"]);
    }
}
