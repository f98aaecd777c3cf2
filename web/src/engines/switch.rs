//! The switch between engines and the sentence that says which is in use.

use leptos::prelude::*;

use super::kind::{Choice, Kind};
use crate::state::use_state;

/// Three buttons, one for each choice, and the sentence.
#[component]
pub fn EngineSwitch() -> impl IntoView {
    let engines = use_state().engines;
    let status = engines.status();
    let button = move |id: &'static str, label: &'static str, choice: Choice| {
        let off = move || choice == Choice::Only(Kind::Gpu) && !status.read().webgpu;
        view! {
            <button
                type="button"
                id=id
                aria-pressed=move || (status.read().choice == choice).to_string()
                disabled=off
                on:click=move |_| engines.choose(choice)
            >
                {label}
            </button>
        }
    };
    view! {
        <section class="engine" aria-labelledby="engine-title">
            <h2 id="engine-title">"Engine"</h2>
            <div class="segments" role="group" aria-labelledby="engine-title">
                {button("engine-auto", "Faster", Choice::Auto)}
                {button("engine-cpu", "CPU", Choice::Only(Kind::Cpu))}
                {button("engine-gpu", "WebGPU", Choice::Only(Kind::Gpu))}
            </div>
            <p id="engine-status">{move || status.read().sentence.clone()}</p>
        </section>
    }
}
