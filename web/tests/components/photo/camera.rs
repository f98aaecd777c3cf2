//! The camera, which Chromium plays (`--use-fake-device-for-media-stream`).

use js_sys::Function;
use wasm_bindgen::JsValue;

use super::*;

fn run(script: &str) -> JsValue {
    Function::new_no_args(script).call0(&JsValue::NULL).unwrap()
}

/// Notes the streams that the page gets in `globalThis.streams`.
fn note_streams() {
    run("globalThis.streams = [];
        const devices = navigator.mediaDevices;
        delete devices.getUserMedia;
        const ask = devices.getUserMedia.bind(devices);
        devices.getUserMedia = async (wanted) => {
          const stream = await ask(wanted);
          streams.push(stream);
          return stream;
        };");
}

/// Lets the browser refuse its camera with an error of this name.
fn refuse(name: &str) {
    run(&format!(
        "navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('no', '{name}'); }};"
    ));
}

fn asked() -> f64 {
    run("return streams.length").as_f64().unwrap()
}

/// Whether all of the page's cameras are off.
fn is_off() -> bool {
    let off = "return streams.every((stream) => stream.getTracks().every((track) => track.readyState === 'ended'))";
    run(off).is_truthy()
}

fn original() -> image::RgbaImage {
    pixels("#photo-original")
}

/// Starts the camera, and waits until its picture moves.
async fn start() {
    click("#camera").await;
    until("the camera's picture", || {
        is_visible(".photo") && is_visible("#camera-stop")
    })
    .await;
    let first = original();
    until("another picture", || original() != first).await;
}

#[wasm_bindgen_test]
async fn it_is_asked_for_only_when_it_is_pressed_and_ends_with_the_button() {
    note_streams();
    let _page = page().await;
    click("#tab-photo").await;
    assert_eq!(asked(), 0.0);
    start().await;
    assert_eq!(asked(), 1.0);
    assert!(!is_off());
    assert!(!is_visible("#camera"));
    click("#camera-stop").await;
    assert!(is_off());
    // Nothing was open before.
    assert!(!is_visible(".photo") && is_visible("#camera"));
}

#[wasm_bindgen_test]
async fn its_frames_are_worked_on_like_photos() {
    note_streams();
    let _page = page().await;
    click("#tab-photo").await;
    start().await;
    click("#camera-take").await;
    assert!(is_off());
    settle().await;
    let still = original();
    settle().await;
    assert!(
        is_visible(".photo") && original() == still,
        "the camera still runs"
    );
    let photo = DynamicImage::from(still).to_rgb8();
    let crop = square_crop(&photo);
    assert_shows("#photo-crop", crop.clone());
    until("the still's edges", || {
        let edges = edges_from_photo(&crop, CannyThresholds::default());
        pixels("#photo-edges-32") == DynamicImage::from(edges).to_rgba8()
    })
    .await;
    slide("#low", 100).await;
    slide("#high", 200).await;
    until("other edges", || {
        let edges = edges_from_photo(&crop, CannyThresholds::new(100.0, 200.0));
        pixels("#photo-edges-32") == DynamicImage::from(edges).to_rgba8()
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_focus_stays_where_the_camera_s_buttons_are() {
    note_streams();
    let _page = page().await;
    click("#tab-photo").await;
    let focused = || document().active_element().map(|element| element.id());
    stage::element::<HtmlElement>("#camera").focus().unwrap();
    start().await;
    until("the focus is on the next button", || {
        focused().as_deref() == Some("camera-take")
    })
    .await;
    click("#camera-stop").await;
    until("the focus is on the first button", || {
        focused().as_deref() == Some("camera")
    })
    .await;
    // It is not taken away from elsewhere.
    start().await;
    stage::element::<HtmlElement>("#tab-photo").focus().unwrap();
    run("streams[1].getTracks().forEach((track) => track.stop());");
    until_told("The camera was disconnected.").await;
    settle().await;
    assert_eq!(focused().as_deref(), Some("tab-photo"));
}

#[wasm_bindgen_test]
async fn stopping_it_goes_back_to_the_photo_before() {
    note_streams();
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(90, 60);
    choose(&png(&photo));
    until_shown(&photo).await;
    press("#crop", "-", false).await;
    let place = text("#crop-place");
    start().await;
    click("#camera-stop").await;
    assert_shows("#photo-original", photo.clone());
    assert_eq!(text("#crop-place"), place);
    slide("#low", 100).await;
    assert_edges_of_all(&photo, 100.0, 300.0).await;
}

async fn assert_edges_of_all(photo: &RgbImage, low: f64, high: f64) {
    let edges = canny(&luma(photo), CannyThresholds::new(low, high));
    let edges = DynamicImage::from(edges).to_rgba8();
    until("the edges of the photo before", || {
        pixels("#photo-edges") == edges
    })
    .await;
}

#[wasm_bindgen_test]
async fn it_is_off_in_another_view_and_when_a_file_is_opened() {
    note_streams();
    let _page = page().await;
    click("#tab-photo").await;
    start().await;
    click("#tab-draw").await;
    assert!(is_off());
    click("#tab-photo").await;
    assert!(
        is_visible(".photo") && is_visible("#camera"),
        "the last frame stays"
    );
    start().await;
    let photo = photo(90, 60);
    choose(&png(&photo));
    until_shown(&photo).await;
    assert!(is_off() && is_visible("#camera"));
    assert_edges(&photo, 170.0, 300.0).await;
}

#[wasm_bindgen_test]
async fn one_that_is_granted_late_does_not_replace_a_file_opened_meanwhile() {
    note_streams();
    run("const devices = navigator.mediaDevices;
        const ask = devices.getUserMedia;
        const granted = new Promise((grant) => { globalThis.grant = grant; });
        devices.getUserMedia = async (wanted) => { await granted; return ask(wanted); };");
    let _page = page().await;
    click("#tab-photo").await;
    click("#camera").await;
    let photo = photo(90, 60);
    choose(&png(&photo));
    until_shown(&photo).await;
    run("grant()");
    until("the camera is granted", || asked() == 1.0).await;
    until("it is off again", is_off).await;
    assert!(is_visible("#camera") && !is_visible("#camera-stop"));
    assert_shows("#photo-original", photo);
}

#[wasm_bindgen_test]
async fn it_is_off_when_the_page_is_hidden() {
    note_streams();
    let _page = page().await;
    click("#tab-photo").await;
    start().await;
    run(
        "Object.defineProperty(document, 'hidden', { configurable: true, value: true });
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
        delete document.hidden;",
    );
    settle().await;
    assert!(is_off() && is_visible("#camera"));
}

#[wasm_bindgen_test]
async fn it_is_off_with_the_page() {
    note_streams();
    let page = page().await;
    click("#tab-photo").await;
    start().await;
    drop(page);
    assert!(is_off());
}

#[wasm_bindgen_test]
async fn a_camera_that_goes_away_leaves_its_last_frame() {
    note_streams();
    let _page = page().await;
    click("#tab-photo").await;
    start().await;
    run("streams[0].getTracks().forEach((track) => track.stop());");
    until_told("The camera was disconnected. Its last picture is kept.").await;
    assert!(is_visible(".photo") && is_visible("#camera"));
}

#[wasm_bindgen_test]
async fn refusals_are_told_as_sentences() {
    let _page = page().await;
    click("#tab-photo").await;
    for (name, sentence) in [
        ("NotAllowedError", "The camera is blocked for this page."),
        ("NotFoundError", "No camera was found."),
        ("NotReadableError", "another program may be using it"),
        ("SomeError", "The camera could not be started (no)."),
    ] {
        refuse(name);
        stage::element::<HtmlElement>("#camera").focus().unwrap();
        click("#camera").await;
        until_told(sentence).await;
        until("the focus is on the button again", || {
            document().active_element().unwrap().id() == "camera"
        })
        .await;
        assert!(is_visible("#camera") && !is_visible(".photo"));
    }
    run(
        "Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: undefined });",
    );
    click("#camera").await;
    until_told("its address must begin with https").await;
    run("delete navigator.mediaDevices;");
}
