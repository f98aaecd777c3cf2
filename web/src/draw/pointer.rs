//! From pointer events to points of the sheet.

use js_sys::Reflect;
use shared::drawing::Point;
use wasm_bindgen::prelude::*;
use web_sys::{Element, PointerEvent};

use super::pen::{Device, Pointer};
use super::sheet::SHEET_SIDE;

/// The bit of a held main button in `buttons`.
const MAIN: u16 = 1;

#[wasm_bindgen]
extern "C" {
    /// A pointer event by its fractions of a pixel, which `web_sys` cuts off.
    type Place;
    #[wasm_bindgen(method, getter, js_name = clientX)]
    fn x(this: &Place) -> f64;
    #[wasm_bindgen(method, getter, js_name = clientY)]
    fn y(this: &Place) -> f64;
    #[wasm_bindgen(method, js_name = getPredictedEvents)]
    fn predicted(this: &Place) -> js_sys::Array;
}

/// So many expected events are drawn: later ones are often wrong.
const PREDICTED: usize = 2;

/// The bit of a stylus's eraser in `buttons`.
const ERASER: u16 = 32;

/// Whether an event comes from the eraser at the end of a stylus.
pub fn is_eraser(event: &PointerEvent) -> bool {
    event.buttons() & ERASER != 0
}

/// Where in the window an event happened, in CSS pixels.
pub fn place(event: &PointerEvent) -> (f64, f64) {
    let place: &Place = event.unchecked_ref();
    (place.x(), place.y())
}

/// The pointer of an event.
pub fn pointer(event: &PointerEvent) -> Pointer {
    Pointer {
        id: event.pointer_id(),
        device: Device::of(&event.pointer_type()),
        is_primary: event.is_primary(),
        is_pressed: event.buttons() & (MAIN | ERASER) != 0,
        time: event.time_stamp(),
    }
}

/// Where the sheet is in the window, in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Area {
    /// Measures the canvas that shows the sheet; the browser has to lay out the page for it.
    pub fn of(canvas: &Element) -> Self {
        let area = canvas.get_bounding_client_rect();
        Self {
            left: area.left(),
            top: area.top(),
            width: area.width(),
            height: area.height(),
        }
    }

    /// Where on the sheet an event happened.
    pub fn point(&self, event: &PointerEvent) -> Point {
        let place: &Place = event.unchecked_ref();
        let along = |distance: f64, whole: f64| (distance / whole) as f32 * SHEET_SIDE;
        Point {
            x: along(place.x() - self.left, self.width),
            y: along(place.y() - self.top, self.height),
        }
    }

    /// Where the browser expects the pointer within the next frame; nothing where it doesn't say.
    pub fn predicted(&self, event: &PointerEvent) -> Vec<Point> {
        if Reflect::has(event, &"getPredictedEvents".into()) != Ok(true) {
            return Vec::new();
        }
        let place: &Place = event.unchecked_ref();
        let events = place.predicted().into_iter().take(PREDICTED);
        events
            .filter_map(|event| event.dyn_into().ok())
            .map(|event| self.point(&event))
            .collect()
    }

    /// The points on the way to an event, as fine as the device gave them; none on a sheet that is hidden.
    pub fn points(&self, event: &PointerEvent) -> Vec<Point> {
        if self.width <= 0.0 || self.height <= 0.0 {
            return Vec::new();
        }
        // Absent on some browsers, and without a secure connection.
        let all = match Reflect::has(event, &"getCoalescedEvents".into()) {
            Ok(true) => event.get_coalesced_events(),
            _ => js_sys::Array::new(),
        };
        let points: Vec<Point> = all
            .iter()
            .filter_map(|event| event.dyn_into().ok())
            .map(|event| self.point(&event))
            .collect();
        if points.is_empty() {
            vec![self.point(event)]
        } else {
            points
        }
    }
}
