//! Tables, texts with their rows in them, and the slow definition of which rows stand in a text.
//!
//! The definition compares what is written, not hashes, and shares no code with the engine: it splits
//! a text by itself, tries every run of words as a cell of every column, and counts for every row.

use sluicegate::model::{Column, ColumnType, ExactSchema, Severity};

use sluicegate::{
    Database, ExactIndex, Finding, IndexKey, RowMatch, Scanner, Scratch, Settled, Stream,
    build_exact, compile,
};

use crate::Choices;

const NAMES: &[&str] = &[
    "Ada", "Müller", "O'Hara", "Li Wei", "Jean-Luc", "ada", "José", "Zoë Ann",
];
const PLACES: &[&str] = &[
    "12 Main Road",
    "Am Hof 3",
    "Hof",
    "3 Main Road, Hof",
    "東京 12",
];
const NOISE: &[&str] = &[
    "and", "12", "3", "2024", "the", "hof", "\n", "+", "(0)", "main", "a1", "ada", "1999", "05",
    "@", ".", "--",
];
const GAPS: &[&str] = &[
    " ", "", "-", ", ", ".", "\n", " (", ") ", "  ", "/", "\t", "\u{a0}", "\":\"", "@",
];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A table with few values, so that rows share them.
pub fn table(choices: &mut Choices<'_>) -> (ExactSchema, Vec<Vec<String>>) {
    let count = choices.between(1, 4);
    let columns: Vec<Column> = (0..count)
        .map(|number| {
            let kind = *choices.pick(&ColumnType::ALL);
            Column {
                name: format!("column{number}"),
                kind,
                primary: number == 0 || choices.one_in(3),
                country: (kind == ColumnType::Phone && choices.one_in(2)).then(|| "49".to_owned()),
                stop: Vec::new(),
            }
        })
        .collect();
    let schema = ExactSchema {
        name: "table".to_owned(),
        needed: choices.between(1, count) as u8,
        within: *choices.pick(&[200, 3, 20, 60]),
        severity: Severity::High,
        confidence: 95,
        max_rows: 4,
        columns,
    };
    let rows = (0..choices.between(1, 6))
        .map(|_| {
            schema
                .columns
                .iter()
                .map(|column| cell(choices, column.kind))
                .collect()
        })
        .collect();
    (schema, rows)
}

fn cell(choices: &mut Choices<'_>, kind: ColumnType) -> String {
    if choices.one_in(12) {
        return String::new();
    }
    let small = choices.below(3);
    match kind {
        ColumnType::Digits => {
            (*choices.pick(&["12345", "1212-34", "2024051", "12 3456"])).to_owned()
        }
        ColumnType::Alnum => (*choices.pick(&["AB-1203", "a1b2c", "12345", "X12 Y34"])).to_owned(),
        ColumnType::Name => (*choices.pick(NAMES)).to_owned(),
        ColumnType::Email => format!(
            "{}@mail{small}.example.org",
            choices.pick(&["ada", "a.b", "x_y"])
        ),
        ColumnType::Phone => {
            (*choices.pick(&["+49 30 123456", "030 123456", "0049 (0)30 123456", "123456"]))
                .to_owned()
        }
        ColumnType::Date => (*choices.pick(&[
            "2024-05-12",
            "12.05.2024",
            "05/12/2024",
            "12 May 2024",
            "1999-12-31",
        ]))
        .to_owned(),
        ColumnType::Text => (*choices.pick(PLACES)).to_owned(),
    }
}

/// A text with cells of the table in it, changed in ways that do not matter and in ways that do.
pub fn carrier(choices: &mut Choices<'_>, rows: &[Vec<String>]) -> Vec<u8> {
    let mut text = String::new();
    for _ in 0..choices.between(1, 24) {
        let row = choices.pick(rows);
        if choices.one_in(2) {
            text.push_str(choices.pick::<&str>(NOISE));
        } else {
            let cell = choices.pick(row).clone();
            text.push_str(&changed(choices, &cell));
        }
        text.push_str(choices.pick::<&str>(GAPS));
    }
    let mut bytes = text.into_bytes();
    if choices.one_in(8) && !bytes.is_empty() {
        let at = choices.below(bytes.len());
        bytes[at] = choices.byte();
    }
    bytes
}

fn changed(choices: &mut Choices<'_>, cell: &str) -> String {
    match choices.below(7) {
        1 => cell.to_uppercase(),
        2 => cell.replace(['-', ' '], "."),
        3 => cell.replace([' ', '-'], ""),
        4 => {
            let wide = |char: char| match char {
                '0'..='9' | 'a'..='z' => char::from_u32(u32::from(char) + 0xFEE0).unwrap_or(char),
                _ => char,
            };
            cell.chars().map(wide).collect()
        }
        5 => {
            let mut words: Vec<&str> = cell.split(' ').collect();
            words.reverse();
            words.join(", ")
        }
        6 => format!("{cell}1"),
        _ => cell.to_owned(),
    }
}

/// A word of a text.
#[derive(Clone, Debug)]
struct Word {
    start: usize,
    end: usize,
    form: String,
}

impl Word {
    fn is_number(&self) -> bool {
        self.form.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn has_digit(&self) -> bool {
        self.form.bytes().any(|byte| byte.is_ascii_digit())
    }
}

/// The form of a character, for those that the generators use.
fn folded(char: char) -> Option<String> {
    let char = match u32::from(char) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(char),
        _ => char,
    };
    let base = match char.to_lowercase().next()? {
        'ü' => 'u',
        'é' | 'ë' => 'e',
        lower => lower,
    };
    base.is_alphanumeric().then(|| base.to_string())
}

fn words(input: &[u8]) -> Vec<Word> {
    let mut chars = Vec::new();
    let mut at = 0;
    for chunk in input.utf8_chunks() {
        for char in chunk.valid().chars() {
            chars.push((at, char, folded(char)));
            at += char.len_utf8();
        }
        for _ in chunk.invalid() {
            chars.push((at, '\0', None));
            at += 1;
        }
    }
    let mut words: Vec<Word> = Vec::new();
    let is_han = |char: char| ('一'..='龥').contains(&char);
    for (number, (start, char, form)) in chars.iter().enumerate() {
        let joined = number.checked_sub(1).map(|before| &chars[before]);
        let end = start + if *char == '\0' { 1 } else { char.len_utf8() };
        let Some(form) = form else { continue };
        let before = match joined {
            Some((_, '\'', _)) if !is_han(*char) => {
                number.checked_sub(2).map(|before| &chars[before])
            }
            other => other,
        };
        let continues = before.is_some_and(|(_, char, form)| form.is_some() && !is_han(*char));
        match words.last_mut() {
            Some(last) if continues && !is_han(*char) => {
                last.form.push_str(form);
                last.end = end;
            }
            _ => words.push(Word {
                start: *start,
                end,
                form: form.clone(),
            }),
        }
    }
    words.retain(|word| word.end - word.start <= 64);
    words
}

const SPACES: &str = " -./_()\u{a0}";

fn joins(gap: &[u8], marks: &str) -> bool {
    std::str::from_utf8(gap)
        .is_ok_and(|gap| gap.chars().count() <= 3 && gap.chars().all(|char| marks.contains(char)))
}

/// A run of words that could be a cell of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    start: usize,
    end: usize,
    column: usize,
    form: String,
}

/// Which rows of a table stand in a text, by definition.
#[derive(Debug)]
pub struct RowReference {
    schema: ExactSchema,
    /// Forms of the cells, `None` for those that do not count.
    rows: Vec<Vec<Option<String>>>,
}

/// What stands in a text: the spans of cells, and the rows with their span and columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Start and end of each cell.
    pub cells: Vec<(usize, usize)>,
    /// Start, end, row, columns.
    pub rows: Vec<(usize, usize, u32, u16)>,
}

impl RowReference {
    /// Prepares a table.
    pub fn new(schema: &ExactSchema, rows: &[Vec<String>]) -> Self {
        let form = |(column, cell): (&Column, &String)| {
            let form = cell_form(column, cell)?;
            let is_word = matches!(column.kind, ColumnType::Name | ColumnType::Text);
            (!is_word || form.len() >= 2).then_some(form)
        };
        let rows = rows
            .iter()
            .map(|row| schema.columns.iter().zip(row).map(form).collect());
        Self {
            schema: schema.clone(),
            rows: rows.collect(),
        }
    }

    /// The rows that stand in a text.
    pub fn scan(&self, input: &[u8]) -> Rows {
        let words = words(input);
        let mut places = Vec::new();
        for first in 0..words.len() {
            for last in first..words.len() {
                if words[last].end - words[first].start > 160 {
                    break;
                }
                for (number, column) in self.schema.columns.iter().enumerate() {
                    for form in forms(column, input, &words, first, last) {
                        places.push(Place {
                            start: words[first].start,
                            end: words[last].end,
                            column: number,
                            form,
                        });
                    }
                }
            }
        }
        let mut found = Rows::default();
        for place in &places {
            if self.is_primary(place) && !is_shadowed(place, &places) {
                self.join(place, &places, &mut found);
            }
        }
        found.cells.sort_unstable();
        found.cells.dedup();
        found.rows.sort_unstable();
        found.rows.dedup();
        found
    }

    fn is_primary(&self, place: &Place) -> bool {
        let column = &self.schema.columns[place.column];
        let rows = self.rows.iter();
        let shared = rows
            .filter(|row| row[place.column].as_ref() == Some(&place.form))
            .count();
        let leads = match column.kind {
            ColumnType::Digits | ColumnType::Alnum => place.form.len() >= 5,
            ColumnType::Name | ColumnType::Text => place.form.len() >= 6,
            ColumnType::Email | ColumnType::Phone => true,
            ColumnType::Date => false,
        };
        column.primary && leads && (1..=self.schema.max_rows as usize).contains(&shared)
    }

    fn join(&self, primary: &Place, places: &[Place], found: &mut Rows) {
        let within = self.schema.within as usize;
        let (from, to) = (primary.start.saturating_sub(within), primary.end + within);
        for (number, row) in self.rows.iter().enumerate() {
            if row[primary.column].as_ref() != Some(&primary.form) {
                continue;
            }
            let mut cells = vec![(primary.start, primary.end)];
            let mut columns = 1u16 << primary.column;
            if self.schema.needed > 1 {
                let is_primary = |&(column, _): &(usize, _)| self.schema.columns[column].primary;
                let cells_of = || row.iter().enumerate();
                let first = cells_of().filter(is_primary);
                for (column, cell) in first.chain(cells_of().filter(|cell| !is_primary(cell))) {
                    if column == primary.column {
                        continue;
                    }
                    let near = places
                        .iter()
                        .filter(|place| {
                            place.column == column && Some(&place.form) == cell.as_ref()
                        })
                        .filter(|place| place.start >= from && place.end <= to)
                        .filter(|place| {
                            cells
                                .iter()
                                .all(|cell| place.end <= cell.0 || place.start >= cell.1)
                        })
                        .min_by_key(|place| {
                            let distance = if place.start >= primary.end {
                                place.start - primary.end
                            } else {
                                primary.start.saturating_sub(place.end)
                            };
                            (distance, place.start, place.end)
                        });
                    if let Some(near) = near {
                        cells.push((near.start, near.end));
                        columns |= 1 << column;
                    }
                }
            }
            if cells.len() >= usize::from(self.schema.needed) {
                let start = cells.iter().map(|cell| cell.0).min().unwrap_or_default();
                let end = cells.iter().map(|cell| cell.1).max().unwrap_or_default();
                found.rows.push((start, end, number as u32, columns));
                found.cells.extend(cells);
            }
        }
    }
}

/// A table that is searched by an index and by definition.
#[derive(Debug)]
pub struct RowSubject {
    reference: RowReference,
    scanner: Scanner,
}

impl RowSubject {
    /// Indexes a table.
    ///
    /// # Panics
    /// When the index that was made can't be loaded.
    pub fn new(schema: &ExactSchema, rows: &[Vec<String>]) -> Self {
        let key = IndexKey::new(b"the key of these tests").expect("it is long enough");
        let index = ExactIndex::load(build_exact(schema, &key, rows), &key);
        let none = compile(&[]).expect("no classifiers are wrong").database;
        let database = none.with_exact(index.expect("it was just made"));
        Self {
            reference: RowReference::new(schema, rows),
            scanner: Scanner::new(&database.expect("there is no other")),
        }
    }

    /// Compares what is found in an input, as a whole and in pieces, with the definition. Returns how
    /// many rows there are.
    ///
    /// # Errors
    /// The first difference.
    pub fn check(&mut self, input: &[u8], cuttings: &[&[usize]]) -> Result<usize, String> {
        let expected = self.reference.scan(input);
        let differs = |found: &Rows, how: &str| {
            format!(
                "{how}: {found:?}\nin place of {expected:?}\n{:?}\n{:?}",
                String::from_utf8_lossy(input),
                self.reference
            )
        };
        let scan = self.scanner.scan(input);
        let mut whole = Rows::default();
        whole.add(scan.findings, scan.rows);
        if whole != expected {
            return Err(differs(&whole, "as a whole"));
        }
        for cuts in cuttings {
            let pieces = stream(self.scanner.database(), input, cuts)?;
            if pieces != expected {
                return Err(differs(&pieces, &format!("cut at {cuts:?}")));
            }
        }
        Ok(expected.rows.len())
    }
}

impl Rows {
    fn add(&mut self, findings: &[Finding], rows: &[RowMatch]) {
        let cells = findings.iter().map(|finding| (finding.start, finding.end));
        self.cells.extend(cells);
        let rows = rows
            .iter()
            .map(|row| (row.start, row.end, row.row, row.columns));
        self.rows.extend(rows);
    }
}

/// What a stream gives out, each in its time.
fn stream(database: &Database, input: &[u8], cuts: &[usize]) -> Result<Rows, String> {
    let (mut scratch, mut stream) = (Scratch::new(), Stream::new(database));
    let mut found = Rows::default();
    let (mut at, mut end) = (0, 0);
    for &cut in cuts.iter().chain([&input.len()]) {
        let settled = stream.push(&mut scratch, &input[at..cut]);
        found.take(settled, &mut end)?;
        if stream.held() != cut - end {
            return Err(format!(
                "{} bytes are held in place of {}",
                stream.held(),
                cut - end
            ));
        }
        at = cut;
    }
    found.take(stream.finish(&mut scratch), &mut end)?;
    if end != input.len() {
        return Err(format!("a stream of {} bytes ends at {end}", input.len()));
    }
    Ok(found)
}

impl Rows {
    fn take(&mut self, settled: Settled<'_>, end: &mut usize) -> Result<(), String> {
        let starts = settled.findings.iter().map(|finding| finding.start);
        let mut starts = starts.chain(settled.rows.iter().map(|row| row.start));
        if let Some(start) = starts.find(|start| !(*end..settled.end).contains(start)) {
            return Err(format!(
                "{start} is given between {end} and {}",
                settled.end
            ));
        }
        self.add(settled.findings, settled.rows);
        *end = settled.end;
        Ok(())
    }
}

/// Whether a longer place with the same end says the same.
fn is_shadowed(place: &Place, places: &[Place]) -> bool {
    places.iter().any(|other| {
        other.start < place.start
            && other.end == place.end
            && other.column == place.column
            && other.form == place.form
    })
}

fn cell_form(column: &Column, cell: &str) -> Option<String> {
    let words = words(cell.as_bytes());
    let last = words.len().checked_sub(1)?;
    match column.kind {
        ColumnType::Phone => {
            let digits: String = words.iter().map(|word| word.form.as_str()).collect();
            let form = match digits.strip_prefix("00") {
                _ if cell.contains('+') => digits.clone(),
                // The table's own notation of a trunk prefix behind `00` is kept as it is.
                Some(rest) => rest.to_owned(),
                None => match &column.country {
                    Some(code) => format!("{code}{}", digits.strip_prefix('0').unwrap_or(&digits)),
                    None => digits.clone(),
                },
            };
            Some(form)
        }
        // The first is the one that is meant.
        _ => forms(column, cell.as_bytes(), &words, 0, last)
            .into_iter()
            .next(),
    }
}

/// What a run of words can mean as a cell of a column.
fn forms(column: &Column, input: &[u8], words: &[Word], first: usize, last: usize) -> Vec<String> {
    let run = &words[first..=last];
    let gaps: Vec<&[u8]> = run
        .windows(2)
        .map(|pair| &input[pair[0].end..pair[1].start])
        .collect();
    let text = || {
        run.iter()
            .map(|word| word.form.as_str())
            .collect::<String>()
    };
    let grouped = run.len() <= 8 && gaps.iter().all(|gap| joins(gap, SPACES));
    match column.kind {
        ColumnType::Digits if grouped && run.iter().all(Word::is_number) => vec![text()],
        ColumnType::Alnum if grouped && run.iter().any(Word::has_digit) => vec![text()],
        ColumnType::Name => {
            let marks = " -.,_'\t\r\n\u{a0}";
            let fits = run.len() <= 6
                && !run.iter().any(Word::has_digit)
                && gaps.iter().all(|gap| joins(gap, marks));
            let mut parts: Vec<&str> = run.iter().map(|word| word.form.as_str()).collect();
            parts.sort_unstable();
            fits.then(|| parts.join(" ")).into_iter().collect()
        }
        ColumnType::Text => {
            let fits = run.len() <= 12 && gaps.iter().all(|gap| gap.len() <= 16);
            let parts: Vec<&str> = run.iter().map(|word| word.form.as_str()).collect();
            fits.then(|| parts.join(" ")).into_iter().collect()
        }
        ColumnType::Phone if grouped && run.iter().all(Word::is_number) => {
            phones(column, input, run, &text())
        }
        ColumnType::Email => email(input, words, first, last).into_iter().collect(),
        ColumnType::Date => days(run, &gaps),
        _ => Vec::new(),
    }
}

fn phones(column: &Column, input: &[u8], run: &[Word], digits: &str) -> Vec<String> {
    if !(6..=18).contains(&digits.len()) {
        return Vec::new();
    }
    let before = &input[..run[0].start];
    if before.ends_with(b"+") || before.ends_with(b"+(") {
        let mut forms = vec![digits.to_owned()];
        let trunk = run.iter().skip(1).position(|word| {
            word.form == "0"
                && input[..word.start].ends_with(b"(")
                && input.get(word.end) == Some(&b')')
        });
        if let Some(trunk) = trunk {
            let parts = run
                .iter()
                .enumerate()
                .filter(|(number, _)| *number != trunk + 1);
            forms.push(parts.map(|(_, word)| word.form.as_str()).collect());
        }
        return forms;
    }
    if let Some(rest) = digits.strip_prefix("00") {
        return vec![rest.to_owned()];
    }
    let mut forms = vec![digits.to_owned()];
    if let Some(code) = &column.country {
        forms.push(format!("{code}{digits}"));
        forms.extend(digits.strip_prefix('0').map(|rest| format!("{code}{rest}")));
    }
    forms
}

fn email(input: &[u8], words: &[Word], first: usize, last: usize) -> Option<String> {
    let is_local = |byte: &u8| b"._-+%'".contains(byte);
    let gap = |number: usize| &input[words[number].end..words[number + 1].start];
    let sign = (first..last).find(|&number| gap(number).ends_with(b"@"))?;
    let domain = sign + 1..=last;
    let local = first..=sign;
    let (_, before_sign) = gap(sign).split_last()?;
    let fits = gap(sign).len() <= 4
        && before_sign.iter().all(is_local)
        && (sign + 1..last).all(|number| matches!(gap(number), b"." | b"-"))
        && (first..sign).all(|number| gap(number).len() == 1 && gap(number).iter().all(is_local))
        && domain.clone().count() <= 8
        && local.clone().count() <= 8
        && last > sign + 1
        && gap(last - 1) == b"."
        && !words[last].form.bytes().all(|byte| byte.is_ascii_digit());
    // It goes as far to the left as it can.
    let goes_on = first > 0
        && local.clone().count() < 8
        && gap(first - 1).len() == 1
        && gap(first - 1).iter().all(is_local)
        && words[last].end - words[first - 1].start <= 160;
    if !fits || goes_on {
        return None;
    }
    let mut form = String::new();
    for number in local.chain(domain) {
        form.push_str(&words[number].form);
        if number < last {
            form.push_str(std::str::from_utf8(gap(number)).ok()?);
        }
    }
    Some(form)
}

fn days(run: &[Word], gaps: &[&[u8]]) -> Vec<String> {
    let number = |word: &str| {
        word.parse::<u32>()
            .ok()
            .filter(|_| word.len() <= 8 && word.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let day = |year: u32, month: u32, day: u32| {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = [
            31,
            28 + u32::from(leap),
            31,
            30,
            31,
            30,
            31,
            31,
            30,
            31,
            30,
            31,
        ];
        let fits = (1900..2100).contains(&year)
            && (1..=12).contains(&month)
            && (1..=last[month as usize - 1]).contains(&day);
        fits.then(|| format!("{year:04}{month:02}{day:02}"))
    };
    let until_t = |word: &str| word.split('t').next().unwrap_or_default().to_owned();
    let years = |word: &str| {
        let word = until_t(word);
        match (word.len(), number(&word)) {
            (4, Some(year)) => vec![year],
            (2, Some(year)) => vec![2000 + year, 1900 + year],
            _ => Vec::new(),
        }
    };
    let month = |word: &str| {
        let found = MONTHS.iter().position(|name| {
            *name == word
                || word.len() == 3 && name.starts_with(word)
                || word == "sept" && *name == "september"
        });
        found.map(|month| month as u32 + 1)
    };
    let forms: Vec<&str> = run.iter().map(|word| word.form.as_str()).collect();
    let gaps: Vec<&[u8]> = gaps
        .iter()
        .map(|gap| match *gap {
            b", " | b". " | b" de " => b" ",
            gap => gap,
        })
        .collect();
    let mut found: Vec<Option<String>> = Vec::new();
    match forms[..] {
        [all] if all.len() == 8 => {
            if let Some(all) = number(all) {
                found.push(day(all / 10_000, all / 100 % 100, all % 100));
            }
        }
        [one, two, three] if gaps.iter().all(|gap| gap.len() <= 4) => {
            let named = match (month(one), month(two)) {
                (_, Some(month)) => Some((month, one)),
                (Some(month), None) => Some((month, two)),
                _ => None,
            };
            if let Some((month, word)) = named {
                let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
                let rest = &word[digits.len()..];
                if digits.len() <= 2 && ["", "st", "nd", "rd", "th", "er"].contains(&rest) {
                    for year in years(three) {
                        found.extend(number(&digits).map(|number| day(year, month, number)));
                    }
                }
            } else if gaps[0] == gaps[1]
                && [&b"-"[..], b".", b"/", b" "].contains(&gaps[0])
                && let (Some(first), Some(second)) = (number(one), number(two))
            {
                if one.len() == 4 {
                    found.extend(number(&until_t(three)).map(|third| day(first, second, third)));
                } else if one.len() <= 2 && two.len() <= 2 {
                    for year in years(three) {
                        let pairs = if gaps[0] == b"/" {
                            [(first, second), (second, first)]
                        } else {
                            [(second, first), (first, second)]
                        };
                        found.extend(pairs.map(|(month, number)| day(year, month, number)));
                    }
                }
            }
        }
        _ => {}
    }
    found.into_iter().flatten().collect()
}
