//! Progress bars with rate and time left; nothing is drawn where standard error is no terminal.

use std::sync::OnceLock;

use datasets::Observer;
use indicatif::{ProgressBar, ProgressStyle};

use crate::output::is_quiet;

/// A bar of `total` things, `done` of them from before a stop.
pub fn bar(total: u64, done: u64, unit: &str) -> ProgressBar {
    let template = format!("{{bar:32}} {{pos}}/{{len}} {unit}, {{per_sec}}, {{eta}} left {{msg}}");
    styled(ProgressBar::new(total), &template, done)
}

/// The same of bytes, or a mere count of them where nobody knows how many will come.
fn bar_of_bytes(total: Option<u64>, done: u64) -> ProgressBar {
    match total {
        Some(total) => styled(
            ProgressBar::new(total),
            "{bar:32} {decimal_bytes}/{decimal_total_bytes}, {decimal_bytes_per_sec}, {eta} left",
            done,
        ),
        None => styled(
            ProgressBar::no_length(),
            "{spinner} {decimal_bytes}, {decimal_bytes_per_sec}",
            done,
        ),
    }
}

fn styled(bar: ProgressBar, template: &str, done: u64) -> ProgressBar {
    if is_quiet() {
        return ProgressBar::hidden();
    }
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_position(done);
    bar.reset_eta();
    bar
}

/// What a [`DataBar`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Bytes that come from the network.
    Bytes,
    /// Files that are written.
    Files,
}

/// Draws how far a data set has come that is fetched or built.
pub struct DataBar {
    unit: Unit,
    bar: OnceLock<ProgressBar>,
}

impl DataBar {
    /// A bar that is drawn once the work begins.
    pub fn new(unit: Unit) -> Self {
        Self {
            unit,
            bar: OnceLock::new(),
        }
    }
}

impl Observer for DataBar {
    fn begin(&self, total: Option<u64>, done: u64) {
        self.bar.get_or_init(|| match self.unit {
            Unit::Bytes => bar_of_bytes(total, done),
            Unit::Files => bar(total.unwrap_or(0), done, "files"),
        });
    }

    fn advance(&self, more: u64) {
        if let Some(bar) = self.bar.get() {
            bar.inc(more);
        }
    }

    fn end(&self, completed: bool) {
        match self.bar.get() {
            Some(bar) if completed => bar.finish(),
            Some(bar) => bar.abandon(),
            None => {}
        }
    }
}
