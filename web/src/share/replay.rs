//! A drawing drawn again at the speed of a hand: what the pen does, and when.

use std::collections::VecDeque;

use shared::drawing::{Drawing, Point};

use crate::draw::history::History;
use crate::draw::pen::{Device, Pointer};

/// The speed of the pen in units of the sheet a second.
const SPEED: f64 = 900.0;
/// How long the pen is up between two strokes, in seconds.
const LIFT: f64 = 0.16;
/// The longest replay in seconds: a longer one is drawn faster.
const LONGEST: f64 = 5.0;
/// The longest way of the pen at once, in units of the sheet.
const PIECE: f64 = 6.0;
/// The pen's id, which no pointer of the browser has.
const ID: i32 = i32::MIN;

/// What the pen does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Down(Point),
    Move(Point),
    Up,
}

/// The steps that are left, each with its time in seconds.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    steps: VecDeque<(f64, Step)>,
}

impl Replay {
    /// All of a drawing.
    pub fn of(drawing: &Drawing) -> Self {
        let mut steps = VecDeque::new();
        let mut time = 0.0;
        for stroke in drawing.strokes() {
            let Some((&first, rest)) = stroke.points().split_first() else {
                continue;
            };
            steps.push_back((time, Step::Down(first)));
            let mut from = first;
            for &to in rest {
                let length = f64::from(f32::hypot(to.x - from.x, to.y - from.y));
                let pieces = (length / PIECE).ceil().max(1.0);
                for piece in 1..=pieces as u32 {
                    let part = f64::from(piece) / pieces;
                    time += length / pieces / SPEED;
                    steps.push_back((time, Step::Move(between(from, to, part as f32))));
                }
                from = to;
            }
            steps.push_back((time, Step::Up));
            time += LIFT;
        }
        let scale = (LONGEST / time).min(1.0);
        for (time, _) in &mut steps {
            *time *= scale;
        }
        Self { steps }
    }

    /// Draws what is due so many seconds after the start; says whether anything is left.
    pub fn draw(&mut self, history: &mut History, elapsed: f64) -> bool {
        while let Some((_, step)) = self.steps.pop_front_if(|step| step.0 <= elapsed) {
            match step {
                Step::Down(point) => {
                    history.press(PEN, point);
                }
                Step::Move(point) => {
                    history.follow(PEN, || vec![point]);
                }
                Step::Up => history.lift(ID),
            }
        }
        !self.steps.is_empty()
    }
}

const PEN: Pointer = Pointer {
    id: ID,
    device: Device::Mouse,
    is_primary: true,
    is_pressed: true,
    time: 0.0,
};

/// The end itself, to the bit, where the part is 1.
fn between(from: Point, to: Point, part: f32) -> Point {
    Point {
        x: to.x - (1.0 - part) * (to.x - from.x),
        y: to.y - (1.0 - part) * (to.y - from.y),
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use shared::drawing::{Stroke, rasterise};

    use super::*;

    fn house() -> Drawing {
        let strokes: [&[(f32, f32)]; 3] = [
            &[(100.0, 300.0), (256.0, 120.0), (400.0, 300.0)],
            &[(0.0, 0.0), (512.0, 512.0)],
            &[(8.0, 8.0)],
        ];
        let strokes = strokes.iter().map(|stroke| {
            Stroke::from(
                stroke
                    .iter()
                    .copied()
                    .map(Point::from)
                    .collect::<Vec<Point>>(),
            )
        });
        strokes.collect()
    }

    #[test]
    fn what_is_drawn_again_looks_the_same_and_can_be_undone_stroke_by_stroke() {
        let mut history = History::default();
        assert!(!Replay::of(&house()).draw(&mut history, f64::INFINITY));
        assert_eq!(rasterise(history.drawing()), rasterise(&house()));
        assert!(!history.is_drawing());
        history.undo();
        assert_eq!(history.drawing().strokes().len(), 2);
    }

    #[test]
    fn it_goes_point_by_point_at_the_speed_of_a_hand() {
        let mut history = History::default();
        let mut replay = Replay::of(&house());
        assert!(replay.draw(&mut history, 0.0));
        assert_eq!(
            history.drawing().strokes()[0].points(),
            [(100.0, 300.0).into()]
        );
        assert!(replay.draw(&mut history, 0.1));
        let last = *history.drawing().strokes()[0].points().last().unwrap();
        let way = f64::from(f32::hypot(last.x - 100.0, last.y - 300.0));
        assert!((way - 0.1 * SPEED).abs() <= PIECE + 1.0, "{way}");
        assert_eq!(history.drawing().strokes().len(), 1);
    }

    #[test]
    fn an_endless_scribble_takes_no_longer_than_any() {
        let long = (0..2000_u16).map(|step| Point {
            x: if step % 2 == 0 { 0.0 } else { 512.0 },
            y: f32::from(step % 500),
        });
        let long: Drawing = [Stroke::from(long.collect::<Vec<Point>>())]
            .into_iter()
            .collect();
        let mut history = History::default();
        assert!(!Replay::of(&long).draw(&mut history, LONGEST));
    }

    #[test]
    fn a_drawing_of_nothing_is_over_at_once() {
        let mut history = History::default();
        assert!(!Replay::of(&Drawing::default()).draw(&mut history, 0.0));
        assert!(history.drawing().is_empty());
    }
}
