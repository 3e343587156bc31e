//! The bar on a terminal.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

/// Work that is done before a bar could be read, in files and bytes.
const SHORT: (usize, u64) = (500, 64 << 20);

/// A bar over the bytes of so many inputs; none where standard error is no terminal or the work is
/// short.
pub(crate) fn bar(inputs: usize, bytes: u64) -> ProgressBar {
    if !io::stderr().is_terminal() || inputs < SHORT.0 && bytes < SHORT.1 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(
        "{bar:30} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta} left",
    );
    ProgressBar::new(bytes).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
