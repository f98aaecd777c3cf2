//! Photos: how they come in, what is shown of them, and the thresholds of their edges.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Rgb, RgbImage};
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use shared::input::{edges_from_photo, photo_grey};
use shared::picture::{CannyThresholds, canny, luma};
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web_sys::{
    ClipboardEvent, ClipboardEventInit, DataTransfer, DragEvent, DragEventInit, Event, EventInit,
    File, HtmlInputElement,
};

use crate::fake_engine::{self, sums};
use crate::stage::{
    self, Stage, attribute, click, find, is_visible, pixels, send, settle, text, until,
};

async fn page() -> Stage {
    let addresses = fake_engine::answering([0.1; 10]);
    stage::mount(move || view! { <App addresses=addresses /> }).await
}

/// A photo with soft and hard edges in all directions.
fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let (dx, dy) = (x.abs_diff(width / 2), y.abs_diff(height / 2));
        let within = dx * dx + dy * dy < height * height / 9;
        let wave = (x * y / 16 % 64) as u8;
        Rgb([
            if within { 210 } else { 60 } + wave / 2,
            90 + wave,
            (x * 2) as u8,
        ])
    })
}

fn file(name: &str, bytes: &[u8]) -> File {
    let parts = Array::of1(&Uint8Array::from(bytes));
    File::new_with_buffer_source_sequence(&parts, name).unwrap()
}

fn png(photo: &RgbImage) -> File {
    let mut bytes = Cursor::new(Vec::new());
    photo.write_to(&mut bytes, ImageFormat::Png).unwrap();
    file("photo.png", bytes.get_ref())
}

fn transfer(file: &File) -> DataTransfer {
    let transfer = DataTransfer::new().unwrap();
    transfer.items().add_with_file(file).unwrap();
    transfer
}

fn choose(file: &File) {
    let input: HtmlInputElement = stage::element("#photo-file");
    input.set_files(transfer(file).files().as_ref());
    send("#photo-file", &Event::new("change").unwrap());
}

fn drag(what: &str, file: &File) {
    let init = DragEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_data_transfer(Some(&transfer(file)));
    let event = DragEvent::new_with_event_init_dict(what, &init).unwrap();
    send("body", &event);
}

async fn until_shown(photo: &RgbImage) {
    until("the photo is shown", || {
        find("#photo-original").is_some()
            && pixels("#photo-original").dimensions() == photo.dimensions()
    })
    .await;
}

fn assert_shows(canvas: &str, picture: impl Into<DynamicImage>) {
    let expected = picture.into().into_rgba8();
    assert!(pixels(canvas) == expected, "{canvas} shows something else");
}

fn assert_edges(photo: &RgbImage, low: f64, high: f64) -> GrayImage {
    let thresholds = CannyThresholds::new(low, high);
    let edges = edges_from_photo(photo, thresholds);
    assert_shows("#photo-edges", canny(&luma(photo), thresholds));
    assert_shows("#photo-edges-32", edges.clone());
    edges
}

async fn slide(slider: &str, to: u32) {
    stage::element::<HtmlInputElement>(slider).set_value(&to.to_string());
    let init = EventInit::new();
    init.set_bubbles(true);
    send(
        slider,
        &Event::new_with_event_init_dict("input", &init).unwrap(),
    );
    settle().await;
}

fn sliders() -> [String; 2] {
    ["#low", "#high"].map(|slider| stage::element::<HtmlInputElement>(slider).value())
}

fn pressed_preset() -> Option<String> {
    find(".preset[aria-pressed=true]").and_then(|preset| preset.get_attribute("data-low"))
}

#[wasm_bindgen_test]
async fn a_chosen_photo_is_shown_as_it_is_in_grey_and_as_edges() {
    let _page = page().await;
    click("#tab-photo").await;
    assert!(!is_visible(".photo"));
    let photo = photo(240, 160);
    choose(&png(&photo));
    until_shown(&photo).await;
    assert!(is_visible(".photo"));
    assert_shows("#photo-original", photo.clone());
    assert_shows("#photo-grey", luma(&photo));
    assert_shows("#photo-grey-32", photo_grey(&photo));
    assert_edges(&photo, 170.0, 300.0);
    assert_eq!(text(".photo .caption"), "240 × 160 pixels");
}

#[wasm_bindgen_test]
async fn the_engine_is_asked_about_the_edges_at_32() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(200, 200);
    choose(&png(&photo));
    until_shown(&photo).await;
    until("the engine has answered", || {
        attribute("#guess", "data-engine").is_some()
    })
    .await;
    let edges = assert_edges(&photo, 170.0, 300.0);
    let logits: Vec<f32> = (0..10)
        .filter_map(|class| attribute(&format!(".bar[data-class='{class}']"), "data-logit"))
        .map(|logit| logit.parse().unwrap())
        .collect();
    assert_eq!(logits, sums(&edges));
}

#[wasm_bindgen_test]
async fn presets_set_both_thresholds() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(120, 90);
    choose(&png(&photo));
    until_shown(&photo).await;
    assert_eq!(pressed_preset().as_deref(), Some("170"));
    let mut pictures = Vec::new();
    for CannyThresholds { low, high } in CannyThresholds::PRESETS {
        click(&format!(".preset[data-low='{low}'][data-high='{high}']")).await;
        assert_eq!(pressed_preset(), Some(low.to_string()));
        assert_eq!(sliders(), [low.to_string(), high.to_string()]);
        pictures.push(assert_edges(&photo, low, high));
    }
    assert!(pictures[0] != pictures[3], "the thresholds change nothing");
}

#[wasm_bindgen_test]
async fn sliders_set_the_thresholds_and_push_each_other() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(120, 90);
    choose(&png(&photo));
    until_shown(&photo).await;
    slide("#low", 40).await;
    assert_eq!(sliders(), ["40", "300"]);
    assert_eq!(pressed_preset(), None);
    assert_edges(&photo, 40.0, 300.0);
    slide("#high", 20).await;
    assert_eq!(sliders(), ["20", "20"]);
    assert_eq!(text("output[for=low]"), "20");
    assert_edges(&photo, 20.0, 20.0);
}

#[wasm_bindgen_test]
async fn another_file_is_told_in_a_sentence_that_goes_with_the_next_photo() {
    let _page = page().await;
    click("#tab-photo").await;
    choose(&file("notes.txt", b"Dear diary"));
    until("a sentence comes", || is_visible("#error")).await;
    assert!(text("#error").starts_with("“notes.txt” is not a picture"));
    assert!(!is_visible(".photo"));
    let photo = photo(50, 40);
    choose(&png(&photo));
    until_shown(&photo).await;
    assert!(!is_visible("#error"));
}

#[wasm_bindgen_test]
async fn a_damaged_file_leaves_the_photo_before_it() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(50, 40);
    choose(&png(&photo));
    until_shown(&photo).await;
    choose(&file("cut.png", b"\x89PNG\r\n\x1a\n\0\0"));
    until("a sentence comes", || is_visible("#error")).await;
    assert!(text("#error").contains("“cut.png” is damaged"));
    assert_shows("#photo-original", photo);
}

#[wasm_bindgen_test]
async fn a_photo_can_be_dropped_on_the_drawing_view() {
    let _page = page().await;
    let photo = photo(60, 80);
    let file = png(&photo);
    drag("dragover", &file);
    settle().await;
    assert!(find(".drop.hovering").is_some());
    drag("drop", &file);
    until_shown(&photo).await;
    assert!(find(".drop.hovering").is_none());
    assert!(is_visible("#panel-photo"));
    assert_shows("#photo-original", photo);
}

#[wasm_bindgen_test]
async fn a_photo_can_be_pasted() {
    let _page = page().await;
    let photo = photo(44, 33);
    let init = ClipboardEventInit::new();
    init.set_bubbles(true);
    init.set_clipboard_data(Some(&transfer(&png(&photo))));
    let event = ClipboardEvent::new_with_event_init_dict("paste", &init).unwrap();
    send("body", &event);
    until_shown(&photo).await;
    assert!(is_visible("#panel-photo"));
    assert_shows("#photo-original", photo);
}
