//! Errors as sentences in the shell's `#error`, which is there even when nothing else works.

use leptos::prelude::document;
use web_sys::Element;

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
}

/// Shows a sentence.
pub fn show(topic: Topic, sentence: &str) {
    let Some(area) = area() else { return };
    let line = line(&area, topic).or_else(|| {
        let line = document().create_element("p").ok()?;
        line.set_attribute("data-topic", topic.id()).ok()?;
        area.append_child(&line).ok()?;
        Some(line)
    });
    if let Some(line) = line {
        line.set_text_content(Some(sentence));
    }
    update(&area);
}

/// Takes the sentence about `topic` away.
pub fn clear(topic: Topic) {
    let Some(area) = area() else { return };
    if let Some(line) = line(&area, topic) {
        line.remove();
    }
    update(&area);
}

/// Makes a panic show as a sentence.
pub fn show_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let sentence = format!("The page met a fault and stopped; reload it to go on. ({panic})");
        show(Topic::Page, &sentence);
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
