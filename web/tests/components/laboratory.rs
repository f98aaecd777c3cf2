//! The laboratory with a worker that counts steps and trains nothing.

mod brush;
mod playing;
mod settings;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web::engines::client::Addresses;
use web_sys::{Element, Event, EventInit, HtmlInputElement, HtmlSelectElement};

use crate::stage::{self, Stage, click, element, find, send, settle, text, until};

/// Counts the steps of each kind, in hundredths: whole ones as the source accuracy, those of D alone as the target accuracy, those of
/// F and C as D's. What D and F do differs from step to step. With a noise of 0.3 every source point is classified correctly. It is slow
/// to answer once a run has 1,000 steps.
const WORKER: &str = r#"
    let steps, kinds, isNoisy, draw;
    const row = () => [steps, 0.5, 0.5, 0.5, 0.5, isNoisy ? 1 : kinds.all / 100, kinds.domain / 100, kinds.classifier / 100];
    onmessage = ({ data }) => {
      if (!["Set", "Begin", "Step"].includes(data.type)) return;
      let isNew = data.type === "Begin";
      if (data.settings) {
        isNoisy = data.settings.includes(",n0.3");
        // Other points or networks of other shapes.
        const before = draw;
        draw = data.settings.split(",").filter((field) => /^[dpswh]/.test(field)).concat(data.settings.includes(",f")).join();
        isNew ||= draw !== before;
      }
      if (isNew) [steps, kinds] = [0, { all: 0, domain: 0, classifier: 0 }];
      const numbers = [];
      for (let left = data.count ?? 0; left > 0; left -= 1) {
        steps += 1;
        kinds[data.trained] += 1;
        numbers.push(...row());
      }
      for (const until = performance.now() + 400; steps >= 1000 && data.count && performance.now() < until; );
      const values = (count, value) => new Float32Array(count).fill(value);
      const now = (steps % 10) / 10;
      postMessage({
        type: "Frame", isNew, side: 2,
        numbers: Float32Array.from(numbers.length ? numbers : row()),
        features: values(800, now), arrows: values(1600, 0), bounds: Float32Array.of(0, 0, 1, 1),
        classes: values(8, 0.5), domains: values(4, now), boundary: values(0, 0),
      });
    };
"#;

/// The page with the laboratory in front.
async fn page() -> Stage {
    let code = js_sys::encode_uri_component(WORKER);
    let addresses = Addresses {
        worker: format!("data:text/javascript,{code}//"),
        ..Addresses::default()
    };
    let page = stage::mount(move || view! { <App addresses=addresses /> }).await;
    click("#tab-lab").await;
    until("the laboratory is there", || {
        find("#lab-step").is_some() && text("#lab-step").starts_with("Step 0 of")
    })
    .await;
    page
}

fn address() -> String {
    window().location().hash().unwrap()
}

/// Opens a link.
async fn open(fragment: &str) {
    window().location().set_hash(fragment).unwrap();
    settle().await;
}

/// Steps done.
fn steps() -> u32 {
    let text = text("#lab-step");
    text.split(' ').nth(1).unwrap().parse().unwrap()
}

/// Sets a field's value, and tells the page as a browser does.
async fn enter(selector: &str, value: &str, event: &str) {
    if let Some(select) = find(selector).and_then(|element| element.dyn_into().ok()) {
        HtmlSelectElement::set_value(&select, value);
    } else {
        element::<HtmlInputElement>(selector).set_value(value);
    }
    let init = EventInit::new();
    init.set_bubbles(true);
    let event = Event::new_with_event_init_dict(event, &init).unwrap();
    send(selector, &event);
    settle().await;
}

/// Chooses two moons, or points drawn by hand.
async fn choose_scene(is_drawn: bool) {
    let choice = if is_drawn { "4" } else { "0" };
    enter("#lab-scene", choice, "change").await;
}

fn has_class(selector: &str, class: &str) -> bool {
    element::<Element>(selector).class_list().contains(class)
}

async fn wait(milliseconds: u32) {
    TimeoutFuture::new(milliseconds).await;
}

#[wasm_bindgen_test]
async fn every_button_is_large_enough_for_a_finger() {
    let _page = page().await;
    click("#lab-lesson-2").await;
    let buttons = document().query_selector_all(".lab button").unwrap();
    for index in 0..buttons.length() {
        let button: Element = buttons.get(index).unwrap().unchecked_into();
        let area = button.get_bounding_client_rect();
        // One that is hidden has no size.
        let is_large = area.height() == 0.0 || area.height() >= 43.9;
        assert!(is_large, "{} is {} high", button.id(), area.height());
    }
}
