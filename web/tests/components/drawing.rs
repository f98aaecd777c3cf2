//! Drawing on the sheet, and taking it back.

mod early;
mod keys;
mod pens;
pub mod visitor;

use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web::kept::own_key;
use web_sys::Element;

use crate::stage::{self, click, is_visible, pixels, press, settle};
use visitor::{MOUSE, ROOF, SHEET, WALL, assert_seen, frame, page, page_with_sheet_of_512, stroke};

#[wasm_bindgen_test]
async fn strokes_are_seen_by_the_model_as_they_are_rasterised() {
    let _page = page_with_sheet_of_512().await;
    assert_seen(&[]).await;
    stroke(ROOF).await;
    assert_seen(&[ROOF]).await;
    stroke(WALL).await;
    assert_seen(&[ROOF, WALL]).await;
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
    assert_seen(&[ROOF, WALL]).await;
    press("body", "z", false).await;
    assert_seen(&[ROOF, WALL]).await;
    press("body", "z", true).await;
    assert_seen(&[ROOF]).await;
    click("#undo").await;
    click("#undo").await;
    assert_seen(&[]).await;
}

#[wasm_bindgen_test]
async fn what_was_undone_is_done_again_by_button_and_by_key() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    stroke(WALL).await;
    click("#undo").await;
    click("#undo").await;
    click("#redo").await;
    assert_seen(&[ROOF]).await;
    press("body", "y", true).await;
    assert_seen(&[ROOF, WALL]).await;
}

#[wasm_bindgen_test]
async fn tools_that_can_do_nothing_are_disabled() {
    let _page = page_with_sheet_of_512().await;
    let enabled = || {
        let all = ["#undo", "#redo", "#clear"].into_iter();
        all.filter(|tool| stage::attribute(tool, "disabled").is_none())
            .collect::<Vec<_>>()
    };
    assert!(enabled().is_empty(), "{:?}", enabled());
    stroke(ROOF).await;
    assert_eq!(enabled(), ["#undo", "#clear"]);
    click("#undo").await;
    assert_eq!(enabled(), ["#redo"]);
    click("#redo").await;
    click("#clear").await;
    assert_eq!(enabled(), ["#undo"]);
}

#[wasm_bindgen_test]
async fn the_eraser_takes_whole_strokes_and_undo_brings_them_back() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    stroke(WALL).await;
    click("#eraser").await;
    stroke(ROOF).await;
    assert_seen(&[WALL]).await;
    click("#undo").await;
    assert_seen(&[ROOF, WALL]).await;
    click("#eraser").await;
    stroke(ROOF).await;
    assert_seen(&[ROOF, WALL, ROOF]).await;
}

#[wasm_bindgen_test]
async fn a_word_shows_a_ghost_that_is_not_part_of_the_drawing() {
    let _page = page_with_sheet_of_512().await;
    let strokes = || stage::element::<Element>(".ghost").child_element_count();
    // The first word's ghost is there from the start.
    assert!(strokes() > 0);
    assert_seen(&[]).await;
    stroke(ROOF).await;
    assert_eq!(strokes(), 0);
    click(".words li:nth-child(5) button").await;
    assert!(strokes() > 5);
    assert_seen(&[ROOF]).await;
    click(".words li:nth-child(5) button").await;
    assert_eq!(strokes(), 0);
}

#[wasm_bindgen_test]
async fn what_the_network_sees_lies_on_the_sheet_when_asked_for() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    assert!(!is_visible(".sees"));
    click("#sees").await;
    assert!(is_visible(".sees"));
    assert!(pixels("#sees-28") == pixels("#seen-28"));
}

#[wasm_bindgen_test]
async fn the_drawing_is_kept_when_the_page_is_loaded_again() {
    let _page = page_with_sheet_of_512().await;
    MOUSE.down((100, 200));
    MOUSE.moved((300, 200));
    frame().await;
    MOUSE.up((300, 200));
    settle().await;
    let storage = window().session_storage().unwrap().unwrap();
    let kept = || storage.get_item(&own_key("edgewise-drawing")).unwrap();
    assert!(kept().unwrap().starts_with("[[[100,200]"), "{:?}", kept());
    click("#clear").await;
    assert_eq!(kept(), None);
}

#[wasm_bindgen_test]
async fn the_undo_key_counts_only_where_one_draws() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    click("#tab-photo").await;
    press("body", "z", true).await;
    click("#tab-draw").await;
    assert_seen(&[ROOF]).await;
}

#[wasm_bindgen_test]
async fn clearing_empties_the_sheet_and_can_be_undone() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    stroke(WALL).await;
    click("#clear").await;
    assert_seen(&[]).await;
    assert!(pixels(SHEET).pixels().all(|pixel| pixel.0[3] == 0));
    click("#undo").await;
    assert_seen(&[ROOF, WALL]).await;
}

#[wasm_bindgen_test]
async fn the_prompt_lets_the_pen_through_and_goes_with_the_first_stroke() {
    let _page = page().await;
    assert!(is_visible(".prompt"));
    assert_eq!(stage::text(".words li:nth-child(4)"), "apple");
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
    let area = sheet.get_bounding_client_rect();
    for (pixels, side) in [
        (sheet.width(), area.width()),
        (sheet.height(), area.height()),
    ] {
        let side = side * window().device_pixel_ratio();
        assert!(
            (f64::from(pixels) - side).abs() < 1.0,
            "{pixels} for {side}"
        );
    }
    let style = window().get_computed_style(&sheet).unwrap().unwrap();
    assert_eq!(style.get_property_value("touch-action").unwrap(), "none");
}

#[wasm_bindgen_test]
async fn a_stroke_leaves_the_same_ink_drawn_piece_by_piece_and_at_once() {
    let _page = page_with_sheet_of_512().await;
    MOUSE.down(ROOF[0]);
    for &place in &ROOF[1..] {
        MOUSE.moved(place);
        frame().await;
    }
    MOUSE.up(ROOF[ROOF.len() - 1]);
    settle().await;
    let pieces = pixels(SHEET);
    click("#clear").await;
    stroke(ROOF).await;
    assert!(pixels(SHEET) == pieces);
}

#[wasm_bindgen_test]
async fn ink_comes_with_the_pen_and_goes_with_undo() {
    let _page = page_with_sheet_of_512().await;
    let ink = || {
        pixels(SHEET)
            .pixels()
            .filter(|pixel| pixel.0[3] > 0)
            .count()
    };
    stroke(ROOF).await;
    let roof = ink();
    MOUSE.down((50, 400));
    MOUSE.moved((50, 450));
    frame().await;
    let begun = ink();
    assert!(begun > roof);
    MOUSE.moved((50, 500));
    frame().await;
    assert!(ink() > begun);
    press("body", "z", true).await;
    assert_eq!(ink(), roof);
}
