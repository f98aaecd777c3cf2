//! Changing between the views.

use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;

use crate::fake_engine;
use crate::stage::{self, Stage, attribute, click, is_visible, press, settle};

async fn page() -> Stage {
    stage::mount(|| view! { <App addresses=fake_engine::silent() /> }).await
}

/// Checks which view is in front, to the eye and to assistive programs.
fn assert_front(front: &str, back: &str) {
    for (name, is_front) in [(front, true), (back, false)] {
        let (tab, panel) = (format!("#tab-{name}"), format!("#panel-{name}"));
        let selected = attribute(&tab, "aria-selected");
        assert_eq!(selected, Some(is_front.to_string()), "{tab}");
        let order = if is_front { "0" } else { "-1" };
        assert_eq!(attribute(&tab, "tabindex").as_deref(), Some(order), "{tab}");
        assert_eq!(is_visible(&panel), is_front, "{panel}");
    }
}

#[wasm_bindgen_test]
async fn drawing_comes_first_and_a_click_changes() {
    let _page = page().await;
    assert_front("draw", "photo");
    assert!(is_visible(".seen"));
    click("#tab-photo").await;
    assert_front("photo", "draw");
    assert!(!is_visible(".seen"));
    click("#tab-draw").await;
    assert_front("draw", "photo");
}

#[wasm_bindgen_test]
async fn arrows_home_and_end_change_and_take_the_focus_along() {
    let _page = page().await;
    let focus = || document().active_element().unwrap().id();
    for (key, front, back) in [
        ("ArrowRight", "photo", "draw"),
        ("ArrowRight", "game", "photo"),
        ("ArrowRight", "lab", "game"),
        ("ArrowRight", "story", "lab"),
        ("ArrowRight", "draw", "story"),
        ("ArrowLeft", "story", "draw"),
        ("ArrowLeft", "lab", "story"),
        ("Home", "draw", "lab"),
        ("End", "story", "draw"),
    ] {
        press(&format!("#tab-{back}"), key, false).await;
        assert_front(front, back);
        assert_eq!(focus(), format!("tab-{front}"), "{key}");
    }
    press("#tab-story", "ArrowDown", false).await;
    assert_front("story", "draw");
    // With Ctrl, Command or Alt a key is the browser's.
    press("#tab-story", "ArrowLeft", true).await;
    assert_front("story", "draw");
}

#[wasm_bindgen_test]
async fn each_tab_names_its_panel_and_each_panel_its_tab() {
    let _page = page().await;
    for name in ["draw", "photo", "game", "lab", "story"] {
        let (tab, panel) = (format!("tab-{name}"), format!("panel-{name}"));
        let controls = attribute(&format!("#{tab}"), "aria-controls");
        assert_eq!(controls.as_ref(), Some(&panel));
        let label = attribute(&format!("#{panel}"), "aria-labelledby");
        assert_eq!(label.as_ref(), Some(&tab));
    }
}

#[wasm_bindgen_test]
async fn each_view_has_an_address() {
    let _page = page().await;
    let address = || window().location().hash().unwrap();
    click("#tab-photo").await;
    assert_eq!(address(), "#photo");
    window().location().set_hash("#draw").unwrap();
    settle().await;
    assert_front("draw", "photo");
    window().location().set_hash("#nothing").unwrap();
    settle().await;
    assert_front("draw", "photo");
}
