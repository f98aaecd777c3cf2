//! The measurement as tables in Markdown.

use super::bars::Bar;
use serde_json::Value;
use std::fmt::{self, Write};

/// Kinds of samples, in the order in which they are shown, with what is said of them.
const TIMES: [(&str, &str); 8] = [
    (
        "prediction, shipped-width",
        "A prediction with its result read, at the shipped width",
    ),
    (
        "prediction, full-width",
        "A prediction with its result read, at the full width of 64",
    ),
    (
        "cold start",
        "Navigation to the first prediction, nothing cached",
    ),
    ("Canny, 32x32", "Canny, 32x32"),
    ("Canny, 640x480", "Canny, 640x480"),
    ("Canny, 1920x1080", "Canny, 1920x1080"),
    (
        "pen move",
        "The page's main thread for a move of the pen, 400 strokes on the sheet",
    ),
    (
        "dragged threshold",
        "The photo view at 640x480 while a threshold is dragged",
    ),
];

/// Everything that was measured, and the bars.
pub fn tables(measured: &Value, bars: &[Bar]) -> String {
    let mut text = String::new();
    // Writing to a string doesn't fail.
    let _ = write(&mut text, measured, bars);
    text
}

fn write(text: &mut String, measured: &Value, bars: &[Bar]) -> fmt::Result {
    conditions(text, &measured["conditions"])?;
    for (kind, title) in TIMES {
        let Some(names) = measured[kind].as_object() else {
            continue;
        };
        writeln!(
            text,
            "\n{title}:\n\n| | median | p95 | samples |\n| --- | --- | --- | --- |"
        )?;
        for (name, times) in names {
            let time = |key: &str| milliseconds(times[key].as_f64());
            let (median, p95) = (time("median"), time("p95"));
            writeln!(text, "| {name} | {median} | {p95} | {} |", times["samples"])?;
        }
    }
    if let Some(names) = measured["bytes"].as_object() {
        writeln!(
            text,
            "\nBytes to the first prediction:\n\n| | requests | raw | gzip -9 | brotli 11 |\n| --- | --- | --- | --- | --- |"
        )?;
        for (name, sizes) in names {
            let kilobytes = |key: &str| kilobytes(sizes[key].as_f64());
            let (raw, gzip, brotli) = (kilobytes("raw"), kilobytes("gzip"), kilobytes("brotli"));
            let requests = &sizes["requests"];
            writeln!(text, "| {name} | {requests} | {raw} | {gzip} | {brotli} |")?;
        }
    }
    if let Some(names) = measured["memory"].as_object() {
        writeln!(
            text,
            "\nMemory after 100 and after 10,000 predictions:\n\n| | WebAssembly | JavaScript heap |\n| --- | --- | --- |"
        )?;
        for (name, memory) in names {
            let change = |key: &str| {
                let mebibytes =
                    |when: &str| memory[when][key].as_f64().unwrap_or(f64::NAN) / 1_048_576.0;
                format!("{:.1}, {:.1} MiB", mebibytes("early"), mebibytes("late"))
            };
            writeln!(text, "| {name} | {} | {} |", change("wasm"), change("heap"))?;
        }
    }
    writeln!(
        text,
        "\nThe bars:\n\n| | value | at most | aim | |\n| --- | --- | --- | --- | --- |"
    )?;
    for bar in bars {
        let value = bar
            .value
            .map_or("-".to_owned(), |value| format!("{value:.2}"));
        let (what, unit, limit, aim) = (&bar.what, bar.unit, bar.limit, bar.aim);
        writeln!(
            text,
            "| {what} | {value} {unit} | {limit} | {aim} | {} |",
            bar.verdict()
        )?;
    }
    for (name, reason) in measured["failures"].as_object().into_iter().flatten() {
        writeln!(
            text,
            "\nNot measured: {name}: {}",
            reason.as_str().unwrap_or_default()
        )?;
    }
    Ok(())
}

fn conditions(text: &mut String, conditions: &Value) -> fmt::Result {
    let word = |key: &str| conditions[key].as_str().unwrap_or("?");
    let number = |key: &str| conditions[key].as_f64().unwrap_or(f64::NAN);
    writeln!(
        text,
        "\n{}, {}, {} rounds, {}. Load average {:.1} before, {:.1} after.",
        word("processor"),
        word("browser"),
        conditions["rounds"],
        word("date"),
        number("load_before"),
        number("load_after"),
    )?;
    let versions = conditions["versions"].as_object().into_iter().flatten();
    let versions =
        versions.map(|(name, version)| format!("{name} {}", version.as_str().unwrap_or("?")));
    writeln!(text, "{}.", versions.collect::<Vec<_>>().join(", "))
}

fn milliseconds(value: Option<f64>) -> String {
    match value {
        None => "-".into(),
        Some(value) if value >= 100.0 => format!("{value:.0} ms"),
        Some(value) if value >= 1.0 => format!("{value:.2} ms"),
        Some(value) => format!("{value:.3} ms"),
    }
}

fn kilobytes(value: Option<f64>) -> String {
    value.map_or("-".into(), |value| format!("{:.0} kB", value / 1000.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::web::bars::judge;
    use serde_json::json;

    #[test]
    fn what_was_measured_and_what_failed_is_shown() {
        let measured = json!({
            "conditions": { "processor": "a processor", "browser": "Chrome/1", "rounds": 2, "date": "2026-01-02",
                "load_before": 0.1, "load_after": 1.0, "versions": { "node": "v20" } },
            "cold start": { "Edgewise": { "median": 123.4, "p95": 150.0, "samples": 4 } },
            "bytes": { "Edgewise": { "requests": 5, "raw": 4000, "gzip": 2000, "brotli": 1000 } },
            "memory": { "Edgewise": { "early": { "wasm": 1_048_576, "heap": 0 }, "late": { "wasm": 2_097_152, "heap": 0 } } },
            "failures": { "OpenCV.js 4, Canny": "no file" },
        });
        let text = tables(&measured, &judge(&measured));
        for part in [
            "a processor, Chrome/1, 2 rounds, 2026-01-02. Load average 0.1 before, 1.0 after.",
            "| Edgewise | 123 ms | 150 ms | 4 |",
            "| Edgewise | 5 | 4 kB | 2 kB | 1 kB |",
            "| Edgewise | 1.0, 2.0 MiB | 0.0, 0.0 MiB |",
            "miss (not measured)",
            "Not measured: OpenCV.js 4, Canny: no file",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
}
