//! A table of invented people, of any size, and texts in which its rows stand as people write them.
//!
//! A row is made from a seed and its number, so that a table need not be kept to know what is in it.

use sluicegate::model::{Column, ColumnType, ExactSchema, Severity};

use crate::Choices;

/// Frequent given names and surnames of several languages, so that those of a table occur in ordinary
/// texts too.
const GIVEN: &[&str] = &[
    "Anna", "Ben", "Carla", "David", "Elena", "Felix", "Grace", "Hugo", "Ines", "Jonas", "Karin",
    "Laura", "Marco", "Nadia", "Oscar", "Paula", "Quentin", "Rosa", "Simon", "Teresa", "Ulrich",
    "Vera", "Walter", "Xenia", "Yusuf", "Zoe", "André", "Björn", "Chloé", "José", "Mary-Ann",
    "Will", "May", "Mark", "John", "James", "Peter", "Paul", "Michael", "Sarah",
];
const SURNAMES: &[&str] = &[
    "Smith",
    "Jones",
    "Brown",
    "Miller",
    "Davis",
    "Wilson",
    "Young",
    "King",
    "Wright",
    "Green",
    "Baker",
    "Hill",
    "Müller",
    "Schmidt",
    "Schneider",
    "Weber",
    "Groß",
    "Martin",
    "Bernard",
    "Dubois",
    "García",
    "Fernández",
    "López",
    "Rossi",
    "Russo",
    "Silva",
    "Santos",
    "O'Neill",
    "de Vries",
    "van Dijk",
    "Nowak",
    "Kowalski",
    "Hansen",
    "Johansson",
    "Virtanen",
    "Novák",
];
/// Syllables of surnames that are invented.
const ONSETS: &[&str] = &[
    "B", "Br", "D", "Dr", "F", "G", "Gr", "H", "K", "L", "M", "N", "P", "R", "S", "St", "T", "V",
    "W", "Z",
];
const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "au", "ei", "ie"];
const CODAS: &[&str] = &[
    "ck", "ld", "lm", "m", "n", "nd", "ng", "r", "rg", "s", "sk", "t", "tz", "v",
];
const ENDINGS: &[&str] = &[
    "a", "el", "en", "er", "ini", "ko", "man", "ova", "sen", "ski", "son", "stein",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The columns: account, name, email, phone, born.
pub const HEADINGS: [&str; 5] = ["account", "name", "email", "phone", "born"];

/// The schema of such a table: two of five columns within 200 bytes.
pub fn people_schema() -> ExactSchema {
    let kinds = [
        (ColumnType::Digits, true),
        (ColumnType::Name, false),
        (ColumnType::Email, true),
        (ColumnType::Phone, true),
        (ColumnType::Date, false),
    ];
    let columns = HEADINGS
        .iter()
        .zip(kinds)
        .map(|(name, (kind, primary))| Column {
            name: (*name).to_owned(),
            kind,
            primary,
            country: (kind == ColumnType::Phone).then(|| "49".to_owned()),
            stop: Vec::new(),
        });
    ExactSchema {
        name: "people".to_owned(),
        columns: columns.collect(),
        needed: 2,
        within: 200,
        severity: Severity::High,
        confidence: 95,
        max_rows: 32,
    }
}

/// The row of this number, in the order of [`HEADINGS`].
pub fn person(seed: u64, number: u64) -> [String; 5] {
    let mut choices =
        Choices::from_seed(seed.wrapping_add(number.wrapping_mul(0xA24B_AED4_963E_E407)));
    let choices = &mut choices;
    let given = *choices.pick::<&str>(GIVEN);
    let surname = if choices.one_in(3) {
        (*choices.pick::<&str>(SURNAMES)).to_owned()
    } else {
        let parts = [ONSETS, VOWELS, CODAS, ENDINGS].map(|parts| *choices.pick::<&str>(parts));
        parts.concat()
    };
    let plain: String = format!("{given}.{surname}")
        .to_lowercase()
        .chars()
        .filter(|char| char.is_ascii_alphanumeric() || *char == '.')
        .collect();
    let born = (
        choices.between(1930, 2010),
        choices.between(1, 12),
        choices.between(1, 28),
    );
    [
        format!(
            "{}{:09}",
            choices.between(1, 9),
            choices.below(1_000_000_000)
        ),
        format!("{given} {surname}"),
        format!(
            "{plain}{}@mail{}.example.org",
            choices.below(10_000),
            choices.below(50)
        ),
        format!(
            "+49 {} {}",
            choices.between(151, 179),
            choices.between(1_000_000, 99_999_999)
        ),
        format!("{:04}-{:02}-{:02}", born.0, born.1, born.2),
    ]
}

/// What a text with rows in it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// A line of a conversation.
    Chat,
    /// A letter with its signature.
    Mail,
    /// An object.
    Json,
    /// A line of a table.
    Csv,
}

impl Carrier {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Chat, Self::Mail, Self::Json, Self::Csv];
}

/// A text with some cells of a row, of a primary column among them, written as people do: other
/// separators, case, order of names, spacing, notation, full-width digits.
pub fn planted(choices: &mut Choices<'_>, carrier: Carrier, row: &[String; 5]) -> String {
    let mut columns: Vec<usize> = (0..row.len()).filter(|_| choices.one_in(2)).collect();
    let primary = *choices.pick(&[0, 2, 3]);
    if !columns.contains(&primary) {
        columns.push(primary);
    }
    while columns.len() < 2 {
        let other = choices.below(row.len());
        if !columns.contains(&other) {
            columns.push(other);
        }
    }
    if choices.one_in(2) {
        columns.reverse();
    }
    let cells: Vec<(usize, String)> = columns
        .iter()
        .map(|&column| (column, written(choices, column, &row[column])))
        .collect();
    match carrier {
        Carrier::Chat => {
            let mut text = "could you please check this customer for me: ".to_owned();
            for (number, (column, cell)) in cells.iter().enumerate() {
                let lead = ["account ", "", "mail ", "tel. ", "born on "][*column];
                let between = if number == 0 {
                    ""
                } else {
                    choices.pick::<&str>(&[", ", " and ", "; ", " - ", "\n"])
                };
                text.extend([between, lead, cell]);
            }
            text.push_str(", thanks a lot");
            text
        }
        Carrier::Mail => {
            let mut text =
                "Dear all,\n\nthe matter below is still open, and we should answer it today.\n\n"
                    .to_owned();
            for (column, cell) in &cells {
                let name = [
                    "Account no.",
                    "Customer",
                    "E-mail",
                    "Phone",
                    "Date of birth",
                ][*column];
                text.extend(["> ", name, ": ", cell, "\n"]);
            }
            text.push_str("\nKind regards\n");
            text
        }
        Carrier::Json => {
            let fields: Vec<String> = cells
                .iter()
                .map(|(column, cell)| {
                    format!(
                        "\"{}\": {}",
                        HEADINGS[*column],
                        serde_json::Value::from(cell.as_str())
                    )
                })
                .collect();
            format!("{{\"id\": 17, {}, \"active\": true}}", fields.join(", "))
        }
        Carrier::Csv => {
            let mut line = vec![String::from("17")];
            line.extend(cells.iter().map(|(_, cell)| format!("\"{cell}\"")));
            format!("{}\n", line.join(if choices.one_in(2) { ";" } else { "," }))
        }
    }
}

/// A cell as someone else writes it.
fn written(choices: &mut Choices<'_>, column: usize, cell: &str) -> String {
    match column {
        0 => {
            let mark = *choices.pick::<&str>(&["", " ", "-", ".", "/"]);
            let digits = grouped(cell, *choices.pick(&[3, 4, 2, 5]), mark);
            if choices.one_in(6) {
                wide(&digits)
            } else {
                digits
            }
        }
        1 => {
            let name = match choices.below(6) {
                1 => cell.to_uppercase(),
                2 => cell.to_lowercase(),
                3 => cell.replace(' ', "  "),
                4 => cell.split_once(' ').map_or_else(
                    || cell.to_owned(),
                    |(given, surname)| format!("{surname}, {given}"),
                ),
                5 => unaccented(cell),
                _ => cell.to_owned(),
            };
            name.replace('\'', choices.pick::<&str>(&["'", "\u{2019}"]))
        }
        2 => match choices.below(3) {
            1 => cell.to_uppercase(),
            2 => format!("<{cell}>"),
            _ => cell.to_owned(),
        },
        3 => {
            let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
            let rest = &digits[2..];
            let mark = *choices.pick::<&str>(&[" ", "-", "/", "."]);
            match choices.below(6) {
                1 => format!("0{}{mark}{}", &rest[..3], &rest[3..]),
                2 => format!("0049 {} {}", &rest[..3], &rest[3..]),
                3 => format!("+49 (0){} {}", &rest[..3], grouped(&rest[3..], 3, " ")),
                4 => format!("(0{}) {}", &rest[..3], &rest[3..]),
                5 => wide(&format!("0{rest}")),
                _ => cell.to_owned(),
            }
        }
        _ => {
            let (year, month, day) = (&cell[..4], &cell[5..7], &cell[8..]);
            let name = MONTHS[month.parse::<usize>().unwrap_or(1) - 1];
            match choices.below(6) {
                1 => format!("{day}.{month}.{year}"),
                2 => format!("{month}/{day}/{year}"),
                3 => format!("{} {name} {year}", day.trim_start_matches('0')),
                4 => format!("{name} {}, {year}", day.trim_start_matches('0')),
                5 => format!("{year}{month}{day}"),
                _ => cell.to_owned(),
            }
        }
    }
}

fn grouped(digits: &str, size: usize, mark: &str) -> String {
    let parts: Vec<&str> = (0..digits.len())
        .step_by(size)
        .map(|start| &digits[start..digits.len().min(start + size)])
        .collect();
    parts.join(mark)
}

fn wide(text: &str) -> String {
    let wide = |char: char| match char {
        '0'..='9' => char::from_u32(u32::from(char) + 0xFEE0).unwrap_or(char),
        _ => char,
    };
    text.chars().map(wide).collect()
}

fn unaccented(text: &str) -> String {
    let plain = |char: char| match char {
        'é' => 'e',
        'ü' => 'u',
        'í' => 'i',
        'á' => 'a',
        'ö' | 'ó' => 'o',
        _ => char,
    };
    text.chars().map(plain).collect()
}
