//! The laboratory's view.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::brush::Brush;
use super::controls::{Editing, Playing};
use super::curves::Curves;
use super::graph::Graph;
use super::lesson_strip::Lessons;
use super::link;
use super::planes::{FeaturePlane, InputPlane};
use super::play;
use super::slow::{Slow, SlowSentences};
use super::state::Laboratory;
use super::text;
use super::words::Words;
use crate::adopted::adopt;
use crate::boxes;
use crate::engines::page::reload_page;
use crate::engines::text::RELOAD;
use crate::language::{Text, said};
use crate::share::outlets;
use crate::state::use_state;

const STYLE: &str = include_str!("laboratory.css");

/// Two planes, the graph between them, lessons above, controls and curves below.
#[component]
pub fn LaboratoryView() -> impl IntoView {
    // Without them everything still stands below each other.
    let _ = adopt("boxes", boxes::STYLE);
    let _ = adopt("laboratory", STYLE);
    let state = use_state();
    // Settings that the code itself holds are within their ranges.
    let settings = link::first_settings()?;
    let laboratory = state.addresses.with_value(|addresses| {
        Laboratory::provide(&addresses.worker, settings, state.view, play::request_steps)
    });
    link::follow(laboratory);
    play::pause_behind_other_views(laboratory);
    link::note_embedded();
    let brush = Brush::new(laboratory);
    let slow = Slow::new(laboratory);
    let problem = move || {
        let (problem, bad_link) = (laboratory.problem.read(), laboratory.bad_link.read());
        let problem = problem.as_ref().or(bad_link.as_ref());
        problem.map(|problem| said(problem).to_string())
    };
    let is_well =
        move || laboratory.problem.read().is_none() && laboratory.bad_link.read().is_none();
    // Who has guessed knows what is shown; the planes need the room.
    let is_guessed =
        move || laboratory.lesson.read().is_some() && laboratory.given_answer.read().is_some();
    Some(view! {
        <div class="lab">
            <p class="lab-what" hidden=is_guessed>{text::WHAT}</p>
            <Lessons />
            <p class="lab-problem" role="alert" hidden=is_well>
                {problem} " "
                <Show when=move || laboratory.is_outdated.get()>
                    <button type="button" class="plain" on:click=|_| reload_page()>{RELOAD}</button>
                </Show>
            </p>
            <div class="lab-planes">
                <InputPlane brush=brush />
                <Graph />
                <FeaturePlane />
            </div>
            <Playing slow=slow />
            <SlowSentences slow=slow />
            <Curves />
            <Words />
            <Editing brush=brush />
            <Link laboratory=laboratory />
        </div>
    })
}

#[component]
fn Link(laboratory: Laboratory) -> impl IntoView {
    let told = RwSignal::new(None::<Text>);
    let copy = move |copied: String| {
        let is_repeatable = laboratory.is_repeatable.get_untracked();
        spawn_local(async move {
            let is_copied = outlets::copy_text(&copied).await.is_ok();
            // The view may be gone.
            let _ = told.try_set(Some(match (is_copied, is_repeatable) {
                (true, true) => text::COPIED,
                (true, false) => text::COPIED_START,
                (false, _) => text::NOT_COPIED,
            }));
        });
    };
    view! {
        <div class="lab-link">
            <button type="button" id="lab-copy" on:click=move |_| copy(link::address(laboratory))>{text::COPY_LINK}</button>
            <button type="button" id="lab-copy-frame" on:click=move |_| copy(link::frame(laboratory))>{text::COPY_FRAME}</button>
            <p role="status" id="lab-told">{move || told.get().map(|told| told())}</p>
        </div>
    }
}
