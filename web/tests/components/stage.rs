//! A place to mount components in, and what a visitor does with them.

use std::any::Any;

use gloo_timers::future::TimeoutFuture;
use image::RgbaImage;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web::kept::own_key;
use web_sys::{
    CanvasRenderingContext2d, Element, Event, HtmlCanvasElement, HtmlElement, KeyboardEvent,
    KeyboardEventInit,
};

/// The shell round the components, with the page's own style.
const SHELL: &str = concat!(
    "<style>",
    include_str!("../../src/style/tokens.css"),
    include_str!("../../src/style/ground.css"),
    include_str!("../../src/style/controls.css"),
    include_str!("../../src/style/shell.css"),
    include_str!("../../src/draw/draw.css"),
    include_str!("../../src/draw/tracing.css"),
    include_str!("../../src/photo/photo.css"),
    include_str!("../../src/guess/guess.css"),
    include_str!("../../src/networks/networks.css"),
    include_str!("../../src/engines/engine.css"),
    include_str!("../../src/about.css"),
    include_str!("../../src/share/share.css"),
    include_str!("../../src/game/game.css"),
    include_str!("../../src/own_classes/own_classes.css"),
    include_str!("../../src/style/needs.css"),
    "</style><div id='error' role='alert' hidden></div><div id='app'></div><p id='measured' hidden></p>"
);

/// A mounted component, unmounted with this value.
pub struct Stage {
    view: Option<Box<dyn Any>>,
    shell: Element,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.view.take();
        self.shell.remove();
    }
}

/// Mounts a view and waits until it stands.
pub async fn mount<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Stage {
    // A test before may have left its view in the address.
    window().location().set_hash("").unwrap();
    // Or its drawing.
    let storage = window().session_storage().unwrap().unwrap();
    storage.remove_item(&own_key("edgewise-drawing")).unwrap();
    // Or its language.
    speak("en");
    // A test that failed leaves its own behind.
    if let Some(stale) = find("#shell") {
        stale.remove();
    }
    let shell = document().create_element("div").unwrap();
    shell.set_id("shell");
    shell.set_inner_html(SHELL);
    document()
        .body()
        .unwrap()
        .prepend_with_node_1(&shell)
        .unwrap();
    let handle = mount_to(element("#app"), view);
    let stage = Stage {
        view: Some(Box::new(handle)),
        shell,
    };
    settle().await;
    stage
}

/// Sets the language of the document, and tells the page as the shell's script does.
pub fn speak(language: &str) {
    let root = document().document_element().unwrap();
    root.set_attribute("lang", language).unwrap();
    let changed = Event::new("edgewise-language").unwrap();
    window().dispatch_event(&changed).unwrap();
}

/// Lets everything that is due happen: effects, resize observers, a painted frame.
pub async fn settle() {
    TimeoutFuture::new(40).await;
}

/// Waits until something holds.
pub async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..200 {
        if holds() {
            return;
        }
        TimeoutFuture::new(25).await;
    }
    let (error, page) = (text("#error"), text("#app"));
    panic!("five seconds passed before {what}; the page says: {error} {page}");
}

/// The first element that a selector finds, if any.
pub fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).unwrap()
}

/// The element that a selector finds.
pub fn element<T: JsCast>(selector: &str) -> T {
    let element = find(selector).unwrap_or_else(|| panic!("there is no {selector}"));
    element.dyn_into().unwrap()
}

/// The text in an element, with common spaces.
pub fn text(selector: &str) -> String {
    let text = element::<Element>(selector).text_content();
    text.unwrap_or_default()
        .replace(['\u{a0}', '\u{202f}'], " ")
}

/// An attribute of an element.
pub fn attribute(selector: &str, name: &str) -> Option<String> {
    element::<Element>(selector).get_attribute(name)
}

/// Begins to note the media queries that the page watches: the browser of the tests has one screen and never changes its colours, so
/// that what it would tell is told by [`tell_media`].
pub fn note_media() {
    js_sys::eval(
        "globalThis.lists = [];
        globalThis.realMedia = matchMedia;
        globalThis.matchMedia = (query) => { const list = realMedia.call(window, query); lists.push(list); return list; };",
    )
    .unwrap();
}

/// Notes no more of them.
pub fn stop_noting_media() {
    js_sys::eval("globalThis.matchMedia = realMedia;").unwrap();
}

/// Tells all that watch a noted query that its answer has changed.
pub fn tell_media() {
    js_sys::eval("lists.forEach((list) => list.onchange?.(new Event('change')));").unwrap();
}

/// Whether an element takes up room on the page.
pub fn is_visible(selector: &str) -> bool {
    element::<HtmlElement>(selector).offset_height() > 0
}

/// Clicks an element.
pub async fn click(selector: &str) {
    element::<HtmlElement>(selector).click();
    settle().await;
}

/// Presses a key where the focus may be.
pub async fn press(selector: &str, key: &str, with_control: bool) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_ctrl_key(with_control);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    send(selector, &event);
    settle().await;
}

/// Dispatches an event on an element.
pub fn send(selector: &str, event: &Event) {
    element::<Element>(selector).dispatch_event(event).unwrap();
}

/// What a canvas holds.
pub fn pixels(selector: &str) -> RgbaImage {
    let canvas: HtmlCanvasElement = element(selector);
    let (width, height) = (canvas.width(), canvas.height());
    let context = canvas.get_context("2d").unwrap().unwrap();
    let context: CanvasRenderingContext2d = context.unchecked_into();
    let data = context
        .get_image_data(0.0, 0.0, width.into(), height.into())
        .unwrap();
    RgbaImage::from_raw(width, height, data.data().0).unwrap()
}
