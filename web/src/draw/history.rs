//! A drawing that can be taken back stroke by stroke, and its clearing too.

use shared::drawing::{Drawing, Point};

/// Width and height of the sheet in units of [`Point`], whatever its size on the screen.
pub const SHEET_SIDE: f32 = 512.0;

/// The drawing and those that were cleared before it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    drawing: Drawing,
    cleared: Vec<Drawing>,
}

impl History {
    /// Puts the pen down.
    pub fn begin(&mut self, point: Point) {
        self.drawing.begin(on_sheet(point));
    }

    /// Moves the pen; a move to where it is changes nothing.
    pub fn extend(&mut self, point: Point) {
        let point = on_sheet(point);
        let stroke = self.drawing.strokes().last();
        if stroke.and_then(|stroke| stroke.points().last()) != Some(&point) {
            self.drawing.extend(point);
        }
    }

    /// Takes the last stroke back, or else the last clearing.
    pub fn undo(&mut self) {
        if !self.drawing.undo()
            && let Some(drawing) = self.cleared.pop()
        {
            self.drawing = drawing;
        }
    }

    /// Empties the sheet.
    pub fn clear(&mut self) {
        if !self.drawing.is_empty() {
            self.cleared.push(std::mem::take(&mut self.drawing));
        }
    }

    /// What is on the sheet.
    pub fn drawing(&self) -> &Drawing {
        &self.drawing
    }
}

fn on_sheet(point: Point) -> Point {
    Point {
        x: point.x.clamp(0.0, SHEET_SIDE),
        y: point.y.clamp(0.0, SHEET_SIDE),
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn point(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    fn strokes(history: &History) -> usize {
        history.drawing().strokes().len()
    }

    #[test]
    fn strokes_go_one_by_one() {
        let mut history = History::default();
        history.begin(point(1.0, 1.0));
        history.extend(point(5.0, 1.0));
        history.begin(point(9.0, 9.0));
        assert_eq!(strokes(&history), 2);
        history.undo();
        assert_eq!(strokes(&history), 1);
        history.undo();
        history.undo();
        assert!(history.drawing().is_empty());
    }

    #[test]
    fn clearing_can_be_taken_back() {
        let mut history = History::default();
        history.begin(point(1.0, 1.0));
        history.begin(point(2.0, 2.0));
        history.clear();
        history.clear();
        assert!(history.drawing().is_empty());
        history.begin(point(3.0, 3.0));
        history.undo();
        history.undo();
        assert_eq!(strokes(&history), 2);
    }

    #[test]
    fn the_pen_stays_on_the_sheet_and_does_not_repeat_itself() {
        let mut history = History::default();
        history.begin(point(-3.0, 600.0));
        history.extend(point(-8.0, 900.0));
        assert_eq!(
            history.drawing().strokes()[0].points(),
            [point(0.0, SHEET_SIDE)]
        );
    }
}
