//! Points drawn by hand on the input plane.

use laboratory::data::{DrawnPoint, INPUT_REACH, Point};
use laboratory::settings::{Drawn, MOST_DRAWN};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

use super::state::{Laboratory, Paint};
use crate::draw::pointer::place;

/// Points of a stroke are at least so far apart.
const SPACING: f32 = 0.05;
/// The most strokes that can be undone.
const LONGEST_PAST: usize = 100;

/// The brush; copies are the same.
#[derive(Clone, Copy)]
pub struct Brush {
    laboratory: Laboratory,
    last: StoredValue<Option<Point>>,
    /// The points drawn last, for when generated ones or a lesson's have taken their place.
    kept: StoredValue<Option<Drawn>>,
    /// The points before each stroke.
    past: RwSignal<Vec<Drawn>>,
}

impl Brush {
    /// A brush that draws nothing, belonging to the current reactive owner.
    pub fn new(laboratory: Laboratory) -> Self {
        let kept = StoredValue::new(None);
        Effect::new(move |_| {
            if let Some(drawn) = &laboratory.settings.read().drawn {
                kept.set_value(Some(drawn.clone()));
            }
        });
        Self {
            laboratory,
            last: StoredValue::new(None),
            kept,
            past: RwSignal::new(Vec::new()),
        }
    }

    /// What it draws; none where it is put away or points are generated.
    fn paint(self) -> Option<Paint> {
        let paint = self.laboratory.paint.get();
        paint.filter(|_| self.laboratory.settings.read().drawn.is_some())
    }

    /// Whether it draws.
    pub fn is_active(self) -> bool {
        self.paint().is_some()
    }

    /// Whether it draws, and the domain that it draws has no room for another point.
    pub fn is_full(self) -> bool {
        let settings = self.laboratory.settings.read();
        let points = settings.drawn.as_ref().zip(self.paint());
        points.is_some_and(|(drawn, paint)| match paint {
            Paint::Source(_) => drawn.source.len() >= MOST_DRAWN,
            Paint::Target(_) => drawn.target.len() >= MOST_DRAWN,
        })
    }

    /// Takes the brush, with the points drawn last where others are shown.
    pub fn take(self, paint: Paint) {
        self.laboratory.paint.set(Some(paint));
        self.laboratory.lesson.set(None);
        let kept = self.kept.get_value();
        self.laboratory.edit(|settings| {
            settings
                .drawn
                .get_or_insert_with(|| kept.unwrap_or_else(example));
        });
    }

    /// Puts the brush away; generated points come back.
    pub fn put_away(self) {
        self.laboratory.paint.set(None);
        self.laboratory.edit(|settings| settings.drawn = None);
    }

    /// Takes all points away but a few to begin with.
    pub fn clear(self) {
        self.note();
        self.laboratory
            .edit(|settings| settings.drawn = Some(example()));
    }

    /// Whether there is something to undo.
    pub fn can_undo(self) -> bool {
        !self.past.read().is_empty()
    }

    /// Brings back the points before the last stroke.
    pub fn undo(self) {
        if let Some(drawn) = self.past.try_update(Vec::pop).flatten() {
            self.laboratory
                .edit(|settings| settings.drawn = Some(drawn));
        }
    }

    /// Notes the points as they are, for undo.
    fn note(self) {
        if let Some(drawn) = self.laboratory.settings.get_untracked().drawn.clone() {
            self.past.update(|past| {
                if past.len() >= LONGEST_PAST {
                    past.remove(0);
                }
                past.push(drawn);
            });
        }
    }

    /// A pointer goes down.
    pub fn down(self, event: &PointerEvent) {
        if untrack(move || self.is_active()) && event.button() == 0 {
            event.prevent_default();
            self.last.set_value(None);
            self.moved(event);
        }
    }

    /// A pointer moves.
    pub fn moved(self, event: &PointerEvent) {
        let Some(paint) = untrack(move || self.paint()) else {
            return;
        };
        let Some(point) = point(event).filter(|_| event.buttons() & 1 != 0) else {
            return;
        };
        let is_near = |last: Point| (last[0] - point[0]).hypot(last[1] - point[1]) < SPACING;
        if self.last.get_value().is_some_and(is_near) {
            return;
        }
        if self.last.get_value().is_none() && !untrack(move || self.is_full()) {
            self.note();
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
    if points.len() < MOST_DRAWN {
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
        for _ in 0..2 * MOST_DRAWN {
            add(&mut drawn, Paint::Target(0), [0.0, 0.0]);
        }
        assert_eq!(drawn.target.len(), MOST_DRAWN);
        let settings = Settings {
            drawn: Some(drawn),
            ..Settings::default()
        };
        assert!(settings.check().is_ok());
    }
}
