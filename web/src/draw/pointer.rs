//! From pointer events to points of the sheet.

use js_sys::Reflect;
use shared::drawing::Point;
use wasm_bindgen::prelude::*;
use web_sys::{Element, PointerEvent};

use super::history::SHEET_SIDE;

#[wasm_bindgen]
extern "C" {
    /// A pointer event by its fractions of a pixel, which `web_sys` cuts off.
    type Place;
    #[wasm_bindgen(method, getter, js_name = clientX)]
    fn x(this: &Place) -> f64;
    #[wasm_bindgen(method, getter, js_name = clientY)]
    fn y(this: &Place) -> f64;
}

/// Where on the sheet, shown by `canvas`, an event happened.
pub fn point(canvas: &Element, event: &PointerEvent) -> Point {
    let area = canvas.get_bounding_client_rect();
    let place: &Place = event.unchecked_ref();
    let along = |distance: f64, whole: f64| (distance / whole.max(1.0)) as f32 * SHEET_SIDE;
    Point {
        x: along(place.x() - area.left(), area.width()),
        y: along(place.y() - area.top(), area.height()),
    }
}

/// The points on the way to an event, as fine as the device gave them.
pub fn points(canvas: &Element, event: &PointerEvent) -> Vec<Point> {
    // Absent on some browsers, and without a secure connection.
    let all = match Reflect::has(event, &"getCoalescedEvents".into()) {
        Ok(true) => event.get_coalesced_events(),
        _ => js_sys::Array::new(),
    };
    let points: Vec<Point> = all
        .iter()
        .filter_map(|event| event.dyn_into().ok())
        .map(|event| point(canvas, &event))
        .collect();
    if points.is_empty() {
        vec![point(canvas, event)]
    } else {
        points
    }
}
