//! What an engine must be able to do.

use crate::pattern::Pattern;

/// A matcher for a list of patterns. The process that holds one is a peer.
pub trait Engine: Sized + Sync {
    /// Memory for one thread.
    type Scratch: Send;

    /// The peer's name, that of its folder.
    const NAME: &'static str;
    /// Whether a match has a start as well as an end.
    const SPANS: bool;
    /// What a reader must know before comparing.
    const NOTE: &'static str;

    /// The version of what is measured.
    fn version() -> String;

    /// Compiles the list, and says how many of its patterns the engine refused.
    ///
    /// # Errors
    ///
    /// A sentence when nothing can be compiled.
    fn compile(patterns: &[Pattern]) -> Result<(Self, usize), String>;

    /// Memory for one thread.
    fn scratch(&self) -> Self::Scratch;

    /// Counts the matches in one piece, as this engine counts.
    fn scan(&self, scratch: &mut Self::Scratch, piece: &[u8]) -> u64;

    /// The stored form, for engines that have one.
    fn image(&self) -> Option<Vec<u8>> {
        None
    }

    /// What [`Engine::image`] gave, ready to scan.
    ///
    /// # Errors
    ///
    /// A sentence when the engine has no stored form or refuses this one.
    fn load(image: Vec<u8>) -> Result<Self, String> {
        drop(image);
        Err(format!("{} has no stored form", Self::NAME))
    }
}
