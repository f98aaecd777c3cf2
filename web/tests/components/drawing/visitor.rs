//! What a visitor does on the sheet, and what the model must see then.

use image::DynamicImage;
use js_sys::Promise;
use leptos::prelude::*;
use shared::drawing::{Drawing, Point, rasterise};
use wasm_bindgen_futures::JsFuture;
use web::app::App;
use web_sys::{Element, PointerEvent, PointerEventInit};

use crate::fake_engine;
use crate::stage::{self, Stage, pixels, send, settle};

pub const SHEET: &str = "#draw-canvas";
pub const ROOF: &[(i32, i32)] = &[(100, 300), (256, 120), (400, 300)];
pub const WALL: &[(i32, i32)] = &[(120, 300), (120, 450), (380, 450), (380, 300)];

pub const MOUSE: Pointer = Pointer(1, "mouse");
pub const FINGER: Pointer = Pointer(2, "touch");
pub const STYLUS: Pointer = Pointer(3, "pen");

/// A pointer by its id and its type.
#[derive(Clone, Copy)]
pub struct Pointer(pub i32, pub &'static str);

impl Pointer {
    pub fn down(self, place: (i32, i32)) {
        self.does("pointerdown", 0, 1, place);
    }

    pub fn moved(self, place: (i32, i32)) {
        self.does("pointermove", -1, 1, place);
    }

    pub fn up(self, place: (i32, i32)) {
        self.does("pointerup", 0, 0, place);
    }

    pub fn draws(self, places: &[(i32, i32)]) {
        self.down(places[0]);
        places[1..].iter().for_each(|&place| self.moved(place));
        self.up(places[places.len() - 1]);
    }

    /// Any event, with the button that changed and those that are held.
    pub fn does(self, what: &str, button: i16, buttons: u16, (x, y): (i32, i32)) {
        let init = PointerEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        init.set_pointer_id(self.0);
        init.set_pointer_type(self.1);
        init.set_button(button);
        init.set_buttons(buttons);
        init.set_client_x(x);
        init.set_client_y(y);
        let event = PointerEvent::new_with_event_init_dict(what, &init).unwrap();
        send(SHEET, &event);
    }
}

pub async fn page() -> Stage {
    page_after(Drawing::default()).await
}

/// The page that takes over what was drawn before it came.
pub async fn page_after(early: Drawing) -> Stage {
    stage::mount(move || view! { <App addresses=fake_engine::silent() early=early /> }).await
}

/// The page with a sheet as large as its units, so that places on the screen are points.
pub async fn page_with_sheet_of_512() -> Stage {
    let page = page().await;
    fix_sheet().await;
    page
}

/// Makes the sheet as large as its units, at a place that no scrolling changes.
pub async fn fix_sheet() {
    let place = "position: fixed; top: 0; left: 0; width: 512px; height: 512px";
    stage::element::<Element>(SHEET)
        .set_attribute("style", place)
        .unwrap();
    settle().await;
}

pub async fn stroke(places: &[(i32, i32)]) {
    MOUSE.draws(places);
    settle().await;
}

/// Waits for the next frame of the screen.
pub async fn frame() {
    let next = Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(next).await.unwrap();
}

/// The strokes as a drawing.
pub fn drawing(strokes: &[&[(i32, i32)]]) -> Drawing {
    let mut drawing = Drawing::default();
    for places in strokes {
        let mut points = places.iter().map(|&(x, y)| Point {
            x: x as f32,
            y: y as f32,
        });
        drawing.begin(points.next().unwrap());
        points.for_each(|point| drawing.extend(point));
    }
    drawing
}

/// Checks that the page shows to the model what these strokes are, bit for bit.
pub async fn assert_seen(strokes: &[&[(i32, i32)]]) {
    // What is seen follows the drawing within a frame.
    frame().await;
    frame().await;
    let expected = DynamicImage::from(rasterise(&drawing(strokes))).into_rgba8();
    assert!(pixels("#seen-28") == expected, "seen is something else");
}
