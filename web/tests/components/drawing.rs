//! Drawing on the sheet, and taking it back.

use image::DynamicImage;
use leptos::prelude::*;
use shared::drawing::{Drawing, Point, rasterise};
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web_sys::{Element, PointerEvent, PointerEventInit};

use crate::fake_engine;
use crate::stage::{self, Stage, click, is_visible, pixels, press, send, settle};

const SHEET: &str = "#draw-canvas";
const ROOF: &[(i32, i32)] = &[(100, 300), (256, 120), (400, 300)];
const WALL: &[(i32, i32)] = &[(120, 300), (120, 450), (380, 450), (380, 300)];

async fn page() -> Stage {
    stage::mount(|| view! { <App addresses=fake_engine::silent() /> }).await
}

/// The page with a sheet as large as its units, so that places on the screen are points.
async fn page_with_sheet_of_512() -> Stage {
    let page = page().await;
    let place = "position: fixed; top: 0; left: 0; width: 512px; height: 512px";
    stage::element::<Element>(SHEET)
        .set_attribute("style", place)
        .unwrap();
    settle().await;
    page
}

fn pointer(what: &str, id: i32, button: i16, (x, y): (i32, i32)) {
    let init = PointerEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_pointer_id(id);
    init.set_button(button);
    init.set_client_x(x);
    init.set_client_y(y);
    let event = PointerEvent::new_with_event_init_dict(what, &init).unwrap();
    send(SHEET, &event);
}

async fn stroke(places: &[(i32, i32)]) {
    pointer("pointerdown", 1, 0, places[0]);
    for &place in &places[1..] {
        pointer("pointermove", 1, -1, place);
    }
    pointer("pointerup", 1, 0, places[places.len() - 1]);
    settle().await;
}

/// Checks that the page shows to the model what these strokes are, bit for bit.
fn assert_seen(strokes: &[&[(i32, i32)]]) {
    let mut drawing = Drawing::default();
    for places in strokes {
        let mut points = places.iter().map(|&(x, y)| Point {
            x: x as f32,
            y: y as f32,
        });
        drawing.begin(points.next().unwrap());
        points.for_each(|point| drawing.extend(point));
    }
    let expected = DynamicImage::from(rasterise(&drawing)).into_rgba8();
    assert!(pixels("#seen-28") == expected, "seen is something else");
}

#[wasm_bindgen_test]
async fn strokes_are_seen_by_the_model_as_they_are_rasterised() {
    let _page = page_with_sheet_of_512().await;
    assert_seen(&[]);
    stroke(ROOF).await;
    assert_seen(&[ROOF]);
    stroke(WALL).await;
    assert_seen(&[ROOF, WALL]);
}

#[wasm_bindgen_test]
async fn strokes_and_dots_are_inked_where_the_pen_was() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    stroke(&[(50, 50)]).await;
    let sheet = pixels(SHEET);
    let scale = f64::from(sheet.width()) / 512.0;
    let opacity = |x: i32, y: i32| {
        let place = [x, y].map(|along| (f64::from(along) * scale) as u32);
        sheet.get_pixel(place[0], place[1]).0[3]
    };
    for (x, y) in [(178, 210), (256, 124), (50, 50)] {
        assert_eq!(opacity(x, y), 255, "at {x}, {y}");
    }
    for (x, y) in [(256, 300), (10, 10), (70, 70)] {
        assert_eq!(opacity(x, y), 0, "at {x}, {y}");
    }
}

#[wasm_bindgen_test]
async fn undo_takes_strokes_back_one_by_one_by_button_and_by_key() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    stroke(WALL).await;
    stroke(ROOF).await;
    click("#undo").await;
    assert_seen(&[ROOF, WALL]);
    press("body", "z", false).await;
    assert_seen(&[ROOF, WALL]);
    press("body", "z", true).await;
    assert_seen(&[ROOF]);
    click("#undo").await;
    click("#undo").await;
    assert_seen(&[]);
}

#[wasm_bindgen_test]
async fn the_undo_key_counts_only_where_one_draws() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    click("#tab-photo").await;
    press("body", "z", true).await;
    click("#tab-draw").await;
    assert_seen(&[ROOF]);
}

#[wasm_bindgen_test]
async fn clearing_empties_the_sheet_and_can_be_undone() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    stroke(WALL).await;
    click("#clear").await;
    assert_seen(&[]);
    assert!(pixels(SHEET).pixels().all(|pixel| pixel.0[3] == 0));
    click("#undo").await;
    assert_seen(&[ROOF, WALL]);
}

#[wasm_bindgen_test]
async fn only_the_first_pointer_and_its_main_button_draw() {
    let _page = page_with_sheet_of_512().await;
    pointer("pointerdown", 1, 2, (200, 200));
    pointer("pointermove", 1, -1, (220, 200));
    settle().await;
    assert_seen(&[]);
    pointer("pointerdown", 1, 0, ROOF[0]);
    pointer("pointerdown", 2, 0, (30, 30));
    pointer("pointermove", 1, -1, ROOF[1]);
    pointer("pointermove", 2, -1, (60, 60));
    pointer("pointerup", 2, 0, (60, 60));
    pointer("pointermove", 1, -1, ROOF[2]);
    pointer("pointercancel", 1, 0, ROOF[2]);
    pointer("pointermove", 1, -1, (10, 10));
    settle().await;
    assert_seen(&[ROOF]);
}

#[wasm_bindgen_test]
async fn the_prompt_lets_the_pen_through_and_goes_with_the_first_stroke() {
    let _page = page().await;
    assert!(is_visible(".prompt"));
    assert_eq!(stage::text(".prompt li:nth-child(4)"), "apple");
    let prompt: Element = stage::element(".prompt-title");
    prompt.scroll_into_view();
    let area = prompt.get_bounding_client_rect();
    let (x, y) = (
        area.left() + area.width() / 2.0,
        area.top() + area.height() / 2.0,
    );
    let hit = document().element_from_point(x as f32, y as f32).unwrap();
    assert_eq!(hit.id(), "draw-canvas");
    stroke(&[(x as i32, y as i32)]).await;
    assert!(!is_visible(".prompt"));
    click("#undo").await;
    assert!(is_visible(".prompt"));
}

#[wasm_bindgen_test]
async fn the_sheet_is_square_and_as_sharp_as_the_screen() {
    let _page = page().await;
    let sheet: web_sys::HtmlCanvasElement = stage::element(SHEET);
    assert_eq!(sheet.client_width(), sheet.client_height());
    let pixels = f64::from(sheet.client_width()) * window().device_pixel_ratio();
    assert_eq!(f64::from(sheet.width()), pixels.round());
    assert_eq!(sheet.height(), sheet.width());
    let style = window().get_computed_style(&sheet).unwrap().unwrap();
    assert_eq!(style.get_property_value("touch-action").unwrap(), "none");
}
