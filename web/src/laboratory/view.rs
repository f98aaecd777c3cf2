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
use crate::language::{Text, said};
use crate::share::outlets;
use crate::state::use_state;

/// Two planes, the graph between them, lessons above, controls and curves below.
#[component]
pub fn LaboratoryView() -> impl IntoView {
    let state = use_state();
    // Settings that the code itself holds are within their ranges.
    let settings = link::first_settings()?;
    let laboratory = state.addresses.with_value(|addresses| {
        Laboratory::provide(&addresses.worker, settings, play::request_steps)
    });
    link::follow(laboratory, state.view);
    link::note_embedded();
    let brush = Brush::new(laboratory);
    let slow = Slow::new(laboratory);
    let problem = move || {
        let problem = laboratory.problem.read();
        problem.as_ref().map(|problem| said(problem).to_string())
    };
    Some(view! {
        <div class="lab">
            <p class="lab-what">{text::WHAT}</p>
            <Lessons />
            <p class="lab-problem" role="alert" hidden=move || laboratory.problem.read().is_none()>{problem}</p>
            <div class="lab-planes">
                <InputPlane brush=brush />
                <Graph />
                <FeaturePlane />
            </div>
            <Playing slow=slow />
            <SlowSentences slow=slow />
            <Curves />
            <Editing brush=brush />
            <Link laboratory=laboratory />
        </div>
    })
}

#[component]
fn Link(laboratory: Laboratory) -> impl IntoView {
    let told = RwSignal::new(None::<Text>);
    let copy = move |_| {
        let address = link::address(laboratory);
        spawn_local(async move {
            let copied = outlets::copy_text(&address).await.is_ok();
            // The view may be gone.
            let _ = told.try_set(Some(if copied {
                text::COPIED
            } else {
                text::NOT_COPIED
            }));
        });
    };
    view! {
        <div class="lab-link">
            <button type="button" id="lab-copy" on:click=copy>{text::COPY_LINK}</button>
            <p role="status" id="lab-told">{move || told.get().map(|told| told())}</p>
        </div>
    }
}
