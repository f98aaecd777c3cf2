//! The drawing view.

use leptos::prelude::*;

use super::history::History;
use super::keys::is_undo;
use super::pad::Pad;
use crate::state::use_state;
use crate::views::View;

/// The sheet with its tools.
#[component]
pub fn DrawView() -> impl IntoView {
    let state = use_state();
    let (history, classes) = (state.history, state.classes);
    let undo = move || history.update(History::undo);
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        // The keys count only where one draws.
        if state.view.get_untracked() == View::Draw && is_undo(&event) {
            event.prevent_default();
            undo();
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <div class="sheet">
            <Pad history=history />
            <div class="prompt" hidden=move || !history.read().drawing().is_empty()>
                <p class="prompt-title">"Draw one of these"</p>
                <ul>
                    {move || {
                        let classes = classes.read();
                        classes.names().iter().map(|name| view! { <li>{name.clone()}</li> }).collect_view()
                    }}
                </ul>
            </div>
        </div>
        <div class="tools">
            <button type="button" id="undo" title="Ctrl+Z" on:click=move |_| undo()>"Undo"</button>
            <button type="button" id="clear" on:click=move |_| history.update(History::clear)>"Clear"</button>
        </div>
    }
}
