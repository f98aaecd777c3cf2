//! What benches measured, as JSON.

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Prints what a bench measured as one JSON document.
pub fn print_json(bench: &str, measured: &Value) {
    let document = json!({ "bench": bench, "measured": measured });
    println!("{document:#}");
}

/// The JSON in the last line that a bench printed.
pub fn measured(printed: &str) -> Result<Value> {
    let line = printed.lines().last().unwrap_or_default();
    serde_json::from_str(line).with_context(|| format!("a bench printed {line:?} instead of JSON"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_bench_measured_is_in_its_last_line() {
        assert_eq!(measured("note\n{\"step\": [1.5]}").unwrap()["step"][0], 1.5);
        assert!(measured("killed").is_err());
    }
}
