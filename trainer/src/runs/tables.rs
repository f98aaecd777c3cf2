//! Runs as tables for people.

use comfy_table::{CellAlignment, Table, presets::NOTHING};
use serde_json::Value;

use super::{Differences, Listed, Spread, Summary};

/// What stands where there is no value.
const NONE: &str = "-";

/// One line a run, with the stages of a recipe below it.
pub fn list_table(listed: &[Listed]) -> String {
    let head = [
        "run",
        "objective",
        "epochs",
        "device",
        "time",
        "source",
        "held out",
        "information",
        "agreement",
        "accuracy",
        "balanced",
    ];
    let mut table = table(&head, 2..3);
    let mut unreadable = Vec::new();
    for listed in listed {
        match listed {
            Listed::Run(run) => {
                table.add_row(row(run, run.name()));
            }
            Listed::Recipe {
                folder,
                stages,
                started,
            } => {
                let name = folder.file_name().unwrap_or(folder.as_os_str());
                table.add_row([
                    name.to_string_lossy().into_owned(),
                    format!("{} of {stages} stages", started.len()),
                ]);
                for stage in started {
                    table.add_row(row(stage, format!("  {}", stage.name())));
                }
            }
            Listed::Unreadable { folder, reason } => {
                unreadable.push(format!("{}: {reason}", folder.display()));
            }
        }
    }
    lines(&table, &unreadable)
}

fn row(run: &Summary, name: String) -> [String; 11] {
    let criteria = run.criteria;
    [
        name,
        run.objective.into(),
        match run.epochs == run.planned {
            true => run.epochs.to_string(),
            false => format!("{} of {}", run.epochs, run.planned),
        },
        match run.devices.is_empty() {
            true => NONE.into(),
            false => run.devices.join(", "),
        },
        time(run.seconds),
        number(run.source_accuracy),
        number(run.validation_accuracy),
        number(criteria.map(|criteria| criteria.information)),
        number(criteria.map(|criteria| criteria.agreement)),
        number(run.accuracy),
        number(run.balanced_accuracy),
    ]
}

/// One line a setting that differs, and one a result.
pub fn differences_table(differences: &Differences) -> String {
    let mut head = vec![""];
    head.extend(differences.runs.iter().map(String::as_str));
    let mut table = table(&head, 1..head.len());
    for (name, values) in &differences.settings {
        let values = values.iter().map(setting);
        table.add_row(std::iter::once(format!("--{name}")).chain(values));
    }
    for (name, values) in &differences.results {
        let values = values.iter().copied();
        table.add_row(result(name, values));
    }
    let same = match differences.settings.is_empty() {
        true => vec!["all settings are the same".to_owned()],
        false => Vec::new(),
    };
    lines(&table, &same)
}

/// One line a result: its mean, its standard deviation and its value with each seed.
pub fn spread_table(seeds: &[u64], spreads: &[Spread]) -> String {
    let mut head = vec!["".to_owned(), "mean".into(), "deviation".into()];
    head.extend(seeds.iter().map(|seed| format!("seed {seed}")));
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let mut table = table(&head, 1..head.len());
    for spread in spreads {
        let values = spread.values.iter().copied().map(Some);
        let summary = [Some(spread.mean), spread.deviation];
        table.add_row(result(spread.result, summary.into_iter().chain(values)));
    }
    lines(&table, &[])
}

/// The cells of a result: its name, and its values as what it counts.
fn result(name: &str, values: impl Iterator<Item = Option<f64>>) -> Vec<String> {
    let (title, show): (&str, fn(Option<f64>) -> String) = match name {
        "seconds" => ("time", |seconds| {
            seconds.map_or_else(|| NONE.to_owned(), time)
        }),
        name => (name, number),
    };
    std::iter::once(title.to_owned())
        .chain(values.map(show))
        .collect()
}

fn table(head: &[&str], right: std::ops::Range<usize>) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING).set_header(head);
    for column in right {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// The table's lines without spaces at their ends, and further lines.
fn lines(table: &Table, further: &[String]) -> String {
    let lines = table.lines().map(|line| line.trim_end().to_owned());
    lines
        .chain(further.iter().cloned())
        .collect::<Vec<_>>()
        .join("\n")
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| NONE.to_owned(), |value| format!("{value:.4}"))
}

fn time(seconds: f64) -> String {
    match seconds {
        seconds if seconds < 60.0 => format!("{seconds:.0} s"),
        seconds if seconds < 3600.0 => format!("{:.0} min", seconds / 60.0),
        seconds => format!("{:.1} h", seconds / 3600.0),
    }
}

fn setting(value: &Value) -> String {
    match value {
        Value::Null => NONE.into(),
        Value::Array(values) if values.is_empty() => NONE.into(),
        Value::Array(values) => values.iter().map(setting).collect::<Vec<_>>().join(", "),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
