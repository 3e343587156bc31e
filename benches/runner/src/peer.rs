//! The engines, as their folders describe them; runs one process.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use sluicegate_bench_protocol::{Arguments, Measurement, Model};

/// The description in an engine's folder, `engine.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    engine: Vec<Peer>,
}

/// One engine.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Peer {
    pub(crate) name: String,
    /// The file to run: among the programs, or a Python file in the folder.
    program: String,
    /// What it can measure.
    models: Vec<Model>,
    /// Whether it can share the text among threads.
    #[serde(default)]
    threads: bool,
    /// Bytes of text that are enough for an engine as slow as this.
    #[serde(default = "unlimited")]
    pub(crate) most_bytes: usize,
    /// Program and first arguments.
    #[serde(skip)]
    command: Vec<PathBuf>,
}

fn unlimited() -> usize {
    usize::MAX
}

/// How often a running process is looked at. Its own clock measures, so this only has to be rare
/// enough not to disturb it.
const GLANCE: Duration = Duration::from_millis(50);

/// Reads the description of every folder.
pub(crate) fn read(folder: &Path, programs: &Path) -> Result<Vec<Peer>, String> {
    let mut peers = Vec::new();
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let home = entry.map_err(|error| error.to_string())?.path();
        let path = home.join("engine.toml");
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let description: Description =
            toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        for mut peer in description.engine {
            peer.command = if Path::new(&peer.program).extension() == Some("py".as_ref()) {
                // Each Python engine has an environment of its own beside the programs.
                let environment = home.file_name().unwrap_or_default();
                vec![
                    programs.join("python").join(environment).join("bin/python"),
                    home.join(&peer.program),
                ]
            } else {
                vec![programs.join(&peer.program)]
            };
            peers.push(peer);
        }
    }
    Ok(peers)
}

impl Peer {
    /// Whether it can take part.
    pub(crate) fn can(&self, model: Model, threads: usize) -> bool {
        self.models.contains(&model) && (self.threads || threads == 1)
    }

    /// Runs the engine once.
    pub(crate) fn run(
        &self,
        arguments: &Arguments,
        patience: Duration,
    ) -> Result<Measurement, String> {
        if !self.command.iter().all(|part| part.exists()) {
            return Err("not built".to_owned());
        }
        let mut child = Command::new(&self.command[0])
            .args(&self.command[1..])
            .args(arguments.to_args())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let output = drain(child.stdout.take().expect("piped"));
        let errors = drain(child.stderr.take().expect("piped"));
        let began = Instant::now();
        let status = loop {
            match child.try_wait().map_err(|error| error.to_string())? {
                Some(status) => break status,
                None if began.elapsed() > patience => {
                    child.kill().map_err(|error| error.to_string())?;
                    child.wait().map_err(|error| error.to_string())?;
                    return Err(format!("no answer within {} s", patience.as_secs()));
                }
                None => thread::sleep(GLANCE),
            }
        };
        let output = output.join().expect("reading does not panic");
        let errors = errors.join().expect("reading does not panic");
        if !status.success() {
            let last = errors.lines().last().unwrap_or("no message");
            return Err(format!("{status}: {last}"));
        }
        let line = output.lines().last().unwrap_or_default();
        serde_json::from_str(line).map_err(|error| format!("its answer: {error}"))
    }
}

/// Reads a pipe to its end, so that the process never waits for us.
fn drain(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before an error is still the best description of it.
        let _ = pipe.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}
