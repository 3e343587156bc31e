//! Presidio's recognisers: YAML, patterns in Python's syntax.
//!
//! Format: <https://microsoft.github.io/presidio/analyzer/recognizer_registry_provider/>

use sluicegate::model::{
    Classifier, Context, ContextEffect, DEFAULT_CONFIDENCE, DEFAULT_CONTEXT_WINDOW,
    DictionaryDetector, RegexDetector,
};

use super::dialect::{Dialect, read};
use super::draft::{Draft, Import, id_of};
use super::number::hundredths;
use super::tree::{Node, Unreadable, read_yaml};
use super::value::{Reported, name_value};

const NOTES: &[&str] = &[
    "Patterns have the flags i, m, s, as Presidio compiles them; they read bytes, so \\w, \\d and \
     \\b know ASCII only unless the pattern holds other characters.",
    "Context words raise the confidence by 35 within 64 bytes on either side, as whole words; \
     Presidio looks at five words before the match, at lemmas and at parts of words.",
    "Languages become tags: a classifier applies to every text.",
    "A match has at most 4096 bytes where its pattern sets no bound.",
];

/// By how much Presidio raises a score: its `context_similarity_factor`, 0.35.
const CONTEXT_AMOUNT: u8 = 35;

/// Keys that are read, or that say nothing about what is found.
const KNOWN: &[&str] = &[
    "name",
    "type",
    "enabled",
    "supported_entity",
    "supported_entities",
    "supported_language",
    "supported_languages",
    "patterns",
    "context",
    "deny_list",
    "deny_list_score",
    "global_regex_flags",
    "version",
];

/// Python's numbers of the flags that we know too.
const FLAGS: [(u32, char); 4] = [(2, 'i'), (8, 'm'), (16, 's'), (64, 'x')];

/// Carries the recognisers over.
///
/// # Errors
/// When the text is no YAML with a list `recognizers`.
pub(super) fn import(text: &str) -> Result<Import, Unreadable> {
    let file = read_yaml(text)?;
    let mut import = Import::new(NOTES);
    for node in file.rules(
        "recognizers",
        "Presidio's recognisers stand in a list `recognizers`",
    )? {
        import.add(draft(node));
    }
    Ok(import)
}

fn draft(node: &Node) -> Draft {
    let name = node.text().or(node.get_text("name")).unwrap_or_default();
    let mut draft = Draft::new(name, node.line);
    if node.get_text("enabled") == Some("false") {
        draft.left("switched off there", "");
        return draft;
    }
    let terms = node.get_texts("deny_list");
    if node.get_list("patterns").is_empty() && terms.is_empty() {
        draft.left("a recogniser that is code, not patterns", "");
        return draft;
    }
    let mut entities = node.get_texts("supported_entity");
    entities.extend(node.get_texts("supported_entities"));
    let Some(entity) = entities.first() else {
        draft.left("no entity", "");
        return draft;
    };
    if entities.len() > 1 {
        draft.left("entities beside the first", entities[1..].join(", "));
    }
    let (context, languages) = context_and_languages(node);

    let flags = flags(&mut draft, node);
    // Scores belong to patterns, a confidence to a classifier: one classifier for each score.
    let mut scored = Vec::<(u8, Classifier)>::new();
    for pattern in node.get_list("patterns") {
        let part = pattern.get_text("name").unwrap_or_default();
        let Some(detectors) = detectors(&mut draft, pattern, part, &flags) else {
            continue;
        };
        let score = confidence(&mut draft, pattern.get_text("score").unwrap_or("0.5"));
        of_score(&mut scored, score, entity, part)
            .regexes
            .extend(detectors);
    }
    if !terms.is_empty() {
        let score = confidence(
            &mut draft,
            node.get_text("deny_list_score").unwrap_or("1.0"),
        );
        let classifier = of_score(&mut scored, score, entity, "deny list");
        classifier.dictionaries.push(DictionaryDetector {
            case_sensitive: !flags.contains('i'),
            ..DictionaryDetector::new(terms)
        });
        draft.changed(
            "deny list as a dictionary: `_` and letters beyond ASCII end a word",
            "",
        );
    }
    let one = scored.len() == 1;
    for (_, mut classifier) in scored {
        if one {
            classifier.id = id_of(&["pii.presidio", entity]);
        }
        name.clone_into(&mut classifier.name);
        classifier.presidio = Some(entity.clone());
        classifier.references = vec![format!("Presidio recogniser {name}")];
        classifier.tags = vec!["pii".to_owned(), "presidio".to_owned()];
        let languages = languages
            .iter()
            .map(|language| format!("language-{language}"));
        classifier.tags.extend(languages);
        if !context.is_empty() {
            classifier.context = Some(Context {
                keywords: context.clone(),
                window: DEFAULT_CONTEXT_WINDOW,
                effect: ContextEffect::Raise,
                amount: CONTEXT_AMOUNT,
                place: None,
            });
        }
        draft.classifiers.push(classifier);
    }
    draft.left_keys(node, KNOWN);
    draft
}

/// The classifier of a score, made where there is none yet; its id tells the scores apart.
fn of_score<'a>(
    scored: &'a mut Vec<(u8, Classifier)>,
    score: u8,
    entity: &str,
    part: &str,
) -> &'a mut Classifier {
    let at = scored.iter().position(|(other, _)| *other == score);
    let at = at.unwrap_or_else(|| {
        let mut classifier = Classifier::new(id_of(&["pii.presidio", entity, part]));
        classifier.confidence = score;
        scored.push((score, classifier));
        scored.len() - 1
    });
    &mut scored[at].1
}

/// The detectors of one pattern; none if it can't be carried over.
fn detectors(
    draft: &mut Draft,
    pattern: &Node,
    part: &str,
    flags: &str,
) -> Option<Vec<RegexDetector>> {
    let Some(text) = pattern.get_text("regex") else {
        draft.left("no pattern", part);
        return None;
    };
    let valued = read(text, Dialect::Python).and_then(|parsed| {
        let text = match flags {
            "" => parsed.text,
            flags => format!("(?{flags}){}", parsed.text),
        };
        name_value(read(&text, Dialect::Rust)?, Reported::Whole)
    });
    match valued {
        Ok(valued) => {
            let parsed = valued.patterns.iter();
            Some(
                parsed
                    .map(|parsed| draft.detector(parsed, Vec::new()))
                    .collect(),
            )
        }
        Err(remark) => {
            draft.left(
                remark.reason,
                format!("pattern `{part}`, {}", remark.detail),
            );
            None
        }
    }
}

/// The flags of a recogniser, as letters; Presidio's own where it states none.
fn flags(draft: &mut Draft, node: &Node) -> String {
    let Some(written) = node.get_text("global_regex_flags") else {
        return "ims".to_owned();
    };
    let number: u32 = written.parse().unwrap_or(0);
    let known: u32 = FLAGS.iter().map(|(bit, _)| bit).sum();
    if number & !known != 0 || written.parse::<u32>().is_err() {
        draft.left("flags without a counterpart", written);
    }
    let letters = FLAGS.iter().filter(|(bit, _)| number & bit != 0);
    letters.map(|(_, letter)| letter).collect()
}

/// A score from 0 to 1 as a confidence.
fn confidence(draft: &mut Draft, score: &str) -> u8 {
    if let Some((value, cut)) = hundredths(score)
        && value <= 100
    {
        if cut {
            draft.changed("score cut to two decimals", score);
        }
        return value as u8;
    }
    draft.left("score that is no number from 0 to 1", score);
    DEFAULT_CONFIDENCE
}

/// Words of the context and languages, from either form, sorted.
fn context_and_languages(node: &Node) -> (Vec<String>, Vec<String>) {
    let mut context = node.get_texts("context");
    let mut languages = node.get_texts("supported_language");
    for language in node.get_list("supported_languages") {
        languages.extend(
            language
                .text()
                .or(language.get_text("language"))
                .map(str::to_owned),
        );
        context.extend(language.get_texts("context"));
    }
    for list in [&mut context, &mut languages] {
        list.sort_unstable();
        list.dedup();
    }
    (context, languages)
}

#[cfg(test)]
mod tests {
    use super::import;

    #[test]
    fn recognisers_keep_entities_scores_and_context() {
        let import = import(
            "recognizers:\n\
             - name: Acme id\n  supported_entity: ACME_ID\n  supported_languages:\n\
             \x20 - language: en\n    context: [acme]\n  - de\n  patterns:\n\
             \x20 - {name: strong, regex: '\\bA\\d{4}\\Z', score: 0.85}\n\
             \x20 - {name: weak, regex: '(?P<value>\\d{4})\\b', score: 0.05}\n\
             \x20 - {name: look, regex: '(?<!a)\\d', score: 0.05}\n\
             - name: Titles\n  supported_entity: TITLE\n  deny_list: [Dr., Prof]\n\
             - CodeRecognizer\n",
        )
        .unwrap();
        let [strong, weak, titles] = import.classifiers.as_slice() else {
            panic!("three classifiers");
        };
        assert_eq!(strong.id.as_str(), "pii.presidio.acme-id.strong");
        assert_eq!(strong.confidence, 85);
        assert_eq!(strong.regexes[0].pattern, r"(?ims)\bA\d{4}\z");
        assert_eq!(strong.context.as_ref().unwrap().keywords, ["acme"]);
        assert_eq!(strong.tags[2..], ["language-de", "language-en"]);
        assert_eq!((weak.confidence, weak.regexes.len()), (5, 1));
        assert_eq!(weak.regexes[0].pattern, r"(?ims)(\d{4})\b");
        assert_eq!(titles.id.as_str(), "pii.presidio.title");
        assert_eq!(titles.dictionaries[0].terms, ["Dr.", "Prof"]);
        assert_eq!(titles.confidence, 100);
        assert_eq!(import.report.counts(), (1, 1, 1));
    }
}
