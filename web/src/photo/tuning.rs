use leptos::prelude::*;
use shared::picture::CannyThresholds;

use super::thresholds::{MOST, STEP, Thresholds};

/// The two sliders and the presets.
#[component]
pub fn Tuning(
    /// What they set.
    thresholds: RwSignal<Thresholds>,
) -> impl IntoView {
    let slider = move |id: &'static str,
                       label: &'static str,
                       value: fn(Thresholds) -> u32,
                       set: fn(&mut Thresholds, u32)| {
        let now = move || value(thresholds.get());
        let moved = move |event| {
            if let Ok(to) = event_target_value(&event).parse() {
                thresholds.update(|thresholds| set(thresholds, to));
            }
        };
        view! {
            <div class="slider">
                <label for=id>{label}</label>
                <output for=id>{now}</output>
                <input type="range" id=id min=0 max=MOST step=STEP prop:value=now on:input=moved />
            </div>
        }
    };
    let preset = move |own: Thresholds| {
        let (low, high) = (own.low(), own.high());
        view! {
            <button
                type="button"
                class="preset"
                data-low=low.to_string()
                data-high=high.to_string()
                aria-pressed=move || (thresholds.get() == own).to_string()
                on:click=move |_| thresholds.set(own)
            >
                {format!("{low}\u{202f}/\u{202f}{high}")}
            </button>
        }
    };
    let presets = CannyThresholds::PRESETS.map(|pair| preset(pair.into()));
    view! {
        <div class="tuning">
            {slider("low", "Keep weak edges above", Thresholds::low, Thresholds::set_low)}
            {slider("high", "Begin edges above", Thresholds::high, Thresholds::set_high)}
            <div class="segments" role="group" aria-label="Thresholds low and high">{presets.collect_view()}</div>
        </div>
    }
}
