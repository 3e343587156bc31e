//! Keywords of classifiers that report nothing without one, ready to be found.
//!
//! Most of what looks like a number of some kind has no keyword of that kind anywhere near. Each
//! keyword has a mark, one of 512; where none of a classifier's marks is near, its shapes are not
//! even asked for. Marks say too much and never too little.

use std::collections::HashMap;
use std::ops::Range;

use sluicegate_kernels::shape::Marks;
use sluicegate_kernels::{BLOCK, BLOCKS, Kernel, PlaneTable, Window};

use super::Sections;
use super::neighbour::is_word_byte;
use super::record;

/// Bytes around a position within which keywords are looked for; classifiers that reach further are
/// always asked for.
const MAX_REACH: usize = 256;
/// The mark of keywords that begin with no ASCII letter or digit: of those that begin with a byte
/// from 0x80 on, which every block with such a byte has, and of all others, which every block has.
const FOREIGN: usize = 511;
const ALWAYS: usize = 510;

/// A keyword: its folded text and its mark.
#[derive(Clone, Copy)]
struct Keyword {
    text: record::Range,
    mark: u16,
    /// Whether the key is all of it.
    is_key: bool,
}

/// Keywords whose first word begins alike.
#[derive(Clone, Copy, Default)]
struct Slot {
    key: u64,
    start: u32,
    end: u32,
}

/// See the module.
pub(crate) struct Keywords {
    /// Open addressing by the hash of the key; an empty slot has no keyword.
    slots: Vec<Slot>,
    known: Vec<Keyword>,
    /// Which hashes of keys there are.
    hashes: Box<[u64; HASHES / 64]>,
    /// The set of word bytes, and that of bytes from 0x80 on.
    planes: PlaneTable,
    /// For each detector that reports nothing without a keyword, the marks.
    marks: Vec<Option<Marks>>,
    /// For each such detector, the groups of its shapes.
    groups: Vec<Range<u32>>,
    all_groups: Vec<u16>,
    /// How far before an anchor, and behind it, a keyword counts.
    pub(crate) back: usize,
    pub(crate) ahead: usize,
    /// Most bytes between the anchors of two matches of a detector of which one can take bytes of
    /// the other.
    pub(crate) reach: usize,
    /// Most bytes of a match before its anchor.
    pub(crate) before: usize,
}

/// Hashes of keys that are told apart before a slot is looked at.
const HASHES: usize = 1 << 15;

fn hash(key: u64) -> u64 {
    key.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Bytes of a key.
const KEY: usize = 8;

/// The first bytes of a word, folded.
fn key_of(word: &[u8]) -> u64 {
    let mut key = [0; KEY];
    for (key, byte) in key.iter_mut().zip(word) {
        *key = byte | 0x20;
    }
    u64::from_le_bytes(key)
}

impl Keywords {
    /// The keywords of the classifiers that ask for one.
    pub(super) fn new(view: &Sections) -> Self {
        let mut by_text = HashMap::<&[u8], u16>::new();
        let mut by_key = HashMap::<u64, Vec<Keyword>>::new();
        let mut marks = Vec::with_capacity(view.detectors.len());
        let (mut back, mut ahead, mut reach, mut most) = (0, 0, 0, 0);
        for detector in view.detectors {
            let classifier = &view.classifiers[detector.classifier.get() as usize];
            let window = classifier.context_window.get() as usize;
            let anchors = &view.anchors[detector.anchors.bounds()];
            let before = anchors
                .iter()
                .map(|anchor| anchor.before_max.get() as usize);
            let before = before.max().unwrap_or(0);
            let max_len = detector.max_len.get() as usize;
            let is_required = classifier.context == 1;
            if !is_required || window + max_len + before > MAX_REACH {
                marks.push(None);
                continue;
            }
            let mut own = [0; 8];
            for keyword in &view.keywords[classifier.keywords.bounds()] {
                let text = view.text(keyword.text);
                let next = (by_text.len() % ALWAYS) as u16;
                let mark = match text[0] {
                    0x80.. => FOREIGN as u16,
                    byte if is_word_byte(byte) => *by_text.entry(text).or_insert_with(|| {
                        let word = text.iter().take_while(|byte| is_word_byte(**byte)).count();
                        by_key
                            .entry(key_of(&text[..word]))
                            .or_default()
                            .push(Keyword {
                                text: keyword.text,
                                mark: next,
                                is_key: word == text.len() && word < KEY,
                            });
                        next
                    }),
                    _ => ALWAYS as u16,
                };
                set(&mut own, mark.into());
            }
            back = back.max(before + window);
            ahead = ahead.max(max_len + window);
            reach = reach.max(max_len + 2 * before);
            most = most.max(before);
            marks.push(Some(own));
        }
        let mut slots = vec![Slot::default(); (by_key.len() * 2).next_power_of_two()];
        let mut known = Vec::new();
        let mut hashes = Box::new([0; HASHES / 64]);
        for (key, those) in by_key {
            let hash = hash(key);
            let bit = bit_of(hash);
            hashes[bit / 64] |= 1 << (bit % 64);
            let mut at = hash as usize & (slots.len() - 1);
            while slots[at].end > 0 {
                at = (at + 1) & (slots.len() - 1);
            }
            let start = known.len() as u32;
            known.extend(those);
            slots[at] = Slot {
                key,
                start,
                end: known.len() as u32,
            };
        }
        let word = [0x03FF << 48, 0x07FF_FFFE_07FF_FFFE, 0, 0];
        let foreign = [0, 0, u64::MAX, u64::MAX];
        let mut all = Self {
            slots,
            known,
            hashes,
            planes: PlaneTable::new(&[word, foreign]),
            marks,
            groups: Vec::new(),
            all_groups: Vec::new(),
            back,
            ahead,
            reach,
            before: most,
        };
        all.take_groups(view);
        all
    }

    fn take_groups(&mut self, view: &Sections) {
        let mut groups = vec![Vec::new(); self.marks.len()];
        for shape in view.shapes {
            let detector = view.detector_of(shape.check.get());
            let group = shape.group.get();
            if self.marks[detector].is_some() && !groups[detector].contains(&group) {
                groups[detector].push(group);
            }
        }
        for groups in groups {
            let start = self.all_groups.len() as u32;
            self.all_groups.extend(groups);
            self.groups.push(start..self.all_groups.len() as u32);
        }
    }

    /// The marks of which a detector needs one near; none when it is to be asked for always.
    #[inline]
    pub(crate) fn needs(&self, detector: usize) -> Option<Marks> {
        self.marks[detector]
    }

    /// The groups of a detector whose shapes may have been passed over.
    #[inline]
    pub(crate) fn groups(&self, detector: usize) -> &[u16] {
        let groups = &self.groups[detector];
        &self.all_groups[groups.start as usize..groups.end as usize]
    }

    /// The marks of each block of a span.
    pub(crate) fn marks(
        &self,
        kernel: Kernel,
        view: &Sections,
        input: &[u8],
        start: usize,
        window: &Window,
    ) -> [Marks; BLOCKS] {
        let mut planes = Default::default();
        self.planes.planes(kernel, window, &mut planes);
        let (word, foreign) = (&planes[0], &planes[1]);
        let mut all = [[0; 8]; BLOCKS];
        let mut inside = u64::from(window.before().is_some_and(is_word_byte));
        for (block, marks) in all.iter_mut().enumerate() {
            set(marks, ALWAYS);
            if foreign[block] != 0 {
                set(marks, FOREIGN);
            }
            let mut starts = word[block] & !(word[block] << 1 | inside);
            inside = word[block] >> 63;
            // Few words are keywords, and which ones can't be foretold: those that may be are
            // gathered without a branch and followed afterwards.
            let mut known = [(0, 0); BLOCK / 2];
            let mut count = 0;
            while starts != 0 {
                let bit = starts.trailing_zeros();
                starts &= starts - 1;
                let run = word[block] >> bit | word[block + 1] << 1 << (63 - bit);
                let len = (!run).trailing_zeros();
                let at = block * BLOCK + bit as usize;
                let eight = window[at..]
                    .first_chunk()
                    .expect("a window reaches past its span");
                let kept = u64::MAX >> (64 - 8 * len.min(8));
                let key = (u64::from_le_bytes(*eight) | 0x2020_2020_2020_2020) & kept;
                let bit = bit_of(hash(key));
                known[count % known.len()] = (at, key);
                count += (self.hashes[bit / 64] >> (bit % 64) & 1) as usize;
            }
            for &(at, key) in &known[..count] {
                self.mark(view, &input[start + at..], key, marks);
            }
        }
        all
    }

    /// Sets the marks of the keywords that `text` begins with.
    fn mark(&self, view: &Sections, text: &[u8], key: u64, marks: &mut Marks) {
        let mut at = hash(key) as usize & (self.slots.len() - 1);
        while self.slots[at].end > 0 {
            let slot = self.slots[at];
            if slot.key == key {
                for keyword in &self.known[slot.start as usize..slot.end as usize] {
                    if keyword.is_key {
                        set(marks, keyword.mark.into());
                        continue;
                    }
                    let folded = view.text(keyword.text);
                    let stands = text
                        .get(..folded.len())
                        .is_some_and(|text| text.eq_ignore_ascii_case(folded));
                    let ends = |byte: &u8| !is_word_byte(*byte);
                    if stands && text.get(folded.len()).is_none_or(ends) {
                        set(marks, keyword.mark.into());
                    }
                }
                return;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

/// The bit of a hash among those that are known.
fn bit_of(hash: u64) -> usize {
    (hash >> (64 - HASHES.ilog2())) as usize
}

fn set(marks: &mut Marks, mark: usize) {
    marks[mark / 64] |= 1 << (mark % 64);
}
