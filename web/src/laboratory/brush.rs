//! Points drawn by hand on the input plane.

use laboratory::data::{DrawnPoint, INPUT_REACH, Point};
use laboratory::settings::Drawn;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

use super::state::Laboratory;
use crate::draw::pointer::place;

/// Points of a stroke are at least so far apart.
const SPACING: f32 = 0.05;
/// The most points of a domain.
pub const MOST: usize = 400;

/// What the brush draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Source points of a class.
    Source(u8),
    /// Target points, whose hidden class is this.
    Target(u8),
}

/// The brush; copies are the same.
#[derive(Clone, Copy)]
pub struct Brush {
    laboratory: Laboratory,
    /// What it draws; nothing where points are generated.
    pub paint: RwSignal<Option<Paint>>,
    last: StoredValue<Option<Point>>,
}

impl Brush {
    /// A brush that draws nothing.
    pub fn new(laboratory: Laboratory) -> Self {
        Self {
            laboratory,
            paint: RwSignal::new(None),
            last: StoredValue::new(None),
        }
    }

    /// Whether it draws.
    pub fn is_active(self) -> bool {
        self.paint.get().is_some()
    }

    /// Takes the brush, with an empty plane where points were generated so far.
    pub fn take(self, paint: Paint) {
        self.paint.set(Some(paint));
        self.laboratory.lesson.set(None);
        self.laboratory.edit(|settings| {
            settings.drawn.get_or_insert_with(example);
        });
    }

    /// Puts the brush away; generated points come back.
    pub fn put_away(self) {
        self.paint.set(None);
        self.laboratory.edit(|settings| settings.drawn = None);
    }

    /// A pointer goes down.
    pub fn down(self, event: &PointerEvent) {
        if self.paint.get_untracked().is_some() && event.button() == 0 {
            event.prevent_default();
            self.last.set_value(None);
            self.moved(event);
        }
    }

    /// A pointer moves.
    pub fn moved(self, event: &PointerEvent) {
        let Some(paint) = self.paint.get_untracked() else {
            return;
        };
        let Some(point) = point(event).filter(|_| event.buttons() & 1 != 0) else {
            return;
        };
        let is_near = |last: Point| (last[0] - point[0]).hypot(last[1] - point[1]) < SPACING;
        if self.last.get_value().is_some_and(is_near) {
            return;
        }
        self.last.set_value(Some(point));
        self.laboratory.edit(|settings| {
            if let Some(drawn) = &mut settings.drawn {
                add(drawn, paint, point);
            }
        });
    }
}

fn add(drawn: &mut Drawn, paint: Paint, at: Point) {
    let (points, class) = match paint {
        Paint::Source(class) => (&mut drawn.source, class),
        Paint::Target(class) => (&mut drawn.target, class),
    };
    if points.len() < MOST {
        points.push(DrawnPoint {
            at,
            class: Some(class),
        });
    }
}

/// A few points to begin with, since nothing can be trained without any.
fn example() -> Drawn {
    let row = |y: f32, x: f32, class: u8| {
        (0..6).map(move |index| DrawnPoint {
            at: [x + 0.1 * index as f32, y],
            class: Some(class),
        })
    };
    Drawn {
        source: row(0.5, -0.8, 0).chain(row(-0.5, -0.8, 1)).collect(),
        target: row(0.3, 0.2, 0).chain(row(-0.7, 0.2, 1)).collect(),
    }
}

/// Where in the input plane an event happened; none outside of what can be drawn on.
fn point(event: &PointerEvent) -> Option<Point> {
    let element: Element = event.current_target()?.dyn_into().ok()?;
    let area = element.get_bounding_client_rect();
    let (x, y) = place(event);
    let share = |value: f64, from: f64, length: f64| ((value - from) / length) as f32;
    let at = [
        (share(x, area.left(), area.width()) * 2.0 - 1.0) * INPUT_REACH,
        (1.0 - share(y, area.top(), area.height()) * 2.0) * INPUT_REACH,
    ];
    at.iter().all(|value| value.abs() <= 1.0).then_some(at)
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use laboratory::Settings;

    use super::*;

    #[test]
    fn the_example_can_be_trained_on_and_grows() {
        let mut drawn = example();
        add(&mut drawn, Paint::Source(2), [0.0, 0.9]);
        assert_eq!(drawn.source.last().unwrap().class, Some(2));
        for _ in 0..2 * MOST {
            add(&mut drawn, Paint::Target(0), [0.0, 0.0]);
        }
        assert_eq!(drawn.target.len(), MOST);
        let settings = Settings {
            drawn: Some(drawn),
            ..Settings::default()
        };
        assert!(settings.check().is_ok());
    }
}
