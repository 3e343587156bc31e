//! What an index of documents finds: `-- DOCUMENTS QUERIES UNRELATED TEXT...`.
//!
//! Cuts the texts into pieces, takes some of them as documents, and asks for sentences of them (lines,
//! where a text's name says that it is code) that stand between sentences of other pieces: as they are, and
//! with a word of ten changed. Says how much of documents is seen in an unrelated text, and what the index costs scans
//! of the texts.

#![expect(
    clippy::cast_precision_loss,
    reason = "what is printed has four digits"
)]

mod pace;

use std::collections::HashMap;
use std::error::Error;
use std::time::Instant;

use pace::Pace;
use sluicegate::{
    DocumentIndex, DocumentSettings, Fingerprinter, IndexKey, Scanner, WORDS_SEEN, build_documents,
};
use sluicegate_classifiers::builtin;
use sluicegate_tests::Choices;

/// A piece of a text.
struct Piece {
    text: String,
    is_code: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [documents, queries, unrelated, paths @ ..] = arguments.as_slice() else {
        return Err("usage: passages DOCUMENTS QUERIES UNRELATED TEXT...".into());
    };
    let (count, queries): (usize, usize) = (documents.parse()?, queries.parse()?);
    let mut choices = Choices::from_seed(5);
    let mut pieces = Vec::new();
    for path in paths {
        let is_code = path.contains("code");
        let text = String::from_utf8_lossy(&std::fs::read(path)?).into_owned();
        pieces.extend(cut(&mut choices, &text).map(|text| Piece { text, is_code }));
    }
    for place in (1..pieces.len()).rev() {
        pieces.swap(place, choices.below(place + 1));
    }
    if pieces.len() <= count {
        return Err(format!("the texts make {} pieces, too few", pieces.len()).into());
    }
    let others = pieces.split_off(count);
    let key = IndexKey::new(b"the key of this example")?;
    let bytes: usize = pieces.iter().map(|piece| piece.text.len()).sum();
    let start = Instant::now();
    let texts = pieces
        .iter()
        .enumerate()
        .map(|(number, piece)| (number.to_string(), &piece.text, piece.is_code));
    let image = build_documents(DocumentSettings::new("pieces"), &key, texts)?;
    println!(
        "{count} documents of {bytes} bytes, index of {} bytes in {:.1} s",
        image.len(),
        start.elapsed().as_secs_f64()
    );
    let index = DocumentIndex::load(image, &key)?;
    let known = Known::new(&key, &pieces);
    let database = sluicegate::compile(&[])?
        .database
        .with_documents(index.clone())?;
    let mut scanner = Scanner::new(&database);
    for is_edited in [false, true] {
        for sentences in [1, 3, 10] {
            recall(
                &mut scanner,
                &mut choices,
                &pieces,
                &others,
                (sentences, queries, is_edited),
                &known,
            );
        }
    }
    let text = String::from_utf8_lossy(&std::fs::read(unrelated)?).into_owned();
    let is_code = false;
    let others: Vec<Piece> = cut(&mut choices, &text)
        .map(|text| Piece { text, is_code })
        .collect();
    shares(&mut scanner, &index, &others);
    let with = builtin().with_documents(index)?;
    cost(&with, paths)?;
    Ok(())
}

/// In how many documents each fingerprint is.
struct Known {
    fingerprinter: Fingerprinter,
    documents: HashMap<u64, u32>,
}

impl Known {
    fn new(key: &IndexKey, pieces: &[Piece]) -> Self {
        let fingerprinter = Fingerprinter::new(key);
        let mut documents = HashMap::new();
        for piece in pieces {
            for print in fingerprinter
                .fingerprints(piece.text.as_bytes(), false)
                .prints
            {
                *documents.entry(print).or_insert(0) += 1;
            }
        }
        Self {
            fingerprinter,
            documents,
        }
    }

    /// Whether a copied text has a fingerprint that is no boilerplate.
    fn is_answerable(&self, copied: &str) -> bool {
        let most = u32::from(DocumentSettings::new("pieces").max_documents);
        let prints = self
            .fingerprinter
            .fingerprints(copied.as_bytes(), false)
            .prints;
        prints
            .iter()
            .any(|print| self.documents.get(print).is_none_or(|&count| count <= most))
    }
}

/// Cuts a text at ends of lines into pieces of some kilobytes.
fn cut<'t>(choices: &mut Choices<'_>, text: &'t str) -> impl Iterator<Item = String> + use<'t> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let wanted = choices.between(2_000, 8_000);
        let end = rest
            .char_indices()
            .find(|&(at, char)| at >= wanted && char == '\n')
            .map_or(rest.len(), |(at, _)| at + 1);
        pieces.push(rest[..end].to_owned());
        rest = &rest[end..];
    }
    pieces.into_iter()
}

/// The sentences of a piece, or the lines of code.
fn sentences(piece: &Piece) -> Vec<&str> {
    if piece.is_code {
        return piece.text.split_inclusive('\n').collect();
    }
    let ends = |pair: &str| pair.starts_with(['.', '!', '?', '\n']) && pair.ends_with([' ', '\n']);
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, _) in piece.text.char_indices() {
        if at > start && piece.text.get(at - 1..=at).is_some_and(ends) {
            sentences.push(&piece.text[start..at]);
            start = at;
        }
    }
    sentences.push(&piece.text[start..]);
    sentences
}

/// Asks for copied sentences, and counts the documents that are found where they were copied to.
fn recall(
    scanner: &mut Scanner,
    choices: &mut Choices<'_>,
    pieces: &[Piece],
    others: &[Piece],
    (wanted, queries, is_edited): (usize, usize, bool),
    known: &Known,
) {
    let (mut found, mut asked, mut apart) = (0, 0, 0);
    let mut tries = 0;
    while asked < queries && tries < 100 * queries {
        tries += 1;
        let number = choices.below(pieces.len());
        let all = sentences(&pieces[number]);
        if all.len() < wanted {
            continue;
        }
        let first = choices.below(all.len() - wanted + 1);
        let copied = all[first..first + wanted].concat();
        let words = copied
            .split(|char: char| !char.is_alphanumeric())
            .filter(|word| !word.is_empty());
        if words.count() < WORDS_SEEN {
            continue;
        }
        if !known.is_answerable(&copied) {
            apart += 1;
            continue;
        }
        let copied = if is_edited {
            edited(choices, &copied)
        } else {
            copied
        };
        let around = sentences(choices.pick(others));
        let mut text: String = around.iter().take(2).copied().collect();
        let start = text.len();
        text.push_str(&copied);
        let end = text.len();
        text.extend(around.iter().skip(2).take(2).copied());
        let scan = scanner.scan(text.as_bytes());
        let is_there = scan.passages.iter().any(|passage| {
            passage.document as usize == number && passage.start < end && passage.end > start
        });
        asked += 1;
        found += usize::from(is_there);
        if !is_there && !is_edited {
            println!("missed: {copied:?}");
        }
    }
    let how = if is_edited {
        "one word of ten changed"
    } else {
        "as they are"
    };
    println!(
        "{wanted} sentences, {how}: {found} of {asked} found, {:.4} ({apart} set apart)",
        found as f64 / asked.max(1) as f64
    );
}

/// Every tenth word on average replaced by another.
fn edited(choices: &mut Choices<'_>, text: &str) -> String {
    let words = text.split_inclusive(char::is_whitespace);
    words
        .map(|word| if choices.one_in(10) { "sluice " } else { word })
        .collect()
}

/// How much of documents is seen in pieces of an unrelated text.
fn shares(scanner: &mut Scanner, index: &DocumentIndex, others: &[Piece]) {
    let mut shares: Vec<(u32, u32, usize)> = Vec::new();
    for (number, piece) in others.iter().enumerate() {
        let scan = scanner.scan(piece.text.as_bytes());
        let most = scan.documents.iter().max_by_key(|share| share.share_seen());
        shares.push(most.map_or((0, 0, number), |share| {
            (share.share_seen(), share.document, number)
        }));
    }
    shares.sort_unstable_by(|a, b| b.cmp(a));
    let above = shares.iter().filter(|share| share.0 > 50).count();
    let none = shares.iter().filter(|share| share.0 == 0).count();
    println!(
        "{} unrelated pieces: in {none} nothing is seen, in {above} more than 5 % of a document",
        others.len()
    );
    for &(share, document, number) in shares.iter().take(5) {
        println!(
            "  {}.{} % of document {} ({} words) in piece {number}",
            share / 10,
            share % 10,
            document,
            index.document(document).words
        );
    }
}

/// Scans with and without the index, in turns.
fn cost(with: &sluicegate::Database, paths: &[String]) -> Result<(), Box<dyn Error>> {
    let mut pace = Pace::new(with);
    for path in paths {
        let (kept, _) = pace.of(&std::fs::read(path)?);
        println!(
            "{path}: {:.1} % of the speed without the index",
            100.0 * kept
        );
    }
    Ok(())
}
