use std::fmt::Write;

use plotters::style::RGBColor;

use super::{FigureError, escaped};
use crate::embedding::{Embeddings, EpochEmbedding};

/// Width and height of a panel in pixels.
const SIDE: f32 = 440.0;
/// Room above the panels for their titles.
const TOP: f32 = 40.0;
/// Room between the panels for the classes' names.
const LEGEND: f32 = 120.0;
const GAP: f32 = 16.0;

/// Photos, then doodles.
pub const DOMAIN_COLOURS: [RGBColor; 2] = [RGBColor(31, 97, 171), RGBColor(214, 112, 20)];

/// Far from each other, also for most people who mix up red and green (Tableau's ten).
const CLASS_COLOURS: [RGBColor; 10] = [
    RGBColor(31, 119, 180),
    RGBColor(255, 127, 14),
    RGBColor(44, 160, 44),
    RGBColor(214, 39, 40),
    RGBColor(148, 103, 189),
    RGBColor(140, 86, 75),
    RGBColor(227, 119, 194),
    RGBColor(127, 127, 127),
    RGBColor(188, 189, 34),
    RGBColor(23, 190, 207),
];

/// The colour of a class; beyond ten they come again, darker.
pub fn class_colour(class: usize) -> RGBColor {
    let RGBColor(r, g, b) = CLASS_COLOURS[class % CLASS_COLOURS.len()];
    let darker =
        |level: u8| (f32::from(level) * 0.6_f32.powi((class / CLASS_COLOURS.len()) as i32)) as u8;
    RGBColor(darker(r), darker(g), darker(b))
}

/// A colour as HTML and SVG have it.
pub fn hex(RGBColor(r, g, b): RGBColor) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// One of a run's embeddings as SVG: on the left photos by class with a legend, on the right photos and doodles.
///
/// # Errors
/// Where there is no such embedding.
pub fn embedding(embeddings: &Embeddings, number: usize) -> Result<String, FigureError> {
    let embedding = embeddings
        .epochs
        .get(number)
        .ok_or_else(|| FigureError(format!("there is no embedding {number}")))?;
    let (width, height) = (4.0 * GAP + 2.0 * SIDE + LEGEND, TOP + SIDE + GAP);
    let right = 2.0 * GAP + SIDE + LEGEND;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"13\" fill=\"#222831\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
    );
    panel(
        &mut svg,
        GAP,
        &format!("photos by class, epoch {}", embedding.epoch),
    );
    by_class(&mut svg, embeddings, embedding);
    panel(
        &mut svg,
        right,
        &format!("photos and doodles, epoch {}", embedding.epoch),
    );
    for (positions, colour) in [&embedding.source, &embedding.target]
        .into_iter()
        .zip(DOMAIN_COLOURS)
    {
        dots(&mut svg, right, &hex(colour), positions.iter());
    }
    svg.push_str("</svg>\n");
    Ok(svg)
}

fn by_class(svg: &mut String, embeddings: &Embeddings, embedding: &EpochEmbedding) {
    for (number, (class, name)) in embeddings
        .classes
        .ids()
        .zip(embeddings.classes.names())
        .enumerate()
    {
        let colour = hex(class_colour(number));
        let of_class = embedding
            .source
            .iter()
            .zip(&embeddings.labels)
            .filter(|(_, label)| **label == class);
        dots(svg, GAP, &colour, of_class.map(|(position, _)| position));
        legend(svg, number, &colour, name);
    }
    let below = embeddings.classes.len() + 1;
    for (row, (name, colour)) in ["photos", "doodles"].iter().zip(DOMAIN_COLOURS).enumerate() {
        legend(svg, below + row, &hex(colour), name);
    }
}

fn panel(svg: &mut String, left: f32, title: &str) {
    let _ = writeln!(
        svg,
        "<text x=\"{left}\" y=\"26\" font-size=\"15\">{}</text>\n<rect x=\"{left}\" y=\"{TOP}\" width=\"{SIDE}\" height=\"{SIDE}\" \
         fill=\"none\" stroke=\"#dadee4\"/>",
        escaped(title)
    );
}

fn dots<'a>(
    svg: &mut String,
    left: f32,
    colour: &str,
    positions: impl Iterator<Item = &'a [f32; 2]>,
) {
    let _ = writeln!(svg, "<g fill=\"{colour}\" fill-opacity=\"0.75\">");
    for [x, y] in positions {
        let (x, y) = (left + x * SIDE, TOP + (1.0 - y) * SIDE);
        let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"1.6\"/>");
    }
    svg.push_str("</g>\n");
}

fn legend(svg: &mut String, row: usize, colour: &str, name: &str) {
    let (x, y) = (GAP + SIDE + 10.0, TOP + 19.0 * row as f32);
    let _ = writeln!(
        svg,
        "<rect x=\"{x}\" y=\"{y}\" width=\"10\" height=\"10\" fill=\"{colour}\"/><text x=\"{}\" y=\"{}\">{}</text>",
        x + 16.0,
        y + 10.0,
        escaped(name)
    );
}

#[cfg(test)]
mod tests {
    use shared::classes::{ClassId, ClassNames};

    use super::*;

    #[test]
    fn photos_are_in_both_panels_and_doodles_in_one() {
        let embeddings = Embeddings {
            classes: ClassNames::new(vec!["a&b".into(), "c".into()]).unwrap(),
            labels: vec![ClassId(0), ClassId(1)],
            ids: vec![4],
            epochs: vec![EpochEmbedding {
                epoch: 99,
                divergence: 1.0,
                source: vec![[0.0, 1.0], [1.0, 0.0]],
                target: vec![[0.5, 0.5]],
            }],
        };
        let svg = embedding(&embeddings, 0).unwrap();
        assert_eq!(svg.matches("<circle").count(), 2 * 2 + 1);
        assert!(svg.contains("a&amp;b") && svg.contains("epoch 99"));
        assert!(
            svg.contains("<circle cx=\"16.0\" cy=\"40.0\""),
            "y goes upwards"
        );
        let _ = super::super::png_from_svg(&svg, 1.0).unwrap();
        assert!(embedding(&embeddings, 1).is_err());
    }

    #[test]
    fn colours_beyond_ten_differ_from_the_first() {
        let mut seen: Vec<String> = (0..30).map(|class| hex(class_colour(class))).collect();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 30);
    }
}
