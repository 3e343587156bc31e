//! Rules to a database.

use std::ffi::c_char;
use std::path::Path;

use sluicegate::compile;
use sluicegate::model::{Level, to_json};
use sluicegate_classifiers::{Rules, builtin_rules};

use crate::database::{Shared, make};
use crate::error::Failure;
use crate::{handle, sg_database, sg_error, sg_status};

/// A pack of classifiers (TOML), or a file that packs name: a table of facts (CSV) or a list of
/// terms.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct sg_pack {
    /// What diagnostics and packs call it, UTF-8. A name that ends in ".csv" is that of a
    /// table, one that ends in ".txt" that of a list of terms.
    pub name: *const c_char,
    /// Bytes of the name.
    pub name_len: usize,
    /// The text, UTF-8.
    pub text: *const u8,
    /// Bytes of the text.
    pub text_len: usize,
}

/// Which classifiers a database holds beside those of the packs.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sg_catalogue {
    /// None.
    None = 0,
    /// The built-in ones.
    Builtin = 1,
}

/// Compiles packs, with the built-in catalogue where `catalogue` is SG_CATALOGUE_BUILTIN. The texts
/// are read during the call. The error lists every problem: see sg_error_diagnostics. Warnings are
/// kept by the database: see sg_database_diagnostics.
///
/// # Safety
/// `packs` is NULL or to `count` packs, their pointers to as many bytes as they say; `database` and
/// `error` are NULL or places for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_compile(
    packs: *const sg_pack,
    count: usize,
    catalogue: u32,
    database: *mut *mut sg_database,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        let mut rules = if catalogue == sg_catalogue::None as u32 {
            Rules::default()
        } else if catalogue == sg_catalogue::Builtin as u32 {
            builtin_rules()
        } else {
            let message = format!("`catalogue` is {catalogue}: it is 0 or 1");
            return Err(Failure::new(sg_status::InvalidArgument, message));
        };
        // SAFETY: the caller's promise is that of `array`.
        let packs = unsafe { handle::array(packs, count, "packs") }?;
        let mut files = Vec::with_capacity(packs.len());
        for pack in packs {
            // SAFETY: the caller's promise is that of `text`.
            let name = unsafe { handle::text(pack.name, pack.name_len, "name") }?;
            // SAFETY: the caller's promise is that of `array`.
            let text = unsafe { handle::array(pack.text, pack.text_len, "text") }?;
            files.push((name, text));
        }
        for (name, text) in &files {
            if !is_table(name) {
                rules.add_pack(name, text.to_vec(), &mut |table| read_table(&files, table));
            }
        }
        rules.settle();
        let is_error = |level| level == Level::Error;
        if rules.classifiers.is_empty() || rules.problems.iter().any(|p| is_error(p.level())) {
            return Err(Failure::problems(sg_status::InvalidRules, &rules.problems));
        }
        match compile(&rules.classifiers) {
            Ok(compiled) => Ok(Shared::new(compiled.database, to_json(&rules.problems))),
            Err(error) => {
                rules.problems.extend(error.0);
                Err(Failure::problems(sg_status::InvalidRules, &rules.problems))
            }
        }
    };
    // SAFETY: the caller's promise is that of `make`.
    unsafe { make(database, error, body) }
}

fn is_table(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|end| end == "csv" || end == "txt")
}

fn read_table(files: &[(&str, &[u8])], table: &str) -> Result<String, String> {
    let found = files.iter().find(|(name, _)| *name == table);
    let (_, text) = found.ok_or("it is not among the packs")?;
    match std::str::from_utf8(text) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(format!("not UTF-8 at byte {}", error.valid_up_to())),
    }
}
