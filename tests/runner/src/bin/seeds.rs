//! First inputs for the fuzz targets: `seeds FOLDER` writes some to `FOLDER/<target>/`.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use sluicegate::compile;
use sluicegate::model::write_pack;
use sluicegate_tests::{Choices, rules};

/// Inputs for each target.
const COUNT: u64 = 200;
/// Enough for the decisions of most sets of rules and their inputs.
const DECISIONS: usize = 2000;

fn main() -> ExitCode {
    let Some(folder) = env::args().nth(1) else {
        eprintln!("usage: seeds FOLDER");
        return ExitCode::from(2);
    };
    match write(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::from(2)
        }
    }
}

fn write(folder: &Path) -> io::Result<()> {
    for target in ["compile", "load", "scan"] {
        fs::create_dir_all(folder.join(target))?;
    }
    for seed in 0..COUNT {
        let put = |target: &str, bytes: &[u8]| {
            fs::write(folder.join(target).join(format!("seed-{seed}")), bytes)
        };
        let mut choices = Choices::from_seed(seed);
        let rules = rules(&mut choices);
        put("compile", write_pack(&rules, "").as_bytes())?;
        let decisions: Vec<u8> = (0..DECISIONS).map(|_| choices.byte()).collect();
        put("scan", &decisions)?;
        // The target reads its input as an image and as decisions.
        match compile(&rules) {
            Ok(compiled) if seed % 2 == 0 => put("load", compiled.database.image())?,
            _ => put("load", &decisions)?,
        }
    }
    Ok(())
}
