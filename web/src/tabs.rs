//! The tabs of the views, and the panels that they bring to the front.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use crate::shortcut::is_shortcut;
use crate::state::use_state;
use crate::text;
use crate::views::{VIEWS, View};

/// The tabs, also by the arrow keys as WAI-ARIA asks of them.
#[component]
pub fn Tabs() -> impl IntoView {
    let view = use_state().view;
    let nodes = VIEWS.map(|_| NodeRef::<html::Button>::new());
    let turn = move |event: KeyboardEvent| {
        if is_shortcut(&event) {
            return;
        }
        let now = view.get_untracked();
        let to = match event.key().as_str() {
            "ArrowRight" => now.shifted(1),
            "ArrowLeft" => now.shifted(VIEWS.len() - 1),
            "Home" => VIEWS[0].view,
            "End" => VIEWS[VIEWS.len() - 1].view,
            _ => return,
        };
        event.prevent_default();
        view.set(to);
        if let Some(button) = nodes[to.position()].get_untracked() {
            // A button of this page takes the focus.
            let _ = button.focus();
        }
    };
    let tabs = VIEWS.map(|tab| {
        let is_front = move || view.get() == tab.view;
        view! {
            <button
                node_ref=nodes[tab.view.position()]
                type="button"
                id=format!("tab-{}", tab.id)
                role="tab"
                aria-controls=format!("panel-{}", tab.id)
                aria-selected=move || is_front().to_string()
                tabindex=move || if is_front() { "0" } else { "-1" }
                on:click=move |_| view.set(tab.view)
            >
                {tab.label}
            </button>
        }
    });
    view! {
        <div class="tabs" role="tablist" aria-label=text::TABS on:keydown=turn>
            {tabs.collect_view()}
        </div>
    }
}

/// The panel that a tab brings to the front, with the view in it.
#[component]
pub fn Panel(
    /// Whose it is.
    of: View,
    /// Whether it takes the place of the answer too.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let view = use_state().view;
    let id = of.description().id;
    view! {
        <section
            id=format!("panel-{id}")
            class:wide=wide
            role="tabpanel"
            aria-labelledby=format!("tab-{id}")
            hidden=move || view.get() != of
        >
            {children()}
        </section>
    }
}
