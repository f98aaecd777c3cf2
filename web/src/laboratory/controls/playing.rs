//! What runs the laboratory: run, pause, single steps, slow motion, reset and speed.

use laboratory::state::SPEEDS;
use leptos::prelude::*;
use protocol::laboratory::Trained;

use crate::laboratory::play;
use crate::laboratory::slow::Slow;
use crate::laboratory::state::use_laboratory;
use crate::laboratory::text;

/// Run, pause, single steps, slow motion, reset and speed.
#[component]
pub fn Playing(
    /// The step in slow motion.
    slow: Slow,
) -> impl IntoView {
    let laboratory = use_laboratory();
    let is_running = laboratory.is_running;
    let toggle = move |_| {
        if is_running.get_untracked() {
            play::pause(laboratory);
        } else {
            play::run(laboratory);
        }
    };
    let step = move |trained: Trained| {
        move |_| {
            slow.leave();
            play::step_once(laboratory, trained);
        }
    };
    let speed = |(index, steps): (usize, u32)| {
        let is_chosen = move || laboratory.speed.get() == steps;
        view! {
            <button
                type="button"
                aria-pressed=move || is_chosen().to_string()
                on:click=move |_| laboratory.speed.set(steps)
            >
                {text::SPEEDS[index]}
            </button>
        }
    };
    view! {
        <div class="lab-playing" role="group" aria-label=text::PLAYING>
            <button type="button" id="lab-run" class="main" on:click=toggle>
                {move || if is_running.get() { text::PAUSE() } else { text::RUN() }}
            </button>
            <button type="button" id="lab-step-all" on:click=step(Trained::All)>{text::STEP_ALL}</button>
            <button type="button" id="lab-step-d" disabled=move || !laboratory.uses_domain() on:click=step(Trained::Domain)>{text::STEP_D}</button>
            <button type="button" id="lab-step-fc" on:click=step(Trained::Classifier)>{text::STEP_FC}</button>
            <button type="button" id="lab-slow-next" on:click=move |_| slow.next()>{text::SLOW}</button>
            <button type="button" id="lab-reset" on:click=move |_| play::restart(laboratory)>{text::RESET}</button>
            <div class="segments lab-speed" role="group" aria-label=text::SPEED>
                {SPEEDS.into_iter().enumerate().map(speed).collect_view()}
            </div>
        </div>
    }
}
