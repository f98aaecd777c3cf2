//! Points drawn by hand.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{PointerEvent, PointerEventInit};

use super::*;
use crate::stage::attribute;

const PLANE: &str = "#lab-input";

/// Draws a point at a place of the input plane, in shares of its sides.
async fn dab(x: f64, y: f64) {
    let area = element::<Element>(PLANE).get_bounding_client_rect();
    for (what, button, buttons) in [
        ("pointerdown", 0, 1),
        ("pointermove", -1, 1),
        ("pointerup", 0, 0),
    ] {
        let init = PointerEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        init.set_button(button);
        init.set_buttons(buttons);
        init.set_client_x((area.left() + x * area.width()) as i32);
        init.set_client_y((area.top() + y * area.height()) as i32);
        send(
            PLANE,
            &PointerEvent::new_with_event_init_dict(what, &init).unwrap(),
        );
    }
    settle().await;
}

/// Whether a finger draws on the plane instead of scrolling over it.
fn is_taken() -> bool {
    let style = window().get_computed_style(&element(PLANE)).unwrap();
    let touch = style.unwrap().get_property_value("touch-action").unwrap();
    assert_eq!(has_class(PLANE, "drawing"), touch == "none");
    touch == "none"
}

/// Four characters of the address for each point.
fn points() -> usize {
    let code = address();
    let points = code
        .split(['&', ','])
        .filter(|part| part.starts_with(['f', 'g']));
    points.map(|part| (part.len() - 1) / 4).sum()
}

#[wasm_bindgen_test]
async fn a_lesson_puts_the_brush_away_and_its_run_stays() {
    let _page = page().await;
    choose_scene(true).await;
    assert!(is_taken());
    click("#lab-lesson-4").await;
    assert!(!is_taken());
    click("#lab-answer-1").await;
    until("the lesson's run is under way", || steps() > 0).await;
    dab(0.5, 0.5).await;
    assert!(text("#lab-step").ends_with("of 380"));
    assert_eq!(
        attribute("#lab-run-1", "aria-pressed").as_deref(),
        Some("true")
    );
}

#[wasm_bindgen_test]
async fn a_link_puts_the_brush_away_even_one_with_drawn_points() {
    let _page = page().await;
    for link in ["#lab=1,db,a0.5", "#lab=1,fAAA0,gAAA0"] {
        choose_scene(true).await;
        assert!(is_taken());
        open(link).await;
        assert!(!is_taken(), "{link}");
        dab(0.5, 0.5).await;
        assert_eq!(address(), link);
    }
}

#[wasm_bindgen_test]
async fn drawn_points_come_back_after_generated_ones_and_after_a_lesson() {
    let _page = page().await;
    choose_scene(true).await;
    let example = points();
    dab(0.5, 0.5).await;
    dab(0.6, 0.4).await;
    assert_eq!(points(), example + 2);
    let drawn = address();
    choose_scene(false).await;
    assert_eq!(points(), 0);
    choose_scene(true).await;
    assert_eq!(address(), drawn);
    click("#lab-lesson-2").await;
    click("#lab-free").await;
    assert_eq!(points(), 0);
    choose_scene(true).await;
    assert_eq!(points(), example + 2);
}

#[wasm_bindgen_test]
async fn a_stroke_and_clearing_can_be_undone() {
    let _page = page().await;
    choose_scene(true).await;
    let example = points();
    assert!(attribute("#lab-undo", "disabled").is_some());
    dab(0.5, 0.5).await;
    dab(0.6, 0.4).await;
    click("#lab-clear").await;
    assert_eq!(points(), example);
    click("#lab-undo").await;
    assert_eq!(points(), example + 2);
    click("#lab-undo").await;
    assert_eq!(points(), example + 1);
    click("#lab-undo").await;
    assert_eq!(points(), example);
    assert!(attribute("#lab-undo", "disabled").is_some());
}

#[wasm_bindgen_test]
async fn a_full_domain_says_so() {
    let _page = page().await;
    open(&format!("#lab=1,f{},gAAA0", "AAA0".repeat(399))).await;
    choose_scene(true).await;
    assert_eq!(text("#lab-full"), "");
    dab(0.5, 0.5).await;
    assert_eq!(points(), 401);
    assert!(text("#lab-full").contains("400 points"));
    dab(0.6, 0.4).await;
    assert_eq!(points(), 401);
    // The other domain has room.
    click(".lab-brushes button:nth-of-type(3)").await;
    assert_eq!(text("#lab-full"), "");
    dab(0.6, 0.4).await;
    assert_eq!(points(), 402);
}

#[wasm_bindgen_test]
async fn sliders_that_change_no_drawn_point_are_not_there() {
    let _page = page().await;
    let sliders = ["#lab-share", "#lab-noise", "#lab-change"];
    assert!(sliders.iter().all(|slider| find(slider).is_some()));
    choose_scene(true).await;
    assert!(sliders.iter().all(|slider| find(slider).is_none()));
    choose_scene(false).await;
    assert!(sliders.iter().all(|slider| find(slider).is_some()));
}
