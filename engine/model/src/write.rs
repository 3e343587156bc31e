//! Classifiers to TOML text: one form for the same classifiers, made to be read by people.

use std::fmt::Write;

use crate::term::lines;
use crate::visible::is_hidden;
use crate::{
    Classifier, Composite, Context, Counterexample, DEFAULT_COMPOSITE_WITHIN, DEFAULT_CONFIDENCE,
    DEFAULT_CONTEXT_AMOUNT, DEFAULT_CONTEXT_WINDOW, DEFAULT_TERMS_WITHIN, DictionaryDetector,
    Example, Exclusions, Matching, Override, RegexDetector, Severity, Stage,
};

/// Longest line that an array is kept on, in characters.
const WIDTH: usize = 100;

/// The text form of a pack; `header` stands above it as a comment unless it is empty.
///
/// [`read_pack`](crate::read_pack) reads it back to equal classifiers (but for their places) if
/// it would accept them: terms and patterns that are not empty, values within their ranges. The terms
/// of files are written into the pack.
///
/// ```
/// use sluicegate_model::{Classifier, ClassifierId, write_pack};
/// let classifier = Classifier::new(ClassifierId::new("custom.ticket")?).with_regex(r"TCK-\d{6}");
/// assert_eq!(
///     write_pack(&[classifier], "Ours."),
///     "# Ours.\n\n[[classifier]]\nid = \"custom.ticket\"\n\n\
///      [[classifier.regex]]\npattern = 'TCK-\\d{6}'\n"
/// );
/// # Ok::<(), sluicegate_model::IdError>(())
/// ```
pub fn write_pack(classifiers: &[Classifier], header: &str) -> String {
    let mut page = Page(String::new());
    page.comment(header);
    for classifier in classifiers {
        page.classifier(classifier);
    }
    page.0
}

/// The text form of overrides, each with its comment above it; see [`write_pack`].
///
/// ```
/// use sluicegate_model::{Override, write_overrides};
/// let quiet = Override {
///     classifiers: vec!["inject.role.*".into()],
///     min_confidence: Some(80),
///     ..Override::default()
/// };
/// assert_eq!(
///     write_overrides(&[(quiet, "Too noisy.".into())]),
///     "\n# Too noisy.\n[[override]]\nclassifiers = [\"inject.role.*\"]\nmin_confidence = 80\n"
/// );
/// ```
pub fn write_overrides(overrides: &[(Override, String)]) -> String {
    let mut page = Page(String::new());
    for (one, comment) in overrides {
        page.0.push('\n');
        page.comment(comment);
        page.0 += "[[override]]\n";
        page.strings("classifiers", &one.classifiers);
        if one.disabled {
            page.pair("disabled", "true");
        }
        if let Some(least) = one.min_confidence {
            page.pair("min_confidence", &least.to_string());
        }
        if let Some(context) = &one.context {
            page.context("[override.context]", context);
        }
        page.exclusions("[override.exclude]", &one.exclude);
    }
    page.0
}

struct Page(String);

impl Page {
    fn comment(&mut self, text: &str) {
        for line in text.lines() {
            // A comment may hold no control character but the tab.
            let line = line.replace(|c: char| c.is_control() && c != '\t', " ");
            self.0 += format!("# {line}").trim_end();
            self.0.push('\n');
        }
    }

    fn classifier(&mut self, classifier: &Classifier) {
        self.heading("[[classifier]]");
        self.pair("id", &string(classifier.id.as_str()));
        self.text("name", &classifier.name);
        self.text("description", &classifier.description);
        if classifier.severity != Severity::default() {
            self.text("severity", classifier.severity.as_str());
        }
        if classifier.confidence != DEFAULT_CONFIDENCE {
            self.pair("confidence", &classifier.confidence.to_string());
        }
        self.strings("tags", &classifier.tags);
        self.text(
            "presidio",
            classifier.presidio.as_deref().unwrap_or_default(),
        );
        self.strings("references", &classifier.references);
        if let Some(chance) = classifier.chance {
            // `Debug` keeps the point or exponent that makes it a TOML float.
            self.pair("chance", &format!("{chance:?}"));
        }
        self.text("since", classifier.since.as_deref().unwrap_or_default());
        if classifier.stage != Stage::default() {
            self.text("stage", classifier.stage.as_str());
        }
        let accepted = classifier.accept.iter().map(|accepted| {
            let (code, reason) = (accepted.code.as_str(), string(&accepted.reason));
            format!("{{ code = {}, reason = {reason} }}", string(code))
        });
        self.array("accept", &accepted.collect::<Vec<_>>());
        classifier
            .regexes
            .iter()
            .for_each(|regex| self.regex(regex));
        classifier
            .dictionaries
            .iter()
            .for_each(|dictionary| self.dictionary(dictionary));
        classifier
            .composite
            .iter()
            .for_each(|composite| self.composite(composite));
        classifier
            .context
            .iter()
            .for_each(|context| self.context("[classifier.context]", context));
        self.exclusions("[classifier.exclude]", &classifier.exclude);
        classifier
            .examples
            .iter()
            .for_each(|example| self.example(example));
        classifier
            .counterexamples
            .iter()
            .for_each(|example| self.counterexample(example));
    }

    fn regex(&mut self, regex: &RegexDetector) {
        self.heading("[[classifier.regex]]");
        self.pair("pattern", &literal(&regex.pattern));
        if let Some(max_len) = regex.max_len {
            self.pair("max_len", &max_len.to_string());
        }
        self.strings("validate", &regex.validate);
    }

    fn dictionary(&mut self, dictionary: &DictionaryDetector) {
        self.heading("[[classifier.dictionary]]");
        if dictionary.matching != Matching::default() {
            self.text("match", dictionary.matching.as_str());
        }
        let listed = dictionary.terms.iter().map(String::as_str);
        let file = dictionary.file.as_ref().map_or("", |file| file.text());
        let terms = listed.chain(lines(file).map(|(line, _)| line));
        self.array("terms", &terms.map(string).collect::<Vec<_>>());
        if dictionary.case_sensitive {
            self.pair("case_sensitive", "true");
        }
        for (key, value, default) in [
            ("weight", Some(dictionary.weight), Some(1)),
            ("threshold", dictionary.threshold, None),
            ("count", dictionary.count, None),
            (
                "within",
                Some(dictionary.within),
                Some(DEFAULT_TERMS_WITHIN),
            ),
        ] {
            if let Some(value) = value.filter(|_| value != default) {
                self.pair(key, &value.to_string());
            }
        }
        if dictionary.unique {
            self.pair("unique", "true");
        }
        self.strings("validate", &dictionary.validate);
    }

    fn composite(&mut self, composite: &Composite) {
        self.heading("[classifier.composite]");
        let Composite {
            within,
            kinds,
            values,
            weight,
            ..
        } = *composite;
        for (key, value, default) in [
            ("within", within, DEFAULT_COMPOSITE_WITHIN),
            ("kinds", kinds, 1),
            ("values", values, 1),
            ("weight", weight, 0),
            ("min_confidence", composite.min_confidence.into(), 0),
        ] {
            if value != default {
                self.pair(key, &value.to_string());
            }
        }
        for member in &composite.members {
            self.heading("[[classifier.composite.member]]");
            self.strings("classifiers", &member.classifiers);
            if member.weight != 1 {
                self.pair("weight", &member.weight.to_string());
            }
        }
    }

    fn context(&mut self, heading: &str, context: &Context) {
        self.heading(heading);
        self.strings("keywords", &context.keywords);
        if context.window != DEFAULT_CONTEXT_WINDOW {
            self.pair("window", &context.window.to_string());
        }
        // The default is written too: what a keyword does is the point of the table.
        self.text("effect", context.effect.as_str());
        if context.amount != DEFAULT_CONTEXT_AMOUNT {
            self.pair("amount", &context.amount.to_string());
        }
    }

    fn exclusions(&mut self, heading: &str, exclude: &Exclusions) {
        if exclude.is_empty() {
            return;
        }
        self.heading(heading);
        self.strings("values", &exclude.values);
        self.strings("terms", &exclude.terms);
        let patterns: Vec<String> = exclude.patterns.iter().map(|text| literal(text)).collect();
        self.array("patterns", &patterns);
    }

    fn example(&mut self, example: &Example) {
        self.heading("[[classifier.example]]");
        self.text("text", &example.text);
        self.text("value", example.value.as_deref().unwrap_or_default());
        self.text("template", example.template.as_deref().unwrap_or_default());
    }

    fn counterexample(&mut self, example: &Counterexample) {
        self.heading("[[classifier.counterexample]]");
        self.text("text", &example.text);
        self.text("template", example.template.as_deref().unwrap_or_default());
        self.text("why", &example.why);
    }

    fn heading(&mut self, heading: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0 += heading;
        self.0.push('\n');
    }

    fn pair(&mut self, key: &str, value: &str) {
        self.0 += key;
        self.0 += " = ";
        self.0 += value;
        self.0.push('\n');
    }

    /// A string, unless it is empty.
    fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.pair(key, &string(text));
        }
    }

    /// An array of strings, unless it is empty.
    fn strings(&mut self, key: &str, texts: &[String]) {
        let written: Vec<String> = texts.iter().map(|text| string(text)).collect();
        self.array(key, &written);
    }

    fn array(&mut self, key: &str, written: &[String]) {
        if written.is_empty() {
            return;
        }
        let line = format!("[{}]", written.join(", "));
        if key.len() + " = ".len() + line.chars().count() <= WIDTH {
            self.pair(key, &line);
        } else {
            self.pair(key, &format!("[\n    {},\n]", written.join(",\n    ")));
        }
    }
}

/// A string in double quotes; in single ones where that saves escaping.
fn string(text: &str) -> String {
    if text.contains(['"', '\\']) {
        literal(text)
    } else {
        quoted(text)
    }
}

/// A string in single quotes, three where it holds one; in double quotes where neither will do.
fn literal(text: &str) -> String {
    if text.contains(is_hidden) {
        quoted(text)
    } else if !text.contains('\'') {
        format!("'{text}'")
    } else if !text.contains("'''") && !text.ends_with('\'') {
        format!("'''{text}'''")
    } else {
        quoted(text)
    }
}

/// A string in double quotes, with everything escaped that a reader could not see.
fn quoted(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for c in text.chars() {
        match c {
            '"' => written += "\\\"",
            '\\' => written += "\\\\",
            '\n' => written += "\\n",
            '\r' => written += "\\r",
            '\t' => written += "\\t",
            c if is_hidden(c) => {
                let code = u32::from(c);
                let result = if code > 0xffff {
                    write!(written, "\\U{code:08X}")
                } else {
                    write!(written, "\\u{code:04X}")
                };
                result.expect("writing to a string succeeds");
            }
            c => written.push(c),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_take_the_plainest_form() {
        assert_eq!(string("plain"), r#""plain""#);
        assert_eq!(string(r#"say "x""#), r#"'say "x"'"#);
        assert_eq!(literal(r"\d'\d"), r"'''\d'\d'''");
        assert_eq!(literal(r"\d'"), r#""\\d'""#);
        assert_eq!(literal("a\u{200b}\n\u{e0041}"), r#""a\u200B\n\U000E0041""#);
    }

    #[test]
    fn long_arrays_take_a_line_for_each_element() {
        let mut page = Page(String::new());
        page.strings("tags", &["a".repeat(60), "b".repeat(60)]);
        assert_eq!(page.0.lines().count(), 4);
    }
}
