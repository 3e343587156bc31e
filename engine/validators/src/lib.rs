//! Checks that decide from a value's bytes alone whether it is what its pattern suggests.
//!
//! A pack names them in `validate`; [`Call`] is such a name with its argument. Every check is pure,
//! reads at most [`MAX_LEN`] bytes, and never panics. Each takes the bytes as they were matched:
//! its usual separators are skipped, letters count without regard to case where the format allows
//! it.
//!
//! | file or folder | holds |
//! |---|---|
//! | `validator.rs`, `call.rs` | the types |
//! | `symbols.rs`, `arithmetic.rs`, `calendar.rs`, `country.rs` | what the checks share |
//! | `checksum/` | check-digit systems that no single identifier owns |
//! | `finance/` | cards, accounts, securities |
//! | `national/` | people and companies, one file per country |
//! | `text/` | tests of any text |
//!
//! ```
//! use sluicegate_validators::Call;
//! let luhn = Call::parse("luhn")?;
//! assert!(luhn.check(b"79927398713"));
//! assert!(!luhn.check(b"79927398714"));
//! # Ok::<(), sluicegate_validators::CallError>(())
//! ```

mod arithmetic;
mod calendar;
mod call;
mod checksum;
mod national;
mod symbols;
mod text;
mod validator;

pub use call::{Call, CallError};
pub use validator::{Argument, Validator};

/// The longest value any check accepts, in bytes: the longest match a classifier may ask for.
pub const MAX_LEN: usize = 65536;

/// Every validator, by family.
pub fn all() -> &'static [&'static Validator] {
    ALL
}

/// The validator with this name.
pub fn find(name: &str) -> Option<&'static Validator> {
    ALL.iter().find(|validator| validator.name == name).copied()
}

static ALL: &[&Validator] = &[
    &checksum::luhn::LUHN,
    &national::us::EIN,
    &national::us::ITIN,
    &national::us::SSN,
    &text::entropy::ENTROPY,
];
