//! How well the model does: the one sentence of the shell's text that depends on the weights.

use leptos::prelude::*;
use protocol::{Measured, ModelInfo};

use crate::numbers::grouped;
use crate::text;

/// Puts the measured accuracy into the shell's `#measured` whenever weights are loaded, as long as the current reactive owner lives.
pub fn follow(model_info: Signal<Option<ModelInfo>>) {
    Effect::new(move |_| {
        let Some(line) = document().get_element_by_id("measured") else {
            return;
        };
        let info = model_info.read();
        let measured = info.as_ref().and_then(|info| info.measured.as_ref());
        line.set_text_content(measured.map(sentence).as_deref());
        // "hidden" is a name that every element takes.
        let _ = line.toggle_attribute_with_force("hidden", measured.is_none());
    });
}

fn sentence(measured: &Measured) -> String {
    text::measured(&grouped(measured.pictures), &measured.on, measured.accuracy)
}
