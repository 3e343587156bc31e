//! What became of each rule.

use std::collections::BTreeMap;

use serde::Serialize;

/// Something a rule did not keep, or kept in another form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Remark {
    /// The same words for the same reason, so that reasons can be counted.
    pub(super) reason: &'static str,
    /// What is special to this rule; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) detail: String,
}

impl Remark {
    pub(super) fn new(reason: &'static str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self { reason, detail }
    }
}

/// One rule of the file and what became of it.
#[derive(Debug, Serialize)]
pub(super) struct Rule {
    /// Its name in the file.
    #[serde(rename = "rule")]
    pub(super) name: String,
    /// Where it starts.
    pub(super) line: usize,
    /// The classifiers it became.
    pub(super) ids: Vec<String>,
    /// What is carried over in another form.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) changed: Vec<Remark>,
    /// What is not carried over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) left: Vec<Remark>,
}

impl Rule {
    pub(super) fn new(name: impl Into<String>, line: usize) -> Self {
        Self {
            name: name.into(),
            line,
            ids: Vec::new(),
            changed: Vec::new(),
            left: Vec::new(),
        }
    }

    fn outcome(&self) -> Outcome {
        if self.ids.is_empty() {
            Outcome::Not
        } else if self.left.is_empty() {
            Outcome::Carried
        } else {
            Outcome::Partly
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Carried,
    Partly,
    Not,
}

/// What became of a file of rules.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// What holds for every rule of the format.
    pub(super) notes: &'static [&'static str],
    /// What the file holds beside rules and is not carried over.
    pub(super) file: Vec<Remark>,
    /// Every rule, in the order of the file.
    pub(super) rules: Vec<Rule>,
}

impl Report {
    /// How many rules were carried over, carried over in part, and not.
    pub(super) fn counts(&self) -> (usize, usize, usize) {
        let count = |outcome| {
            let rules = self.rules.iter();
            rules.filter(|rule| rule.outcome() == outcome).count()
        };
        (
            count(Outcome::Carried),
            count(Outcome::Partly),
            count(Outcome::Not),
        )
    }

    /// For people: the counts, then the reasons, most frequent first.
    pub(super) fn summary(&self) -> String {
        let (carried, partly, not) = self.counts();
        let mut text = format!(
            "{} rules read: {carried} carried over, {partly} partly, {not} not.\n",
            self.rules.len()
        );
        let with = |outcome| {
            let rules = self.rules.iter();
            rules.filter(move |rule| rule.outcome() == outcome)
        };
        let left = |rule: &'_ Rule| rule.left.clone();
        group(&mut text, "Not carried over", with(Outcome::Not).map(left));
        group(&mut text, "Left behind", with(Outcome::Partly).map(left));
        let changed = self.rules.iter().filter(|rule| !rule.ids.is_empty());
        let changed = changed.map(|rule| rule.changed.clone());
        group(&mut text, "Carried over in another form", changed);
        let file = self.file.iter();
        // The detail of a file may be a page long; `json_lines` has all of it.
        let file = file.map(|remark| {
            let shown = remark.detail.chars().take(60);
            let detail: String = shown
                .map(|c| if c.is_control() { ' ' } else { c })
                .collect();
            let cut = if detail.len() < remark.detail.len() {
                " ..."
            } else {
                ""
            };
            format!("{}, {detail}{cut}", remark.reason)
        });
        section(&mut text, "Of the file, not carried over", file);
        let notes = self.notes.iter().map(|&note| note.to_owned());
        section(&mut text, "To know", notes);
        text
    }

    /// For programs: one object for the file, then one for each rule.
    pub(super) fn json_lines(&self) -> String {
        #[derive(Serialize)]
        struct File<'a> {
            notes: &'a [&'a str],
            left: &'a [Remark],
        }
        #[derive(Serialize)]
        struct Line<'a> {
            #[serde(flatten)]
            rule: &'a Rule,
            outcome: Outcome,
        }
        let file = File {
            notes: self.notes,
            left: &self.file,
        };
        let mut text = to_line(&file);
        for rule in &self.rules {
            let outcome = rule.outcome();
            text += &to_line(&Line { rule, outcome });
        }
        text
    }
}

fn to_line(value: &impl Serialize) -> String {
    let line = serde_json::to_string(value).expect("string keys and no maps");
    line + "\n"
}

/// Counts rules by reason.
fn group(text: &mut String, title: &str, rules: impl Iterator<Item = Vec<Remark>>) {
    let mut counts = BTreeMap::<&str, usize>::new();
    for remarks in rules {
        let mut reasons: Vec<_> = remarks.iter().map(|remark| remark.reason).collect();
        reasons.sort_unstable();
        reasons.dedup();
        for reason in reasons {
            *counts.entry(reason).or_default() += 1;
        }
    }
    if counts.is_empty() {
        return;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(reason, count)| (std::cmp::Reverse(count), reason));
    let lines = counts.into_iter();
    let lines = lines.map(|(reason, count)| format!("{count:4}  {reason}"));
    section(text, &format!("{title} (rules)"), lines);
}

/// A heading and its lines, unless there are none.
fn section(text: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    for (number, line) in lines.enumerate() {
        if number == 0 {
            *text += title;
            *text += ":\n";
        }
        *text += "  ";
        *text += &line;
        *text += "\n";
    }
}
