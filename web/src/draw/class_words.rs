//! The words to draw.

use leptos::prelude::*;

use super::text;
use crate::language::class_name;
use crate::state::use_state;

/// One button a class, which has its ghost draw itself; again, and the ghost is gone.
#[component]
pub fn ClassWords(
    /// The class whose ghost is on the sheet.
    ghost: RwSignal<Option<String>>,
) -> impl IntoView {
    let classes = use_state().classes;
    let button = move |name: String| {
        let pressed = {
            let name = name.clone();
            move || (ghost.read().as_ref() == Some(&name)).to_string()
        };
        let press = {
            let name = name.clone();
            move |_| {
                ghost.update(|ghost| {
                    let again = ghost.take().is_some_and(|shown| shown == name);
                    *ghost = (!again).then(|| name.clone());
                });
            }
        };
        view! {
            <li>
                <button type="button" class="plain word" aria-pressed=pressed on:click=press>
                    {move || class_name(&name).to_string()}
                </button>
            </li>
        }
    };
    view! {
        <ul class="words" role="list" aria-label=text::WORDS>
            {move || classes.get().names().iter().cloned().map(button).collect_view()}
        </ul>
    }
}
