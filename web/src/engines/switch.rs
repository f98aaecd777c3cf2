//! The switch between engines and the sentence that says which is in use.

use std::time::Duration;

use leptos::prelude::*;

use super::engine::Remedy;
use super::kind::{Choice, Kind};
use super::page;
use super::sizes::EngineSizes;
use super::text;
use crate::focus::focus_on;
use crate::language::{Text, said};
use crate::state::use_state;

/// So long nothing is shown of the weights' way: it would only flicker.
const PATIENCE: Duration = Duration::from_millis(500);

/// One line; on request three buttons, one for each choice, a sentence, and what is downloaded; and, where an engine does not run, a button that may help.
#[component]
pub fn EngineSwitch() -> impl IntoView {
    let engines = use_state().engines;
    let status = engines.status();
    let button = move |id: &'static str, label: Text, choice: Choice| {
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
    let details = move || Some(status.read().details.clone()).filter(|name| !name.is_empty());
    let progress = Memo::new(move |_| status.read().progress);
    let takes_long = RwSignal::new(false);
    let be_patient = move || {
        // The page may be gone by then.
        let _ = takes_long.try_set(true);
    };
    set_timeout(be_patient, PATIENCE);
    let total = move || progress.get()?.total;
    let received = move || total().and(progress.get()).map(|come| come.received);
    view! {
        <section class="engine" aria-label=text::ENGINE>
            <details>
            <summary id="engine-line">{move || said(&status.read().line).to_string()}</summary>
            <div class="engine-details">
            <div class="segments" role="group" aria-label=text::ENGINE>
                {button("engine-auto", text::FASTER, Choice::Auto)}
                {button("engine-cpu", text::CPU, Choice::Only(Kind::Cpu))}
                {button("engine-gpu", text::WEBGPU, Choice::Only(Kind::Gpu))}
            </div>
            <p id="engine-status" title=details>
                {move || said(&status.read().sentence).to_string()} {text::BETWEEN}
                <span id="engine-other">{move || said(&status.read().other).to_string()}</span>
            </p>
            <EngineSizes />
            </div>
            </details>
            <Show when=move || takes_long.get() && progress.read().is_some()>
                // Without a value, where the length is not known, it shows only that something happens.
                <progress
                    id="weights-progress"
                    aria-label=text::LOADING_WEIGHTS
                    max=move || total().map(|total| total.to_string())
                    value=move || received().map(|received| received.to_string())
                ></progress>
            </Show>
            <RemedyButton of="engine" then="#engine-line" />
        </section>
    }
}

/// Starts again what failed: an engine, or the whole page where its files were replaced.
#[component]
pub fn RemedyButton(
    /// What its id begins with: it is in several views.
    of: &'static str,
    /// The selector of what has the focus then, since this button goes away.
    then: &'static str,
) -> impl IntoView {
    let engines = use_state().engines;
    let status = engines.status();
    let remedy = Memo::new(move |_| status.read().remedy);
    let is = move |wanted| remedy.get() == Some(wanted);
    let try_again = move |_| {
        engines.try_again();
        focus_on(then);
    };
    view! {
        <Show when=move || is(Remedy::TryAgain)>
            <button type="button" id=format!("{of}-retry") on:click=try_again>
                {text::TRY_AGAIN}
            </button>
        </Show>
        <Show when=move || is(Remedy::Reload)>
            <button type="button" id=format!("{of}-reload") on:click=|_| page::reload_page()>
                {text::RELOAD}
            </button>
        </Show>
    }
}
