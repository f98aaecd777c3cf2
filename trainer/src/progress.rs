//! Progress bars with rate and time left; nothing is drawn where standard error is no terminal.

use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

/// Whether only results and errors are to be printed.
static QUIET: AtomicBool = AtomicBool::new(false);

/// From now on prints nothing but results and errors.
pub fn be_quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

/// Whether only results and errors are to be printed.
pub fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Prints how work goes on, to standard output.
#[macro_export]
macro_rules! say {
    ($($words:tt)*) => {
        if !$crate::progress::is_quiet() {
            println!($($words)*);
        }
    };
}

/// Prints what is not a result, to standard error.
#[macro_export]
macro_rules! note {
    ($($words:tt)*) => {
        if !$crate::progress::is_quiet() {
            eprintln!($($words)*);
        }
    };
}

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
