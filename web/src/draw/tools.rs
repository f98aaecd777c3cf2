//! The tools of the sheet.

use leptos::prelude::*;

use super::history::History;
use super::icons::{Icon, Symbol};
use super::keys;
use super::text;
use crate::language::Text;
use crate::state::use_state;
use crate::views::View;

/// Undo, redo, eraser and clear; on the right what can be laid on the sheet, and more tools.
#[component]
pub fn Tools(
    /// Whether the pointer erases.
    erases: RwSignal<bool>,
    /// Whether what the network sees lies on the sheet.
    sees: RwSignal<bool>,
    /// The further tools.
    children: Children,
) -> impl IntoView {
    let state = use_state();
    let history = state.history;
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        // The keys count only where one draws.
        if !matches!(state.view.get_untracked(), View::Draw | View::Story) {
            return;
        }
        if let Some(change) = keys::change(&event) {
            history.update(change);
        }
    });
    on_cleanup(move || keys.remove());
    let act = move |id: &'static str,
                    name: Text,
                    icon: Icon,
                    can: fn(&History) -> bool,
                    act: fn(&mut History)| {
        let can = Memo::new(move |_| history.with(can));
        view! {
            <button
                type="button"
                id=id
                class="plain icon"
                title=name
                aria-label=name
                disabled=move || !can.get()
                on:click=move |_| history.update(act)
            >
                <Symbol icon=icon />
            </button>
        }
    };
    let toggle = |id: &'static str, name: Text, icon: Icon, on: RwSignal<bool>| {
        view! {
            <button
                type="button"
                id=id
                class="plain icon"
                title=name
                aria-label=name
                aria-pressed=move || on.get().to_string()
                on:click=move |_| on.update(|on| *on = !*on)
            >
                <Symbol icon=icon />
            </button>
        }
    };
    view! {
        <div class="tools" role="group" aria-label=text::TOOLS>
            {act("undo", text::UNDO, Icon::Undo, History::can_undo, History::undo)}
            {act("redo", text::REDO, Icon::Redo, History::can_redo, History::redo)}
            {toggle("eraser", text::ERASER, Icon::Eraser, erases)}
            {act("clear", text::CLEAR, Icon::Clear, |history| !history.drawing().is_empty(), History::clear)}
            <span class="gap"></span>
            {toggle("sees", text::SEES, Icon::Sees, sees)}
            {toggle("why", text::WHY, Icon::Why, state.why)}
            {children()}
        </div>
    }
}
