//! Taps with several fingers: two undo, three do again, as in other drawing programs.

/// So long a tap may last, in milliseconds.
const LONGEST: f64 = 350.0;
/// So far a finger may move in a tap, in CSS pixels.
const FARTHEST: f64 = 14.0;

/// What a tap asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tap {
    /// With two fingers.
    Undo,
    /// With three fingers.
    Redo,
}

/// The fingers that are on the sheet, and whether they may still be a tap.
#[derive(Clone, Debug, Default)]
pub struct Taps {
    down: Vec<(i32, (f64, f64))>,
    /// How many there were at the same time.
    most: usize,
    began: f64,
    is_spoilt: bool,
}

impl Taps {
    /// A finger goes down at a place of the window, in CSS pixels; says whether there are several that may be a tap.
    pub fn press(&mut self, id: i32, place: (f64, f64), time: f64) -> bool {
        self.down.retain(|(other, _)| *other != id);
        if self.down.is_empty() {
            *self = Self {
                began: time,
                ..Self::default()
            };
        }
        self.down.push((id, place));
        self.most = self.most.max(self.down.len());
        self.is_spoilt |= time - self.began > LONGEST;
        self.down.len() > 1 && !self.is_spoilt
    }

    /// A finger moves.
    pub fn follow(&mut self, id: i32, place: (f64, f64)) {
        let moved = self
            .down
            .iter()
            .any(|(other, (x, y))| *other == id && f64::hypot(place.0 - x, place.1 - y) > FARTHEST);
        self.is_spoilt |= moved;
    }

    /// A finger goes up; says what the tap that ends with it asks for.
    pub fn lift(&mut self, id: i32, time: f64) -> Option<Tap> {
        let before = self.down.len();
        self.down.retain(|(other, _)| *other != id);
        if self.down.len() == before || !self.down.is_empty() {
            return None;
        }
        if self.is_spoilt || time - self.began > LONGEST {
            return None;
        }
        match self.most {
            2 => Some(Tap::Undo),
            3 => Some(Tap::Redo),
            _ => None,
        }
    }

    /// The browser calls a finger off: that was no tap.
    pub fn cancel(&mut self, id: i32) {
        self.is_spoilt = true;
        self.down.retain(|(other, _)| *other != id);
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn tap(fingers: i32, moved: f64, end: f64) -> Option<Tap> {
        let mut taps = Taps::default();
        for id in 0..fingers {
            assert_eq!(taps.press(id, (100.0, 100.0), f64::from(id)), id > 0);
            taps.follow(id, (100.0, 100.0 + moved));
        }
        (0..fingers).filter_map(|id| taps.lift(id, end)).next()
    }

    #[test]
    fn two_fingers_undo_and_three_do_again() {
        assert_eq!(tap(1, 0.0, 100.0), None);
        assert_eq!(tap(2, 3.0, 100.0), Some(Tap::Undo));
        assert_eq!(tap(3, 3.0, 100.0), Some(Tap::Redo));
        assert_eq!(tap(4, 0.0, 100.0), None);
    }

    #[test]
    fn fingers_that_move_stay_or_are_called_off_do_not_tap() {
        let mut taps = Taps::default();
        taps.press(1, (0.0, 0.0), 0.0);
        taps.press(2, (50.0, 0.0), 10.0);
        taps.follow(2, (80.0, 0.0));
        assert_eq!(taps.lift(1, 50.0), None);
        assert_eq!(taps.lift(2, 60.0), None);
        assert_eq!(tap(2, 0.0, 900.0), None);
        taps.press(1, (0.0, 0.0), 100.0);
        taps.press(2, (0.0, 0.0), 110.0);
        taps.cancel(1);
        assert_eq!(taps.lift(2, 120.0), None);
        assert!(!taps.press(1, (0.0, 0.0), 500.0));
        assert!(!taps.press(2, (0.0, 0.0), 1000.0));
    }
}
