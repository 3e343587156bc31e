//! Redacts texts as streams, and compares with each whole: files that are cut at random, or as
//! many generated texts of up to 200 bytes, cut at every place.
//!
//! `cargo run --release -p sluicegate-tests --example redactions -- FILE...|COUNT`

use std::process::ExitCode;

use sluicegate_classifiers::{builtin, builtin_rules};
use sluicegate_guard::redact::{Style, TokenKey};
use sluicegate_tests::{Choices, Material, Outcome, Redaction, text_near_values};

/// Bytes of a text.
const TEXT: usize = 16 << 10;

fn main() -> ExitCode {
    let mut check = Check::new();
    for name in std::env::args().skip(1) {
        if let Ok(count) = name.parse() {
            check.generated(count);
        } else if let Err(error) = check.file(&name) {
            eprintln!("{name}: {error}");
            return ExitCode::from(2);
        }
        println!("{name}: {}", check.report());
    }
    ExitCode::from(u8::from(check.wrong > 0))
}

/// Texts so far and what came of them.
struct Check {
    redactions: Vec<Redaction>,
    material: Material,
    texts: u64,
    bytes: usize,
    streams: u64,
    redacted: u64,
    edits: usize,
    refused: u64,
    wrong: u64,
}

impl Check {
    fn new() -> Self {
        let database = builtin();
        let key = b"a key for tests only";
        let styles = [
            Style::Label,
            Style::Mask,
            Style::Numbered,
            Style::Partial { keep: 4 },
            Style::Vault,
            Style::Token(TokenKey::new(key).expect("a long key")),
        ];
        let redaction = |style| Redaction::new(&database, style);
        Self {
            redactions: styles.iter().map(redaction).collect(),
            material: Material::new(&database, &builtin_rules().classifiers),
            texts: 0,
            bytes: 0,
            streams: 0,
            redacted: 0,
            edits: 0,
            refused: 0,
            wrong: 0,
        }
    }

    fn report(&self) -> String {
        format!(
            "{} texts, {} bytes, in {} streams: {} redacted by {} edits, {} refused, {} wrong",
            self.texts,
            self.bytes,
            self.streams,
            self.redacted,
            self.edits,
            self.refused,
            self.wrong
        )
    }

    fn file(&mut self, path: &str) -> std::io::Result<()> {
        for text in std::fs::read(path)?.chunks(TEXT) {
            let cuts = cuts(&mut Choices::from_seed(self.texts), text.len());
            self.check(text, &[cuts]);
        }
        Ok(())
    }

    fn generated(&mut self, count: u64) {
        for seed in 0..count {
            let mut choices = Choices::from_seed(seed);
            let text = text_near_values(&mut choices, &self.material);
            let cuts: Vec<Vec<usize>> = (1..text.len()).map(|cut| vec![cut]).collect();
            self.check(&text, &cuts);
        }
    }

    /// Checks a text in one of the styles, cut in each of these ways.
    fn check(&mut self, text: &[u8], cuttings: &[Vec<usize>]) {
        let styles = self.redactions.len();
        let redaction = &mut self.redactions[self.texts as usize % styles];
        self.texts += 1;
        self.bytes += text.len();
        let outcomes = redaction.whole(text).and_then(|whole| {
            self.streams += cuttings.len() as u64;
            let mut outcomes = cuttings
                .iter()
                .map(|cuts| redaction.cut(text, cuts, &whole));
            outcomes.try_fold(None, |_, outcome| outcome.map(Some))
        });
        match outcomes {
            Ok(Some(Outcome::Edits(edits))) => {
                self.redacted += u64::from(edits > 0);
                self.edits += edits;
            }
            Ok(Some(Outcome::Refused)) => self.refused += 1,
            Ok(None) => {}
            Err(what) => {
                self.wrong += 1;
                println!("text {}: {what}", self.texts);
            }
        }
    }
}

/// Where a text is cut: pieces of up to so many bytes, sorted.
fn cuts(choices: &mut Choices, len: usize) -> Vec<usize> {
    let longest = [1, 4, 16, 100, 1500, 5000][choices.below(6)];
    let mut cuts = Vec::new();
    let mut at = 0;
    loop {
        at += 1 + choices.below(longest);
        if at >= len {
            return cuts;
        }
        cuts.push(at);
    }
}
