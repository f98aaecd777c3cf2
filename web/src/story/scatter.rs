//! Points of an embedding on a canvas.

use std::f64::consts::TAU;

use shared::classes::ClassId;
use shared::story::{Origin, POSITION_MAX, Position, Story};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::canvas::context;
use crate::language::class_name;
use crate::palette::Tokens;

/// A point of the square, x to the right and y downwards, both 0 to 1.
pub type Place = (f64, f64);

/// Half a marker's side, as a share of the canvas's.
const RADIUS: f64 = 0.006;
/// What is left free round the square, as a share of the canvas's side.
const MARGIN: f64 = 0.03;
/// How far a pointer may be from a point that it picks, as a share of the square.
const REACH: f64 = 0.03;
/// Colours of classes in the style; further classes begin again.
const COLOURS: usize = 10;

/// What decides on a point's colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colouring {
    /// Its class.
    #[default]
    Class,
    /// Whether it is of a photo or of a doodle.
    Domain,
}

/// What is shown of the points.
#[derive(Clone, Copy, Default)]
pub struct Look {
    /// What decides on their colours.
    pub colouring: Colouring,
    /// The one class that stands out.
    pub class: Option<ClassId>,
    /// The point with a ring.
    pub picked: Option<usize>,
}

/// The style's name of a class's colour.
pub fn class_token(class: ClassId) -> String {
    format!("--class-{}", usize::from(class.0) % COLOURS)
}

/// Where a position lies in the square.
pub fn place([x, y]: Position) -> Place {
    let share = |value: u16| f64::from(value) / f64::from(POSITION_MAX);
    (share(x), 1.0 - share(y))
}

/// Where every point lies at `at` frames from the first: between two frames on the line from one to the next.
pub fn places(story: &Story, at: f64) -> Vec<Place> {
    let last = story.frames.len().saturating_sub(1);
    let before = (at.max(0.0) as usize).min(last);
    let share = (at - before as f64).clamp(0.0, 1.0);
    let (from, to) = (&story.frames[before], &story.frames[(before + 1).min(last)]);
    let pairs = from.positions.iter().zip(&to.positions);
    let between = |a: f64, b: f64| a + (b - a) * share;
    pairs
        .map(|(from, to)| (place(*from), place(*to)))
        .map(|(from, to)| (between(from.0, to.0), between(from.1, to.1)))
        .collect()
}

/// The point nearest to a place of the canvas (shares of its sides), where one is within reach.
pub fn nearest(places: &[Place], at: Place) -> Option<usize> {
    let inner = |value: f64| (value - MARGIN) / (1.0 - 2.0 * MARGIN);
    let at = (inner(at.0), inner(at.1));
    let far = |place: &Place| (place.0 - at.0).hypot(place.1 - at.1);
    let distances = places.iter().map(far).enumerate();
    let nearest = distances.min_by(|one, other| one.1.total_cmp(&other.1));
    nearest
        .filter(|(_, distance)| *distance <= REACH)
        .map(|(index, _)| index)
}

/// A canvas with an embedding on it.
pub struct Scatter {
    context: CanvasRenderingContext2d,
    tokens: Tokens,
    side: f64,
}

impl Scatter {
    /// Clears a square canvas; none where it has no pixels.
    pub fn new(canvas: &HtmlCanvasElement) -> Option<Self> {
        let side = f64::from(canvas.width());
        let scatter = Self {
            context: context(canvas)?,
            tokens: Tokens::of(canvas),
            side,
        };
        scatter.context.clear_rect(0.0, 0.0, side, side);
        (side > 0.0).then_some(scatter)
    }

    fn on_canvas(&self, (x, y): Place) -> Place {
        let outer = |value: f64| (MARGIN + value * (1.0 - 2.0 * MARGIN)) * self.side;
        (outer(x), outer(y))
    }

    /// Paints all points, photos as squares and doodles as discs, and the classes' names where their points are together.
    pub fn points(&self, story: &Story, places: &[Place], look: Look) {
        let radius = RADIUS * self.side;
        for (point, place) in story.points.iter().zip(places) {
            let stands_out = look.class.is_none_or(|class| class == point.class);
            self.context
                .set_global_alpha(if stands_out { 0.85 } else { 0.12 });
            let token = match (look.colouring, point.origin) {
                (Colouring::Class, _) => class_token(point.class),
                (Colouring::Domain, Origin::Photo) => "--source".into(),
                (Colouring::Domain, _) => "--target".into(),
            };
            self.context.set_fill_style_str(&self.tokens.text(&token));
            let (x, y) = self.on_canvas(*place);
            if point.origin == Origin::Photo {
                self.context
                    .fill_rect(x - radius, y - radius, 2.0 * radius, 2.0 * radius);
            } else {
                self.disc((x, y), radius);
                self.context.fill();
            }
        }
        self.context.set_global_alpha(1.0);
        if look.colouring == Colouring::Class {
            self.names(story, places);
        }
        if let Some(place) = look.picked.and_then(|picked| places.get(picked)) {
            self.ring(*place, 2.2, "--ink");
        }
    }

    /// Lines from a place to others, and a marker on it: the visitor's drawing and its neighbours.
    pub fn star(&self, place: Place, neighbours: &[Place]) {
        let from = self.on_canvas(place);
        self.context
            .set_stroke_style_str(&self.tokens.text("--ink"));
        self.context.set_line_width(self.side * 0.002);
        for neighbour in neighbours {
            let to = self.on_canvas(*neighbour);
            self.context.begin_path();
            self.context.move_to(from.0, from.1);
            self.context.line_to(to.0, to.1);
            self.context.stroke();
            self.ring(*neighbour, 2.0, "--ink");
        }
        self.disc(from, RADIUS * self.side * 2.4);
        self.context
            .set_fill_style_str(&self.tokens.text("--target"));
        self.context.fill();
        self.context.set_line_width(self.side * 0.004);
        self.context
            .set_stroke_style_str(&self.tokens.text("--ink"));
        self.context.stroke();
    }

    fn ring(&self, place: Place, times: f64, token: &str) {
        self.disc(self.on_canvas(place), RADIUS * self.side * times);
        self.context.set_stroke_style_str(&self.tokens.text(token));
        self.context.set_line_width(self.side * 0.003);
        self.context.stroke();
    }

    fn disc(&self, (x, y): Place, radius: f64) {
        self.context.begin_path();
        // Refused only for a negative radius.
        let _ = self.context.arc(x, y, radius, 0.0, TAU);
    }

    fn names(&self, story: &Story, places: &[Place]) {
        let size = (self.side * 0.032).max(12.0);
        self.context
            .set_font(&format!("600 {size}px system-ui, sans-serif"));
        self.context.set_text_align("center");
        self.context.set_text_baseline("middle");
        self.context.set_line_join("round");
        self.context.set_line_width(size * 0.3);
        self.context
            .set_stroke_style_str(&self.tokens.text("--sheet"));
        self.context.set_fill_style_str(&self.tokens.text("--ink"));
        for (class, name) in story.classes.names().iter().enumerate() {
            let own = story.points.iter().zip(places);
            let own = own.filter(|(point, _)| usize::from(point.class.0) == class);
            let Some(middle) = middle(own.map(|(_, place)| *place).collect()) else {
                continue;
            };
            let (x, y) = self.on_canvas(middle);
            let name = class_name(name);
            // Refused only for a place that is none.
            let _ = self.context.stroke_text(name, x, y);
            let _ = self.context.fill_text(name, x, y);
        }
    }
}

/// The median place of points, where at least half of them are near it.
fn middle(places: Vec<Place>) -> Option<Place> {
    const NEAR: f64 = 0.2;
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    };
    let x = median(places.iter().map(|place| place.0).collect())?;
    let y = median(places.iter().map(|place| place.1).collect())?;
    let near = places
        .iter()
        .filter(|place| (place.0 - x).hypot(place.1 - y) < NEAR);
    (2 * near.count() >= places.len()).then_some((x, y))
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::super::sample::story;
    use super::*;

    #[test]
    fn between_two_frames_points_are_on_their_way() {
        let story = story();
        assert_eq!(places(&story, 0.0)[0], place(story.frames[0].positions[0]));
        assert_eq!(places(&story, 9.0)[0], place(story.frames[1].positions[0]));
        let (a, b, half) = (
            places(&story, 0.0),
            places(&story, 1.0),
            places(&story, 0.5),
        );
        assert!((half[3].0 - (a[3].0 + b[3].0) / 2.0).abs() < 1e-9);
    }

    #[test]
    fn the_nearest_point_is_picked_within_reach_alone() {
        let places = [(0.0, 0.0), (0.5, 0.5)];
        assert_eq!(nearest(&places, (0.5, 0.51)), Some(1));
        assert_eq!(nearest(&places, (MARGIN, MARGIN)), Some(0));
        assert_eq!(nearest(&places, (0.8, 0.2)), None);
        assert_eq!(nearest(&[], (0.5, 0.5)), None);
    }

    #[test]
    fn a_class_is_named_where_its_points_are_together() {
        assert_eq!(
            middle(vec![(0.5, 0.5), (0.52, 0.5), (0.9, 0.1)]),
            Some((0.52, 0.5))
        );
        assert_eq!(
            middle(vec![(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]),
            None
        );
        assert_eq!(middle(Vec::new()), None);
    }
}
