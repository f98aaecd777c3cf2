use leptos::prelude::*;
use shared::picture::CannyThresholds;

use super::text;
use super::thresholds::{MOST, STEP, Thresholds};
use crate::language::Text;

/// The slider with two thumbs, and the presets.
#[component]
pub fn Tuning(
    /// What they set.
    thresholds: RwSignal<Thresholds>,
) -> impl IntoView {
    let label = move |id: &'static str, label: Text, value: fn(Thresholds) -> u32| {
        view! {
            <p>
                <label for=id>{label}</label>
                " "
                <output for=id>{move || value(thresholds.get())}</output>
            </p>
        }
    };
    let thumb = move |id: &'static str,
                      value: fn(Thresholds) -> u32,
                      set: fn(&mut Thresholds, u32)| {
        let now = move || value(thresholds.get());
        let moved = move |event| {
            if let Ok(to) = event_target_value(&event).parse() {
                thresholds.update(|thresholds| set(thresholds, to));
            }
        };
        view! { <input type="range" id=id min=0 max=MOST step=STEP prop:value=now on:input=moved /> }
    };
    let share = |value: u32| format!("{}", f64::from(value) / f64::from(MOST));
    // Where both thumbs meet at the right end, the low one must be the one to grasp.
    let is_low_above = move || thresholds.get().low() > MOST / 2;
    view! {
        <div>
            <div class="labels">
                {label("low", text::LOW, Thresholds::low)}
                {label("high", text::HIGH, Thresholds::high)}
            </div>
            <div
                class="double"
                class:low-above=is_low_above
                style=("--low", move || share(thresholds.get().low()))
                style=("--high", move || share(thresholds.get().high()))
            >
                {thumb("low", Thresholds::low, Thresholds::set_low)}
                {thumb("high", Thresholds::high, Thresholds::set_high)}
            </div>
            <Presets thresholds=thresholds />
        </div>
    }
}

/// The named pairs of thresholds.
#[component]
fn Presets(
    /// What they set.
    thresholds: RwSignal<Thresholds>,
) -> impl IntoView {
    let preset = move |(own, name): (Thresholds, Text)| {
        let (low, high) = (own.low(), own.high());
        view! {
            <label class="preset" data-low=low.to_string() data-high=high.to_string()>
                <input
                    type="radio"
                    name="preset"
                    class="unseen"
                    prop:checked=move || thresholds.get() == own
                    on:change=move |_| thresholds.set(own)
                />
                <span class="preset-face">
                    <strong>{name}</strong>
                    <span class="number">{text::pair(low, high)}</span>
                </span>
            </label>
        }
    };
    let pairs = CannyThresholds::PRESETS.map(Thresholds::from);
    let presets = pairs.into_iter().zip(text::PRESETS).map(preset);
    view! {
        <div class="presets" role="radiogroup" aria-label=text::PRESET_GROUP>
            {presets.collect_view()}
        </div>
    }
}
