use plotters::prelude::*;

use super::{ACCENT, FAINT, Failure, FigureError, INK, class_colour, svg};
use crate::training::{EpochRecord, Snapshot};

/// Width and height of a panel in pixels.
const PANEL: (u32, u32) = (480, 320);
/// Room for the runs' names above the panels, where there are several.
const LEGEND: u32 = 34;

/// A run to draw.
pub struct LoggedRun<'a> {
    /// What it is called.
    pub name: String,
    /// Its log.
    pub history: &'a [EpochRecord],
    /// Its snapshots.
    pub snapshots: &'a [Snapshot],
}

/// A line through points.
type Line = Vec<(f64, f64)>;

/// What a panel shows of a run.
struct Panel {
    title: &'static str,
    of_epoch: Vec<fn(&EpochRecord) -> Option<f64>>,
    of_snapshot: Option<fn(&Snapshot) -> Option<f64>>,
}

impl Panel {
    fn new(title: &'static str, of_epoch: &[fn(&EpochRecord) -> Option<f64>]) -> Self {
        Self {
            title,
            of_epoch: of_epoch.to_vec(),
            of_snapshot: None,
        }
    }

    /// The lines of one run.
    fn lines(&self, run: &LoggedRun) -> Vec<Line> {
        let at = |epoch: u32, value: Option<f64>| Some((f64::from(epoch), value?));
        let of_epoch = self.of_epoch.iter().map(|value| {
            let points = run.history.iter();
            points
                .filter_map(|record| at(record.epoch, value(record)))
                .collect()
        });
        let of_snapshot = self.of_snapshot.iter().map(|value| {
            let points = run.snapshots.iter();
            points
                .filter_map(|snapshot| at(snapshot.epoch, value(snapshot)))
                .collect()
        });
        of_epoch.chain(of_snapshot).collect()
    }
}

/// What can be shown; what no run has is left out.
fn panels() -> Vec<Panel> {
    vec![
        Panel::new("domain classifier's loss", &[|record| record.domain_loss]),
        Panel::new(
            "domain classifier's accuracy",
            &[|record| record.domain_accuracy],
        ),
        Panel::new(
            "loss of feature extractor and label predictor",
            &[|record| Some(record.feature_loss)],
        ),
        Panel::new(
            "accuracy on photos (thin: held out)",
            &[
                |record| Some(record.source_accuracy),
                |record| record.validation_accuracy,
            ],
        ),
        Panel::new("class loss on photos", &[|record| record.class_loss]),
        Panel::new(
            "information maximisation loss",
            &[|record| record.information_maximisation_loss],
        ),
        Panel::new("consistency loss", &[|record| record.consistency_loss]),
        Panel::new("distillation loss", &[|record| record.distillation_loss]),
        Panel::new("contrastive loss", &[|record| record.contrastive_loss]),
        Panel::new("pseudo-label loss", &[|record| record.pseudo_label_loss]),
        Panel::new("lambda", &[|record| record.lambda]),
        Panel::new(
            "norm of the feature extractor's gradient",
            &[|record| record.gradient_norm],
        ),
        Panel::new("learning rate", &[|record| record.learning_rate]),
        Panel::new("share of doodles used", &[|record| record.used_rate]),
        Panel {
            title: "accuracy on labelled doodles (only reported)",
            of_epoch: Vec::new(),
            of_snapshot: Some(|snapshot| Some(snapshot.score.as_ref()?.accuracy)),
        },
    ]
}

/// The logs of one run or of several as SVG: D's loss, F's and C's loss, accuracy on photos, lambda, and what else they have,
/// each against the epoch.
///
/// # Errors
/// Where the figure cannot be drawn.
pub fn curves(runs: &[LoggedRun]) -> Result<String, FigureError> {
    let shown: Vec<(&str, Vec<Vec<Line>>)> = panels()
        .iter()
        .map(|panel| {
            (
                panel.title,
                runs.iter().map(|run| panel.lines(run)).collect(),
            )
        })
        .filter(|(_, runs): &(_, Vec<Vec<Line>>)| {
            runs.iter().flatten().any(|line| !line.is_empty())
        })
        .collect();
    let legend = if runs.len() > 1 { LEGEND } else { 0 };
    let rows = shown.len().div_ceil(2).max(1);
    svg((2 * PANEL.0, legend + rows as u32 * PANEL.1), |area| {
        let (above, below) = area.split_vertically(legend);
        if legend > 0 {
            names(&above, runs)?;
        }
        for (area, (title, runs)) in below.split_evenly((rows, 2)).iter().zip(&shown) {
            panel(area, title, runs)?;
        }
        Ok(())
    })
}

/// The colour of a run among several.
fn colour(number: usize, of: usize) -> RGBColor {
    if of > 1 { class_colour(number) } else { ACCENT }
}

fn names(area: &Area, runs: &[LoggedRun]) -> Result<(), Failure> {
    let step = (2 * PANEL.0) as i32 / runs.len() as i32;
    for (number, run) in runs.iter().enumerate() {
        let left = 16 + step * number as i32;
        let colour = colour(number, runs.len());
        area.draw(&Rectangle::new(
            [(left, 14), (left + 14, 24)],
            colour.filled(),
        ))?;
        let font = ("sans-serif", 14).into_font().color(&INK);
        area.draw(&Text::new(run.name.clone(), (left + 20, 12), font))?;
    }
    Ok(())
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn panel(area: &Area, title: &str, runs: &[Vec<Line>]) -> Result<(), Failure> {
    let points = || runs.iter().flatten().flatten();
    let epochs = points().map(|(epoch, _)| *epoch).fold(1.0, f64::max);
    let low = points().map(|(_, value)| *value).fold(0.0, f64::min);
    let high = points().map(|(_, value)| *value).fold(f64::MIN, f64::max);
    let high = if high > low { high } else { low + 1.0 };
    let mut chart = ChartBuilder::on(area)
        .caption(title, ("sans-serif", 15).into_font().color(&INK))
        .margin(12)
        .x_label_area_size(34)
        .y_label_area_size(48)
        .build_cartesian_2d(0.0..epochs, low..high + 0.05 * (high - low))?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .bold_line_style(FAINT)
        .axis_style(INK)
        .label_style(("sans-serif", 12).into_font().color(&INK))
        .x_desc("epoch")
        .x_label_formatter(&|epoch| match epoch.fract() == 0.0 {
            true => epoch.to_string(),
            false => String::new(),
        })
        .draw()?;
    for (number, lines) in runs.iter().enumerate() {
        for (line, width) in lines.iter().zip([2, 1]) {
            let style = colour(number, runs.len()).stroke_width(width);
            chart.draw_series(LineSeries::new(line.iter().copied(), style))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert!(figure.contains("class loss") && !figure.contains("contrastive loss"));
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
}
