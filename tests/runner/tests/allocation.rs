//! A scan in steady state neither takes memory nor gives it back: a scanner that has seen the inputs
//! before has all that it needs.

use std::alloc::{GlobalAlloc, Layout, System};
use std::backtrace::Backtrace;
use std::cell::Cell;

use sluicegate::model::{
    Classifier, ClassifierId, Composite, Context, ContextEffect, DictionaryDetector, Matching,
    Member,
};
use sluicegate::{
    Database, DocumentIndex, DocumentSettings, ExactIndex, IndexKey, Kernel, Scanner,
    build_documents, build_exact, compile,
};
use sluicegate_classifiers::{builtin, builtin_rules};
use sluicegate_tests::{Carrier, Choices, people_schema, person, planted};

/// The system's allocator, counting what the thread asks of it.
struct Counting;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    allocations: u64,
    deallocations: u64,
}

thread_local! {
    /// `None` where nothing is counted. Neither lazy nor dropped, so it needs no memory itself.
    static COUNT: Cell<Option<Count>> = const { Cell::new(None) };
}

impl Counting {
    /// Counts one call, and prints where the first of them comes from.
    fn count(add: impl Fn(&mut Count)) {
        // What a thread does while it ends is not part of a scan.
        let Ok(Some(mut count)) = COUNT.try_with(Cell::get) else {
            return;
        };
        if count == Count::default() {
            // The trace takes memory too.
            COUNT.set(None);
            eprintln!("{}", Backtrace::force_capture());
        }
        add(&mut count);
        COUNT.set(Some(count));
    }
}

#[expect(
    unsafe_code,
    reason = "the trait of allocators is unsafe; nothing else tells whether memory is taken"
)]
// SAFETY: every call is handed on to the system's allocator as it came, and its answer handed back.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::count(|count| count.allocations += 1);
        // SAFETY: the caller promises what `System` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        Self::count(|count| count.allocations += 1);
        // SAFETY: the caller promises what `System` asks for.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        Self::count(|count| count.allocations += 1);
        // SAFETY: the caller promises what `System` asks for; the memory is from `System`.
        unsafe { System.realloc(memory, layout, size) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        Self::count(|count| count.deallocations += 1);
        // SAFETY: the caller promises what `System` asks for; the memory is from `System`.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What the thread asks of the allocator meanwhile.
fn counted(run: impl FnOnce()) -> Count {
    COUNT.set(Some(Count::default()));
    run();
    COUNT.take().unwrap_or_default()
}

const SIZES: [usize; 6] = [256, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 200 << 10];

/// Texts of each kind and size.
fn texts(rules: &[Classifier]) -> Vec<(String, Vec<u8>)> {
    let examples: Vec<String> = rules
        .iter()
        .flat_map(|classifier| &classifier.examples)
        .filter_map(|example| Some(example.expand().ok()?.0))
        .collect();
    let mut texts = Vec::new();
    for size in SIZES {
        for kind in ["words", "digits", "examples", "bytes", "mixed"] {
            let mut choices = Choices::from_seed(size as u64);
            let mut text = Vec::new();
            while text.len() < size {
                match (kind, choices.below(8)) {
                    ("words", _) | ("mixed", 0..=5) => word(&mut choices, &mut text),
                    ("digits", _) | ("mixed", 6) => {
                        for _ in 0..choices.between(1, 20) {
                            text.push(b'0' + choices.below(10) as u8);
                        }
                        text.push(*choices.pick(b" -./:\n"));
                    }
                    ("bytes", _) => text.push(choices.byte()),
                    _ => {
                        text.extend_from_slice(choices.pick(&examples).as_bytes());
                        text.push(b'\n');
                    }
                }
            }
            text.truncate(size);
            texts.push((format!("{size} bytes of {kind}"), text));
        }
    }
    texts
}

fn word(choices: &mut Choices, text: &mut Vec<u8>) {
    for _ in 0..choices.between(1, 5) {
        text.push(*choices.pick(b"bcdfghlmnprstvwy"));
        text.push(*choices.pick(b"aeiou"));
    }
    text.extend_from_slice(choices.pick::<&[u8]>(&[b" ", b" ", b" ", b", ", b".\n"]));
}

fn never_allocates(name: &str, database: &Database, texts: &[(String, Vec<u8>)]) {
    for kernel in Kernel::available() {
        let mut scanner = Scanner::new(database).with_kernel(kernel);
        for _ in 0..2 {
            for (_, text) in texts {
                scanner.scan(text);
            }
        }
        let mut findings = 0;
        for (kind, text) in texts {
            let count = counted(|| findings += scanner.scan(text).findings.len());
            assert_eq!(count, Count::default(), "{name}, {kernel:?}, {kind}");
        }
        assert!(findings > 0, "{name} finds something, or nothing is shown");
    }
}

#[test]
fn a_scan_of_the_catalogue_takes_no_memory() {
    let texts = texts(&builtin_rules().classifiers);
    never_allocates("the catalogue", &builtin(), &texts);
}

#[test]
fn a_scan_of_few_rules_takes_no_memory() {
    let texts = texts(&builtin_rules().classifiers);
    let named = |name: &str| Classifier::new(ClassifierId::new(name).unwrap());
    let mut card = named("custom.card").with_regex(r"\b[0-9]{13,19}\b");
    card.regexes[0].validate.push("luhn".to_owned());
    card.exclude.patterns.push("0000".to_owned());
    card.context = Some(Context {
        keywords: vec!["babe".to_owned()],
        window: 200,
        effect: ContextEffect::Raise,
        amount: 5,
        place: None,
    });
    let mut word = named("custom.word");
    word.dictionaries
        .push(DictionaryDetector::new(["nobody", "bababa"]));
    let mut spoken = DictionaryDetector::new(["ba be", "du", "ho ho ho", "ha"]);
    spoken.matching = Matching::Words;
    word.dictionaries.push(spoken.clone());
    let mut gathered = named("custom.gathered");
    spoken
        .terms
        .extend(["ma", "le", "re du"].map(str::to_owned));
    spoken.count = Some(3);
    spoken.unique = true;
    gathered.dictionaries.push(spoken);
    let mut together = named("custom.together");
    let mut composite = Composite::new(vec![
        Member::new(["custom.word", "custom.card"]),
        Member::new(["custom.l*"]),
    ]);
    composite.within = 1000;
    composite.kinds = 2;
    composite.values = 3;
    together.composite = Some(composite);
    let rules = [
        together,
        named("custom.key").with_regex(r"-----BEGIN (?s:.){0,2000}-----END"),
        // Backtracks so often that the machine remembers where it was.
        named("custom.list").with_regex(r"(?:[a-z]+ ?)+[0-9]"),
        // No filter serves it.
        named("custom.letter").with_regex(r"[a-z]{1,9}[.,]"),
        card,
        word,
        gathered,
    ];
    never_allocates("a small set", &compile(&rules).unwrap().database, &texts);
}

#[test]
fn allocations_are_counted() {
    let count = counted(|| drop(std::hint::black_box(vec![1])));
    assert_eq!((count.allocations, count.deallocations), (1, 1));
}

#[test]
fn a_scan_with_indexes_takes_no_memory() {
    let key = IndexKey::new(b"the key of these tests").unwrap();
    let mut texts = texts(&builtin_rules().classifiers);
    let rows: Vec<[String; 5]> = (0..1000).map(|number| person(1, number)).collect();
    let mut choices = Choices::from_seed(3);
    let table: Vec<String> = (0..200)
        .map(|number| planted(&mut choices, Carrier::ALL[number % 4], &rows[number]))
        .collect();
    let copied = texts
        .iter()
        .find(|(name, _)| name == "16384 bytes of words");
    let copied = copied.expect("it is one of them").1.clone();
    let source = include_str!("allocation.rs");
    texts.push(("rows".to_owned(), table.concat().into_bytes()));
    texts.push(("code".to_owned(), source.as_bytes().to_vec()));
    let rows = ExactIndex::load(build_exact(&people_schema(), &key, &rows), &key).unwrap();
    let documents = [
        ("words", copied.as_slice(), false),
        ("code", source.as_bytes(), true),
    ];
    let documents = build_documents(DocumentSettings::new("texts"), &key, documents).unwrap();
    let documents = DocumentIndex::load(documents, &key).unwrap();
    let database = compile(&[]).unwrap().database;
    let database = database.with_exact(rows).unwrap();
    let database = database.with_documents(documents).unwrap();
    never_allocates("indexes", &database, &texts);
}
