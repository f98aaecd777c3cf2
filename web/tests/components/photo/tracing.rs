//! The edges of a photo on the drawing view's sheet, to be drawn over.

use image::Rgba;

use super::*;
use crate::drawing::visitor::frame;

/// The page with the edges of a photo on the sheet.
async fn traced() -> (Stage, PageWorkers) {
    let page = page().await;
    click("#tab-photo").await;
    let photo = photo(120, 120);
    choose(&png(&photo));
    until_shown(&photo).await;
    let trace: HtmlElement = stage::element("#trace");
    trace.focus().unwrap();
    trace.click();
    until("the edges are on the sheet", || find("#tracing").is_some()).await;
    frame().await;
    settle().await;
    page
}

/// The colours of the edges.
fn colours() -> Vec<Rgba<u8>> {
    let edges = pixels("#tracing");
    let mut colours: Vec<_> = edges.pixels().filter(|pixel| pixel.0[3] > 0).collect();
    colours.sort_unstable_by_key(|pixel| pixel.0);
    colours.dedup();
    colours.into_iter().copied().collect()
}

fn style(selector: &str, property: &str) -> String {
    let element: Element = stage::element(selector);
    let style = window().get_computed_style(&element).unwrap().unwrap();
    style.get_property_value(property).unwrap()
}

#[wasm_bindgen_test]
async fn the_edges_have_the_colour_of_photos_and_follow_the_browser_s_colours() {
    stage::note_media();
    let _page = traced().await;
    stage::stop_noting_media();
    let root: HtmlElement = stage::element("html");
    let colour = |value: &str| {
        root.style().set_property("--source", value).unwrap();
        stage::tell_media();
        colours()
    };
    let first = colour("rgb(10, 20, 230)");
    let second = colour("rgb(240, 200, 10)");
    root.style().remove_property("--source").unwrap();
    assert_eq!(first, [Rgba([10, 20, 230, 255])]);
    assert_eq!(second, [Rgba([240, 200, 10, 255])]);
    assert_eq!(style("#tracing", "background-image"), "none");
}

#[wasm_bindgen_test]
async fn a_word_shows_its_ghost_over_the_edges() {
    let _page = traced().await;
    assert!(find(".word[aria-pressed=true]").is_none());
    assert!(find(".ghost path").is_none());
    click(".words li:nth-child(5) button").await;
    assert!(find(".ghost path").is_some());
    assert_eq!(style(".ghost", "visibility"), "visible");
}

#[wasm_bindgen_test]
async fn the_focus_stays_on_the_sheet() {
    let _page = traced().await;
    let focus = || document().active_element().unwrap().id();
    assert_eq!(focus(), "draw-canvas");
    stage::element::<HtmlElement>("#tracing-off")
        .focus()
        .unwrap();
    click("#tracing-off").await;
    frame().await;
    assert!(find("#tracing").is_none());
    assert_eq!(focus(), "draw-canvas");
}
