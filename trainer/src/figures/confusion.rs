use maud::{Markup, html};

use super::{
    colours::{INK, RIGHT, SHEET, WELL, WRONG, hex, mixed},
    document,
    text::{shortened, width},
};
use crate::evaluation::Score;

/// All cells together are about so wide, in pixels; one is between the two.
const SIDE: usize = 1200;
const CELLS: (usize, usize) = (9, 52);
/// Cells of this width have their counts in them.
const COUNTED: usize = 34;
/// The size of text, where cells are not too small for it.
const TEXT: f32 = 13.0;
/// Names are at most so wide.
const NAME: f32 = 130.0;
/// Empty space around.
const EDGE: f32 = 16.0;
/// Room for the title and the word below it.
const TITLE: f32 = 56.0;

/// A confusion matrix as SVG: a row a label, a column a prediction, the darker the larger its share of the row.
pub fn confusion(score: &Score) -> String {
    let count = score.per_class.len();
    let cell = (SIDE / count.max(1)).clamp(CELLS.0, CELLS.1);
    let size = TEXT.min(cell as f32);
    let names: Vec<String> = score
        .per_class
        .iter()
        .map(|class| shortened(&class.class, size, NAME))
        .collect();
    let longest = names.iter().map(|name| width(name, size));
    let longest = longest.fold(width("label", TEXT), f32::max);
    let (left, top) = (EDGE + longest + 8.0, TITLE + longest + 8.0);
    let title = format!(
        "{:.1} % of {} classified correctly, {:.1} % on average over the classes",
        100.0 * score.accuracy,
        score.scored,
        100.0 * score.balanced_accuracy
    );
    let side = (cell * count) as f32;
    let wide = (left + side + EDGE).max(width(&title, 16.0) + 2.0 * EDGE);
    let matrix = Matrix {
        cell: cell as f32,
        size,
        left,
        top,
    };
    document(
        (wide, top + side + EDGE),
        html! {
            text x=(EDGE) y="28" font-size="16" { (title) }
            text x=(EDGE) y=(top - 10.0) { "label" }
            text x=(left) y=(TITLE - 6.0) { "prediction" }
            @for index in 0..count { (matrix.row(score, index, &names[index])) }
        },
    )
}

/// Where the cells are.
struct Matrix {
    cell: f32,
    /// The size of names and counts.
    size: f32,
    left: f32,
    top: f32,
}

impl Matrix {
    /// The name and the cells of a label, and its name above its column.
    fn row(&self, score: &Score, index: usize, name: &str) -> Markup {
        let Self {
            cell,
            size,
            left,
            top,
        } = *self;
        let middle = |number: usize| cell * (number as f32 + 0.5);
        // Letters are higher than half their size above their line.
        let lower = 0.35 * size;
        let (above, beside) = (left + middle(index) + lower, top + middle(index) + lower);
        let turned = format!("rotate(-90 {above} {})", top - 8.0);
        let total = score.per_class[index].count.max(1);
        html! {
            text x=(above) y=(top - 8.0) font-size=(size) transform=(turned) { (name) }
            text x=(left - 8.0) y=(beside) font-size=(size) text-anchor="end" { (name) }
            @for (column, count) in score.confusion[index].iter().enumerate() {
                @let share = f64::from(*count) / f64::from(total);
                @let hue = if column == index { RIGHT } else { WRONG };
                // Small shares are lifted, since they are what one looks for.
                @let fill = mixed(WELL, hue, share.sqrt());
                // From where on light text has more contrast than dark.
                @let dark = if column == index { 0.8 } else { 0.45 };
                rect x=(left + cell * column as f32) y=(top + cell * index as f32) width=(cell - 1.0) height=(cell - 1.0) fill=(hex(fill)) {}
                @if *count > 0 && cell >= COUNTED as f32 {
                    @let ink = if share > dark { SHEET } else { INK };
                    text x=(left + middle(column)) y=(beside) font-size=(size) text-anchor="middle" fill=(hex(ink)) { (count) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::classes::{ClassId, ClassNames};

    use super::*;

    fn score(names: Vec<String>, pictures: u64) -> Score {
        let count = names.len() as u64;
        let class = |id: u64| ClassId((id % count) as u8);
        let labels = (0..pictures).map(|id| (id, class(id))).collect();
        // The last is wrong.
        let predictions =
            (0..pictures).map(|id| (id, class(if id + 1 == pictures { 0 } else { id })));
        Score::new(predictions, &labels, &ClassNames::new(names).unwrap()).unwrap()
    }

    #[test]
    fn every_class_and_count_is_written() {
        let names = ClassNames::default();
        let figure = confusion(&score(names.names().to_vec(), 30));
        assert!(figure.starts_with("<svg") && figure.trim_end().ends_with("</svg>"));
        for name in names.names() {
            assert!(figure.matches(name.as_str()).count() >= 2, "{name}");
        }
        assert!(figure.contains("96.7 % of 30"));
        assert_eq!(
            figure.matches("middle").count(),
            11,
            "counts that are not 0"
        );
    }

    #[test]
    fn the_title_fits_above_two_classes_and_two_hundred_fit_on_a_screen() {
        let width_of = |count: u64| -> f32 {
            let names = (0..count).map(|class| format!("class {class}")).collect();
            let figure = confusion(&score(names, 2 * count));
            let (_, rest) = figure.split_once("width=\"").unwrap();
            rest.split_once('"').unwrap().0.parse().unwrap()
        };
        assert!(width_of(2) > width("90.0 % of 4 classified correctly, 90.0 % on average", 16.0));
        assert!(width_of(200) < 2000.0);
    }

    #[test]
    fn names_in_any_script_stay_text_and_none_breaks_the_picture() {
        let given = ["狗", "قطة", "개", "a\u{ffff}b", "<&>"].map(String::from);
        let figure = confusion(&score(given.to_vec(), 5));
        for name in ["狗", "قطة", "개", "a b", "&lt;&amp;&gt;"] {
            assert!(figure.matches(name).count() >= 2, "{name}");
        }
        let _ = crate::figures::png_from_svg(&figure, 1.0).unwrap();
    }
}
