//! `bench picture`: the picture operations, measured by divan.

use super::json::print_json;
use crate::process::{cargo, output, run};
use anyhow::{Result, ensure};
use serde_json::{Map, Value, json};

/// Columns of divan's table, in order, that are times.
const TIMES: [&str; 4] = ["fastest_ns", "slowest_ns", "median_ns", "mean_ns"];
/// Those behind them.
const COUNTS: [&str; 2] = ["samples", "iterations"];

/// Runs them, and prints divan's table or what is in it.
pub fn run_bench(json: bool) -> Result<()> {
    let options = ["--locked", "--package", "shared", "--bench", "picture"];
    let mut bench = cargo(["bench", "--profile", "dev"].into_iter().chain(options));
    let what_to_do = "correct what the compiler says above";
    if !json {
        return run(&mut bench, what_to_do);
    }
    let table = output(&mut bench, what_to_do)?;
    let measured = rows(&table);
    // divan has no format for programs: its table may change with its version.
    ensure!(
        !measured.is_empty(),
        "divan's table cannot be read; correct xtask/src/bench/picture.rs: {table}"
    );
    print_json("picture", &measured.into());
    Ok(())
}

/// The rows of divan's table that have times, by the operation's name and its argument. Rows of arguments are indented below their
/// operation's.
fn rows(table: &str) -> Map<String, Value> {
    let mut rows = Map::new();
    let mut operation = "";
    for line in table.lines() {
        let Some((tree, named)) = line.split_once("─ ") else {
            continue;
        };
        let mut cells = named.split('│').map(str::trim);
        // Two spaces part the name from the first time.
        let (name, fastest) = match cells.next().map(|cell| cell.split_once("  ")) {
            Some(Some((name, fastest))) => (name.trim(), fastest.trim()),
            _ => (named.split('│').next().unwrap_or_default().trim(), ""),
        };
        let is_argument = tree.starts_with([' ', '│']);
        if !is_argument {
            operation = name;
        }
        let times: Vec<_> = std::iter::once(fastest)
            .chain(cells.by_ref().take(TIMES.len() - 1))
            .map(nanoseconds)
            .collect();
        let Some(times) = times.into_iter().collect::<Option<Vec<f64>>>() else {
            continue;
        };
        let mut row: Map<String, Value> = TIMES
            .iter()
            .zip(times)
            .map(|(column, time)| ((*column).to_owned(), json!(time)))
            .collect();
        for (column, count) in COUNTS.iter().zip(cells) {
            row.insert((*column).to_owned(), json!(count.parse::<u64>().ok()));
        }
        let name = if is_argument {
            format!("{operation} {name}")
        } else {
            name.to_owned()
        };
        rows.insert(name, row.into());
    }
    rows
}

/// A time as divan prints it, such as `27.18 µs`.
fn nanoseconds(text: &str) -> Option<f64> {
    let (number, unit) = text.split_once(' ')?;
    let factor = match unit {
        "ns" => 1.0,
        "µs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "Timer precision: 20 ns
picture                      fastest       │ slowest       │ median        │ mean          │ samples │ iters
├─ doodle_from_strokes       98.1 µs       │ 158.4 µs      │ 99.56 µs      │ 102.1 µs      │ 100     │ 100
├─ edges                                   │               │               │               │         │
│  ├─ (32, 32)               9.85 µs       │ 11.4 µs       │ 9.9 µs        │ 10 µs         │ 100     │ 200
│  ╰─ (1024, 768)            7.9 ms        │ 8.6 ms        │ 8 ms          │ 8.1 ms        │ 100     │ 100
╰─ shrink_a_photo            1.2 s         │ 1.2 s         │ 1.2 s         │ 1.2 s         │ 100     │ 100
";

    #[test]
    fn rows_are_named_by_operation_and_argument() {
        let rows = rows(TABLE);
        let mut names: Vec<_> = rows.keys().map(String::as_str).collect();
        names.sort_unstable();
        let expected = [
            "doodle_from_strokes",
            "edges (1024, 768)",
            "edges (32, 32)",
            "shrink_a_photo",
        ];
        assert_eq!(names, expected);
        let edges = &rows["edges (32, 32)"];
        assert_eq!(edges["fastest_ns"], 9850.0);
        assert_eq!(edges["median_ns"], 9900.0);
        assert_eq!(edges["iterations"], 200);
        assert_eq!(rows["shrink_a_photo"]["mean_ns"], 1.2e9);
    }
}
