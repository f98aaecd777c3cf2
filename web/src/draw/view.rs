//! The drawing view.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use shared::classes::ClassNames;

use super::history::History;
use super::pad::Pad;
use crate::tabs::Tab;

/// The sheet with its tools.
#[component]
pub fn DrawView(
    /// The drawing and its past.
    history: RwSignal<History>,
    /// What can be drawn.
    classes: Memo<ClassNames>,
    /// The view in front: the keys count only here.
    tab: RwSignal<Tab>,
) -> impl IntoView {
    let undo = move || history.update(History::undo);
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if tab.get_untracked() == Tab::Draw && is_undo(&event) {
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

fn is_undo(event: &KeyboardEvent) -> bool {
    (event.ctrl_key() || event.meta_key())
        && !event.shift_key()
        && event.key().eq_ignore_ascii_case("z")
}
