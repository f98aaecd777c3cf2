//! The story's view.

mod sample;
mod slow;

use base64::prelude::{BASE64_STANDARD, Engine};
use image::{GrayImage, Luma};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web::engines::client::Addresses;
use web::engines::limits::Limits;
use web_sys::{Event, EventInit, HtmlInputElement, PointerEvent, PointerEventInit};

use crate::fake_engine;
use crate::stage::{
    self, Stage, attribute, click, element, find, is_visible, pixels, send, settle, speak, text,
    until,
};

const CAT: [f32; 10] = [0.01, 0.01, 0.01, 0.01, 0.87, 0.01, 0.01, 0.05, 0.01, 0.01];

/// As long as it is there, a script has changed what the page fetches and starts.
struct Script;

impl Script {
    fn new(script: &str) -> Self {
        let noted = "globalThis.realFetch ??= fetch; globalThis.RealWorker ??= Worker;";
        js_sys::eval(&format!("{{ {noted} {script} }}")).unwrap();
        Self
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        js_sys::eval("globalThis.fetch = realFetch; globalThis.Worker = RealWorker;").unwrap();
    }
}

/// The page with the story in front; its file holds `story`, where it has one.
async fn page(story: Option<&[u8]>) -> Stage {
    page_within(story, Limits::default()).await
}

/// The same with other limits of waiting.
async fn page_within(story: Option<&[u8]>, limits: Limits) -> Stage {
    let address = |bytes| {
        let bytes = BASE64_STANDARD.encode(bytes);
        format!("data:application/octet-stream;base64,{bytes}")
    };
    let addresses = Addresses {
        story: story.map(address),
        limits,
        ..fake_engine::answering(CAT)
    };
    let page = stage::mount(move || view! { <App addresses=addresses /> }).await;
    click("#tab-story").await;
    until("the story is there", || find(".story").is_some()).await;
    page
}

async fn whole_page() -> Stage {
    let page = page(Some(&sample::story().write().unwrap())).await;
    until("the film is there", || is_visible("#film")).await;
    page
}

/// Moves a slider.
async fn slide(selector: &str, to: u32) {
    let input: HtmlInputElement = element(selector);
    input.set_value(&to.to_string());
    let init = EventInit::new();
    init.set_bubbles(true);
    let event = Event::new_with_event_init_dict("input", &init).unwrap();
    send(selector, &event);
    settle().await;
}

/// Moves the pointer to a place of an element, in shares of its sides.
async fn point(selector: &str, x: f64, y: f64) {
    element::<web_sys::Element>(selector).scroll_into_view();
    let area = element::<web_sys::Element>(selector).get_bounding_client_rect();
    let init = PointerEventInit::new();
    init.set_client_x((area.left() + x * area.width()) as i32);
    init.set_client_y((area.top() + y * area.height()) as i32);
    let event = PointerEvent::new_with_event_init_dict("pointermove", &init).unwrap();
    send(selector, &event);
    settle().await;
}

/// Two sample photos of the shell: dark on the left and light on the right, and light all over.
struct Photo;

impl Photo {
    fn new() -> Self {
        let address = |left: u8| {
            let photo = GrayImage::from_fn(64, 64, |x, _| Luma([if x < 32 { left } else { 200 }]));
            let mut png = std::io::Cursor::new(Vec::new());
            photo.write_to(&mut png, image::ImageFormat::Png).unwrap();
            let png = BASE64_STANDARD.encode(png.into_inner());
            format!("data:image/png;base64,{png}")
        };
        let template = document().create_element("template").unwrap();
        template.set_id("samples");
        template.set_inner_html(&format!(
            "<img src='{}' alt='A step' data-zh-alt='一個階梯'><img src='{}#light' alt='A wall' data-zh-alt='一面牆'>",
            address(40),
            address(200)
        ));
        document().body().unwrap().append_child(&template).unwrap();
        Self
    }
}

impl Drop for Photo {
    fn drop(&mut self) {
        if let Some(template) = find("#samples") {
            template.remove();
        }
    }
}

#[wasm_bindgen_test]
async fn a_pixel_is_decided_before_one_s_eyes() {
    let _photo = Photo::new();
    let _page = page(None).await;
    until("the photo is there", || is_visible(".canny-pixel")).await;
    slide("#canny-x", 15).await;
    slide("#canny-y", 9).await;
    // Left of the step: 4 x (180 - 40); shrinking has softened it.
    assert!(
        text("#canny-dx caption").ends_with("560"),
        "{}",
        text("#canny-dx")
    );
    assert!(
        text("#canny-dy caption").ends_with(" 0"),
        "{}",
        text("#canny-dy")
    );
    assert_eq!(
        text("#canny-magnitude"),
        "Magnitude: |560| + |0| = 560 + 0 = 560."
    );
    assert!(text("#canny-compared").contains("left and right"));
    assert_eq!(
        text("#canny-verdict"),
        "An edge: 560 is above the high threshold, 300."
    );
    slide("#canny-high", 700).await;
    assert!(text("#canny-verdict").starts_with("Dropped: 560"));
    slide("#canny-low", 650).await;
    assert!(text("#canny-verdict").starts_with("No edge: 560"));
    point("#canny-grey", 16.5 / 32.0, 4.5 / 32.0).await;
    assert_eq!(
        (text("output[for='canny-x']"), text("output[for='canny-y']")),
        ("16".into(), "4".into())
    );
    let edges = pixels("#canny-edges");
    assert_eq!(edges.dimensions(), (32, 32));
}

#[wasm_bindgen_test]
async fn with_other_weights_the_story_says_whose_it_is() {
    let addresses = Addresses {
        own_weights: Some("other.safetensors".into()),
        ..fake_engine::answering(CAT)
    };
    let _page = stage::mount(move || view! { <App addresses=addresses /> }).await;
    click("#tab-story").await;
    until("the story is there", || find(".story").is_some()).await;
    let told = text("#story-own-weights");
    assert!(told.contains("names other weights"), "{told}");
    let told = text("#story-absent");
    assert!(told.contains("belong to the site’s own network"), "{told}");
}

#[wasm_bindgen_test]
async fn a_site_without_the_file_says_so_and_the_rest_works() {
    let _page = page(None).await;
    assert!(is_visible("#story-absent"));
    assert!(!is_visible(".film") && is_visible("#story-sheet"));
    click(".network-box[data-network='D']").await;
    assert!(text("#story-about-box").starts_with("D reads the features of both"));
    assert_eq!(
        text(".network-box[data-network='C'] .number"),
        "4,750 labels"
    );
    speak("zh-Hant");
    settle().await;
    assert!(text("#story-absent").starts_with("這個網站沒有附上"));
}

#[wasm_bindgen_test]
async fn a_file_that_is_no_story_is_told_and_can_be_asked_for_again() {
    let whole = sample::story().write().unwrap();
    for hostile in [
        &b"<!doctype html>"[..],
        &whole[..whole.len() / 2],
        &[0xff; 64],
        &[],
    ] {
        let _page = page(Some(hostile)).await;
        until("it is told", || find("#story-failed").is_some()).await;
        let told = text("#story-failed");
        assert!(
            told.contains("The file cannot be read (not a complete safetensors"),
            "{told}"
        );
        assert!(!is_visible(".film"));
        let _counted = Script::new(
            "globalThis.asked = 0;
            globalThis.fetch = (...all) => { asked += 1; return realFetch(...all); };",
        );
        click("#story-again").await;
        let focused = document().active_element().unwrap();
        assert_eq!(focused.text_content().unwrap(), "Doodles gather by class");
        until("it is told again", || find("#story-again").is_some()).await;
        assert_eq!(js_sys::eval("asked").unwrap().as_f64(), Some(1.0));
    }
}

#[wasm_bindgen_test]
async fn the_film_moves_and_a_point_says_what_it_is() {
    let _page = whole_page().await;
    assert_eq!(text("#film-epoch"), "After epoch 41");
    let last = pixels("#film");
    slide("#film-at", 0).await;
    assert_eq!(text("#film-epoch"), "After epoch 1");
    assert_ne!(pixels("#film"), last);
    slide("#film-point", 4).await;
    assert_eq!(text("#story-picked").trim_end(), "cat a photo");
    assert!(find("#story-picked .thumb").is_none());
    slide("#film-point", 24).await;
    assert_eq!(
        text("#story-picked").trim_end(),
        "cat a doodle (its label, which was not trained on)"
    );
    assert_eq!(pixels("#story-picked .thumb").dimensions(), (28, 28));
    let by_class = pixels("#film");
    click("#film-domain").await;
    assert_eq!(
        attribute("#film-domain", "aria-pressed").as_deref(),
        Some("true")
    );
    assert_ne!(pixels("#film"), by_class);
    click("#film-play").await;
    assert_eq!(text("#film-play"), "Pause");
    until("the film is over", || text("#film-play") == "Play").await;
    assert_eq!(text("#film-epoch"), "After epoch 41");
}

#[wasm_bindgen_test]
async fn keys_pick_a_point_of_the_film_and_a_reader_hears_what_it_is() {
    let _page = whole_page().await;
    assert_eq!(text("#story-picked"), "Point at a point to see what it is.");
    assert_eq!(attribute("#film-point", "aria-valuetext"), None);
    let before = pixels("#film");
    let slider: HtmlInputElement = element("#film-point");
    slider.focus().unwrap();
    settle().await;
    assert_eq!(text("#story-picked").trim_end(), "horse a photo");
    assert_eq!(
        attribute("#film-point", "aria-valuetext").as_deref(),
        Some("horse, a photo")
    );
    assert_ne!(pixels("#film"), before);
    // A doodle that the run trained on: its picture is not in the file.
    slide("#film-point", 14).await;
    assert_eq!(
        text("#story-picked"),
        "cat a doodle (predicted) Its picture is not among those that came with this page."
    );
    assert!(find("#story-picked .thumb").is_none());
    slide("#film-point", 24).await;
    assert!(find("#story-picked .thumb").is_some());
    speak("zh-Hant");
    settle().await;
    assert_eq!(
        attribute("#film-point", "aria-valuetext").as_deref(),
        Some("貓，塗鴉")
    );
}

#[wasm_bindgen_test]
async fn the_story_says_what_the_problem_is_and_what_helped() {
    let _page = whole_page().await;
    assert!(text(".story-begin").contains("The problem: trained on photos alone"));
    assert!(text("#story-helped").contains("from 46.3% to 68.1%"));
    assert_eq!(
        document()
            .query_selector_all("#story-failures li")
            .unwrap()
            .length(),
        7
    );
}

#[wasm_bindgen_test]
async fn a_pointer_picks_the_point_below_it() {
    let _page = whole_page().await;
    slide("#film-at", 0).await;
    let place = sample::story().frames[0].positions[27];
    let share = |value: u16| 0.03 + 0.94 * f64::from(value) / 4095.0;
    point("#film", share(place[0]), 1.0 - share(place[1])).await;
    assert!(
        text("#story-picked").starts_with("dog a doodle"),
        "{}",
        text("#story-picked")
    );
}

#[wasm_bindgen_test]
async fn a_drawing_is_placed_among_its_nearest_doodles() {
    let _page = whole_page().await;
    assert!(find("#map-nearest li").is_none());
    let before = pixels("#map");
    assert_eq!(
        text("#story-says"),
        "Draw something, and the network answers here."
    );
    click("#story-examples button:nth-child(5)").await;
    until("there are neighbours", || {
        find("#map-nearest li:nth-child(5)").is_some()
    })
    .await;
    assert!(
        text("#map-nearest li:first-child").starts_with("cat"),
        "{}",
        text("#map-nearest")
    );
    assert_eq!(text("#story-says"), "The network says: cat, 87%");
    assert_ne!(pixels("#map"), before);
    click("#story-clear").await;
    until("they are gone", || find("#map-nearest li").is_none()).await;
    click("#story-undo").await;
    until("they are back", || find("#map-nearest li").is_some()).await;
}

#[wasm_bindgen_test]
async fn curves_matrix_and_accuracy_are_those_of_the_file() {
    let _page = whole_page().await;
    assert_eq!(text("#story-accuracy"), "100.0%");
    assert_eq!(text("#story-conditions"), "doodles with odd ids");
    assert_eq!(text("#story-confusion tbody tr:nth-child(5) th"), "cat");
    assert_eq!(text("#story-confusion tbody tr:nth-child(5) .correct"), "9");
    assert_eq!(
        text(".story-curve.target figcaption"),
        "Accuracy on doodles87.0%"
    );
    assert!(
        text("#story-made").contains("seed 19"),
        "{}",
        text("#story-made")
    );
    speak("zh-Hant");
    settle().await;
    assert_eq!(text("#story-confusion tbody tr:nth-child(5) th"), "貓");
    assert_eq!(
        text(".story-curve.target figcaption strong"),
        "塗鴉的準確率"
    );
}

#[wasm_bindgen_test]
async fn weights_that_cannot_be_looked_into_are_told() {
    let _page = whole_page().await;
    let deeper: web_sys::HtmlDetailsElement = element("#deeper");
    deeper.set_open(true);
    until("it is told", || is_visible("#deeper .story-problem")).await;
    // The fake engine's weights are a word.
    assert!(text("#deeper .story-problem").contains("The weights cannot be read"));
}
