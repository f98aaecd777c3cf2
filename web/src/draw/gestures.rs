//! What pointers do to a drawing: one at a time is the pen or the eraser, a stylus before a finger.

use shared::drawing::Point;

use super::history::{History, is_finite};
use super::pen::{Device, Pen, Pointer};

/// How long after a stylus was last seen fingers draw and erase nothing, in milliseconds: they are the hand that holds it. After
/// that, or after clearing the sheet, a finger draws again.
const STYLUS_STAYS: f64 = 5000.0;

impl History {
    /// A pointer goes down by its main button; says whether it draws now.
    pub fn press(&mut self, pointer: Pointer, point: Point) -> bool {
        let takes = self.takes(pointer, point);
        if takes {
            self.begin(Pen::new(pointer.id, pointer.device, point));
        }
        takes
    }

    /// A pointer goes down to erase; says whether it erases now.
    pub fn press_eraser(&mut self, pointer: Pointer, point: Point) -> bool {
        let takes = self.takes(pointer, point);
        if takes {
            self.pen = Some(Pen::eraser(pointer.id, pointer.device, point));
            self.erase(point);
        }
        takes
    }

    /// Whether a pointer that goes down becomes the pen; it may take the place of another.
    fn takes(&mut self, pointer: Pointer, point: Point) -> bool {
        self.look_for_stylus(pointer);
        if !is_finite(point) {
            return false;
        }
        if let Some(pen) = self.pen {
            if pen.pointer == pointer.id || (pen.device == pointer.device && pointer.is_primary) {
                // The event of its going up was lost.
                self.end();
            } else if (pen.device, pointer.device) == (Device::Finger, Device::Stylus) {
                // That was the palm.
                self.give_up();
            } else {
                return false;
            }
        }
        pointer.device != Device::Finger || !self.is_stylus_near(pointer.time)
    }

    /// A pointer moves along some points, which only the pen is asked for; says whether that changed the drawing.
    pub fn follow(&mut self, pointer: Pointer, points: impl FnOnce() -> Vec<Point>) -> bool {
        self.look_for_stylus(pointer);
        if !self.is_pen(pointer.id) {
            return false;
        }
        if !pointer.is_pressed {
            // The event of its going up was lost, or another button is still held, and the browser keeps the event back.
            self.end();
            return false;
        }
        let erases = self.is_erasing();
        let mut changed = false;
        for point in points() {
            changed |= match erases {
                true => self.erase(point),
                false => self.extend(point),
            };
        }
        changed
    }

    /// A pointer goes up, or the browser lets go of it.
    pub fn lift(&mut self, id: i32) {
        if self.is_pen(id) {
            self.end();
        }
    }

    /// The browser calls a pointer off; says whether that changed the drawing. A finger's gesture is taken back: it was a palm,
    /// or meant for the system. A mouse or a stylus was meant, so what it has drawn or erased stays.
    pub fn cancel(&mut self, id: i32) -> bool {
        match self.pen {
            Some(pen) if pen.pointer == id && pen.device == Device::Finger => self.give_up(),
            _ => {
                self.lift(id);
                false
            }
        }
    }

    /// Whether a stylus is the pen: fingers are the hand that holds it.
    pub fn is_stylus_down(&self) -> bool {
        self.pen.is_some_and(|pen| pen.device == Device::Stylus)
    }

    fn is_pen(&self, id: i32) -> bool {
        self.pen.is_some_and(|pen| pen.pointer == id)
    }

    fn look_for_stylus(&mut self, pointer: Pointer) {
        if pointer.device == Device::Stylus {
            self.stylus_seen = Some(pointer.time);
        }
    }

    fn is_stylus_near(&self, now: f64) -> bool {
        self.stylus_seen
            .is_some_and(|seen| now - seen < STYLUS_STAYS)
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn pointer(id: i32, device: Device) -> Pointer {
        Pointer {
            id,
            device,
            is_primary: false,
            is_pressed: true,
            time: 0.0,
        }
    }

    fn point(x: f32) -> Point {
        Point { x, y: 100.0 }
    }

    fn strokes(history: &History) -> Vec<Vec<f32>> {
        let strokes = history.drawing().strokes().iter();
        strokes
            .map(|stroke| stroke.points().iter().map(|point| point.x).collect())
            .collect()
    }

    #[test]
    fn a_move_without_the_button_ends_the_stroke() {
        let mut history = History::default();
        let mouse = pointer(1, Device::Mouse);
        assert!(history.press(mouse, point(10.0)));
        assert!(history.follow(mouse, || vec![point(20.0)]));
        let released = Pointer {
            is_pressed: false,
            ..mouse
        };
        assert!(!history.follow(released, || vec![point(30.0)]));
        assert!(!history.follow(mouse, || vec![point(40.0)]));
        assert_eq!(strokes(&history), [[10.0, 20.0]]);
    }

    #[test]
    fn a_pointer_that_goes_down_again_begins_a_stroke() {
        let mut history = History::default();
        for start in [10.0, 50.0] {
            assert!(history.press(pointer(1, Device::Mouse), point(start)));
            history.follow(pointer(1, Device::Mouse), || vec![point(start + 10.0)]);
        }
        assert_eq!(strokes(&history), [[10.0, 20.0], [50.0, 60.0]]);
    }

    #[test]
    fn the_only_finger_on_the_screen_takes_over_from_one_that_is_gone() {
        let mut history = History::default();
        assert!(history.press(pointer(1, Device::Finger), point(10.0)));
        assert!(!history.press(pointer(2, Device::Finger), point(20.0)));
        let only = Pointer {
            is_primary: true,
            ..pointer(3, Device::Finger)
        };
        assert!(history.press(only, point(30.0)));
        assert_eq!(strokes(&history), [[10.0], [30.0]]);
    }

    #[test]
    fn a_stylus_takes_over_from_the_palm_whose_stroke_goes() {
        let mut history = History::default();
        let (palm, stylus) = (pointer(5, Device::Finger), pointer(6, Device::Stylus));
        assert!(history.press(palm, point(500.0)));
        assert!(history.press(stylus, point(10.0)));
        assert!(!history.follow(palm, || vec![point(490.0)]));
        assert!(history.follow(stylus, || vec![point(20.0)]));
        history.lift(6);
        assert!(!history.press(palm, point(480.0)));
        assert_eq!(strokes(&history), [[10.0, 20.0]]);
    }

    #[test]
    fn a_stylus_erases_before_a_finger() {
        let mut history = History::default();
        for x in [10.0, 100.0, 200.0] {
            assert!(history.press(pointer(1, Device::Mouse), point(x)));
            history.lift(1);
        }
        let (palm, stylus) = (pointer(5, Device::Finger), pointer(6, Device::Stylus));
        assert!(history.press_eraser(palm, point(10.0)));
        assert_eq!(strokes(&history), [[100.0], [200.0]]);
        assert!(history.press_eraser(stylus, point(190.0)));
        assert_eq!(
            strokes(&history),
            [[10.0], [100.0]],
            "the palm's comes back"
        );
        assert!(!history.follow(palm, || vec![point(100.0)]));
        history.lift(6);
        assert!(!history.press_eraser(palm, point(100.0)));
        assert!(!history.press(palm, point(300.0)));
        assert_eq!(strokes(&history), [[10.0], [100.0]]);
    }

    #[test]
    fn erasing_gives_up_like_drawing() {
        let mut history = History::default();
        for x in [10.0, 100.0, 200.0] {
            history.press(pointer(1, Device::Mouse), point(x));
            history.lift(1);
        }
        history.undo();
        let finger = pointer(7, Device::Finger);
        history.press_eraser(finger, point(10.0));
        assert!(history.follow(finger, || vec![point(100.0)]));
        assert!(history.drawing().is_empty());
        assert!(history.cancel(7));
        assert_eq!(strokes(&history), [[10.0], [100.0]]);
        history.press_eraser(finger, point(400.0));
        history.lift(7);
        history.redo();
        assert_eq!(strokes(&history), [[10.0], [100.0], [200.0]]);
    }

    #[test]
    fn a_finger_draws_again_once_the_stylus_is_gone_or_the_sheet_is_cleared() {
        let hovering = Pointer {
            is_pressed: false,
            ..pointer(6, Device::Stylus)
        };
        let finger_at = |time| Pointer {
            time,
            ..pointer(7, Device::Finger)
        };
        let mut history = History::default();
        history.follow(hovering, || vec![point(1.0)]);
        assert!(!history.press(finger_at(STYLUS_STAYS - 1.0), point(10.0)));
        assert!(history.press(finger_at(STYLUS_STAYS), point(10.0)));
        history.lift(7);
        history.follow(hovering, || vec![point(1.0)]);
        history.clear();
        assert!(history.press(finger_at(1.0), point(20.0)));
    }

    #[test]
    fn a_finger_that_is_called_off_takes_its_stroke_back_and_other_pens_keep_theirs() {
        for (device, left) in [(Device::Finger, 0), (Device::Mouse, 1), (Device::Stylus, 1)] {
            let mut history = History::default();
            history.press(pointer(1, device), point(10.0));
            assert!(!history.cancel(2));
            assert_eq!(history.cancel(1), left == 0);
            assert!(!history.follow(pointer(1, device), || vec![point(20.0)]));
            assert_eq!(strokes(&history).len(), left);
        }
    }
}
