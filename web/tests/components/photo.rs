//! Photos: how they come in, what is shown of them, and the thresholds of their edges.

mod camera;
mod crop;
mod samples;
mod saving;

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Rgb, RgbImage};
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use shared::input::{edges_from_photo, photo_grey};
use shared::picture::{CannyThresholds, canny, luma, resize_rgb, square_crop};
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web_sys::{
    ClipboardEvent, ClipboardEventInit, DataTransfer, DragEvent, DragEventInit, Element, Event,
    EventInit, File, HtmlElement, HtmlInputElement, PointerEvent, PointerEventInit,
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
    png_named("photo.png", photo)
}

fn png_named(name: &str, photo: &RgbImage) -> File {
    let mut bytes = Cursor::new(Vec::new());
    photo.write_to(&mut bytes, ImageFormat::Png).unwrap();
    file(name, bytes.get_ref())
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

fn words(format: &str, words: &str) -> DataTransfer {
    let transfer = DataTransfer::new().unwrap();
    transfer.set_data(format, words).unwrap();
    transfer
}

fn choose(file: &File) {
    let input: HtmlInputElement = stage::element("#photo-file");
    input.set_files(transfer(file).files().as_ref());
    send("#photo-file", &Event::new("change").unwrap());
}

/// Drags something over an element; whether the page takes it.
fn drag(what: &str, transfer: &DataTransfer, over: &str) -> bool {
    let init = DragEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_data_transfer(Some(transfer));
    let event = DragEvent::new_with_event_init_dict(what, &init).unwrap();
    send(over, &event);
    event.default_prevented()
}

fn paste(transfer: &DataTransfer, into: &str) {
    let init = ClipboardEventInit::new();
    init.set_bubbles(true);
    init.set_clipboard_data(Some(transfer));
    let event = ClipboardEvent::new_with_event_init_dict("paste", &init).unwrap();
    send(into, &event);
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

/// Moves the main button of a mouse over an element, to a place in the window.
async fn pointer(selector: &str, what: &str, (x, y): (f64, f64)) {
    let init = PointerEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_pointer_id(1);
    init.set_client_x(x.round() as i32);
    init.set_client_y(y.round() as i32);
    let event = PointerEvent::new_with_event_init_dict(what, &init).unwrap();
    send(selector, &event);
    settle().await;
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

fn checked_presets() -> u32 {
    let checked =
        document().query_selector_all("[role=radiogroup] [type=radio][name=preset]:checked");
    checked.unwrap().length()
}

fn pressed_preset() -> Option<String> {
    find(".preset:has(:checked)").and_then(|preset| preset.get_attribute("data-low"))
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
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(240, 160);
    choose(&png(&photo));
    until_shown(&photo).await;
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
async fn the_four_presets_are_compared_on_request() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(90, 60);
    choose(&png(&photo));
    until_shown(&photo).await;
    assert_eq!(
        pixels("#preset-0").dimensions(),
        (300, 150),
        "nothing is painted yet"
    );
    click("#panels summary").await;
    until("the panels are painted", || {
        pixels("#preset-3").dimensions() == (90, 60)
    })
    .await;
    for (index, thresholds) in CannyThresholds::PRESETS.into_iter().enumerate() {
        assert_shows(
            &format!("#preset-{index}"),
            canny(&luma(&photo), thresholds),
        );
    }
    let names = text(".panel-grid");
    for name in [
        "Detailed 50 / 100",
        "Balanced 150 / 200",
        "Course 170 / 300",
        "Bold 250 / 300",
    ] {
        assert!(names.contains(name), "{names}");
    }
    // They follow the photo.
    let other = self::photo(66, 44);
    choose(&png(&other));
    until("the panels follow", || {
        pixels("#preset-3").dimensions() == (66, 44)
    })
    .await;
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
async fn presets_set_both_thresholds_and_are_one_group_of_radio_buttons() {
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
        assert_eq!(checked_presets(), 1);
        assert_eq!(sliders(), [low.to_string(), high.to_string()]);
        pictures.push(assert_edges(&photo, low, high).await);
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
    assert_edges(&photo, 40.0, 300.0).await;
    let share = |name| {
        let double: HtmlElement = stage::element(".double");
        double.style().get_property_value(name).unwrap()
    };
    assert_eq!([share("--low"), share("--high")], ["0.04", "0.3"]);
    slide("#high", 20).await;
    assert_eq!(sliders(), ["20", "20"]);
    assert_eq!(text("output[for=low]"), "20");
    assert_edges(&photo, 20.0, 20.0).await;
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
async fn the_worker_starts_with_the_photo_view() {
    let before = page_worker::started();
    let _page = page().await;
    assert_eq!(page_worker::started(), before);
    click("#tab-photo").await;
    assert_eq!(page_worker::started(), before + 1);
    click("#tab-draw").await;
    click("#tab-photo").await;
    assert_eq!(page_worker::started(), before + 1);
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

#[wasm_bindgen_test]
async fn a_picture_too_large_is_refused_and_the_photo_before_stays() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(50, 40);
    choose(&png(&photo));
    until_shown(&photo).await;
    let header = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x4e\x20\0\0\x4e\x20\x08\x02\0\0\0";
    choose(&file("bomb.png", header));
    until_told(
        "“bomb.png” is too large to open here: it has 400 megapixels, and 100 are the most.",
    )
    .await;
    assert_shows("#photo-original", photo.clone());
    slide("#low", 100).await;
    assert_edges(&photo, 100.0, 300.0).await;
}

#[wasm_bindgen_test]
async fn the_newest_file_counts_while_another_is_being_opened() {
    let _page = page().await;
    click("#tab-photo").await;
    choose(&file(NEVER_OPENS, b"slow"));
    until("it is being opened", || {
        text(".drop label strong") == "Opening …"
    })
    .await;
    assert_eq!(attribute(".drop", "aria-busy").as_deref(), Some("true"));
    let photo = photo(50, 40);
    choose(&png(&photo));
    until_shown(&photo).await;
    assert_eq!(text(".drop label strong"), "Choose a photo");
}

#[wasm_bindgen_test]
async fn a_file_that_takes_long_is_said_to_do_so() {
    page_worker::make_time_fly();
    let _page = page().await;
    click("#tab-photo").await;
    choose(&file(NEVER_OPENS, b"slow"));
    until_told("“never.png” is taking long to open.").await;
    page_worker::let_time_be();
    let photo = photo(50, 40);
    choose(&png(&photo));
    until_shown(&photo).await;
    assert!(!is_visible("#error"));
}

#[wasm_bindgen_test]
async fn a_worker_that_dies_is_told_and_replaced() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(50, 40);
    choose(&png(&photo));
    until_shown(&photo).await;
    choose(&file(CRASHES, b"crash"));
    until_told("“crashes.png” could not be opened").await;
    assert!(text("#error").contains("out of memory"));
    assert_shows("#photo-original", photo.clone());
    assert_eq!(text(".drop label strong"), "Choose a photo");
    // Edges need a worker too.
    slide("#low", 100).await;
    assert_edges(&photo, 100.0, 300.0).await;
    let other = self::photo(44, 33);
    choose(&png(&other));
    until_shown(&other).await;
    assert!(!is_visible("#error"));
}

#[wasm_bindgen_test]
async fn a_photo_can_be_dropped_on_the_drawing_view() {
    let _page = page().await;
    let photo = photo(60, 80);
    let files = transfer(&png(&photo));
    assert!(drag("dragover", &files, "body"));
    assert!(drag("drop", &files, "body"));
    until_shown(&photo).await;
    assert!(find(".drop.hovering").is_none());
    assert!(is_visible("#panel-photo"));
    assert_shows("#photo-original", photo);
}

#[wasm_bindgen_test]
async fn the_photo_view_shows_that_a_file_over_it_is_welcome() {
    let _page = page().await;
    click("#tab-photo").await;
    let files = transfer(&png(&photo(60, 80)));
    assert!(drag("dragover", &files, "body"));
    settle().await;
    assert!(is_visible(".drop.hovering"));
    drag("dragleave", &files, "body");
    settle().await;
    assert!(find(".drop.hovering").is_none());
}

#[wasm_bindgen_test]
async fn a_file_that_shows_no_photo_does_not_change_the_view() {
    let _page = page().await;
    drag("drop", &transfer(&file("notes.txt", b"Dear diary")), "body");
    until_told("“notes.txt” is not a picture").await;
    assert!(is_visible("#panel-draw"));
    drag("drop", &transfer(&file("empty.png", b"")), "body");
    until_told("“empty.png” is an empty file").await;
    assert!(is_visible("#panel-draw"));
}

#[wasm_bindgen_test]
async fn a_drop_without_a_file_is_answered_with_what_can_be_dropped() {
    let _page = page().await;
    let link = words("text/uri-list", "https://example.org/cat.png");
    assert!(drag("dragover", &link, "body"));
    settle().await;
    assert!(find(".drop.hovering").is_none());
    assert!(drag("drop", &link, "body"));
    until_told("save the picture first, then drop the file").await;
    drag("drop", &words("text/plain", "a cat"), "body");
    until_told("There is no file in that").await;
    assert!(is_visible("#panel-draw"));
    paste(
        &words(
            "text/html",
            "<p>Hello</p><img src='https://example.org/cat.png'>",
        ),
        "body",
    );
    until_told("save the picture first").await;
}

#[wasm_bindgen_test]
async fn text_that_is_being_edited_is_left_alone() {
    let _page = page().await;
    let field = document().create_element("textarea").unwrap();
    field.set_id("editing");
    stage::element::<Element>("#shell")
        .append_child(&field)
        .unwrap();
    let text = words("text/plain", "a cat");
    assert!(!drag("dragover", &text, "#editing"));
    assert!(!drag("drop", &text, "#editing"));
    paste(&text, "#editing");
    settle().await;
    assert!(!is_visible("#error"));
    // A file is the page's wherever it is dropped: the browser would leave the page for it.
    assert!(drag("dragover", &transfer(&png(&photo(9, 9))), "#editing"));
}

#[wasm_bindgen_test]
async fn of_several_files_the_first_picture_is_opened_and_the_page_says_so() {
    let _page = page().await;
    let (one, other) = (photo(60, 80), photo(30, 20));
    let notes = file("notes.txt", b"Dear diary");
    let dropped = files(&[
        &notes,
        &png_named("one.png", &one),
        &png_named("other.png", &other),
    ]);
    drag("drop", &dropped, "body");
    until_shown(&one).await;
    assert_eq!(
        text(".note[role=status]"),
        "There are 3 files. Only “one.png” is opened, the first picture among them."
    );
    choose(&png(&other));
    until_shown(&other).await;
    assert_eq!(text(".note[role=status]"), "");
}

#[wasm_bindgen_test]
async fn a_photo_can_be_pasted() {
    let _page = page().await;
    let photo = photo(44, 33);
    paste(&transfer(&png(&photo)), "body");
    until_shown(&photo).await;
    assert!(is_visible("#panel-photo"));
    assert_shows("#photo-original", photo);
}
