//! Photos: how they come in, what is shown of them, and the thresholds of their edges.

mod camera;
mod crop;
mod opening;
mod samples;
mod saving;
mod thresholds;
mod tracing;
mod transfer;

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Rgb, RgbImage};
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use shared::input::{edges_from_photo, photo_grey};
use shared::picture::{CannyThresholds, canny, luma, resize_rgb, square_crop};
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web_sys::{
    DataTransfer, Element, Event, EventInit, File, HtmlElement, HtmlInputElement, PointerEvent,
    PointerEventInit,
};

use crate::fake_engine::{self, checksum};
use crate::page_worker::{self, CRASHES, NEVER_OPENS, PageWorkers};
use crate::stage::{
    self, Stage, attribute, click, find, is_visible, pixels, press, send, settle, text, until,
};

/// The page, and what plays its photo workers.
async fn page() -> (Stage, PageWorkers) {
    let workers = page_worker::install();
    let addresses = fake_engine::answering([0.1; 10]);
    let stage = stage::mount(move || view! { <App addresses=addresses /> }).await;
    (stage, workers)
}

/// A page with a photo of 240 x 160, and that photo.
async fn opened() -> ((Stage, PageWorkers), RgbImage) {
    let page = page().await;
    click("#tab-photo").await;
    let photo = photo(240, 160);
    choose(&png(&photo));
    until_shown(&photo).await;
    (page, photo)
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

fn png_named(name: &str, photo: &RgbImage) -> File {
    let mut bytes = Cursor::new(Vec::new());
    photo.write_to(&mut bytes, ImageFormat::Png).unwrap();
    file(name, bytes.get_ref())
}

fn png(photo: &RgbImage) -> File {
    png_named("photo.png", photo)
}

fn transfer(file: &File) -> DataTransfer {
    files(&[file])
}

fn files(files: &[&File]) -> DataTransfer {
    let transfer = DataTransfer::new().unwrap();
    for file in files {
        transfer.items().add_with_file(file).unwrap();
    }
    transfer
}

fn choose(file: &File) {
    let input: HtmlInputElement = stage::element("#photo-file");
    input.set_files(transfer(file).files().as_ref());
    send("#photo-file", &Event::new("change").unwrap());
}

async fn until_told(sentence: &str) {
    until(sentence, || text("#error").contains(sentence)).await;
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

async fn assert_edges(photo: &RgbImage, low: f64, high: f64) -> GrayImage {
    until("the edges are found", || {
        attribute(".compare", "data-thresholds") == Some(format!("{low} {high}"))
    })
    .await;
    settle().await;
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

/// Moves a mouse over an element, to a place in the window, with its main button held until it goes up.
async fn pointer(selector: &str, what: &str, place: (f64, f64)) {
    let buttons = u16::from(what != "pointerup");
    pointer_of(1, buttons, selector, what, place).await;
}

/// The same of any pointer, with the buttons that are held.
async fn pointer_of(id: i32, buttons: u16, selector: &str, what: &str, (x, y): (f64, f64)) {
    let init = PointerEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_pointer_id(id);
    init.set_buttons(buttons);
    init.set_client_x(x.round() as i32);
    init.set_client_y(y.round() as i32);
    let event = PointerEvent::new_with_event_init_dict(what, &init).unwrap();
    send(selector, &event);
    settle().await;
}

#[wasm_bindgen_test]
async fn a_chosen_photo_is_shown_with_its_edges_and_the_steps_to_the_answer() {
    let _page = page().await;
    click("#tab-photo").await;
    assert!(!is_visible(".photo"));
    let photo = photo(240, 160);
    choose(&png(&photo));
    until_shown(&photo).await;
    assert!(is_visible(".photo"));
    assert_shows("#photo-original", photo.clone());
    assert_shows("#photo-crop", square_crop(&photo));
    assert_shows("#photo-grey-32", photo_grey(&photo));
    assert_edges(&photo, 170.0, 300.0).await;
    assert_eq!(text(".photo .caption"), "240 × 160 pixels");
    // Both lie on each other, and what is left of the divider is not covered.
    let area = |selector| stage::element::<Element>(selector).get_bounding_client_rect();
    let (below, above) = (area("#photo-original"), area("#photo-edges"));
    assert_eq!((below.left(), below.top()), (above.left(), above.top()));
    assert_eq!(
        (below.width(), below.height()),
        (above.width(), above.height())
    );
    assert!((below.width() / below.height() - 1.5).abs() < 0.02);
}

#[wasm_bindgen_test]
async fn the_answer_stands_at_the_end_of_the_steps() {
    let workers = page_worker::install();
    let addresses = fake_engine::answering([0.0, 0.0, 0.0, 0.0, 0.87, 0.0, 0.0, 0.13, 0.0, 0.0]);
    let _stage = stage::mount(move || view! { <App addresses=addresses /> }).await;
    click("#tab-photo").await;
    let photo = photo(60, 60);
    choose(&png(&photo));
    until("the answer is shown", || text("#photo-answer") == "cat87%").await;
    drop(workers);
}

#[wasm_bindgen_test]
async fn the_divider_moves_by_keys_and_pointer() {
    let _opened = opened().await;
    let place = || attribute("#divider", "aria-valuenow").unwrap();
    let clip = || {
        let style = window()
            .get_computed_style(&stage::element("#photo-edges"))
            .unwrap()
            .unwrap();
        style.get_property_value("clip-path").unwrap()
    };
    assert_eq!(
        (place(), clip()),
        ("50".into(), "inset(0px 0px 0px 50%)".into())
    );
    press("#divider", "ArrowRight", true).await;
    assert_eq!(place(), "50");
    press("#divider", "ArrowRight", false).await;
    assert_eq!(
        (place(), clip()),
        ("52".into(), "inset(0px 0px 0px 52%)".into())
    );
    assert_eq!(
        attribute("#divider", "aria-valuetext").as_deref(),
        Some("52% photo, 48% edges")
    );
    for (key, to) in [
        ("PageDown", "32"),
        ("End", "100"),
        ("ArrowRight", "100"),
        ("Home", "0"),
    ] {
        press("#divider", key, false).await;
        assert_eq!(place(), to, "{key}");
    }
    let frame = stage::element::<Element>(".compare").get_bounding_client_rect();
    let at = |share: f64| (frame.left() + frame.width() * share, frame.top() + 9.0);
    pointer("#divider", "pointerdown", at(0.0)).await;
    pointer("#divider", "pointermove", at(0.25)).await;
    assert!((24..=26).contains(&place().parse().unwrap()), "{}", place());
    pointer("#divider", "pointerup", at(0.25)).await;
    pointer("#divider", "pointermove", at(0.75)).await;
    assert!((24..=26).contains(&place().parse().unwrap()), "{}", place());
}

#[wasm_bindgen_test]
async fn the_divider_is_let_go_where_no_release_is_heard() {
    let _opened = opened().await;
    let place = || attribute("#divider", "aria-valuenow").unwrap();
    let frame = stage::element::<Element>(".compare").get_bounding_client_rect();
    let at = |share: f64| (frame.left() + frame.width() * share, frame.top() + 9.0);
    pointer("#divider", "pointerdown", at(0.5)).await;
    pointer_of(2, 1, "#divider", "pointerdown", at(0.9)).await;
    pointer_of(2, 1, "#divider", "pointermove", at(0.9)).await;
    assert_eq!(place(), "50");
    pointer("#divider", "lostpointercapture", at(0.5)).await;
    pointer("#divider", "pointermove", at(0.75)).await;
    assert_eq!(place(), "50");
    pointer("#divider", "pointerdown", at(0.5)).await;
    pointer_of(1, 0, "#divider", "pointermove", at(0.75)).await;
    pointer("#divider", "pointermove", at(0.75)).await;
    assert_eq!(place(), "50");
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
    let edges = assert_edges(&photo, 170.0, 300.0).await;
    let logit = attribute(".bar[data-class='0']", "data-logit").unwrap();
    let logit: f32 = logit.parse().unwrap();
    assert!(
        (logit - 0.1_f32.ln() - checksum(&edges)).abs() < 1e-3,
        "{logit}"
    );
}

#[wasm_bindgen_test]
async fn a_large_photo_has_its_edges_found_at_the_size_of_the_screen() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(2000, 500);
    choose(&png(&photo));
    until("the photo is shown", || {
        text(".photo .caption") == "1600 × 400 pixels, shrunk from 2000 × 500"
    })
    .await;
    let shown = resize_rgb(&photo, 1600, 400);
    assert_shows("#photo-original", shown.clone());
    assert_shows("#photo-grey-32", photo_grey(&photo));
    let room = || {
        let room = attribute(".compare", "data-room").unwrap();
        let (width, height) = room.split_once(' ').unwrap();
        (width.parse().unwrap(), height.parse().unwrap())
    };
    until("the edges are found anew", || {
        room() != (0, 0) && pixels("#photo-edges").dimensions() == room()
    })
    .await;
    let (width, height): (u32, u32) = room();
    // The browser rounds to whole pixels of the screen.
    let area = stage::element::<Element>("#photo-edges").get_bounding_client_rect();
    let scale = window().device_pixel_ratio();
    assert!((area.width() * scale - f64::from(width)).abs() < 1.0);
    assert!((area.height() * scale - f64::from(height)).abs() < 1.0);
    assert!(width < 1600, "the screen shows all of it");
    let grey = luma(&resize_rgb(&shown, width, height));
    assert_shows("#photo-edges", canny(&grey, CannyThresholds::default()));
}

#[wasm_bindgen_test]
async fn any_picture_can_be_chosen() {
    let _page = page().await;
    click("#tab-photo").await;
    assert_eq!(
        attribute("#photo-file", "accept").as_deref(),
        Some("image/*")
    );
}
