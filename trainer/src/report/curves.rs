//! What was logged, a small chart each.

use maud::{Markup, PreEscaped, html};

use super::page::Section;
use crate::{
    figures::{Chart, FigureError, Group, LoggedRun, charts},
    training::RunInfo,
};

/// The log of a run.
pub(super) fn section(info: &RunInfo) -> Result<Section, FigureError> {
    let charts = of_run(info)?;
    let groups = [
        (Group::Losses, "Losses"),
        (Group::Accuracy, "Accuracy"),
        (Group::Schedule, "Learning rate, lambda and gradient"),
    ];
    let learns_domains = info
        .history
        .iter()
        .any(|record| record.domain_loss.is_some());
    Ok(Section {
        id: "curves",
        title: "Losses and accuracy by epoch",
        body: html! {
            p {
                @if info.history.is_empty() { "No epoch is finished yet." } @else { "Blue is of photos, vermilion of doodles." }
                @if learns_domains { " The dashed line is where the domain classifier cannot tell them apart." }
            }
            @for (group, title) in groups {
                @if charts.iter().any(|chart| chart.group == group) {
                    h3 { (title) }
                    (self::group(&charts, group))
                }
            }
        },
    })
}

pub(super) fn of_run(info: &RunInfo) -> Result<Vec<Chart>, FigureError> {
    charts(&LoggedRun {
        name: info.name(),
        history: &info.history,
        snapshots: &info.snapshots,
    })
}

/// The charts that belong together.
pub(super) fn group(charts: &[Chart], group: Group) -> Markup {
    html! {
        div.charts {
            @for chart in charts.iter().filter(|chart| chart.group == group) {
                @let newest = newest(chart.newest);
                figure.chart {
                    figcaption { span { (chart.title) } strong { (newest) } }
                    div.drawn role="img" aria-label={ (chart.title) " by epoch, at last " (newest) } { (PreEscaped(&chart.svg)) }
                }
            }
        }
    }
}

/// A value with the digits that tell something.
fn newest(value: f64) -> String {
    match value.abs() {
        small if small > 0.0 && small < 0.01 => format!("{value:.2e}"),
        large if large >= 100.0 => format!("{value:.0}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_the_digits_that_tell_something() {
        for (value, text) in [
            (0.0, "0.000"),
            (0.000_25, "2.50e-4"),
            (0.697_4, "0.697"),
            (1234.5, "1234"),
        ] {
            assert_eq!(newest(value), text);
        }
    }
}
