//! What figures are made of.

use super::position::{Position, between, direction, distance};

/// Steps of a curve between two of its points.
const CURVE_STEPS: usize = 6;
/// The longest step of a straight line.
const LINE_STEP: f32 = 4.0;

/// Which of the figure's colours, which every photo chooses anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Body,
    /// The body's colour in the shade.
    Far,
    Accent,
    Light,
    Dark,
}

/// A filled shape, or a line.
#[derive(Debug, Clone)]
pub(super) struct Part {
    points: Vec<Position>,
    is_round: bool,
    pub tone: Tone,
    /// How thick photos show a line; nothing for a filled shape.
    pub width: Option<f32>,
    /// Whether a hasty hand leaves it out.
    pub is_spare: bool,
}

impl Part {
    /// A filled shape with a curved outline through the points.
    pub fn blob(tone: Tone, points: impl IntoIterator<Item = Position>) -> Self {
        Self {
            points: points.into_iter().collect(),
            is_round: true,
            tone,
            width: None,
            is_spare: false,
        }
    }

    /// A filled shape with corners.
    pub fn board(tone: Tone, points: impl IntoIterator<Item = Position>) -> Self {
        Self {
            is_round: false,
            ..Self::blob(tone, points)
        }
    }

    /// A filled ellipse.
    pub fn oval(tone: Tone, (x, y): Position, (wide, high): Position) -> Self {
        let points = (0..8_u8)
            .map(|eighth| direction(f32::from(eighth) / 8.0))
            .map(|(right, down)| (x + wide * right, y + high * down));
        Self::blob(tone, points)
    }

    /// A curve through the points.
    pub fn curve(tone: Tone, width: f32, points: impl IntoIterator<Item = Position>) -> Self {
        Self {
            width: Some(width),
            ..Self::blob(tone, points)
        }
    }

    /// Straight lines from point to point.
    pub fn line(tone: Tone, width: f32, points: impl IntoIterator<Item = Position>) -> Self {
        Self {
            width: Some(width),
            ..Self::board(tone, points)
        }
    }

    /// The same part as a detail that may be missing.
    pub fn spare(self) -> Self {
        Self {
            is_spare: true,
            ..self
        }
    }

    pub fn is_closed(&self) -> bool {
        self.width.is_none()
    }

    /// The way of a pen along the part, in small steps, with its points moved first; a closed one ends where it starts.
    pub fn outline(&self, mut moved: impl FnMut(Position) -> Position) -> Vec<Position> {
        let points: Vec<Position> = self.points.iter().map(|point| moved(*point)).collect();
        let count = points.len();
        let at = |index: usize| match (self.is_closed(), index) {
            // Both are one too large, so that the first has a neighbour before it.
            (true, _) => points[(index + count - 1) % count],
            (false, _) => points[index.clamp(1, count) - 1],
        };
        let segments = if self.is_closed() { count } else { count - 1 };
        let mut way = Vec::new();
        for first in 1..=segments {
            let knots = [at(first - 1), at(first), at(first + 1), at(first + 2)];
            let steps = if self.is_round {
                CURVE_STEPS
            } else {
                (distance(knots[1], knots[2]) / LINE_STEP) as usize + 1
            };
            way.extend((0..steps).map(|step| {
                let share = step as f32 / steps as f32;
                if self.is_round {
                    bend(knots, share)
                } else {
                    between(knots[1], knots[2], share)
                }
            }));
        }
        way.push(at(segments + 1));
        way
    }
}

/// A Catmull-Rom spline between the two middle ones of four knots.
fn bend(knots: [Position; 4], share: f32) -> Position {
    let value = |[a, b, c, d]: [f32; 4]| {
        let cubic = 3.0 * (b - c) + d - a;
        let square = 2.0 * a - 5.0 * b + 4.0 * c - d;
        b + 0.5 * share * (c - a + share * (square + share * cubic))
    };
    (value(knots.map(|(x, _)| x)), value(knots.map(|(_, y)| y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_go_through_their_points_in_small_steps() {
        let points = [(0.0, 0.0), (30.0, 0.0), (30.0, 30.0)];
        for part in [
            Part::board(Tone::Body, points),
            Part::blob(Tone::Body, points),
            Part::line(Tone::Body, 1.0, points),
            Part::curve(Tone::Body, 1.0, points),
        ] {
            let way = part.outline(|place| place);
            assert!(points.iter().all(|point| way.contains(point)), "{part:?}");
            let last = if part.is_closed() {
                points[0]
            } else {
                points[2]
            };
            assert_eq!((way[0], way[way.len() - 1]), (points[0], last));
            assert!(way.windows(2).all(|step| distance(step[0], step[1]) < 10.0));
        }
    }

    #[test]
    fn ovals_are_round() {
        let circle = Part::oval(Tone::Body, (50.0, 50.0), (10.0, 10.0));
        for place in circle.outline(|place| place) {
            assert!((distance(place, (50.0, 50.0)) - 10.0).abs() < 0.15);
        }
    }
}
