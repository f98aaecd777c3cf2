//! Progress bars with rate and time left; nothing is drawn where standard error is no terminal.

use std::{sync::OnceLock, time::Instant};

use datasets::Observer;
use indicatif::{ProgressBar, ProgressStyle};

use crate::{note, output::is_quiet};

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

/// What a [`Bar`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Bytes that come from the network.
    Bytes,
    /// Files that are written.
    Files,
    /// Pictures that are predicted: how fast is said at the end, with reading and decoding.
    Pictures,
    /// Pictures that are traced, drawn and predicted.
    TracedPictures,
}

/// A bar that is drawn once work begins.
pub struct Bar {
    unit: Unit,
    drawn: OnceLock<(ProgressBar, Instant)>,
}

impl Bar {
    /// A bar for work that is still to begin.
    pub fn new(unit: Unit) -> Self {
        Self {
            unit,
            drawn: OnceLock::new(),
        }
    }
}

impl Observer for Bar {
    fn begin(&self, total: Option<u64>, done: u64) {
        self.drawn.get_or_init(|| {
            let bar = |unit| bar(total.unwrap_or(0), done, unit);
            let bar = match self.unit {
                Unit::Bytes => bar_of_bytes(total, done),
                Unit::Files => bar("files"),
                Unit::Pictures => bar("pictures"),
                Unit::TracedPictures => bar("pictures traced and drawn"),
            };
            (bar, Instant::now())
        });
    }

    fn advance(&self, more: u64) {
        if let Some((bar, _)) = self.drawn.get() {
            bar.inc(more);
        }
    }

    fn end(&self, completed: bool) {
        let Some((bar, begun)) = self.drawn.get() else {
            return;
        };
        match self.unit {
            Unit::Bytes | Unit::Files if completed => bar.finish(),
            Unit::Bytes | Unit::Files => bar.abandon(),
            Unit::Pictures | Unit::TracedPictures => {
                let done = bar.position();
                bar.finish_and_clear();
                if completed && self.unit == Unit::Pictures {
                    let seconds = begun.elapsed().as_secs_f64();
                    note!(
                        "{done} pictures in {seconds:.2} s, {:.0} a second",
                        done as f64 / seconds
                    );
                }
            }
        }
    }
}
