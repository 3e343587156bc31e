//! Findings in text that should have none.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::class::Names;
use crate::evaluate::BenignText;
use crate::judge::{Found, places};
use crate::measure::steps;
use crate::result::{Benign, BenignFile, ClassifierNoise, Noise, NoisePoint};
use crate::share::Rate;

/// How many of the noisiest classifiers are listed.
const NOISIEST: usize = 10;
/// How many findings of a classifier are told with their place.
const FIRST: usize = 3;

/// What benign texts hold, of at least a confidence.
pub(crate) fn benign(
    names: &Names,
    texts: &[BenignText<'_>],
    found: &[(Vec<Found>, bool)],
    least: u8,
) -> Benign {
    let files: Vec<BenignFile> = texts
        .iter()
        .zip(found)
        .map(|(text, (found, is_complete))| BenignFile {
            incomplete: !is_complete,
            ..file(names, text, found, least)
        })
        .collect();
    let bytes = files.iter().map(|file| file.bytes).sum();
    let mut all = BTreeMap::<&str, u64>::new();
    for noise in files.iter().flat_map(|file| &file.classifiers) {
        if !noise.apart {
            *all.entry(&noise.id).or_default() += noise.findings;
        }
    }
    let mut noisiest: Vec<Noise> = all
        .into_iter()
        .map(|(id, findings)| Noise {
            id: id.to_owned(),
            findings,
            per_mb: Rate::of(findings, bytes),
        })
        .collect();
    noisiest.sort_by_key(|noise| Reverse(noise.findings));
    noisiest.truncate(NOISIEST);
    Benign { files, noisiest }
}

fn file(names: &Names, text: &BenignText<'_>, found: &[Found], least: u8) -> BenignFile {
    let bytes = text.text.len() as u64;
    let is_apart = |found: &Found| names.is_apart(found.classifier);
    let count = |least: u8, apart: bool| {
        let counted = found
            .iter()
            .filter(|found| found.confidence >= least && is_apart(found) == apart);
        counted.count() as u64
    };
    let (findings, apart) = (count(least, false), count(least, true));
    let places = places(found, |found| found.confidence >= least && !is_apart(found));
    let mut by_classifier = BTreeMap::<u32, (u64, Vec<[usize; 2]>)>::new();
    for found in found.iter().filter(|found| found.confidence >= least) {
        let (count, first) = by_classifier.entry(found.classifier).or_default();
        *count += 1;
        if first.len() < FIRST {
            first.push([found.start as usize, found.end as usize]);
        }
    }
    let mut classifiers: Vec<ClassifierNoise> = by_classifier
        .into_iter()
        .map(|(classifier, (findings, first))| ClassifierNoise {
            id: names.id(classifier).to_owned(),
            apart: names.is_apart(classifier),
            findings,
            per_mb: Rate::of(findings, bytes),
            first,
        })
        .collect();
    classifiers.sort_by(|a, b| (b.findings, &a.id).cmp(&(a.findings, &b.id)));
    BenignFile {
        file: text.name.to_owned(),
        bytes,
        findings,
        per_mb: Rate::of(findings, bytes),
        places,
        places_per_mb: Rate::of(places, bytes),
        apart,
        apart_per_mb: Rate::of(apart, bytes),
        incomplete: false,
        classifiers,
        curve: steps()
            .map(|confidence| NoisePoint {
                confidence,
                per_mb: Rate::of(count(confidence, false), bytes),
            })
            .collect(),
    }
}
