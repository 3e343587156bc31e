//! The bar on a terminal.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};
use sluicegate_indexing::{Progress, Step};

/// A bar for each step of a build; none where standard error is no terminal.
pub(super) struct Bar {
    bar: ProgressBar,
    step: Option<Step>,
}

impl Bar {
    pub(super) fn new() -> Self {
        Self {
            bar: ProgressBar::hidden(),
            step: None,
        }
    }

    pub(super) fn show(&mut self, progress: Progress) {
        if !io::stderr().is_terminal() {
            return;
        }
        if self.step != Some(progress.step) {
            self.step = Some(progress.step);
            self.bar.finish_and_clear();
            let template = match (progress.step, progress.of) {
                (Step::Read, Some(_)) => {
                    "{bar:30} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta} left"
                }
                (Step::Read, None) => "{bytes} {binary_bytes_per_sec}",
                (Step::Write, _) => "{bar:30} {pos}/{len} entries written",
            };
            let style = ProgressStyle::with_template(template);
            let bar = progress
                .of
                .map_or_else(ProgressBar::no_length, ProgressBar::new);
            self.bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        }
        if let Some(of) = progress.of {
            // One step may read several folders.
            self.bar.set_length(of);
        }
        self.bar.set_position(progress.done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
