//! The input plane and the feature plane.

use laboratory::settings::MOST_DRAWN;
use leptos::prelude::*;

use super::brush::Brush;
use super::done::Done;
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
    let is_full = Memo::new(move |_| brush.is_full());
    let full = move || is_full.get().then(|| text::full(MOST_DRAWN));
    let (node, looks) = square_canvas();
    Effect::new(move |_| {
        looks.track();
        let Some(canvas) = node.get() else { return };
        let shown = Shown {
            labels: laboratory.is_revealed.get(),
            domain: false,
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
            <p class="lab-legend">{text::INPUT_LEGEND}</p>
            <p class="lab-legend lab-full" role="status" id="lab-full">{full}</p>
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
            domain: laboratory.uses_domain(),
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
            <p class="lab-legend">{move || if laboratory.uses_domain() { text::FEATURE_LEGEND() } else { text::FEATURE_LEGEND_ALONE() }}</p>
            <p class="lab-legend" hidden=move || !arrows.get() || !laboratory.uses_domain()>{text::ARROWS_LEGEND}</p>
        </figure>
    }
}

/// Both planes as a run of a lesson left them, small.
#[component]
pub fn RunPicture(
    /// What the run left.
    done: Done,
) -> impl IntoView {
    let done = StoredValue::new_local(done);
    let plane = move |is_input: bool| {
        let (node, looks) = square_canvas();
        Effect::new(move |_| {
            looks.track();
            let Some(canvas) = node.get() else { return };
            done.with_value(|done| {
                let shown = Shown {
                    labels: true,
                    domain: done.uses_domain,
                    arrows: false,
                };
                if is_input {
                    paint_input(&canvas, &done.data, Some(&done.frame), shown);
                } else {
                    paint_features(&canvas, &done.data, &done.frame, shown);
                }
            });
        });
        view! { <canvas node_ref=node aria-hidden="true"></canvas> }
    };
    view! { {plane(true)} {plane(false)} }
}
