//! `compile`: packs to a database file.

use crate::args::CompileArgs;
use crate::catalogue;
use crate::failure::{Failure, Status};
use crate::replace;

pub(crate) fn run(args: &CompileArgs) -> Result<Status, Failure> {
    if args.paths.is_empty() && args.no_builtin {
        return Err(Failure::new("there is nothing to compile")
            .at("--no-builtin")
            .hint("name packs, or leave out `--no-builtin`"));
    }
    let mut classifiers = catalogue::read(&args.paths, args.no_builtin)?;
    catalogue::select(&mut classifiers, &args.selection)?;
    let database = catalogue::compile_all(&classifiers)?;
    replace::write(&args.output, database.image())?;
    eprintln!(
        "{} classifiers, {} bytes",
        database.len(),
        database.image().len()
    );
    Ok(Status::Done)
}
