use plotters::prelude::*;

use super::{
    Failure, FigureError,
    colours::{INK, LINE, SHEET, TARGET},
    svg,
};
use crate::evaluation::Reliability;

/// A reliability diagram as SVG: accuracy against confidence, one dot a bin, the larger the more predictions it holds.
///
/// On the diagonal, confidence is accuracy.
///
/// # Errors
/// Where the figure cannot be drawn.
pub fn reliability(reliability: &Reliability) -> Result<String, FigureError> {
    let most = reliability.bins.iter().map(|bin| bin.count).max();
    let most = most.unwrap_or_default().max(1) as f64;
    svg((440, 440), |area| {
        let title = format!(
            "expected calibration error {:.3}",
            reliability.expected_calibration_error
        );
        let mut chart = ChartBuilder::on(area)
            .caption(title, ("sans-serif", 16).into_font().color(&INK))
            .margin(18)
            .x_label_area_size(42)
            .y_label_area_size(52)
            .build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
        chart
            .configure_mesh()
            .light_line_style(SHEET)
            .bold_line_style(LINE)
            .axis_style(INK)
            .label_style(("sans-serif", 13).into_font().color(&INK))
            .x_desc("confidence")
            .y_desc("accuracy")
            .draw()?;
        let diagonal = [(0.0, 0.0), (1.0, 1.0)];
        chart.draw_series(LineSeries::new(diagonal, INK.stroke_width(1)))?;
        let filled = || reliability.bins.iter().filter(|bin| bin.count > 0);
        let line = filled().map(|bin| (bin.confidence, bin.accuracy));
        chart.draw_series(LineSeries::new(line, TARGET.stroke_width(2)))?;
        chart.draw_series(filled().map(|bin| {
            let size = 3.0 + 9.0 * (bin.count as f64 / most).sqrt();
            Circle::new((bin.confidence, bin.accuracy), size as i32, TARGET.filled())
        }))?;
        Ok::<(), Failure>(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_dot_for_each_filled_bin() {
        let predictions = [(0.2, false), (0.95, true), (0.97, true)];
        let figure = reliability(&Reliability::new(predictions)).unwrap();
        assert_eq!(figure.matches("<circle").count(), 2);
        assert!(figure.contains("confidence"));
    }
}
