//! The form of a pack file as types, from which its JSON Schema is made.
//!
//! The reader does not use them: it reports every problem at its place, which a derived one
//! can't. A test holds their keys against those that the reader asks for.

#![expect(dead_code, reason = "the types are never made, only described")]

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;
use sluicegate_model::{ContextEffect, Matching, Severity, Stage};

/// The JSON Schema of a pack file.
pub(crate) fn schema() -> Value {
    let plain = RecursiveTransform(plain);
    SchemaSettings::draft2020_12()
        .with_transform(plain)
        .into_generator()
        .into_root_schema_for::<Pack>()
        .to_value()
}

/// Takes out what the derive adds and TOML does not know: null for a key that is not there, and
/// the line breaks of the comments.
fn plain(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [kind] = &types[..] {
            let kind = kind.clone();
            schema.insert("type".to_owned(), kind);
        }
    }
    if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        choices.retain(|choice| choice["type"] != "null");
        if let [Value::Object(only)] = &choices[..] {
            let only = only.clone();
            schema.remove("anyOf");
            schema.ensure_object().extend(only);
        }
    }
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = text.replace('\n', " ");
    }
}

/// A file of classifiers.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Pack {
    /// What to look for.
    classifier: Option<Vec<Classifier>>,
    /// Tables of facts, each row of which becomes a classifier.
    table: Option<Vec<Table>>,
    /// What changes about classifiers of other packs, such as the built-in ones.
    #[schemars(rename = "override")]
    overrides: Option<Vec<Override>>,
}

/// A change to classifiers that are written elsewhere.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Override {
    /// Ids, or beginnings of ids followed by `*`.
    #[schemars(length(min = 1))]
    classifiers: Vec<Text>,
    /// Whether they are left out; false where not stated.
    disabled: Option<bool>,
    /// Findings of less confidence are left out.
    #[schemars(range(min = 0, max = 100))]
    min_confidence: Option<u8>,
    /// A context in place of theirs.
    context: Option<Context>,
    /// Values that are not findings either.
    exclude: Option<Exclude>,
}

/// A table of facts.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Table {
    /// The CSV file beside this one; its first row names the columns.
    #[schemars(length(min = 1))]
    file: String,
    /// In every string `${column}` stands for the row's cell; an element of an array that is
    /// exactly `${column*}` stands for the cell's parts between `;`. An empty cell leaves out
    /// what consists of it alone.
    classifier: Classifier,
}

/// One thing to look for.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Classifier {
    /// `<family>.<group>.<name>`: words of a-z, 0-9 and '-', joined by dots; never used again for
    /// something else.
    #[schemars(length(min = 1, max = 128))]
    id: String,
    /// A short name for people.
    #[schemars(length(min = 1))]
    name: Option<String>,
    /// A sentence or two.
    #[schemars(length(min = 1))]
    description: Option<String>,
    /// How bad a finding is; medium where not stated.
    #[schemars(schema_with = "severities")]
    severity: Option<String>,
    /// Base confidence; 50 where not stated.
    #[schemars(range(min = 0, max = 100))]
    confidence: Option<u8>,
    /// Words to select by.
    tags: Option<Vec<Text>>,
    /// Entity name for Presidio-compatible output.
    #[schemars(length(min = 1))]
    presidio: Option<String>,
    /// Where the format is documented.
    references: Option<Vec<Text>>,
    /// Share of random strings of this shape that the detectors and validators accept.
    #[schemars(range(min = 0, max = 1))]
    chance: Option<f64>,
    /// First version of the catalogue that has it.
    #[schemars(length(min = 1))]
    since: Option<String>,
    /// Where it stands in its life; stable where not stated.
    #[schemars(schema_with = "stages")]
    stage: Option<String>,
    /// Warnings of `check` that are known and right: counted, and not shown.
    accept: Option<Vec<Accept>>,
    /// Regular expressions; a match of any of them is a finding.
    regex: Option<Vec<Regex>>,
    /// Lists of terms; an occurrence of any term is a finding.
    dictionary: Option<Vec<Dictionary>>,
    /// Findings of other classifiers that are a finding together; in place of detectors, and
    /// without `context` and `exclude`.
    composite: Option<Composite>,
    /// Words near a match that it needs, or that change its confidence.
    context: Option<Context>,
    /// Values that match and are never findings.
    exclude: Option<Exclude>,
    /// Texts with a finding.
    example: Option<Vec<Example>>,
    /// Texts without a finding of this classifier.
    counterexample: Option<Vec<Counterexample>>,
}

/// A warning that its author knows of and leaves as it is.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Accept {
    /// Code of the warning, of which all about this classifier are accepted.
    #[schemars(length(min = 1))]
    code: String,
    /// Why nothing is to be done about it.
    #[schemars(length(min = 1))]
    reason: String,
}

/// A regular expression in the syntax of the Rust `regex` crate, over bytes, Unicode off.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Regex {
    /// The pattern; the group named `value`, where there is one, is the span reported.
    #[schemars(length(min = 1))]
    pattern: String,
    /// Longest match in bytes; 4096 where not stated.
    #[schemars(range(min = 1, max = 65536))]
    max_len: Option<u32>,
    /// Validators that must all accept the value, as `name` or `name:argument`.
    validate: Option<Vec<Text>>,
}

/// Terms found as whole words; where several start at one place, the longest wins. With
/// `threshold` or `count` a finding is a group of occurrences that stand together and reach one of
/// them; whatever streams is held back from an occurrence on until its group is decided.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Dictionary {
    /// The terms. In a dictionary of words a tab parts a term from its weight.
    #[schemars(length(min = 1))]
    terms: Option<Vec<Text>>,
    /// How terms are compared with the input: as bytes, with ASCII case folded, or word by word,
    /// whatever their case, width and accents, with up to 16 bytes between words; as bytes where
    /// not stated.
    #[schemars(rename = "match", schema_with = "matchings")]
    matching: Option<String>,
    /// Of words: the file beside this one with more terms, one on each line, where a tab may part
    /// a term from its weight, and lines that start with `#` say nothing.
    #[schemars(length(min = 1))]
    file: Option<String>,
    /// Of words: the weight of terms that state none; 1 where not stated.
    #[schemars(range(min = 0, max = 1_000_000))]
    weight: Option<u32>,
    /// Of words: the least sum of weights that is a finding.
    #[schemars(range(min = 1, max = 1_000_000))]
    threshold: Option<u32>,
    /// Of words: the least number of occurrences that is a finding.
    #[schemars(range(min = 1, max = 65536))]
    count: Option<u32>,
    /// Of words: whether equal terms count once in a group; false where not stated.
    unique: Option<bool>,
    /// Of words: bytes that a group fits into; 1000 where not stated.
    #[schemars(range(min = 1, max = 65536))]
    within: Option<u32>,
    /// Whether ASCII letters must agree in case; false where not stated, and never of words.
    case_sensitive: Option<bool>,
    /// Validators that must all accept the term found, as `name` or `name:argument`.
    validate: Option<Vec<Text>>,
}

/// Findings of other classifiers that stand together: a group, which is a finding of its own from
/// the start of its first member to the end of its last. Streams wait for it: from a finding of a
/// member on, nothing is passed on before `within` bytes have come.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Composite {
    /// Bytes that the whole group fits into; 300 where not stated.
    #[schemars(range(min = 1, max = 65536))]
    within: Option<u32>,
    /// How many different members it has at least; 1 where not stated.
    #[schemars(range(min = 1, max = 1000))]
    kinds: Option<u32>,
    /// How many distinct values it has at least, ASCII case folded; 1 where not stated.
    #[schemars(range(min = 1, max = 65536))]
    values: Option<u32>,
    /// The least sum of the weights of its distinct values; 0 where not stated.
    #[schemars(range(min = 0, max = 1_000_000))]
    weight: Option<u32>,
    /// Findings of less confidence do not count; 0 where not stated.
    #[schemars(range(min = 0, max = 100))]
    min_confidence: Option<u8>,
    /// What can be in the group. A classifier that several members name belongs to the first.
    #[schemars(length(min = 1))]
    member: Vec<Member>,
}

/// Classifiers whose findings count as one kind.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Member {
    /// Ids, or beginnings of ids followed by `*`, which never stand for a composite. Those of
    /// indexes (`exact.*`, `document.*`) may be named.
    #[schemars(length(min = 1))]
    classifiers: Vec<Text>,
    /// What each distinct value adds to the weight of the group; 1 where not stated.
    #[schemars(range(min = 0, max = 1_000_000))]
    weight: Option<u32>,
}

/// Keywords looked for near a match: whole words, ASCII case folded.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Context {
    /// The keywords.
    #[schemars(length(min = 1))]
    keywords: Vec<Text>,
    /// How far from the value a keyword may stand, in bytes on either side; 64 where not stated.
    #[schemars(range(min = 1, max = 4096))]
    window: Option<u32>,
    /// What a keyword does; it raises the confidence where not stated.
    #[schemars(schema_with = "effects")]
    effect: Option<String>,
    /// By how much the confidence changes; 20 where not stated, unused with `require`.
    #[schemars(range(min = 0, max = 100))]
    amount: Option<u8>,
}

/// Values that match and are never findings.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("minProperties" = 1))]
struct Exclude {
    /// Whole values, compared byte for byte.
    values: Option<Vec<Text>>,
    /// Terms that occur anywhere in the value, ASCII case folded.
    terms: Option<Vec<Text>>,
    /// Patterns that match anywhere in the value, which is all they see.
    patterns: Option<Vec<Text>>,
}

/// A text in which the classifier finds the value.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Example {
    /// The text, `{value}` standing for the generated value where there is a template.
    text: Option<String>,
    /// The span to be reported, where there is no template.
    #[schemars(length(min = 1))]
    value: Option<String>,
    /// Makes the value: literal text with `{class:length}` fields.
    #[schemars(length(min = 1))]
    template: Option<String>,
}

/// A text in which the classifier finds nothing.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Counterexample {
    /// The text, `{value}` standing for the generated value where there is a template.
    text: Option<String>,
    /// Makes a value: literal text with `{class:length}` fields.
    #[schemars(length(min = 1))]
    template: Option<String>,
    /// Why nothing may be found.
    #[schemars(length(min = 1))]
    why: Option<String>,
}

/// An element of an array of strings, none of which is empty.
#[derive(JsonSchema)]
#[schemars(inline)]
struct Text(#[schemars(length(min = 1))] String);

fn severities(_: &mut SchemaGenerator) -> Schema {
    choice(&Severity::ALL.map(Severity::as_str))
}

fn matchings(_: &mut SchemaGenerator) -> Schema {
    choice(&Matching::ALL.map(Matching::as_str))
}

fn stages(_: &mut SchemaGenerator) -> Schema {
    choice(&Stage::ALL.map(Stage::as_str))
}

fn effects(_: &mut SchemaGenerator) -> Schema {
    choice(&ContextEffect::ALL.map(ContextEffect::as_str))
}

/// One of the words, or a cell of a fact table.
fn choice(words: &[&str]) -> Schema {
    json_schema!({
        "type": "string",
        "anyOf": [{ "enum": words }, { "pattern": r"\$\{[A-Za-z0-9_-]+\}" }],
    })
}
