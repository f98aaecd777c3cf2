//! The input plane and the feature plane.

use leptos::prelude::*;

use super::brush::Brush;
use super::paint::{paint_features, paint_input};
use super::plane::Shown;
use super::state::use_laboratory;
use super::text;
use crate::boxes::Network;
use crate::canvas::square_canvas;

/// The plane of the points as they are, with C's regions.
#[component]
pub fn InputPlane(
    /// What draws points by hand.
    brush: Brush,
) -> impl IntoView {
    let laboratory = use_laboratory();
    let (node, looks) = square_canvas();
    Effect::new(move |_| {
        looks.track();
        let Some(canvas) = node.get() else { return };
        let shown = Shown {
            labels: laboratory.is_revealed.get(),
            arrows: false,
        };
        let frame = laboratory.frame.read();
        paint_input(&canvas, &laboratory.data.read(), frame.as_deref(), shown);
    });
    view! {
        <figure class="lab-plane" class:lit=move || laboratory.network.get() == Some(Network::Predictor)>
            <figcaption>
                {text::INPUT_PLANE}
                <label class="lab-check">
                    <input
                        type="checkbox"
                        id="lab-reveal"
                        prop:checked=laboratory.is_revealed
                        on:change=move |event| laboratory.is_revealed.set(event_target_checked(&event))
                    />
                    {text::REVEAL}
                </label>
            </figcaption>
            <canvas
                node_ref=node
                id="lab-input"
                role="img"
                aria-label=text::INPUT_LABEL
                class:drawing=move || brush.is_active()
                on:pointerdown=move |event| brush.down(&event)
                on:pointermove=move |event| brush.moved(&event)
            ></canvas>
        </figure>
    }
}

/// The plane of the features, with D's verdict.
#[component]
pub fn FeaturePlane() -> impl IntoView {
    let laboratory = use_laboratory();
    let (node, looks) = square_canvas();
    let arrows = laboratory.has_arrows;
    Effect::new(move |_| {
        looks.track();
        let Some(canvas) = node.get() else { return };
        let shown = Shown {
            labels: laboratory.is_revealed.get(),
            arrows: arrows.get(),
        };
        if let Some(frame) = laboratory.frame.read().as_deref() {
            paint_features(&canvas, &laboratory.data.read(), frame, shown);
        }
    });
    let lit = move || {
        matches!(
            laboratory.network.get(),
            Some(Network::Domain | Network::Extractor)
        )
    };
    view! {
        <figure class="lab-plane" class:lit=lit>
            <figcaption>
                {text::FEATURE_PLANE}
                <label class="lab-check">
                    <input
                        type="checkbox"
                        id="lab-arrows"
                        prop:checked=arrows
                        on:change=move |event| arrows.set(event_target_checked(&event))
                    />
                    {text::ARROWS}
                </label>
            </figcaption>
            <canvas node_ref=node id="lab-features" role="img" aria-label=text::FEATURE_LABEL></canvas>
            <p class="lab-legend" hidden=move || !arrows.get()>{text::ARROWS_LEGEND}</p>
        </figure>
    }
}
