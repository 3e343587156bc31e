//! Tables to indexes: what is found again, what is refused, what an interruption leaves.

use std::fmt::Write;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

use sluicegate::model::{ExactSchema, Source, read_schema};
use sluicegate::{ExactIndex, IndexKey, RowReader};
use sluicegate_indexing::{
    Changes, ExactBuilt, IndexingError, Step, TableOptions, build_exact, update_exact,
};
use tempfile::TempDir;

const SCHEMA: &str = "name = \"people\"\n\
    [[column]]\nname = \"account\"\ntype = \"digits\"\nprimary = true\nstop = [\"99999999\"]\n\
    [[column]]\nname = \"last\"\ntype = \"name\"\n\
    [[column]]\nname = \"mail\"\ntype = \"email\"\nprimary = true\n";

fn schema() -> ExactSchema {
    read_schema(&Source::new("people.toml", SCHEMA)).unwrap()
}

fn key() -> IndexKey {
    IndexKey::new(b"an example of a secret").unwrap()
}

/// A made-up row of the table.
fn cells(n: u64) -> [String; 3] {
    let mixed = n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let name: String = (0..8)
        .map(|i| char::from(b'a' + (mixed >> (8 * i)) as u8 % 26))
        .collect();
    [
        format!("{:010}", mixed % 10_000_000_000),
        name,
        format!("p{n}@example.org"),
    ]
}

fn table(rows: impl Iterator<Item = u64>) -> String {
    let mut text = "id,mail,account,last\n".to_owned();
    for n in rows {
        let [account, last, mail] = cells(n);
        writeln!(text, "{n},{mail},{account},{last}").unwrap();
    }
    text
}

struct Workplace(TempDir);

impl Workplace {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path("table.csv");
        fs::write(&path, text).unwrap();
        path
    }

    fn build(&self, options: &TableOptions) -> Result<ExactBuilt, IndexingError> {
        let (table, index) = (self.path("table.csv"), self.path("people.sgx"));
        build_exact(&table, &schema(), &key(), &index, options, &mut |_| {})
    }

    fn index(&self) -> ExactIndex {
        ExactIndex::load(fs::read(self.path("people.sgx")).unwrap(), &key()).unwrap()
    }

    /// Everything in the folder but the table.
    fn left(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name != "table.csv").collect()
    }
}

fn holds(index: &ExactIndex, n: u64) -> bool {
    let reader = RowReader::new(&schema(), &key());
    let cells = cells(n);
    index
        .find_row(&reader.read(&cells.each_ref().map(String::as_str)))
        .is_some()
}

#[test]
fn every_row_is_found_again() {
    let place = Workplace::new();
    place.write(table(0..500));
    let built = place.build(&TableOptions::default()).unwrap();
    assert_eq!(
        (built.report.rows, built.report.bad, built.resumed),
        (500, 0, 0)
    );
    assert_eq!(built.summary.rows, 500);
    assert_eq!(
        built.bytes,
        fs::metadata(place.path("people.sgx")).unwrap().len()
    );
    let index = place.index();
    assert!((0..500).all(|n| holds(&index, n)));
    assert!(!holds(&index, 500));
    assert_eq!(place.left(), ["people.sgx"]);
}

#[test]
fn marks_delimiters_line_ends_and_quotes_make_no_difference() {
    let place = Workplace::new();
    place.write(table(0..50));
    place.build(&TableOptions::default()).unwrap();
    let expected = fs::read(place.path("people.sgx")).unwrap();
    for text in [
        format!("\u{feff}{}", table(0..50)),
        table(0..50).replace('\n', "\r\n"),
        table(0..50).replace("account", " account "),
        // Quoted, with empty lines between the rows.
        format!(
            "\"{}\"",
            table(0..50)
                .trim_end()
                .replace(',', "\",\"")
                .replace('\n', "\"\n\n\"")
        ),
    ] {
        place.write(text);
        place.build(&TableOptions::default()).unwrap();
        assert!(fs::read(place.path("people.sgx")).unwrap() == expected);
    }
    place.write(table(0..50).replace(',', "\t"));
    let options = TableOptions {
        delimiter: b'\t',
        ..TableOptions::default()
    };
    place.build(&options).unwrap();
    assert!(fs::read(place.path("people.sgx")).unwrap() == expected);
}

#[test]
fn bad_rows_and_stopped_cells_are_told_by_their_lines_alone() {
    let place = Workplace::new();
    let mut text = table(0..5).into_bytes();
    text.extend(b"5,x@example.org\n");
    text.extend(b"6,,,\"some\none\"\n");
    text.extend(b"7,y@example.org,12345678,M\xfcller\n");
    text.extend(b"8,z@example.org,99999999,unknown\n");
    place.write(text);
    let built = place.build(&TableOptions::default()).unwrap();
    let bad: Vec<(u64, &str)> = built
        .report
        .bad_rows
        .iter()
        .map(|row| (row.line, row.reason.as_str()))
        .collect();
    assert_eq!(
        bad,
        [
            (7, "2 fields stand in place of 4"),
            (8, "no cell of a primary column leads to the row"),
            (10, "the cell of `last` is not UTF-8"),
        ]
    );
    assert_eq!((built.report.rows, built.report.bad), (6, 3));
    let stopped = &built.report.stopped;
    let account = stopped
        .iter()
        .find(|stopped| stopped.column == "account")
        .unwrap();
    assert_eq!((account.cells, account.lines.as_slice()), (1, &[11][..]));
    assert!(!format!("{built:?}").contains("example.org"));
}

#[test]
fn too_many_bad_rows_leave_the_old_index() {
    let place = Workplace::new();
    fs::write(place.path("people.sgx"), "old").unwrap();
    let few = || TableOptions {
        max_bad_rows: Some(2),
        ..TableOptions::default()
    };
    let mut text = table(0..100);
    text.push_str("x\nx\n");
    place.write(&text);
    assert_eq!(place.build(&few()).unwrap().report.bad, 2);
    fs::write(place.path("people.sgx"), "old").unwrap();
    text.push_str("x\n");
    place.write(&text);
    let error = place.build(&few()).unwrap_err();
    assert!(
        error.what().starts_with("3 of the first 103 rows are bad"),
        "{error}"
    );
    assert!(error.place().ends_with("table.csv:102"), "{error}");
    assert!(error.hint_text().contains("--max-bad-rows"));
    text.push_str(&"x\n".repeat(8));
    place.write(&text);
    let error = place.build(&TableOptions::default()).unwrap_err();
    assert!(
        error.what().starts_with("11 of the 111 rows are bad"),
        "{error}"
    );
    assert_eq!(fs::read(place.path("people.sgx")).unwrap(), b"old");
    assert_eq!(place.left(), ["people.sgx"]);
}

#[test]
fn tables_that_can_not_be_read_are_refused() {
    let rows = table(0..3);
    let wide: Vec<u8> = rows.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&b"\xff\xfe"[..], &wide].concat();
    let open = format!("{rows}4,\"{}", "x\n".repeat(3 << 20));
    let cases: &[(&[u8], &str, &str)] = &[
        (b"", "the table is empty", "headings"),
        (b"id,mail,account,last\n", "the table has no rows", ""),
        (
            b"id,mail,acount,last\n1,2,3,4\n",
            "no column `account`",
            "did you mean `acount`?",
        ),
        (
            b"id,mail,ACCOUNT,last\n1,2,3,4\n",
            "no column `account`",
            "did you mean `ACCOUNT`?",
        ),
        (
            b"1,a@example.org,12345678,b\n",
            "no column `account`",
            "there are 4 and none is near",
        ),
        (
            b"id;mail;account;last\n1;2;3;4\n",
            "no column `account`",
            "--delimiter",
        ),
        (
            b"id,mail,account,account,last\n",
            "two columns",
            "`account`",
        ),
        (
            b"id,mail,account,l\xe4st\n",
            "heading 4 is not UTF-8",
            "iconv",
        ),
        (&marked, "the table is UTF-16", "iconv"),
        (&wide, "the table is UTF-16", "iconv"),
        (open.as_bytes(), "a row has more than 4 MB", "quote"),
        (
            b"id,mail,account,last\n1,a,b,c\n",
            "1 of the 1 rows are bad",
            "columns and types",
        ),
    ];
    for (text, what, hint) in cases {
        let place = Workplace::new();
        place.write(text);
        let error = place.build(&TableOptions::default()).unwrap_err();
        let said = format!("{error} {}", error.hint_text());
        assert!(said.contains(what) && said.contains(hint), "{what}: {said}");
        assert!(!said.contains("example.org"), "{said}");
        assert!(place.left().is_empty(), "{what}: {:?}", place.left());
    }
    let place = Workplace::new();
    let error = place.build(&TableOptions::default()).unwrap_err();
    assert!(error.to_string().contains("No such file"), "{error}");
    place.write(rows);
    fs::create_dir(place.path("people.sgx")).unwrap();
    assert!(place.build(&TableOptions::default()).is_err());
    let nowhere = place.path("none").join("people.sgx");
    let (table, options) = (place.path("table.csv"), TableOptions::default());
    let error = build_exact(&table, &schema(), &key(), &nowhere, &options, &mut |_| {});
    assert!(
        error
            .unwrap_err()
            .hint_text()
            .contains("the folder must exist")
    );
}

/// Small enough that every batch of rows makes a run.
fn small_buffer() -> TableOptions {
    TableOptions {
        buffer: 1000,
        ..TableOptions::default()
    }
}

fn interrupt(place: &Workplace, after: u32) {
    let (table, index) = (place.path("table.csv"), place.path("people.sgx"));
    let mut reports = 0;
    let ended = catch_unwind(AssertUnwindSafe(|| {
        build_exact(
            &table,
            &schema(),
            &key(),
            &index,
            &small_buffer(),
            &mut |progress| {
                reports += u32::from(progress.step == Step::Read);
                if reports == after {
                    resume_unwind(Box::new(()));
                }
            },
        )
    }));
    assert!(ended.is_err());
}

#[test]
fn an_interrupted_build_goes_on_to_the_same_index() {
    let place = Workplace::new();
    let mut text = table(0..60_000);
    text.push_str("bad\n");
    text.push_str(&table(60_000..70_000)["id,mail,account,last\n".len()..]);
    place.write(&text);
    place.build(&TableOptions::default()).unwrap();
    let expected = fs::read(place.path("people.sgx")).unwrap();
    fs::write(place.path("people.sgx"), "old").unwrap();
    for after in [1, 3] {
        interrupt(&place, after);
        assert_eq!(fs::read(place.path("people.sgx")).unwrap(), b"old");
        assert!(place.path("people.sgx.work").join("state.json").exists());
    }
    // What was written behind the last state does not count.
    for name in ["rows", "run-4", "index"] {
        let path = place.path("people.sgx.work").join(name);
        let mut bytes = fs::read(&path).unwrap_or_default();
        bytes.extend(b"cut off");
        fs::write(path, bytes).unwrap();
    }
    let built = place.build(&small_buffer()).unwrap();
    assert_eq!(
        (built.resumed, built.report.rows, built.report.bad),
        (65_536, 70_000, 1)
    );
    assert_eq!(built.report.bad_rows[0].line, 60_002);
    assert!(fs::read(place.path("people.sgx")).unwrap() == expected);
    assert_eq!(place.left(), ["people.sgx"]);

    // Nothing is gone on with that was read of another table, or is not wanted.
    interrupt(&place, 2);
    let restarted = TableOptions {
        restart: true,
        ..small_buffer()
    };
    assert_eq!(place.build(&restarted).unwrap().resumed, 0);
    interrupt(&place, 2);
    place.write(text.replace("p1@example.org", "q1@example.org"));
    assert_eq!(place.build(&small_buffer()).unwrap().resumed, 0);
    assert!(fs::read(place.path("people.sgx")).unwrap() != expected);
}

#[test]
fn two_builds_of_one_index_do_not_meet() {
    let place = Workplace::new();
    place.write(table(0..10));
    let (table, index) = (place.path("table.csv"), place.path("people.sgx"));
    let options = TableOptions::default();
    let mut met = false;
    build_exact(&table, &schema(), &key(), &index, &options, &mut |_| {
        let error = place.build(&options).unwrap_err();
        met = error
            .to_string()
            .starts_with("another build of this index is at work");
    })
    .unwrap();
    assert!(met);
}

#[test]
fn an_update_holds_what_a_fresh_index_would() {
    let place = Workplace::new();
    place.write(table(0..40_000));
    place.build(&TableOptions::default()).unwrap();
    let write = |name: &str, text: String| {
        let path = place.path(name);
        fs::write(&path, text).unwrap();
        path
    };
    let added = write("new.csv", table(40_000..41_000));
    let removed = write(
        "old.csv",
        table((0..40_002).step_by(100)) + &table(7..8)["id,mail,account,last\n".len()..],
    );
    let changes = Changes {
        added: Some(&added),
        removed: Some(&removed),
    };
    let target = place.path("people.sgx");
    let update = |changes, schema: &ExactSchema, output: &Path| {
        let options = small_buffer();
        update_exact(
            &place.index(),
            changes,
            schema,
            &key(),
            output,
            &options,
            &mut |_| {},
        )
    };
    let updated = update(changes, &schema(), &target).unwrap();
    assert_eq!(
        (updated.added.rows, updated.removed, updated.summary.rows),
        (1000, 401, 40_599)
    );
    let missing: Vec<u64> = updated
        .missing
        .bad_rows
        .iter()
        .map(|row| row.line)
        .collect();
    assert_eq!(missing, [402]);
    let index = place.index();
    let kept = |n: u64| n >= 40_000 || !n.is_multiple_of(100) && n != 7;
    assert!((0..41_100).all(|n| holds(&index, n) == (kept(n) && n < 41_000)));
    let entries: Vec<(u64, u32)> = index.entries().collect();
    assert!(entries.is_sorted());
    assert_eq!(entries.len(), 2 * 40_599);

    // Only to take rows out.
    let changes = Changes {
        added: None,
        removed: Some(&added),
    };
    assert_eq!(
        update(changes, &schema(), &target).unwrap().summary.rows,
        39_599
    );

    let other = ExactSchema {
        within: 100,
        ..schema()
    };
    let error = update(changes, &other, &target).unwrap_err();
    assert!(error.to_string().contains("another schema"), "{error}");
}
