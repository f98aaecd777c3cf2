//! F, C and D as boxes, each with its loss.

use leptos::prelude::*;
use protocol::laboratory::Numbers;
use shared::dann::Variant;

use super::state::{Network, use_laboratory};
use super::text;
use crate::language::Text;

/// The three networks and what flows between them. The one under the pointer or the focus is explained below.
#[component]
pub fn Graph() -> impl IntoView {
    let laboratory = use_laboratory();
    let last = Memo::new(move |_| laboratory.last());
    let explained = move || match laboratory.network.get() {
        None => text::POINT_AT_ONE,
        Some(Network::Extractor) => text::ABOUT_F,
        Some(Network::Predictor) => text::ABOUT_C,
        Some(Network::Domain) => text::ABOUT_D,
    };
    let lambda = move || last.get().map(|last| text::lambda(last.lambda));
    let is_alone = move || laboratory.settings.read().variant == Variant::SourceOnly;
    view! {
        <div class="lab-graph">
            <div class="lab-boxes" class:alone=is_alone>
                <NetworkBox network=Network::Extractor letter="F" name=text::F last=last value=|last| last.feature_loss />
                <svg viewBox="0 0 120 36" aria-hidden="true" class="lab-wires">
                    <path class="wire" d="M60 0V14M60 14H28V34M60 14H92V34" />
                </svg>
                <NetworkBox network=Network::Predictor letter="C" name=text::C last=last value=|last| last.class_loss />
                <NetworkBox network=Network::Domain letter="D" name=text::D last=last value=|last| last.domain_loss />
            </div>
            <p class="lab-lambda number" id="lab-lambda" hidden=is_alone>{lambda}</p>
            <p class="lab-explained" id="lab-explained">{move || explained()()}</p>
        </div>
    }
}

#[component]
fn NetworkBox(
    network: Network,
    letter: &'static str,
    name: Text,
    last: Memo<Option<Numbers>>,
    value: fn(Numbers) -> f32,
) -> impl IntoView {
    let laboratory = use_laboratory();
    let is_lit = move || laboratory.network.get() == Some(network);
    let light = move || laboratory.network.set(Some(network));
    let loss = move || {
        let loss = last.get().map(value).filter(|loss| loss.is_finite());
        loss.map_or(String::from("–"), |loss| format!("{loss:.2}"))
    };
    view! {
        <button
            type="button"
            class="lab-box"
            data-network=letter
            class:lit=is_lit
            aria-pressed=move || is_lit().to_string()
            on:pointerenter=move |_| light()
            on:focus=move |_| light()
            on:click=move |_| light()
        >
            <strong>{letter}</strong>
            <span>{name}</span>
            <span class="number lab-loss">{text::LOSS} " " {loss}</span>
        </button>
    }
}
