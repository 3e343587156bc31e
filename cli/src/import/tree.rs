//! TOML and YAML text as one kind of tree: scalars as they are written, each node with its line.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value of a file.
#[derive(Debug)]
pub(super) struct Node {
    /// Where it starts, from 1.
    pub(super) line: usize,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// Any scalar, as written: 3.50 stays 3.50.
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// Why a file can't be read.
#[derive(Debug)]
pub(super) struct Unreadable {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) message: String,
    pub(super) hint: &'static str,
}

impl Node {
    /// The scalar, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if it is a list.
    pub(super) fn list(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::List(list) => Some(list),
            _ => None,
        }
    }

    /// The entries in the order of the file; none if it is no map.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &Self)> {
        let entries = match &self.kind {
            Kind::Map(entries) => entries.as_slice(),
            _ => &[],
        };
        entries.iter().map(|(key, node)| (key.as_str(), node))
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.entries()
            .find_map(|(other, node)| (other == key).then_some(node))
    }

    /// The scalar of a key.
    pub(super) fn get_text(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// The elements of a key; one element where the key holds no list.
    pub(super) fn get_list(&self, key: &str) -> &[Self] {
        match self.get(key) {
            Some(node) => node.list().unwrap_or(std::slice::from_ref(node)),
            None => &[],
        }
    }

    /// The scalars among the elements of a key.
    pub(super) fn get_texts(&self, key: &str) -> Vec<String> {
        let texts = self.get_list(key).iter().filter_map(Self::text);
        texts.map(str::to_owned).collect()
    }

    /// The rules under a key of the file's top.
    ///
    /// # Errors
    /// When there is no such list.
    pub(super) fn rules(&self, key: &str, hint: &'static str) -> Result<&[Self], Unreadable> {
        self.get(key)
            .and_then(Self::list)
            .ok_or_else(|| Unreadable {
                line: self.get(key).map_or(1, |node| node.line),
                column: 1,
                message: format!("there is no list `{key}`"),
                hint,
            })
    }
}

/// Reads TOML.
///
/// # Errors
/// When the text is not TOML.
pub(super) fn read_toml(text: &str) -> Result<Node, Unreadable> {
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line_of = |offset: usize| ends.partition_point(|&end| end < offset) + 1;
    match DeTable::parse(text) {
        Ok(table) => Ok(Node {
            line: 1,
            kind: toml_table(table.get_ref(), &line_of),
        }),
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
            Err(Unreadable {
                line: line_of(offset),
                column: text[start..offset].chars().count() + 1,
                message: error.message().to_owned(),
                hint: "the file must be TOML",
            })
        }
    }
}

fn toml_table(table: &DeTable<'_>, line_of: &impl Fn(usize) -> usize) -> Kind {
    let mut entries: Vec<_> = table.iter().collect();
    // The table sorts by key; the report follows the file.
    entries.sort_by_key(|(key, _)| key.span().start);
    let entries = entries.into_iter().map(|(key, value)| {
        let key = key.get_ref().clone().into_owned();
        (key, toml_node(value, line_of))
    });
    Kind::Map(entries.collect())
}

fn toml_node(value: &Spanned<DeValue<'_>>, line_of: &impl Fn(usize) -> usize) -> Node {
    let kind = match value.get_ref() {
        DeValue::String(text) => Kind::Text(text.clone().into_owned()),
        DeValue::Integer(number) => Kind::Text(number.to_string()),
        DeValue::Float(number) => Kind::Text(number.to_string()),
        DeValue::Boolean(truth) => Kind::Text(truth.to_string()),
        DeValue::Datetime(time) => Kind::Text(time.to_string()),
        DeValue::Array(array) => {
            Kind::List(array.iter().map(|node| toml_node(node, line_of)).collect())
        }
        DeValue::Table(table) => toml_table(table, line_of),
    };
    Node {
        line: line_of(value.span().start),
        kind,
    }
}

/// Deepest nesting of a YAML document; rules nest four deep.
const MAX_DEPTH: usize = 64;

/// Reads one YAML document. Aliases are refused: no format of rules uses them, and they let a
/// small file stand for an endless one.
///
/// # Errors
/// When the text is not YAML, or holds no or several documents, or nests too deep.
pub(super) fn read_yaml(text: &str) -> Result<Node, Unreadable> {
    let mut events = Parser::new_from_str(text).peekable();
    let mut document = None;
    while let Some(event) = events.next() {
        let (event, span) = event.map_err(|error| scan_error(&error))?;
        match event {
            Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::Nothing => {}
            _ if document.is_some() => {
                return Err(not_yaml(&span, "a second document".to_owned()));
            }
            event => document = Some(yaml_node(event, &span, &mut events, MAX_DEPTH)?),
        }
    }
    document
        .flatten()
        .ok_or_else(|| not_yaml(&Span::default(), "the file is empty".to_owned()))
}

/// The node that starts with an event, unless it is null.
fn yaml_node<'a>(
    event: Event<'a>,
    span: &Span,
    events: &mut impl Iterator<Item = Result<(Event<'a>, Span), ScanError>>,
    depth: usize,
) -> Result<Option<Node>, Unreadable> {
    if depth == 0 {
        return Err(not_yaml(span, format!("nested more than {MAX_DEPTH} deep")));
    }
    let kind = match event {
        Event::Scalar(text, ScalarStyle::Plain, ..) if matches!(&*text, "" | "~" | "null") => {
            return Ok(None);
        }
        Event::Scalar(text, ..) => Kind::Text(text.into_owned()),
        Event::SequenceStart(..) => {
            let mut list = Vec::new();
            loop {
                let (event, span) = next_event(events, span)?;
                if matches!(event, Event::SequenceEnd) {
                    break Kind::List(list);
                }
                list.extend(yaml_node(event, &span, events, depth - 1)?);
            }
        }
        Event::MappingStart(..) => {
            let mut entries = Vec::new();
            loop {
                let (event, span) = next_event(events, span)?;
                if matches!(event, Event::MappingEnd) {
                    break Kind::Map(entries);
                }
                let Event::Scalar(key, ..) = event else {
                    return Err(not_yaml(&span, "a key must be a plain name".to_owned()));
                };
                let key = key.into_owned();
                if entries.iter().any(|(other, _)| *other == key) {
                    return Err(not_yaml(&span, format!("the key `{key}` is written twice")));
                }
                let (event, span) = next_event(events, &span)?;
                let value = yaml_node(event, &span, events, depth - 1)?;
                entries.extend(value.map(|value| (key, value)));
            }
        }
        Event::Alias(_) => return Err(not_yaml(span, "an alias (`*name`)".to_owned())),
        _ => return Err(not_yaml(span, "the document ends early".to_owned())),
    };
    let line = span.start.line();
    Ok(Some(Node { line, kind }))
}

fn next_event<'a>(
    events: &mut impl Iterator<Item = Result<(Event<'a>, Span), ScanError>>,
    at: &Span,
) -> Result<(Event<'a>, Span), Unreadable> {
    match events.next() {
        Some(event) => event.map_err(|error| scan_error(&error)),
        None => Err(not_yaml(at, "the document ends early".to_owned())),
    }
}

fn scan_error(error: &ScanError) -> Unreadable {
    let at = Span::empty(*error.marker());
    not_yaml(&at, error.info().to_owned())
}

fn not_yaml(span: &Span, message: String) -> Unreadable {
    Unreadable {
        line: span.start.line().max(1),
        column: span.start.col() + 1,
        message,
        hint: "the file must be one YAML document without aliases",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_give_one_tree() {
        let yaml = read_yaml("rules:\n- id: a\n  min: 3.50\n  none: ~\n  on: [x, y]\n").unwrap();
        let toml = read_toml("[[rules]]\nid = 'a'\nmin = 3.50\non = ['x', 'y']\n").unwrap();
        for tree in [yaml, toml] {
            let [rule] = tree.rules("rules", "").unwrap() else {
                panic!("one rule");
            };
            assert_eq!(rule.get_text("min"), Some("3.50"));
            assert_eq!(rule.get_texts("on"), ["x", "y"]);
            let keys: Vec<_> = rule.entries().map(|(key, _)| key).collect();
            assert_eq!(keys, ["id", "min", "on"]);
        }
    }

    #[test]
    fn errors_have_a_place() {
        let error = read_yaml("rules:\n- id: 'a\n").unwrap_err();
        assert!(error.line >= 2, "{error:?}");
        assert_eq!(read_toml("a = 1\nb = = 2\n").unwrap_err().line, 2);
        assert_eq!(read_yaml("a: &x 1\nb: *x\n").unwrap_err().line, 2);
        assert_eq!(read_yaml("a: 1\na: 2\n").unwrap_err().line, 2);
        assert_eq!(read_yaml("a: 1\n---\nb: 2\n").unwrap_err().line, 3);
        assert!(read_yaml(&"[".repeat(1000)).is_err());
    }
}
