use plotters::prelude::*;

use super::{ACCENT, FAINT, Failure, FigureError, INK, svg};
use crate::training::EpochRecord;

/// Width and height of the figure in pixels.
const SIZE: (u32, u32) = (960, 640);

/// A run's log as SVG: D's loss, F's loss, accuracy on photos, and lambda, each against the epoch.
///
/// # Errors
/// Where the figure cannot be drawn.
pub fn curves(history: &[EpochRecord]) -> Result<String, FigureError> {
    let of = |value: fn(&EpochRecord) -> Option<f64>| -> Vec<(f64, f64)> {
        let points = history.iter();
        points
            .filter_map(|record| Some((f64::from(record.epoch), value(record)?)))
            .collect()
    };
    let panels = [
        (
            "domain classifier's loss",
            vec![of(|record| Some(record.domain_loss))],
        ),
        (
            "feature extractor's loss",
            vec![of(|record| Some(record.feature_loss))],
        ),
        (
            "accuracy on photos (grey: kept aside)",
            vec![
                of(|record| Some(record.source_accuracy)),
                of(|record| record.validation_accuracy),
            ],
        ),
        ("lambda", vec![of(|record| Some(record.lambda))]),
    ];
    svg(SIZE, |area| {
        for (area, (title, lines)) in area.split_evenly((2, 2)).iter().zip(&panels) {
            panel(area, title, lines)?;
        }
        Ok(())
    })
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn panel(area: &Area, title: &str, lines: &[Vec<(f64, f64)>]) -> Result<(), Failure> {
    let epochs = lines
        .iter()
        .flatten()
        .map(|(epoch, _)| *epoch)
        .fold(1.0, f64::max);
    let values = || lines.iter().flatten().map(|(_, value)| *value);
    let (low, high) = (
        values().fold(0.0, f64::min),
        values().fold(f64::MIN, f64::max),
    );
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
        .x_label_formatter(&|epoch| format!("{epoch:.0}"))
        .draw()?;
    for (line, colour) in lines.iter().zip([ACCENT, GREY]) {
        let points = line.iter().copied();
        chart.draw_series(LineSeries::new(points, colour.stroke_width(2)))?;
    }
    Ok(())
}

/// Of a panel's second line.
const GREY: RGBColor = RGBColor(120, 126, 135);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_panel_has_its_line() {
        let record = |epoch: u32| EpochRecord {
            epoch,
            domain_loss: 0.5,
            feature_loss: -f64::from(epoch),
            source_accuracy: 0.4,
            lambda: 0.1,
            validation_accuracy: Some(0.3),
            seconds: 1.0,
        };
        let figure = curves(&[0, 1, 2].map(record)).unwrap();
        assert!(figure.contains("accuracy on photos"));
        assert!(figure.matches("<polyline").count() >= 5);
        curves(&[record(0)]).unwrap();
        curves(&[]).unwrap();
    }
}
