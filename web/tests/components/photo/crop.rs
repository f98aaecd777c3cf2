//! The crop box: what the network sees of a photo.

use image::imageops::crop_imm;

use super::*;

/// Waits until the network sees this square of the photo.
async fn until_seen(photo: &RgbImage, left: u32, top: u32, side: u32) {
    let part = crop_imm(photo, left, top, side, side).to_image();
    let place = format!("{side} by {side} pixels, {left} from the left, {top} from the top");
    until(&place, || text("#crop-place") == place).await;
    let edges = DynamicImage::from(edges_from_photo(&part, CannyThresholds::default()));
    until("the edges of the crop are found", || {
        pixels("#photo-edges-32") == edges.to_rgba8()
    })
    .await;
    assert_shows("#photo-grey-32", photo_grey(&part));
    assert_shows("#photo-crop", part);
}

fn area(selector: &str) -> web_sys::DomRect {
    stage::element::<Element>(selector).get_bounding_client_rect()
}

#[wasm_bindgen_test]
async fn it_begins_as_the_centred_square_and_comes_back_to_it() {
    let (_page, photo) = opened().await;
    until_seen(&photo, 40, 0, 160).await;
    assert!(stage::element::<Element>("#reset-crop").has_attribute("disabled"));
    press("#crop", "ArrowLeft", false).await;
    until_seen(&photo, 38, 0, 160).await;
    click("#reset-crop").await;
    until_seen(&photo, 40, 0, 160).await;
    press("#crop", "-", false).await;
    until_seen(&photo, 42, 2, 156).await;
    send("#crop", &Event::new("dblclick").unwrap());
    until_seen(&photo, 40, 0, 160).await;
}

#[wasm_bindgen_test]
async fn keys_move_and_size_it() {
    let (_page, photo) = opened().await;
    for (key, [left, top, side]) in [
        ("ArrowRight", [42, 0, 160]),
        ("-", [44, 2, 156]),
        ("ArrowDown", [44, 4, 156]),
        ("ArrowUp", [44, 2, 156]),
        ("+", [42, 0, 160]),
        ("Home", [40, 0, 160]),
    ] {
        press("#crop", key, false).await;
        until_seen(&photo, left, top, side).await;
    }
    let init = web_sys::KeyboardEventInit::new();
    init.set_key("ArrowLeft");
    init.set_shift_key(true);
    let event = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init);
    send("#crop", &event.unwrap());
    until_seen(&photo, 42, 2, 156).await;
    // The browser's own shortcuts are not the page's.
    press("#crop", "-", true).await;
    until_seen(&photo, 42, 2, 156).await;
}

#[wasm_bindgen_test]
async fn a_pointer_moves_it_and_sizes_it_at_its_corners() {
    let (_page, photo) = opened().await;
    // Events have whole pixels of the screen: as wide as the photo, the frame has the photo's.
    let style = stage::element::<HtmlElement>(".compare").style();
    style.set_property("width", "240px").unwrap();
    let frame = area(".compare");
    let scale = frame.width() / 240.0;
    let place = |x: f64, y: f64| (frame.left() + x * scale, frame.top() + y * scale);
    pointer(
        "[data-corner='bottom-right']",
        "pointerdown",
        place(199.0, 159.0),
    )
    .await;
    pointer("#crop", "pointermove", place(149.0, 109.0)).await;
    pointer("#crop", "pointerup", place(149.0, 109.0)).await;
    until("it is smaller", || {
        text("#crop-place").starts_with("110 by 110 pixels, 40 from")
    })
    .await;
    pointer("#crop", "pointerdown", place(90.0, 40.0)).await;
    pointer("#crop", "pointermove", place(999.0, 999.0)).await;
    pointer("#crop", "pointerup", place(999.0, 999.0)).await;
    until_seen(&photo, 130, 50, 110).await;
    // The button is up.
    pointer("#crop", "pointermove", place(0.0, 0.0)).await;
    until_seen(&photo, 130, 50, 110).await;
    let (crop, frame) = (area("#crop"), area(".compare"));
    assert!((crop.right() - frame.right()).abs() < 1.0);
    assert!((crop.bottom() - frame.bottom()).abs() < 1.0);
    for corner in ["top-left", "top-right", "bottom-left", "bottom-right"] {
        let handle = area(&format!("[data-corner='{corner}']"));
        assert_eq!((handle.width(), handle.height()), (44.0, 44.0), "{corner}");
    }
}

#[wasm_bindgen_test]
async fn it_is_let_go_where_no_release_is_heard() {
    let (_page, photo) = opened().await;
    press("#crop", "-", false).await;
    until_seen(&photo, 42, 2, 156).await;
    let at = |x: f64| (x, 50.0);
    pointer("#crop", "pointerdown", at(50.0)).await;
    // A second finger, and then the end of it.
    for what in ["pointerdown", "pointermove", "pointerup"] {
        pointer_of(2, 1, "#crop", what, at(500.0)).await;
    }
    pointer("#crop", "lostpointercapture", at(50.0)).await;
    pointer("#crop", "pointermove", at(500.0)).await;
    until_seen(&photo, 42, 2, 156).await;
    pointer("#crop", "pointerdown", at(50.0)).await;
    pointer_of(1, 0, "#crop", "pointermove", at(500.0)).await;
    pointer("#crop", "pointermove", at(500.0)).await;
    until_seen(&photo, 42, 2, 156).await;
    pointer("#crop", "pointerdown", at(50.0)).await;
    pointer_of(2, 0, "#crop", "pointerup", at(500.0)).await;
    pointer("#crop", "pointermove", at(999.0)).await;
    until_seen(&photo, 84, 2, 156).await;
}

#[wasm_bindgen_test]
async fn the_next_photo_begins_with_its_centred_square() {
    let (_page, _) = opened().await;
    press("#crop", "-", false).await;
    let other = photo(100, 130);
    choose(&png(&other));
    until_shown(&other).await;
    until_seen(&other, 0, 15, 100).await;
}

#[wasm_bindgen_test]
async fn the_engine_answers_about_the_crop() {
    let (_page, photo) = opened().await;
    press("#crop", "-", false).await;
    let part = crop_imm(&photo, 42, 2, 156, 156).to_image();
    let edges = edges_from_photo(&part, CannyThresholds::default());
    let expected = 0.1_f32.ln() + checksum(&edges);
    let logit = || -> f32 {
        let logit = attribute(".bar[data-class='0']", "data-logit");
        logit.map_or(f32::NAN, |logit| logit.parse().unwrap())
    };
    until("the engine has answered", || {
        (logit() - expected).abs() < 1e-3
    })
    .await;
}

#[wasm_bindgen_test]
async fn its_place_is_said_aloud_once_it_has_held() {
    let (_page, _) = opened().await;
    assert_eq!(attribute("#crop-place", "role"), None);
    let said = || text("#crop-place + [role=status]");
    press("#crop", "ArrowLeft", false).await;
    press("#crop", "ArrowLeft", false).await;
    assert_eq!(said(), "");
    until("it is said", || !said().is_empty()).await;
    assert_eq!(
        said(),
        "160 by 160 pixels, 36 from the left, 0 from the top"
    );
}
