//! Sharing: the link with a drawing, and the dialog.

use leptos::prelude::*;
use shared::drawing::{Drawing, rasterise};
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web::share::code;
use web::share::link::code_in;

use crate::drawing::visitor::{
    ROOF, WALL, assert_seen, drawing, frame, page_after, page_with_sheet_of_512, stroke,
};
use crate::fake_engine;
use crate::stage::{
    self, Stage, attribute, click, find, is_visible, pixels, press, send, settle, text, until,
};

fn address() -> String {
    window().location().hash().unwrap()
}

async fn page() -> Stage {
    stage::mount(|| view! { <App addresses=fake_engine::silent() /> }).await
}

async fn follow(link: &str) {
    window().location().set_hash(link).unwrap();
    settle().await;
}

fn link(strokes: &[&[(i32, i32)]]) -> String {
    format!("draw={}", code::encode(&drawing(strokes)).unwrap())
}

async fn until_replayed() {
    until("the drawing is replayed", || {
        attribute("body", "data-replaying").is_none()
    })
    .await;
    frame().await;
    frame().await;
}

/// Whether the network sees these strokes.
fn is_seen(strokes: &[&[(i32, i32)]]) -> bool {
    let expected: Drawing = drawing(strokes);
    let expected = image::DynamicImage::from(rasterise(&expected)).into_rgba8();
    pixels("#seen-28") == expected
}

/// What a browser does that can share text and pictures, and what it was given.
fn browser_that_shares() {
    js_sys::eval(
        "window.given = {};
        navigator.share = async (data) => { given.shared = data; };
        navigator.canShare = () => true;
        Object.defineProperty(navigator, 'clipboard', { configurable: true, value: {
          writeText: async (text) => { given.text = text; },
          write: async ([item]) => { given.type = (await item.getType('image/png')).type; },
        } });",
    )
    .unwrap();
}

/// What JavaScript says, as text.
fn says(script: &str) -> String {
    js_sys::eval(script)
        .unwrap()
        .as_string()
        .unwrap_or_default()
}

#[wasm_bindgen_test]
async fn a_link_with_a_drawing_shows_it_stroke_by_stroke() {
    let _page = page().await;
    follow(&link(&[ROOF, WALL])).await;
    assert_eq!(attribute("body", "data-replaying").as_deref(), Some(""));
    assert!(!is_seen(&[ROOF, WALL]), "it came at once");
    until_replayed().await;
    assert!(is_seen(&[ROOF, WALL]));
    click("#undo").await;
    frame().await;
    assert!(is_seen(&[ROOF]));
}

#[wasm_bindgen_test]
async fn a_press_skips_to_the_end_of_the_replay() {
    let _page = page().await;
    follow(&link(&[ROOF, WALL])).await;
    let down = web_sys::PointerEvent::new("pointerdown").unwrap();
    window().dispatch_event(&down).unwrap();
    settle().await;
    assert_eq!(attribute("body", "data-replaying"), None);
    assert!(is_seen(&[ROOF, WALL]));
}

#[wasm_bindgen_test]
async fn a_key_during_the_replay_acts_on_the_whole_drawing() {
    let _page = page().await;
    follow(&link(&[ROOF, WALL])).await;
    press("body", "z", true).await;
    assert_eq!(attribute("body", "data-replaying"), None);
    frame().await;
    assert!(is_seen(&[ROOF]));
    assert_eq!(address(), "#draw");
}

#[wasm_bindgen_test]
async fn the_address_names_the_drawing_until_the_visitor_changes_it() {
    let _page = page_with_sheet_of_512().await;
    let link = link(&[ROOF]);
    follow(&link).await;
    until_replayed().await;
    assert_eq!(address(), format!("#{link}"));
    stroke(WALL).await;
    assert_eq!(address(), "#draw");
    assert_seen(&[ROOF, WALL]).await;
}

#[wasm_bindgen_test]
async fn what_was_drawn_before_a_link_was_opened_comes_back_by_undo() {
    let _page = page_with_sheet_of_512().await;
    stroke(WALL).await;
    follow(&link(&[ROOF])).await;
    until_replayed().await;
    assert_seen(&[ROOF]).await;
    click("#undo").await;
    click("#undo").await;
    assert_seen(&[WALL]).await;
}

#[wasm_bindgen_test]
async fn a_link_that_another_program_has_encoded_or_lengthened_is_followed() {
    let _page = page().await;
    let link = link(&[ROOF]);
    for changed in [
        link.replace('=', "%3D"),
        format!("{link}."),
        format!("{link}&utm_source=x"),
    ] {
        follow("draw").await;
        click("#clear").await;
        follow(&changed).await;
        until_replayed().await;
        assert!(is_seen(&[ROOF]), "{changed}");
        assert!(!is_visible("#error"));
    }
}

#[wasm_bindgen_test]
async fn a_bad_link_is_a_sentence_and_leaves_the_drawing() {
    let _page = page_with_sheet_of_512().await;
    stroke(WALL).await;
    let good = link(&[ROOF]);
    let (cut, long) = (
        &good[..good.len() - 3],
        format!("draw={}", "A".repeat(30_000)),
    );
    for bad in ["draw=", "draw=%3Cscript%3E", "draw/AQAB_w", cut, &long] {
        follow("draw").await;
        follow(bad).await;
        assert!(
            text("#error").starts_with("The link holds no drawing"),
            "{bad}"
        );
        assert_seen(&[WALL]).await;
    }
    follow(&good).await;
    until_replayed().await;
    assert!(!is_visible("#error"));
}

#[wasm_bindgen_test]
async fn nothing_can_be_shared_before_anything_is_drawn() {
    let _page = page_with_sheet_of_512().await;
    assert!(attribute("#share", "disabled").is_some());
    stroke(ROOF).await;
    assert!(attribute("#share", "disabled").is_none());
}

#[wasm_bindgen_test]
async fn the_dialog_shows_the_card_and_copies_sends_and_saves() {
    browser_that_shares();
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    click("#share").await;
    let card = pixels("#share-card");
    assert_eq!(card.dimensions(), (1200, 630));
    let colours: std::collections::HashSet<_> = card.pixels().collect();
    assert!(colours.len() > 3, "the card is blank");
    until("the picture is there", || {
        attribute("#share-save", "disabled").is_none()
    })
    .await;

    click("#share-copy-link").await;
    assert_eq!(text("#share-said"), "Link copied.");
    let link = says("given.text");
    let (_, hash) = link.split_once('#').unwrap();
    let shared = code::decode(&code_in(&format!("#{hash}")).unwrap()).unwrap();
    assert_eq!(rasterise(&shared), rasterise(&drawing(&[ROOF])));

    click("#share-copy-picture").await;
    until("the picture is copied", || {
        text("#share-said") == "Picture copied."
    })
    .await;
    assert_eq!(says("given.type"), "image/png");

    click("#share-send").await;
    assert_eq!(says("given.shared.url"), link);
    assert_eq!(says("given.shared.files[0].name"), "edgewise.png");

    click("#share-close").await;
    assert!(find("dialog").is_none());
}

#[wasm_bindgen_test]
async fn the_card_says_what_the_page_says_of_a_drawing_of_something_else() {
    let mut probabilities = [0.01; 10];
    probabilities[1] = 0.91;
    let addresses = fake_engine::not_knowing(probabilities);
    let _page = stage::mount(move || view! { <App addresses=addresses /> }).await;
    stroke(ROOF).await;
    until("it is guessed", || {
        text("#guess") == "This looks like none of my 10"
    })
    .await;
    js_sys::eval(
        "globalThis.written = [];
        globalThis.fillText = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text) { written.push(text); };",
    )
    .unwrap();
    click("#share").await;
    js_sys::eval("CanvasRenderingContext2D.prototype.fillText = globalThis.fillText;").unwrap();
    let written = says("written.join(' ')");
    assert!(written.contains("This looks like"), "{written}");
    assert!(written.contains("none of my 10"), "{written}");
    assert!(!written.contains("bed"), "{written}");
    click("#share-close").await;
}

#[wasm_bindgen_test]
async fn what_the_browser_refuses_is_said() {
    browser_that_shares();
    js_sys::eval(
        "navigator.clipboard.writeText = async () => { throw new Error('Not allowed.'); }",
    )
    .unwrap();
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    click("#share").await;
    click("#share-copy-link").await;
    assert_eq!(
        text("#share-said"),
        "“Copy link” did not work: Not allowed. Try “Save picture”."
    );
}

#[wasm_bindgen_test]
async fn a_picture_that_is_not_saved_is_said_with_other_advice_than_to_save_it() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    click("#share").await;
    until("the picture is there", || {
        attribute("#share-save", "disabled").is_none()
    })
    .await;
    js_sys::eval(
        "globalThis.realAddress = URL.createObjectURL;
        URL.createObjectURL = () => { throw new Error('No room.'); };",
    )
    .unwrap();
    click("#share-save").await;
    js_sys::eval("URL.createObjectURL = realAddress").unwrap();
    assert_eq!(
        text("#share-said"),
        "The picture was not saved: No room. Try again."
    );
}

#[wasm_bindgen_test]
async fn without_a_picture_the_link_is_praised_only_where_there_is_one() {
    js_sys::eval(
        "globalThis.realBlob = HTMLCanvasElement.prototype.toBlob;
        HTMLCanvasElement.prototype.toBlob = (done) => done(null);",
    )
    .unwrap();
    for (strokes, told) in [
        (
            1,
            "The browser could not make the picture. The link still works.",
        ),
        (
            code::MOST_STROKES + 1,
            "The browser could not make the picture. Close this and try again.",
        ),
    ] {
        let many: Vec<&[(i32, i32)]> = vec![ROOF; strokes];
        let _page = page_after(drawing(&many)).await;
        click("#share").await;
        until("it is told", || !text("#share-said").is_empty()).await;
        assert_eq!(text("#share-said"), told);
    }
    js_sys::eval("HTMLCanvasElement.prototype.toBlob = realBlob").unwrap();
}

#[wasm_bindgen_test]
async fn another_view_closes_the_dialog() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    click("#share").await;
    follow("photo").await;
    assert!(find("dialog").is_none());
    assert!(is_visible("#panel-photo"));
}

#[wasm_bindgen_test]
async fn a_click_beside_the_dialog_closes_it() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    click("#share").await;
    click("#share-title").await;
    assert!(find("dialog").is_some());
    let init = web_sys::PointerEventInit::new();
    init.set_bubbles(true);
    let click = web_sys::PointerEvent::new_with_event_init_dict("click", &init).unwrap();
    send("dialog", &click);
    settle().await;
    assert!(find("dialog").is_none());
}
