//! The built-in catalogue, and how packs, databases and indexes are read from files.
//!
//! | file | holds |
//! |---|---|
//! | `builtin.rs` | the catalogue: its database and the packs it was made from |
//! | `rules.rs` | packs from files and folders |
//! | `map.rs` | files mapped into memory; databases from files |
//! | `index.rs` | indexes beside a database, from bytes and from files |
//!
//! ```
//! let database = sluicegate_classifiers::builtin();
//! let mut scanner = sluicegate::Scanner::new(&database);
//! assert!(scanner.scan(b"nothing to see here").findings.is_empty());
//! ```

mod builtin;
mod index;
mod map;
mod rules;

pub use builtin::{builtin, builtin_rules, packs};
pub use index::{UnusableIndex, attach, attach_file};
pub use map::{LoadError, Map, load_file, map_file};
pub use rules::Rules;
