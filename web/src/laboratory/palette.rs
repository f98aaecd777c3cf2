//! What colours the planes have.

use laboratory::settings::MOST_CLASSES;
use web_sys::HtmlCanvasElement;

use crate::palette::{Colour, Tokens};

/// The colours of a plane, from the page's style.
pub struct Palette {
    /// The background.
    pub paper: Colour,
    /// Arrows.
    pub ink: String,
    /// Points without a class.
    pub quiet: Colour,
    /// One a class.
    pub classes: [Colour; MOST_CLASSES as usize],
    /// The source domain.
    pub source: Colour,
    /// The target domain.
    pub target: Colour,
}

impl Palette {
    /// Those that hold for an element now.
    pub fn of(element: &HtmlCanvasElement) -> Self {
        let tokens = Tokens::of(element);
        let colour = |name| tokens.colour(name);
        Self {
            paper: colour("--sheet"),
            ink: tokens.text("--ink"),
            quiet: colour("--quiet"),
            classes: ["--point-1", "--point-2", "--point-3"].map(colour),
            source: colour("--source"),
            target: colour("--target"),
        }
    }

    /// The colour of a class; a quiet one where it is not known.
    pub fn class(&self, class: Option<u8>) -> Colour {
        let known = class.and_then(|class| self.classes.get(usize::from(class)));
        known.copied().unwrap_or(self.quiet)
    }
}

/// How much of a colour is in what lies below points.
pub const BELOW_POINTS: f32 = 0.45;

/// The paper, tinted up to `tint` (0 to 1) by colours as much as each one's weight says, 0 to 1.
pub fn blend(paper: Colour, tint: f32, colours: &[Colour], weights: &[f32]) -> Colour {
    [0, 1, 2].map(|channel| {
        let mixed: f32 = colours
            .iter()
            .zip(weights)
            .map(|(colour, weight)| f32::from(colour[channel]) * weight)
            .sum();
        (f32::from(paper[channel]) * (1.0 - tint) + mixed * tint).round() as u8
    })
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_certain_cell_has_its_class_s_tint_and_an_undecided_one_lies_between() {
        let (paper, classes) = ([255; 3], [[255, 0, 0], [0, 0, 255]]);
        let first = blend(paper, BELOW_POINTS, &classes, &[1.0, 0.0]);
        let between = blend(paper, BELOW_POINTS, &classes, &[0.5, 0.5]);
        assert_eq!(first, [255, 140, 140]);
        assert!(between[0] < first[0] && between[2] > first[2]);
    }
}
