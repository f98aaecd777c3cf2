//! Progress bars with rate and time left; nothing is drawn where standard error is no terminal.

use indicatif::{ProgressBar, ProgressStyle};

use crate::output::is_quiet;

/// A bar of `total` things, `done` of them from before a stop.
pub fn bar(total: u64, done: u64, unit: &str) -> ProgressBar {
    let template = format!("{{bar:32}} {{pos}}/{{len}} {unit}, {{per_sec}}, {{eta}} left {{msg}}");
    if is_quiet() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar.set_position(done);
    bar.reset_eta();
    bar
}
