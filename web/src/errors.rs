//! Errors as sentences in the shell's `#error`, which is there even when nothing else works.

use leptos::prelude::document;
use web_sys::Element;

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
}

/// Shows a sentence; `assets/before.js` changes it with the page's language.
pub fn show(topic: Topic, sentence: &Sentence) {
    let Some(area) = area() else { return };
    let line = line(&area, topic).or_else(|| {
        let line = document().create_element("p").ok()?;
        line.set_attribute("data-topic", topic.id()).ok()?;
        area.append_child(&line).ok()?;
        Some(line)
    });
    if let Some(line) = line {
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
