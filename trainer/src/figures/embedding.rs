use maud::{Markup, html};

use super::{
    FigureError,
    colours::{INK, LINE, QUIET, SHEET, SOURCE, TARGET, class_colour, hex},
    document,
    names::{EM, name_places},
    text::shortened,
};
use crate::embedding::{Embeddings, EpochEmbedding};

/// Width and height of a panel in pixels.
const SIDE: f32 = 440.0;
/// Room above the panels for their titles.
const TOP: f32 = 40.0;
const GAP: f32 = 16.0;
/// Where the panels begin on the left.
const LEFT: [f32; 2] = [GAP, 2.0 * GAP + SIDE];
/// Columns of the legend, and a line's height in it.
const COLUMNS: usize = 7;
const ROW: f32 = 20.0;
/// Half a photo's square, and a doodle's radius.
const PHOTO: f32 = 1.5;
const DOODLE: f32 = 1.7;
/// A name is at most so wide, as a share of a panel's side.
const NAME: f32 = 0.4;

/// The classes' names as they fit into an embedding.
pub fn embedded_names(embeddings: &Embeddings) -> Vec<String> {
    let names = embeddings.classes.names().iter();
    names.map(|name| shortened(name, EM, NAME)).collect()
}

/// One of a run's embeddings as SVG: on the left photos by class, on the right photos and doodles, and a legend below.
///
/// # Errors
/// Where there is no such embedding.
pub fn embedding(embeddings: &Embeddings, number: usize) -> Result<String, FigureError> {
    let embedding = embeddings
        .epochs
        .get(number)
        .ok_or_else(|| FigureError::new(format!("there is no embedding {number}")))?;
    let rows = (2 + embeddings.classes.len()).div_ceil(COLUMNS);
    let size = (
        3.0 * GAP + 2.0 * SIDE,
        TOP + SIDE + GAP + ROW * rows as f32 + GAP,
    );
    Ok(document(
        size,
        html! {
            (panel(LEFT[0], &format!("photos by class, epoch {}", embedding.epoch)))
            (by_class(embeddings, embedding))
            (panel(LEFT[1], "photos and doodles"))
            (photos(LEFT[1], &hex(SOURCE), embedding.source.iter()))
            g fill=(hex(TARGET)) fill-opacity="0.75" {
                @for position in &embedding.target {
                    @let (x, y) = at(LEFT[1], position);
                    circle cx=(rounded(x)) cy=(rounded(y)) r=(DOODLE) {}
                }
            }
            (legend(embeddings))
        },
    ))
}

fn by_class(embeddings: &Embeddings, embedding: &EpochEmbedding) -> Markup {
    let names = embedded_names(embeddings);
    let places = name_places(&names, &embeddings.labels, &embedding.source);
    html! {
        @for (number, class) in embeddings.classes.ids().enumerate() {
            @let own = embedding.source.iter().zip(&embeddings.labels).filter(|(_, label)| **label == class);
            (photos(LEFT[0], &hex(class_colour(number)), own.map(|(position, _)| position)))
        }
        g font-size=(EM * SIDE) font-weight="600" text-anchor="middle" stroke=(hex(SHEET)) stroke-width="4" stroke-linejoin="round"
            paint-order="stroke" {
            @for (name, place) in names.iter().zip(&places) {
                @if let Some(place) = place {
                    @let (x, y) = at(LEFT[0], place);
                    text x=(rounded(x)) y=(rounded(y + EM * SIDE * 0.35)) { (name) }
                }
            }
        }
    }
}

/// Where a position lies in a panel; y goes upwards.
fn at(left: f32, [x, y]: &[f32; 2]) -> (f32, f32) {
    (left + x * SIDE, TOP + (1.0 - y) * SIDE)
}

fn rounded(length: f32) -> String {
    format!("{length:.1}")
}

fn panel(left: f32, title: &str) -> Markup {
    html! {
        text x=(left) y="26" font-size="15" { (title) }
        rect x=(left) y=(TOP) width=(SIDE) height=(SIDE) fill="none" stroke=(hex(LINE)) {}
    }
}

/// Squares in one path.
fn photos<'a>(left: f32, colour: &str, positions: impl Iterator<Item = &'a [f32; 2]>) -> Markup {
    let side = 2.0 * PHOTO;
    let square = |position: &[f32; 2]| {
        let (x, y) = at(left, position);
        format!("M{:.1} {:.1}h{side}v{side}h-{side}z", x - PHOTO, y - PHOTO)
    };
    let path: String = positions.map(square).collect();
    html! { path fill=(colour) fill-opacity="0.75" d=(path) {} }
}

fn legend(embeddings: &Embeddings) -> Markup {
    let column = (2.0 * SIDE + GAP) / COLUMNS as f32;
    let room = column - 20.0;
    let names = embeddings.classes.names().iter().enumerate();
    let classes = names.map(|(number, name)| (name.as_str(), hex(class_colour(number))));
    let domains = [("photos", hex(SOURCE)), ("doodles", hex(TARGET))];
    html! {
        @for (number, (name, colour)) in domains.into_iter().chain(classes).enumerate() {
            @let x = GAP + column * (number % COLUMNS) as f32;
            @let y = TOP + SIDE + GAP + ROW * (number / COLUMNS) as f32;
            @if number == 1 {
                circle cx=(x + 5.0) cy=(y + 7.0) r="5" fill=(colour) {}
            } @else {
                rect x=(x) y=(y + 2.0) width="10" height="10" fill=(colour) {}
            }
            text x=(x + 16.0) y=(y + 12.0) fill=(hex(if number < 2 { INK } else { QUIET })) { (shortened(name, 13.0, room)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::classes::{ClassId, ClassNames};

    use super::*;
    use crate::figures::png_from_svg;

    fn two_photos(names: Vec<String>) -> Embeddings {
        Embeddings {
            classes: ClassNames::new(names).unwrap(),
            labels: vec![ClassId(0), ClassId(1)],
            ids: vec![4],
            epochs: vec![EpochEmbedding {
                epoch: 99,
                divergence: 1.0,
                source: vec![[0.0, 1.0], [1.0, 0.0]],
                target: vec![[0.5, 0.5]],
            }],
        }
    }

    #[test]
    fn photos_are_in_both_panels_and_doodles_in_one() {
        let embeddings = two_photos(vec!["a&b".into(), "c".into()]);
        let svg = embedding(&embeddings, 0).unwrap();
        // One is in the legend.
        assert_eq!(svg.matches("<circle").count(), 1 + 1);
        assert_eq!(svg.matches("h3v3h-3z").count(), 2 * 2);
        // At its photo and in the legend.
        assert_eq!(svg.matches(">a&amp;b</text>").count(), 2);
        assert!(svg.contains("epoch 99"));
        assert!(svg.contains("d=\"M14.5 38.5h3"), "y goes upwards");
        let (_, undrawn) = png_from_svg(&svg, 1.0).unwrap();
        assert_eq!(undrawn.sentence(), None);
        assert!(embedding(&embeddings, 1).is_err());
    }

    #[test]
    fn two_hundred_classes_fit_into_the_figure() {
        let names = (0..200).map(|class| format!("the Great Wall of China {class}"));
        let svg = embedding(&two_photos(names.collect()), 0).unwrap();
        let height: f32 = svg
            .split_once("height=\"")
            .and_then(|(_, rest)| rest.split_once('"')?.0.parse().ok())
            .unwrap();
        let lowest = svg.split(" y=\"").skip(1).filter_map(|rest| {
            let (value, _) = rest.split_once('"')?;
            value.parse::<f32>().ok()
        });
        assert!(lowest.fold(0.0, f32::max) < height);
        assert!(svg.matches("<text").count() >= 2 + 2 + 200);
    }
}
