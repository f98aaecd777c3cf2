//! Runs, single steps and slow motion.

use image::RgbaImage;
use wasm_bindgen_test::wasm_bindgen_test;

use super::*;
use crate::stage::{attribute, pixels};

/// The small picture in a network's box.
fn picture(network: &str) -> RgbaImage {
    pixels(&format!("[data-network={network}] canvas"))
}

/// Steps that the worker was asked for: whole ones, of D alone, and of F and C alone.
fn asked_for() -> [String; 3] {
    ["source", "target", "domain"].map(|kind| text(&format!(".lab-accuracies .{kind} dd")))
}

#[wasm_bindgen_test]
async fn a_run_pauses_when_another_view_is_in_front() {
    let _page = page().await;
    click("#lab-run").await;
    until("the run is under way", || steps() > 0).await;
    click("#tab-draw").await;
    // The last answer may be under way.
    wait(100).await;
    let before = steps();
    wait(500).await;
    assert_eq!(steps(), before);
    click("#tab-lab").await;
    wait(200).await;
    assert_eq!(steps(), before);
    assert_eq!(text("#lab-run"), "Run");
    click("#lab-run").await;
    until("the run continues", || steps() > before).await;
}

#[wasm_bindgen_test]
async fn steps_that_are_asked_for_while_the_worker_loads_are_made() {
    let _page = page().await;
    for _ in 0..2 {
        element::<web_sys::HtmlElement>("#lab-step-all").click();
    }
    until("both steps are made", || steps() == 2).await;
}

#[wasm_bindgen_test]
async fn the_next_run_of_a_lesson_does_not_begin_behind_another_view() {
    let _page = page().await;
    click("#lab-lesson-2").await;
    click(".lab-speed button:last-child").await;
    click("#lab-answer-1").await;
    let run = |number: u32| attribute(&format!("#lab-run-{number}"), "aria-pressed");
    until("the first run is over", || steps() == 1000).await;
    click("#tab-draw").await;
    wait(1800).await;
    click("#tab-lab").await;
    assert_eq!(run(1).as_deref(), Some("true"));
    assert_eq!(steps(), 1000);
    // Run is how the lesson continues.
    click("#lab-run").await;
    assert_eq!(run(2).as_deref(), Some("true"));
    until("the verdict is there", || find("#lab-verdict").is_some()).await;
}

/// The last answer about a run that was left says nothing of the one that was begun instead.
#[wasm_bindgen_test]
async fn a_run_that_is_begun_before_another_has_ended_is_made_whole() {
    let _page = page().await;
    click("#lab-lesson-2").await;
    click(".lab-speed button:last-child").await;
    click("#lab-answer-1").await;
    let is_shown =
        |number: u32| attribute(&format!("#lab-run-{number}"), "aria-pressed").unwrap() == "true";
    until("the last steps were asked for", || steps() >= 1000 - 64).await;
    // The next frame asks for them.
    wait(100).await;
    assert!(steps() < 1000);
    element::<web_sys::HtmlElement>("#lab-run-2").click();
    // Fewer than the first run had.
    until("the second run is under way", || {
        is_shown(2) && (1..900).contains(&steps())
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_sentences_of_slow_motion_make_one_whole_step() {
    let _page = page().await;
    let (extractor, domain) = (picture("F"), picture("D"));
    for sentence in 1..=6 {
        click("#lab-slow-next").await;
        settle().await;
        let is_made = sentence == 6;
        assert_eq!(steps(), u32::from(is_made), "sentence {sentence}");
        assert_eq!(picture("D") != domain, sentence >= 3, "sentence {sentence}");
        assert_eq!(picture("F") != extractor, is_made, "sentence {sentence}");
    }
    assert_eq!(asked_for(), ["1%", "0%", "0%"]);
    // A link describes it, as it does one step.
    assert_eq!(address(), "#lab=1&until=1");
}

#[wasm_bindgen_test]
async fn a_step_that_is_left_in_slow_motion_is_shown_before_the_next() {
    let _page = page().await;
    for _ in 0..3 {
        click("#lab-slow-next").await;
    }
    assert_eq!(steps(), 0);
    click("#lab-step-all").await;
    assert_eq!(steps(), 2);
    assert!(find("#lab-slow").is_none());
    for _ in 0..3 {
        click("#lab-slow-next").await;
    }
    click("#lab-run").await;
    until("the run continues", || steps() > 3).await;
    click("#lab-run").await;
    assert!(find("#lab-slow").is_none());
    // Nothing of D was trained alone.
    assert_eq!(asked_for()[1..], ["0%", "0%"]);
}

#[wasm_bindgen_test]
async fn accuracies_follow_points_that_are_edited() {
    let _page = page().await;
    for made in 0..2 {
        assert_eq!(text("#lab-source-accuracy"), format!("{made}%"));
        enter("#lab-noise", "0.3", "input").await;
        until("the accuracy is that of the edited points", || {
            text("#lab-source-accuracy") == "100%"
        })
        .await;
        assert_eq!(steps(), made);
        enter("#lab-noise", "0.1", "input").await;
        click("#lab-step-all").await;
    }
}

/// As long as it is there, the browser asks for less motion.
struct Still;

impl Still {
    fn new() -> Self {
        js_sys::eval(
            "globalThis.realMatchMedia = matchMedia;
            globalThis.matchMedia = (query) => query.includes('reduced-motion') ? { matches: true } : realMatchMedia(query);",
        )
        .unwrap();
        Self
    }
}

impl Drop for Still {
    fn drop(&mut self) {
        js_sys::eval("globalThis.matchMedia = realMatchMedia;").unwrap();
    }
}

#[wasm_bindgen_test]
async fn with_less_motion_a_pause_does_not_double_the_speed() {
    let _page = page().await;
    let _still = Still::new();
    click("#lab-run").await;
    wait(300).await;
    for _ in 0..2 {
        click("#lab-run").await;
    }
    until("the picture changes", || steps() > 0).await;
    wait(600).await;
    assert_eq!(steps(), 50);
}

#[wasm_bindgen_test]
async fn a_step_after_the_last_one_has_room() {
    let _page = page().await;
    open("#lab=1,e2&until=2").await;
    until("both steps are made", || steps() == 2).await;
    assert_eq!(text("#lab-step"), "Step 2 of 2");
    click("#lab-step-all").await;
    until("there is one more", || steps() == 3).await;
    assert_eq!(text("#lab-step"), "Step 3 of 3");
    assert_eq!(text(".lab-steps span:last-child"), "3");
    let path = attribute(".lab-curves path.source", "d").unwrap();
    assert!(path.contains("L600.0"), "{path}");
}

#[wasm_bindgen_test]
async fn the_table_ends_with_the_last_step() {
    let _page = page().await;
    open("#lab=1,e19").await;
    for _ in 0..19 {
        element::<web_sys::HtmlElement>("#lab-step-all").click();
    }
    until("all steps are made", || steps() == 19).await;
    assert_eq!(text(".lab-table tbody tr:last-child th"), "19");
    let rows = document().query_selector_all(".lab-table tbody tr");
    assert_eq!(rows.unwrap().length(), 11);
}
