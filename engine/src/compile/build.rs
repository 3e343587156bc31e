//! Plans and programs to image.

use std::collections::BTreeMap;

use serde::Serialize;
use sluicegate_model::{
    Classifier, Code, Composite, ContextEffect, Diagnostic, DictionaryDetector, Matching, Place,
    RegexDetector,
};
use sluicegate_validators::Call;
use zerocopy::little_endian::{I32, U32, U64};

use super::byteset::ByteSet;
use super::composite::{self, CompositeCard};
use super::evidence;
use super::gram::Grams;
use super::lead;
use super::needle::Mask;
use super::neighbour;
use super::node::Node;
use super::plan::{Anchor, Finder, Plan, Term};
use super::program::Pools;
use super::rarity::ShareCache;
use super::read::{self, Detectors, Read};
use super::shape::{Shape, Shapes};
use super::term::{self, Dictionaries};
use super::{Compiled, DetectorPlan, report};
use crate::database::Database;
use crate::database::image::{Section, Writer};
use crate::database::record::{
    AnchorRecord, CheckRecord, ClassifierRecord, CompanionRecord, CompositeRecord, DetectorRecord,
    ExclusionRecord, GramUse, LeadRecord, MemberRecord, NONE, PlaneRecord, Range, TextRecord,
    ValidatorRecord,
};
use crate::limits;

/// What people read of a classifier and scans do not need.
#[derive(Serialize)]
struct Card<'a> {
    name: &'a str,
    description: &'a str,
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    presidio: Option<&'a str>,
    references: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    chance: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a str>,
    stage: &'static str,
    detectors: Vec<DetectorCard<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    composite: Option<CompositeCard<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<ContextCard<'a>>,
}

#[derive(Serialize)]
struct DetectorCard<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    terms: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unique: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<u32>,
    validate: &'a [String],
    plan: Plan,
}

impl<'a> DetectorCard<'a> {
    fn of_regex(regex: &'a RegexDetector, plan: Plan) -> Self {
        Self {
            pattern: Some(&regex.pattern),
            terms: None,
            threshold: None,
            count: None,
            unique: None,
            within: None,
            validate: &regex.validate,
            plan,
        }
    }

    fn of_dictionary(dictionary: &'a DictionaryDetector, plan: Plan) -> Self {
        let terms = match dictionary.matching {
            Matching::Bytes => dictionary.terms.len(),
            Matching::Words => dictionary.words().count(),
        };
        let gathers = dictionary.has_thresholds();
        Self {
            pattern: None,
            terms: Some(terms),
            threshold: dictionary.threshold,
            count: dictionary.count,
            unique: gathers.then_some(dictionary.unique),
            within: gathers.then_some(dictionary.within),
            validate: &dictionary.validate,
            plan,
        }
    }
}

#[derive(Serialize)]
struct ContextCard<'a> {
    keywords: &'a [String],
    window: u32,
    effect: &'static str,
    amount: u8,
}

#[derive(Default)]
struct Builder {
    pools: Pools,
    text: Vec<u8>,
    text_index: BTreeMap<Vec<u8>, Range>,
    classifiers: Vec<ClassifierRecord>,
    detectors: Vec<DetectorRecord>,
    leads: Vec<LeadRecord>,
    cache: ShareCache,
    validators: Vec<ValidatorRecord>,
    keywords: Vec<TextRecord>,
    exclusions: Vec<ExclusionRecord>,
    anchors: Vec<AnchorRecord>,
    companions: Vec<CompanionRecord>,
    triples: Vec<[u8; 3]>,
    checks: Vec<CheckRecord>,
    /// Those of anchors that stand at the start of the input.
    start_checks: Vec<U32>,
    grams: Grams,
    shapes: Vec<Shape>,
    planes: Vec<ByteSet>,
    composites: Vec<CompositeRecord>,
    members: Vec<MemberRecord>,
    member_ids: Vec<TextRecord>,
    dictionaries: Dictionaries,
    plans: Vec<DetectorPlan>,
    diagnostics: Vec<Diagnostic>,
}

pub(super) fn build(classifiers: &[Classifier]) -> Result<Compiled, Vec<Diagnostic>> {
    let diagnostics = sluicegate_model::duplicate_ids(classifiers);
    let mut builder = Builder {
        diagnostics,
        ..Builder::default()
    };
    if classifiers.len() > limits::MAX_CLASSIFIERS as usize {
        builder.diagnostics.push(Diagnostic::new(
            Code::DatabaseTooLarge,
            format!(
                "there are {} classifiers, the most is {}",
                classifiers.len(),
                limits::MAX_CLASSIFIERS
            ),
        ));
        return Err(builder.diagnostics);
    }
    let mut sorted: Vec<&Classifier> = classifiers.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    for (classifier, detectors) in sorted.iter().zip(read::read(&sorted)) {
        builder.classifier(classifier, detectors);
        if let Some(composite) = &classifier.composite {
            let problems = composite::problems(classifier, composite, &sorted);
            let problems = problems
                .into_iter()
                .map(|problem| problem.about(classifier.id.as_str()));
            builder.diagnostics.extend(problems);
        }
    }
    if builder.anchors.len() >= limits::MAX_ANCHORS as usize {
        builder.diagnostics.push(Diagnostic::new(
            Code::DatabaseTooLarge,
            format!("the rules need more than {} anchors", limits::MAX_ANCHORS),
        ));
    }
    if builder.diagnostics.is_empty() {
        builder.finish()
    } else {
        Err(builder.diagnostics)
    }
}

impl Builder {
    fn text(&mut self, bytes: &[u8]) -> Range {
        if let Some(&known) = self.text_index.get(bytes) {
            return known;
        }
        let start = self.text.len();
        self.text.extend_from_slice(bytes);
        let range = Range::since(&self.text, start);
        self.text_index.insert(bytes.to_vec(), range);
        range
    }

    fn classifier(&mut self, classifier: &Classifier, detectors: Detectors) {
        let problems = self.diagnostics.len();
        let number = self.classifiers.len() as u32;
        let first_detector = self.detectors.len();
        let mut cards = Vec::new();
        let mut worth: Option<u32> = None;
        let mut at_least = |parts: u32| worth = Some(worth.map_or(parts, |least| least.min(parts)));
        for (regex, read) in classifier.regexes.iter().zip(detectors.regexes) {
            let max_len = regex.max_len.unwrap_or(limits::DEFAULT_MAX_LEN);
            let place = regex.place.as_ref().or(classifier.place.as_ref());
            let read = match read {
                Ok(read) => read,
                Err(diagnostic) => {
                    self.diagnostics.push(diagnostic);
                    continue;
                }
            };
            at_least(evidence::of_pattern(&read.node));
            let plan = self.detector(number, read, max_len, &regex.validate, place);
            cards.extend(plan.map(|plan| DetectorCard::of_regex(regex, plan)));
        }
        for (dictionary, read) in classifier.dictionaries.iter().zip(detectors.dictionaries) {
            let plan = match read {
                None => {
                    at_least(evidence::of_words(dictionary));
                    self.words((number, classifier), cards.len(), dictionary)
                }
                Some(read) => {
                    self.diagnostics.extend(term::problem(dictionary));
                    let place = dictionary.place.as_ref().or(classifier.place.as_ref());
                    at_least(evidence::of_pattern(&read.node));
                    self.detector(number, read, limits::MAX_LEN, &dictionary.validate, place)
                }
            };
            cards.extend(plan.map(|plan| DetectorCard::of_dictionary(dictionary, plan)));
        }
        if cards.is_empty() && classifier.composite.is_none() && self.diagnostics.len() == problems
        {
            self.diagnostics.push(
                Diagnostic::new(Code::NoDetector, "the classifier has no detector")
                    .hint("add [[classifier.regex]], [[classifier.dictionary]] or [classifier.composite]")
                    .at(classifier.place.clone()),
            );
        }
        for diagnostic in &mut self.diagnostics[problems..] {
            diagnostic
                .classifier
                .get_or_insert_with(|| classifier.id.to_string());
        }
        for (detector, card) in cards.iter().enumerate() {
            self.plans.push(DetectorPlan {
                classifier: classifier.id.to_string(),
                detector,
                plan: card.plan.clone(),
            });
        }
        let detectors = Range::since(&self.detectors, first_detector);
        let (context, amount, window, keywords) = self.context(classifier);
        let keyword_starts = self.keyword_starts(keywords);
        let exclusions = self.exclusions(classifier);
        let card = Card {
            name: &classifier.name,
            description: &classifier.description,
            tags: &classifier.tags,
            presidio: classifier.presidio.as_deref(),
            references: &classifier.references,
            chance: classifier.chance.map(|chance| format!("{chance:e}")),
            since: classifier.since.as_deref(),
            stage: classifier.stage.as_str(),
            detectors: cards,
            composite: classifier.composite.as_ref().map(CompositeCard::new),
            context: classifier.context.as_ref().map(|context| ContextCard {
                keywords: &context.keywords,
                window: context.window,
                effect: context.effect.as_str(),
                amount: context.amount,
            }),
        };
        let card = serde_json::to_string(&card).expect("a card has string keys only");
        let record = ClassifierRecord {
            id: self.text(classifier.id.as_str().as_bytes()),
            card: self.text(card.as_bytes()),
            severity: classifier.severity as u8,
            confidence: classifier.confidence.min(100),
            context,
            context_amount: amount,
            context_window: U32::new(window),
            keywords,
            keyword_starts: U32::new(keyword_starts),
            exclusions,
            detectors,
            evidence: evidence::bits(classifier, worth),
            reserved: [0; 3],
        };
        self.classifiers.push(record);
        if let Some(composite) = &classifier.composite {
            self.composite(number, composite);
        }
    }

    fn composite(&mut self, classifier: u32, composite: &Composite) {
        let first_member = self.members.len();
        for member in &composite.members {
            let first_id = self.member_ids.len();
            for id in &member.classifiers {
                let text = self.text(id.as_bytes());
                self.member_ids.push(TextRecord { text });
            }
            self.members.push(MemberRecord {
                weight: U32::new(member.weight),
                ids: Range::since(&self.member_ids, first_id),
            });
        }
        self.composites.push(CompositeRecord {
            classifier: U32::new(classifier),
            within: U32::new(composite::within(composite)),
            kinds: U32::new(composite.kinds),
            values: U32::new(composite.values),
            weight: U32::new(composite.weight),
            min_confidence: composite.min_confidence.min(100),
            reserved: [0; 3],
            members: Range::since(&self.members, first_member),
        });
    }

    fn context(&mut self, classifier: &Classifier) -> (u8, u8, u32, Range) {
        let Some(context) = &classifier.context else {
            return (0, 0, 0, Range::EMPTY);
        };
        let effect = match context.effect {
            ContextEffect::Require => 1,
            ContextEffect::Raise => 2,
            ContextEffect::Lower => 3,
        };
        let mut folded: Vec<String> = context
            .keywords
            .iter()
            .filter(|keyword| !keyword.is_empty())
            .map(|keyword| keyword.to_ascii_lowercase())
            .collect();
        folded.sort_unstable();
        folded.dedup();
        let start = self.keywords.len();
        for keyword in folded {
            let text = self.text(keyword.as_bytes());
            self.keywords.push(TextRecord { text });
        }
        (
            effect,
            context.amount.min(100),
            context.window.min(limits::MAX_LEN),
            Range::since(&self.keywords, start),
        )
    }

    /// The set of the bytes with which keywords start, in either case.
    fn keyword_starts(&mut self, keywords: Range) -> u32 {
        let starts = self.keywords[keywords.bounds()].iter().flat_map(|keyword| {
            let byte = self.text[keyword.text.start.get() as usize];
            [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()]
        });
        self.pools.set(starts.collect())
    }

    fn exclusions(&mut self, classifier: &Classifier) -> Range {
        let start = self.exclusions.len();
        let exclude = &classifier.exclude;
        let texts = exclude.values.iter().map(|value| (0, value));
        let texts = texts.chain(exclude.terms.iter().map(|term| (1, term)));
        for (kind, text) in texts {
            let text = self.text(text.as_bytes());
            let program = U32::new(NONE);
            self.exclusions.push(ExclusionRecord {
                kind,
                reserved: [0; 3],
                text,
                program,
            });
        }
        for pattern in &exclude.patterns {
            let place = exclude.place.as_ref().or(classifier.place.as_ref());
            let program = report::parse(pattern, place).and_then(|hir| {
                let node = Node::from_hir(&hir).without_value();
                let reach = limits::DEFAULT_MAX_LEN as usize;
                self.pools
                    .program(&node, reach, false)
                    .map_err(|error| report::too_large(error, place))
            });
            match program {
                Ok(program) => self.exclusions.push(ExclusionRecord {
                    kind: 2,
                    reserved: [0; 3],
                    text: Range::EMPTY,
                    program: U32::new(program),
                }),
                Err(diagnostic) => {
                    self.diagnostics
                        .push(diagnostic.about(classifier.id.as_str()));
                }
            }
        }
        Range::since(&self.exclusions, start)
    }

    fn detector(
        &mut self,
        classifier: u32,
        Read { node, anchors }: Read,
        max_len: u32,
        validate: &[String],
        place: Option<&Place>,
    ) -> Option<Plan> {
        let mut problem = |diagnostic: Diagnostic| {
            self.diagnostics.push(diagnostic.at(place.cloned()));
        };
        let max_len = max_len.clamp(1, limits::MAX_LEN);
        let Some(least) = node.min_len() else {
            problem(
                Diagnostic::new(Code::NeverMatches, "the pattern can never match")
                    .hint("it asks for a byte of the empty class"),
            );
            return None;
        };
        if least > max_len as usize {
            problem(
                Diagnostic::new(
                    Code::NeverMatches,
                    format!("the shortest match has {least} bytes, max_len is {max_len}"),
                )
                .hint(format!("state max_len, at most {}", limits::MAX_LEN)),
            );
            return None;
        }
        let most = node
            .max_len()
            .map_or(max_len, |most| most.min(max_len as usize) as u32);
        if most == 0 {
            problem(
                Diagnostic::new(
                    Code::EmptyPattern,
                    "the pattern matches only the empty text",
                )
                .hint("an empty match is never reported"),
            );
            return None;
        }
        let calls = self.calls(validate, place);
        let plans = anchors.and_then(|anchors| {
            if anchors.iter().all(|anchor| self.has_planes(anchor)) {
                Ok(anchors)
            } else {
                Err("it needs class runs, and the class planes are used up")
            }
        });
        let number = self.detectors.len() as u32;
        let built = self
            .pools
            .program(&node, most as usize, false)
            .and_then(|program| {
                let start = self.anchors.len();
                for anchor in plans.iter().flatten() {
                    self.anchor(number, anchor, most)?;
                }
                Ok((program, Range::since(&self.anchors, start)))
            });
        let (program, anchors) = match built {
            Ok(built) => built,
            Err(error) => {
                self.diagnostics.push(report::too_large(error, place));
                return None;
            }
        };
        let validators = self.validators(calls);
        self.leads(number, plans.as_deref().unwrap_or_default(), most);
        let first = self.pools.set(node.first_set());
        let program_len = self.pools.programs[program as usize].insts.len.get() as usize;
        let plan = Plan::new(&plans, (least, most as usize), program_len);
        self.detectors.push(DetectorRecord {
            classifier: U32::new(classifier),
            program: U32::new(program),
            max_len: U32::new(most),
            validators,
            anchors,
            first: U32::new(first),
            route: plan.route as u8,
            reserved: [0; 3],
        });
        Some(plan)
    }

    /// The validators, as far as there are such.
    fn calls(&mut self, validate: &[String], place: Option<&Place>) -> Vec<Call> {
        let mut calls = Vec::with_capacity(validate.len());
        for call in validate {
            match Call::parse(call) {
                Ok(call) => calls.push(call),
                Err(error) => self.diagnostics.push(
                    Diagnostic::new(Code::BadValidator, error.to_string()).at(place.cloned()),
                ),
            }
        }
        calls
    }

    fn validators(&mut self, calls: Vec<Call>) -> Range {
        let first = self.validators.len();
        for call in calls {
            let call = self.text(call.to_string().as_bytes());
            self.validators.push(ValidatorRecord { call });
        }
        Range::since(&self.validators, first)
    }

    /// Adds a dictionary of words, which no anchor stands for.
    fn words(
        &mut self,
        classifier: (u32, &Classifier),
        detector: usize,
        dictionary: &DictionaryDetector,
    ) -> Option<Plan> {
        let place = dictionary.place.as_ref().or(classifier.1.place.as_ref());
        let calls = self.calls(&dictionary.validate, place);
        let validators = self.validators(calls);
        let added = self
            .dictionaries
            .add(classifier, detector, dictionary, validators);
        match added {
            Ok(plan) => Some(plan),
            Err(problems) => {
                self.diagnostics.extend(problems);
                None
            }
        }
    }

    fn anchor(
        &mut self,
        detector: u32,
        anchor: &Anchor,
        max_len: u32,
    ) -> Result<(), super::program::TooLarge> {
        let number = self.anchors.len() as u32;
        let reach = max_len as usize;
        let forward = self.pools.program(&anchor.body, reach, false)?;
        let least = anchor.before.min_len().unwrap_or(0).min(reach);
        let body = anchor.body.min_len().unwrap_or(0);
        let most = anchor
            .before
            .max_len()
            .unwrap_or(reach)
            .min(reach.saturating_sub(body));
        let backward = if anchor.before == Node::Empty {
            NONE
        } else {
            self.pools.program(&anchor.before.reversed(), reach, true)?
        };
        let (before, start_allowed) = match anchor.gate {
            Some(gate) => (self.pools.set(gate.set), u8::from(gate.start_allowed)),
            None => (NONE, 1),
        };
        let companion = self.companion(anchor);
        self.anchors.push(AnchorRecord {
            detector: U32::new(detector),
            forward: U32::new(forward),
            backward: U32::new(backward),
            before_min: U32::new(least as u32),
            before_max: U32::new(most.max(least) as u32),
            before: U32::new(before),
            first: U32::new(self.pools.set(anchor.body.first_set())),
            start_allowed,
            reserved: [0; 3],
        });
        match &anchor.finder {
            Finder::Grams(needles) => {
                let words = (
                    neighbour::before(&anchor.before.reversed()),
                    neighbour::behind(&anchor.body),
                );
                for (needle, mask) in needles {
                    let check = self.check((number, companion), *mask, words);
                    for window in &needle.windows {
                        let (from, asked, value) = mask.probe(window.offset);
                        let usage = GramUse::new(check, window.offset, from, asked, value);
                        self.grams.add(window, usage);
                    }
                }
            }
            Finder::Shapes(shapes) => {
                for (terms, mask) in shapes {
                    let check = self.check((number, companion), *mask, (u64::MAX, u64::MAX));
                    self.shape(check, terms);
                }
            }
            Finder::Start(mask) => {
                let words = (u64::MAX, neighbour::behind(&anchor.body));
                let check = self.check((number, companion), *mask, words);
                self.start_checks.push(U32::new(check));
            }
        }
        Ok(())
    }

    /// Records how matches of a detector begin, where an anchor is seen late.
    fn leads(&mut self, detector: u32, anchors: &[Anchor], max_len: u32) {
        for way in lead::ways(anchors, max_len as usize, &mut self.cache) {
            let mut set = |set| U32::new(self.pools.set(set));
            self.leads.push(LeadRecord {
                detector: U32::new(detector),
                reach: U32::new(way.reach as u32),
                sets: way.sets.map(&mut set),
                within: set(way.within),
                narrow: U32::new(way.narrow as u32),
                gap: way.gap.map(&mut set),
                before: set(way.gate.map_or(ByteSet::ALL, |gate| gate.set)),
                start_allowed: u8::from(way.gate.is_none_or(|gate| gate.start_allowed)),
                reserved: [0; 3],
            });
        }
    }

    fn companion(&mut self, anchor: &Anchor) -> u32 {
        let Some(companion) = &anchor.companion else {
            return NONE;
        };
        let start = self.triples.len();
        self.triples.extend(&companion.strings);
        self.companions.push(CompanionRecord {
            strings: Range::since(&self.triples, start),
            first: I32::new(companion.first as i32),
            last: I32::new(companion.last as i32),
        });
        self.companions.len() as u32 - 1
    }

    fn check(
        &mut self,
        (anchor, companion): (u32, u32),
        mask: Mask,
        (before, behind): (u64, u64),
    ) -> u32 {
        let words = |bytes: [u8; Mask::LEN]| -> [U64; 2] { zerocopy::transmute!(bytes) };
        self.checks.push(CheckRecord {
            anchor: U32::new(anchor),
            companion: U32::new(companion),
            from: mask.from,
            reserved: [0; 7],
            mask: words(mask.asked),
            value: words(mask.value),
            before: U64::new(before),
            behind: U64::new(behind),
        });
        self.checks.len() as u32 - 1
    }

    /// Number of the plane that stands for the term's set: its own, or, when there is no room for
    /// another, the smallest that holds it, which finds more places and never fewer.
    fn plane(&mut self, term: &Term) -> Option<usize> {
        if let Some(plane) = self.planes.iter().position(|set| *set == term.set) {
            return Some(plane);
        }
        if self.planes.len() < limits::MAX_PLANES as usize {
            self.planes.push(term.set);
            return Some(self.planes.len() - 1);
        }
        (0..self.planes.len())
            .filter(|&plane| !term.negated && term.set.is_subset(&self.planes[plane]))
            .min_by_key(|&plane| self.planes[plane].len())
    }

    /// Whether each of the anchor's shapes has at least one run that can be looked for.
    fn has_planes(&mut self, anchor: &Anchor) -> bool {
        match &anchor.finder {
            Finder::Grams(_) | Finder::Start(_) => true,
            Finder::Shapes(shapes) => shapes.iter().all(|(terms, _)| {
                terms
                    .iter()
                    .any(|term| !term.negated && term.shift >= 0 && self.plane(term).is_some())
            }),
        }
    }

    fn shape(&mut self, check: u32, terms: &[Term]) {
        let planes = terms
            .iter()
            .filter_map(|term| Some((self.plane(term)? as u8, *term)))
            .collect();
        self.shapes.push(Shape {
            terms: planes,
            check,
        });
    }

    fn finish(mut self) -> Result<Compiled, Vec<Diagnostic>> {
        let grams = std::mem::take(&mut self.grams).tables();
        let shapes = Shapes::new(&self.shapes, &self.planes, &mut self.cache);
        let planes: Vec<PlaneRecord> = std::mem::take(&mut self.planes)
            .into_iter()
            .map(|set| PlaneRecord {
                set: U32::new(self.pools.set(set)),
            })
            .collect();
        let mut writer = Writer::new();
        writer.put(Section::Text, &self.text);
        writer.put(Section::Classifiers, &self.classifiers);
        writer.put(Section::Detectors, &self.detectors);
        writer.put(Section::Leads, &self.leads);
        writer.put(Section::Validators, &self.validators);
        writer.put(Section::Keywords, &self.keywords);
        writer.put(Section::Exclusions, &self.exclusions);
        writer.put(Section::Anchors, &self.anchors);
        writer.put(Section::Companions, &self.companions);
        writer.put(Section::Triples, &self.triples);
        writer.put(Section::Programs, &self.pools.programs);
        writer.put(Section::Insts, &self.pools.insts);
        writer.put(Section::Choices, &self.pools.choices);
        writer.put(Section::Sets, &self.pools.sets);
        writer.put(Section::Literals, &self.pools.literals);
        writer.put(Section::CharBounds, &self.pools.char_bounds);
        writer.put(Section::CharRanges, &self.pools.char_ranges);
        writer.put(Section::GramFilter, &grams.filters[0]);
        writer.put(Section::ShortFilter, &grams.filters[1]);
        writer.put(Section::GramStarts, &grams.starts);
        writer.put(Section::GramUses, &grams.uses);
        writer.put(Section::Checks, &self.checks);
        writer.put(Section::StartChecks, &self.start_checks);
        writer.put(Section::ShapeNodes, &shapes.nodes);
        writer.put(Section::ShapeGroups, &shapes.groups);
        writer.put(Section::Shapes, &shapes.records);
        writer.put(Section::ShapeTests, &shapes.tests);
        writer.put(Section::Planes, &planes);
        writer.put(Section::Composites, &self.composites);
        writer.put(Section::Members, &self.members);
        writer.put(Section::MemberIds, &self.member_ids);
        self.dictionaries.put(&mut writer);
        let database = Database::load(writer.finish())
            .map_err(|error| vec![Diagnostic::new(Code::DatabaseTooLarge, error.to_string())])?;
        Ok(Compiled {
            database,
            plans: self.plans,
        })
    }
}
