//! The definition of document fingerprints, written out slowly: judges the search in tests.

use std::collections::{BTreeMap, BTreeSet};

use super::seen::DocumentMatch;
use super::shingle::{Family, NONE, Part, Unit, Vocabulary, polynomial};
use super::{DocumentIndex, DocumentIndexWriter, DocumentSettings, Fingerprinter};
use crate::ClassifierIndex;
use crate::finding::{Finding, View};
use crate::index::{IndexKey, sip};
use crate::limits;
use crate::text::Words;

pub(super) const CLASSIFIER: ClassifierIndex = ClassifierIndex(7);

pub(super) fn key() -> IndexKey {
    IndexKey::new(b"an example of a secret").unwrap()
}

/// Texts and how they are to be indexed.
#[derive(Clone, Debug)]
pub(super) struct Documents {
    pub(super) texts: Vec<String>,
    pub(super) settings: DocumentSettings,
    pub(super) boilerplate: Vec<String>,
}

impl Documents {
    pub(super) fn new(texts: &[String]) -> Self {
        Self {
            texts: texts.to_vec(),
            settings: DocumentSettings::new("known"),
            boilerplate: Vec::new(),
        }
    }

    pub(super) fn code(texts: &[String]) -> Self {
        let mut documents = Self::new(texts);
        documents.settings.code = true;
        documents
    }

    /// The pairs that a writer takes, in order.
    pub(super) fn pairs(&self) -> Vec<(u64, u32)> {
        let fingerprinter = Fingerprinter::new(&key());
        let prints = |text: &String| {
            let is_code = self.settings.code;
            fingerprinter.fingerprints(text.as_bytes(), is_code).prints
        };
        let mut pairs = Vec::new();
        for (number, text) in (0..).zip(&self.texts) {
            pairs.extend(prints(text).into_iter().map(|print| (print, number)));
        }
        for text in &self.boilerplate {
            let number = DocumentIndexWriter::BOILERPLATE;
            pairs.extend(prints(text).into_iter().map(|print| (print, number)));
        }
        pairs.sort_unstable();
        pairs
    }

    pub(super) fn image(&self) -> Vec<u8> {
        let pairs = self.pairs();
        let entries = pairs.len() as u64;
        let writer = DocumentIndexWriter::new(self.settings.clone(), &key(), entries).unwrap();
        write(writer, self.texts.len(), |writer, mut out| {
            for &(print, document) in &pairs {
                writer.push(print, document, &mut out);
            }
        })
    }

    pub(super) fn index(&self) -> DocumentIndex {
        DocumentIndex::load(self.image(), &key()).unwrap()
    }

    /// What a search of the input finds: findings in order, and matches.
    pub(super) fn find(&self, input: &str) -> (Vec<Finding>, Vec<DocumentMatch>) {
        let vocabulary = Vocabulary::new(&key());
        let families: &[Family] = if self.settings.code {
            &[Family::Words, Family::Code]
        } else {
            &[Family::Words]
        };
        let kept = |text: &String| {
            let of_family = |&family| kept(&shingles(&vocabulary, family, text), family);
            families
                .iter()
                .flat_map(of_family)
                .collect::<BTreeSet<u64>>()
        };
        let mut owners = BTreeMap::<u64, BTreeSet<u32>>::new();
        for (number, text) in (0..).zip(&self.texts) {
            for hash in kept(text) {
                owners.entry(hash).or_default().insert(number);
            }
        }
        owners.retain(|_, owners| owners.len() <= usize::from(self.settings.max_documents));
        for text in &self.boilerplate {
            for hash in kept(text) {
                owners.remove(&hash);
            }
        }
        let mut findings = Vec::new();
        let mut matches = Vec::new();
        for document in 0..self.texts.len() as u32 {
            let of = owners
                .values()
                .filter(|owners| owners.contains(&document))
                .count();
            let minimum = usize::from(self.settings.minimum).min(of).max(1);
            let mut seen = BTreeSet::new();
            let mut covered = 0;
            for &family in families {
                let hits: Vec<Shingle> = shingles(&vocabulary, family, input)
                    .into_iter()
                    .filter(|shingle| shingle.end - shingle.start <= PASSAGE_LEN)
                    .filter(|shingle| {
                        let owners = owners.get(&shingle.hash);
                        owners.is_some_and(|owners| owners.contains(&document))
                    })
                    .collect();
                seen.extend(hits.iter().map(|hit| hit.hash));
                let mut bytes = vec![false; input.len()];
                for passage in passages(&hits, family) {
                    let different: BTreeSet<u64> = passage.iter().map(|hit| hit.hash).collect();
                    if different.len() < minimum {
                        continue;
                    }
                    let (start, end) = (passage[0].start, passage[passage.len() - 1].end);
                    bytes[start..end].fill(true);
                    findings.push(Finding {
                        start,
                        end,
                        classifier: CLASSIFIER,
                        confidence: self.settings.confidence,
                        view: View::Raw,
                    });
                }
                covered = covered.max(bytes.iter().filter(|&&byte| byte).count());
            }
            if covered > 0 {
                matches.push(DocumentMatch {
                    classifier: CLASSIFIER,
                    document,
                    seen: seen.len() as u32,
                    of: of as u32,
                    covered,
                    input: input.len(),
                    complete: true,
                });
            }
        }
        findings.sort_unstable();
        (findings, matches)
    }
}

const PASSAGE_LEN: usize = limits::PASSAGE_LEN as usize;

/// An image of what is pushed, of documents called `0`, `1` and so on.
pub(super) fn write(
    mut writer: DocumentIndexWriter,
    documents: usize,
    push: impl FnOnce(&mut DocumentIndexWriter, &mut dyn FnMut(&[u8])),
) -> Vec<u8> {
    let mut image = vec![0; DocumentIndexWriter::HEADER];
    let mut out = |bytes: &[u8]| image.extend_from_slice(bytes);
    push(&mut writer, &mut out);
    let names = (0..documents).map(|number| (number.to_string(), 100));
    let header = writer.finish(names, &mut out);
    image[..header.len()].copy_from_slice(&header);
    image
}

/// A shingle of a text, with the number of its first unit.
#[derive(Clone, Copy)]
struct Shingle {
    hash: u64,
    start: usize,
    end: usize,
    number: usize,
}

/// All shingles; of those that are not informative the hash is [`NONE`].
fn shingles(vocabulary: &Vocabulary, family: Family, text: &str) -> Vec<Shingle> {
    let units = units(vocabulary, family, text);
    let shingle = |(number, units): (usize, &[Unit])| {
        let informative = units.iter().filter(|unit| unit.informative).count();
        let hash = if informative < family.informative() {
            NONE
        } else {
            polynomial(family, units)
        };
        let (start, end) = (units[0].start, units[units.len() - 1].end);
        Shingle {
            hash,
            start,
            end,
            number,
        }
    };
    units
        .windows(family.shingle())
        .enumerate()
        .map(shingle)
        .collect()
}

fn units(vocabulary: &Vocabulary, family: Family, text: &str) -> Vec<Unit> {
    let input = text.as_bytes();
    let mut units = Vec::new();
    match family {
        Family::Words => {
            let mut words = Words::default();
            words.read(input, 0, false, usize::MAX);
            units.extend(words.words().iter().map(|word| Unit {
                hash: sip(vocabulary.words, words.form(word)),
                start: word.start,
                end: word.end,
                informative: words.form(word).len() > 2,
            }));
        }
        Family::Code => {
            let part = Part {
                input,
                base: 0,
                more: false,
            };
            vocabulary.tokens.read(part, 0, 1 << 30, &mut units);
        }
    }
    units
}

/// The hashes that stand for a text: the last of the smallest of each window.
fn kept(shingles: &[Shingle], family: Family) -> BTreeSet<u64> {
    let window = family.window().min(shingles.len()).max(1);
    let smallest = |window: &[Shingle]| {
        let hashes = window.iter().map(|shingle| shingle.hash);
        hashes.min().expect("a window is not empty")
    };
    let all = shingles.windows(window).map(smallest);
    all.filter(|&hash| hash != NONE).collect()
}

fn passages(hits: &[Shingle], family: Family) -> Vec<Vec<Shingle>> {
    let mut passages: Vec<Vec<Shingle>> = Vec::new();
    for &hit in hits {
        match passages.last_mut() {
            Some(last)
                if hit.number - last[last.len() - 1].number <= family.gap()
                    && hit.end - last[0].start <= PASSAGE_LEN =>
            {
                last.push(hit);
            }
            _ => passages.push(vec![hit]),
        }
    }
    passages
}
