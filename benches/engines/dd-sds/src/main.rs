//! DataDog's sensitive data scanner: its regex rules without keywords or validators.

use std::process::ExitCode;
use std::sync::Arc;

use dd_sds::{RegexRuleConfig, RootRuleConfig, RuleConfig, Scanner};
use sluicegate_bench_protocol::{Engine, Pattern, run};

struct DdSds(Scanner);

type Rule = RootRuleConfig<Arc<dyn RuleConfig>>;

impl Engine for DdSds {
    type Scratch = ();
    const NAME: &'static str = "dd-sds";
    const SPANS: bool = true;
    const NOTE: &'static str = "of matches that overlap one is kept; a piece is made valid UTF-8";

    fn version() -> String {
        "0.1.0-20261029-ece1e93ba8da".to_owned()
    }

    fn compile(patterns: &[Pattern]) -> Result<(Self, usize), String> {
        let rules: Vec<Rule> = patterns
            .iter()
            .map(|pattern| RootRuleConfig::new(RegexRuleConfig::new(&pattern.inline()).build()))
            .filter(|rule| Scanner::builder(std::slice::from_ref(rule)).build().is_ok())
            .collect();
        let scanner = Scanner::builder(&rules)
            .build()
            .map_err(|error| error.to_string())?;
        Ok((Self(scanner), patterns.len() - rules.len()))
    }

    fn scratch(&self) {}

    fn scan(&self, (): &mut (), piece: &[u8]) -> u64 {
        let mut event = String::from_utf8_lossy(piece).into_owned();
        self.0.scan(&mut event).expect("a scan").len() as u64
    }
}

fn main() -> ExitCode {
    run::<DdSds>()
}
