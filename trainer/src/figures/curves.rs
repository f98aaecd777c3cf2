use plotters::prelude::*;

use super::{
    Failure, FigureError,
    colours::{INK, LINE, QUIET, SHEET, class_colour},
    panels::{Group, Line, LoggedRun, Panel, panels},
    svg,
    text::shortened,
};

/// Width and height of a panel in pixels.
const PANEL: (u32, u32) = (480, 320);
/// Width and height of a chart by itself.
const CHART: (u32, u32) = (340, 190);
/// Room for a line of the runs' names above the panels, where there are several.
const NAMES: u32 = 26;
/// Runs in a line.
const IN_A_LINE: usize = 4;

/// A small chart of one thing that was logged.
pub struct Chart {
    /// What it shows.
    pub title: &'static str,
    /// What it belongs to.
    pub group: Group,
    /// The last value.
    pub newest: f64,
    /// The figure, without the title.
    pub svg: String,
}

/// A run's log, each value in a chart of its own; what the run does not have is left out.
///
/// # Errors
/// Where a chart cannot be drawn.
pub fn charts(run: &LoggedRun) -> Result<Vec<Chart>, FigureError> {
    let mut charts = Vec::new();
    for panel in panels() {
        let lines = panel.lines(run);
        let newest = lines.first().and_then(|line| line.last());
        if let Some((_, newest)) = newest.copied() {
            charts.push(Chart {
                title: panel.title,
                group: panel.group,
                newest,
                svg: svg(CHART, |area| draw(area, &panel, &[lines], None))?,
            });
        }
    }
    Ok(charts)
}

/// The logs of one run or of several as SVG: each loss, accuracy, learning rate and lambda, and what else they have, each against
/// the epoch.
///
/// # Errors
/// Where the figure cannot be drawn.
pub fn curves(runs: &[LoggedRun]) -> Result<String, FigureError> {
    let panels = panels();
    let shown: Vec<(&Panel, Vec<Vec<Line>>)> = panels
        .iter()
        .filter(|panel| panel.group != Group::Snapshots)
        .map(|panel| (panel, runs.iter().map(|run| panel.lines(run)).collect()))
        .filter(|(_, runs): &(_, Vec<Vec<Line>>)| {
            runs.iter().flatten().any(|line| !line.is_empty())
        })
        .collect();
    let legend = match runs.len() {
        0 | 1 => 0,
        several => NAMES * several.div_ceil(IN_A_LINE) as u32,
    };
    let rows = shown.len().div_ceil(2).max(1);
    svg((2 * PANEL.0, legend + rows as u32 * PANEL.1), |area| {
        let (above, below) = area.split_vertically(legend);
        if legend > 0 {
            names(&above, runs)?;
        }
        for (area, (panel, runs)) in below.split_evenly((rows, 2)).iter().zip(&shown) {
            draw(area, panel, runs, Some(panel.title))?;
        }
        Ok(())
    })
}

fn names(area: &Area, runs: &[LoggedRun]) -> Result<(), Failure> {
    let step = 2 * PANEL.0 / runs.len().min(IN_A_LINE) as u32;
    for (number, run) in runs.iter().enumerate() {
        let left = 16 + (step * (number % IN_A_LINE) as u32) as i32;
        let top = 12 + (NAMES * (number / IN_A_LINE) as u32) as i32;
        let colour = class_colour(number);
        area.draw(&Rectangle::new(
            [(left, top), (left + 14, top + 10)],
            colour.filled(),
        ))?;
        let font = ("sans-serif", 14).into_font().color(&INK);
        let name = shortened(&run.name, 14.0, step as f32 - 40.0);
        area.draw(&Text::new(name, (left + 20, top - 2), font))?;
    }
    Ok(())
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn draw(
    area: &Area,
    panel: &Panel,
    runs: &[Vec<Line>],
    title: Option<&str>,
) -> Result<(), Failure> {
    let points = || runs.iter().flatten().flatten();
    let values = || points().map(|(_, value)| *value).chain(panel.chance);
    let epochs = points().map(|(epoch, _)| *epoch).fold(1.0, f64::max);
    let low = values().fold(0.0, f64::min);
    let high = values().fold(f64::MIN, f64::max);
    let high = if high > low { high } else { low + 1.0 };
    let mut builder = ChartBuilder::on(area);
    builder
        .margin(8)
        .x_label_area_size(32)
        .y_label_area_size(52);
    if let Some(title) = title {
        builder.caption(title, ("sans-serif", 15).into_font().color(&INK));
    }
    let mut chart = builder.build_cartesian_2d(0.0..epochs, low..high + 0.05 * (high - low))?;
    chart
        .configure_mesh()
        .light_line_style(SHEET)
        .bold_line_style(LINE)
        .axis_style(QUIET)
        .label_style(("sans-serif", 12).into_font().color(&INK))
        .x_labels(6)
        .y_labels(5)
        .x_desc("epoch")
        .x_label_formatter(&|epoch| match epoch.fract() == 0.0 {
            true => epoch.to_string(),
            false => String::new(),
        })
        .draw()?;
    if let Some(chance) = panel.chance {
        let line = [(0.0, chance), (epochs, chance)];
        chart.draw_series(DashedLineSeries::new(line, 5, 4, QUIET.stroke_width(1)))?;
    }
    for (number, lines) in runs.iter().enumerate() {
        let colour = match runs.len() {
            1 => panel.colour,
            _ => class_colour(number),
        };
        for (line, width) in lines.iter().zip([2, 1]) {
            let style = colour.stroke_width(width);
            chart.draw_series(LineSeries::new(line.iter().copied(), style))?;
            // A line through one point is none.
            if let [only] = line[..] {
                chart.draw_series([Circle::new(only, 3, colour.filled())])?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::EpochRecord;

    fn record(epoch: u32) -> EpochRecord {
        EpochRecord {
            epoch,
            domain_loss: Some(0.5),
            feature_loss: -f64::from(epoch),
            source_accuracy: 0.4,
            lambda: Some(0.1),
            validation_accuracy: Some(0.3),
            seconds: 1.0,
            class_loss: Some(0.2),
            ..EpochRecord::default()
        }
    }

    fn drawn(histories: &[&[EpochRecord]]) -> String {
        let runs = histories
            .iter()
            .enumerate()
            .map(|(number, history)| LoggedRun {
                name: format!("run {number}"),
                history,
                snapshots: &[],
            });
        curves(&runs.collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn every_panel_has_its_line() {
        let figure = drawn(&[&[0, 1, 2].map(record)]);
        assert!(figure.contains("accuracy on photos") && !figure.contains("share of doodles"));
        assert!(figure.contains("class loss") && !figure.contains("confusion loss"));
        assert!(figure.matches("<polyline").count() >= 5);
        assert!(!figure.contains("run 0"));
        drawn(&[&[record(0)]]);
        drawn(&[&[]]);
    }

    #[test]
    fn several_runs_are_told_apart() {
        let one = [0, 1].map(record);
        let figure = drawn(&[&one, &[0, 1, 2].map(record)]);
        assert!(figure.contains("run 0") && figure.contains("run 1"));
        assert!(figure.matches("<polyline").count() >= 10);
    }

    #[test]
    fn the_pseudo_label_stage_has_panels_of_its_own() {
        let record = |epoch| EpochRecord {
            domain_loss: None,
            lambda: None,
            used_rate: Some(0.5),
            ..record(epoch)
        };
        let figure = drawn(&[&[0, 1].map(record)]);
        assert!(figure.contains("share of doodles") && !figure.contains("domain classifier"));
    }

    #[test]
    fn each_loss_has_a_chart_of_its_own_with_its_newest_value() {
        let history = [0, 1, 2].map(record);
        let run = LoggedRun {
            name: "run".into(),
            history: &history,
            snapshots: &[],
        };
        let charts = charts(&run).unwrap();
        let losses: Vec<(&str, f64)> = charts
            .iter()
            .filter(|chart| chart.group == Group::Losses)
            .map(|chart| (chart.title, chart.newest))
            .collect();
        assert_eq!(
            losses,
            [
                ("class loss on photos", 0.2),
                ("domain classifier's loss", 0.5),
                ("loss of feature extractor and label predictor", -2.0)
            ]
        );
        for chart in &charts {
            assert!(
                chart.svg.matches("<polyline").count() >= 1,
                "{}",
                chart.title
            );
            assert!(!chart.svg.contains(chart.title));
        }
        let none = LoggedRun {
            history: &[],
            ..run
        };
        assert!(super::charts(&none).unwrap().is_empty());
    }

    #[test]
    fn one_epoch_is_a_dot() {
        let figure = drawn(&[&[record(0)]]);
        assert!(figure.matches("<circle").count() >= 5, "{figure}");
    }
}
