//! A list of patterns as a block database of Vectorscan.

use std::ffi::CStr;

use hyperscan::{
    BlockDatabase, Builder, Error, HsError, Pattern as Expression, PatternFlags, Patterns,
};
use sluicegate_bench_protocol::Pattern;

/// The version of the library.
#[must_use]
pub fn version() -> String {
    CStr::to_string_lossy(hyperscan::version_str())
        .trim()
        .to_owned()
}

/// A database without start of match, and the lines of the list it stands for: an expression's
/// number in the database is its place in that list.
///
/// # Errors
///
/// A sentence when the library gives none of its reasons for one single expression.
pub fn compile(patterns: &[Pattern]) -> Result<(BlockDatabase, Vec<usize>), String> {
    let mut lines: Vec<usize> = (0..patterns.len()).collect();
    loop {
        let expressions = lines
            .iter()
            .enumerate()
            .map(|(number, line)| expression(&patterns[*line], number))
            .collect();
        match Patterns(expressions).build() {
            Ok(database) => return Ok((database, lines)),
            Err(Error::Hyperscan(HsError::CompileError(error))) => match error.expression() {
                // The first refused expression is named; the others are tried again without it.
                Some(refused) if refused < lines.len() => lines.remove(refused),
                _ => return Err(error.message().to_owned()),
            },
            Err(error) => return Err(error.to_string()),
        };
    }
}

fn expression(pattern: &Pattern, number: usize) -> Expression {
    let mut flags = PatternFlags::empty();
    for flag in pattern.flags.chars() {
        flags |= match flag {
            'i' => PatternFlags::CASELESS,
            'm' => PatternFlags::MULTILINE,
            's' => PatternFlags::DOTALL,
            _ => PatternFlags::empty(),
        };
    }
    Expression {
        id: Some(number),
        ..Expression::with_flags(&pattern.regex, flags).expect("never fails")
    }
}
