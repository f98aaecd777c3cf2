use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{Failure, FigureError, INK, svg};
use crate::evaluation::Score;

/// Width and height of a cell in pixels.
const CELL: i32 = 52;
/// Room for the labels' names on the left.
const LEFT: i32 = 120;
/// Room for the title and the predictions' names above.
const TOP: i32 = 110;
/// Empty space on the right and below.
const EDGE: i32 = 24;

/// A confusion matrix as SVG: a row a label, a column a prediction, the darker the larger its share of the row.
///
/// # Errors
/// Where the figure cannot be drawn.
pub fn confusion(score: &Score) -> Result<String, FigureError> {
    let side = CELL * score.per_class.len() as i32;
    let size = ((LEFT + side + EDGE) as u32, (TOP + side + EDGE) as u32);
    let font = |size: i32| ("sans-serif", size).into_font().color(&INK);
    svg(size, |area| {
        let title = format!(
            "{:.1} % of {} classified correctly, {:.1} % on average over the classes",
            100.0 * score.accuracy,
            score.scored,
            100.0 * score.balanced_accuracy
        );
        let middle = Pos::new(HPos::Center, VPos::Center);
        area.draw(&Text::new(title, (16, 14), font(16)))?;
        area.draw(&Text::new("label", (16, TOP - 26), font(14)))?;
        area.draw(&Text::new("prediction", (LEFT, 44), font(14)))?;
        for (index, (class, row)) in score.per_class.iter().zip(&score.confusion).enumerate() {
            let at = CELL * index as i32;
            let name = |place, pos| Text::new(class.class.clone(), place, font(13).pos(pos));
            let right = Pos::new(HPos::Right, VPos::Center);
            area.draw(&name((LEFT - 10, TOP + at + CELL / 2), right))?;
            let up = font(13).transform(FontTransform::Rotate270);
            let up = up.pos(Pos::new(HPos::Left, VPos::Center));
            area.draw(&Text::new(
                class.class.clone(),
                (LEFT + at + CELL / 2, TOP - 8),
                up,
            ))?;
            let total = class.count.max(1);
            for (column, count) in row.iter().enumerate() {
                let share = f64::from(*count) / f64::from(total);
                let (x, y) = (LEFT + CELL * column as i32, TOP + at);
                let box_ = [(x + 1, y + 1), (x + CELL - 1, y + CELL - 1)];
                let hue = if column == index {
                    (31, 97, 171)
                } else {
                    (176, 58, 46)
                };
                area.draw(&Rectangle::new(box_, shade(hue, share).filled()))?;
                if *count > 0 {
                    let ink = if share > 0.5 { WHITE } else { INK };
                    let style = ("sans-serif", 13).into_font().color(&ink).pos(middle);
                    let place = (x + CELL / 2, y + CELL / 2);
                    area.draw(&Text::new(count.to_string(), place, style))?;
                }
            }
        }
        Ok::<(), Failure>(())
    })
}

/// From nearly white to a colour; small shares are lifted, since they are what one looks for.
fn shade((r, g, b): (u8, u8, u8), share: f64) -> RGBColor {
    let strength = share.sqrt();
    let mix = |level: u8| (244.0 + (f64::from(level) - 244.0) * strength) as u8;
    RGBColor(mix(r), mix(g), mix(b))
}

#[cfg(test)]
mod tests {
    use shared::classes::{ClassId, ClassNames};

    use super::*;

    #[test]
    fn every_class_and_count_is_written() {
        let names = ClassNames::default();
        let labels = (0..30).map(|id| (id, ClassId((id % 10) as u8))).collect();
        let predictions =
            (0..30).map(|id| (id, ClassId(if id == 29 { 0 } else { (id % 10) as u8 })));
        let score = Score::new(predictions, &labels, &names).unwrap();
        let figure = confusion(&score).unwrap();
        assert!(figure.starts_with("<svg") && figure.trim_end().ends_with("</svg>"));
        for name in names.names() {
            assert!(figure.matches(name.as_str()).count() >= 2, "{name}");
        }
        assert!(figure.contains("96.7 % of 30"));
    }

    #[test]
    fn names_in_any_script_stay_text_and_none_breaks_the_picture() {
        let given = ["狗", "قطة", "개", "a\u{1}\u{ffff}b", "<&>"].map(String::from);
        let names = ClassNames::new(given.to_vec()).unwrap();
        let labels = (0..5).map(|id| (id, ClassId(id as u8))).collect();
        let score = Score::new((0..5).map(|id| (id, ClassId(id as u8))), &labels, &names).unwrap();
        let figure = confusion(&score).unwrap();
        for name in ["狗", "قطة", "개", "a  b", "&lt;&amp;&gt;"] {
            assert!(figure.matches(name).count() >= 2, "{name}");
        }
        let _ = crate::figures::png_from_svg(&figure, 1.0).unwrap();
    }
}
