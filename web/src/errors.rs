//! Errors as sentences in the shell's `#error`, which is there even when nothing else works.

use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::close::{CLOSE, CROSS};
use crate::focus::{FRONT_TAB, focus_on};
use crate::language::{Sentence, both, said};
use crate::text;

/// What an error is about; a newer one about the same takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// The page itself.
    Page,
    /// The engines and their weights.
    Engine,
    /// The chosen photo.
    Photo,
    /// The drawing in the page's address.
    Link,
}

impl Topic {
    fn id(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Engine => "engine",
            Self::Photo => "photo",
            Self::Link => "link",
        }
    }

    /// Whether everything else still works: then the sentence may be closed.
    fn can_be_closed(self) -> bool {
        matches!(self, Self::Photo | Self::Link)
    }
}

/// Shows a sentence; `assets/before.js` changes it with the page's language.
pub fn show(topic: Topic, sentence: &Sentence) {
    let Some(area) = area() else { return };
    if let Some(line) = line(&area, topic).or_else(|| new_line(&area, topic)) {
        for (name, text) in [
            ("data-en", &sentence.english),
            ("data-zh", &sentence.chinese),
        ] {
            // Every element takes them.
            let _ = line.set_attribute(name, text);
        }
        line.set_text_content(Some(said(sentence)));
    }
    update(&area);
}

fn new_line(area: &Element, topic: Topic) -> Option<Element> {
    let line = document().create_element("p").ok()?;
    line.set_attribute("data-topic", topic.id()).ok()?;
    area.append_child(&line).ok()?;
    if topic.can_be_closed() {
        let button = close_button(topic).ok()?;
        area.append_child(&button).ok()?;
    }
    Some(line)
}

/// Takes the sentence before it away.
fn close_button(topic: Topic) -> Result<Element, JsValue> {
    let button = document().create_element("button")?;
    let label = both(CLOSE);
    for (name, value) in [
        ("type", "button"),
        ("class", "plain icon error-close"),
        ("aria-label", said(&label)),
        // `assets/before.js` changes the label with the page's language.
        ("data-label-en", &label.english),
        ("data-label-zh", &label.chinese),
    ] {
        button.set_attribute(name, value)?;
    }
    button.set_inner_html(CROSS);
    let close = Closure::<dyn Fn()>::new(move || {
        clear(topic);
        // The button is gone.
        focus_on(FRONT_TAB);
    });
    button.add_event_listener_with_callback("click", close.into_js_value().unchecked_ref())?;
    Ok(button)
}

/// Takes the sentence about `topic` away.
pub fn clear(topic: Topic) {
    let Some(area) = area() else { return };
    if let Some(line) = line(&area, topic) {
        if let Some(button) = line.next_element_sibling()
            && topic.can_be_closed()
        {
            button.remove();
        }
        line.remove();
    }
    update(&area);
}

/// Makes a panic show as a sentence.
pub fn show_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let panic = panic.to_string();
        show(Topic::Page, &both(|| text::fault(&panic)));
    }));
}

fn area() -> Option<Element> {
    document().get_element_by_id("error")
}

fn line(area: &Element, topic: Topic) -> Option<Element> {
    let selector = format!("[data-topic={}]", topic.id());
    area.query_selector(&selector).ok().flatten()
}

fn update(area: &Element) {
    let _ = area.toggle_attribute_with_force("hidden", area.child_element_count() == 0);
}
