//! The two views and the tabs between them.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

/// A view of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Draw a doodle.
    #[default]
    Draw,
    /// Take the edges of a photo.
    Photo,
}

impl Tab {
    /// The other view.
    pub fn other(self) -> Self {
        match self {
            Self::Draw => Self::Photo,
            Self::Photo => Self::Draw,
        }
    }
}

/// The tabs, also by the arrow keys as WAI-ARIA asks of them.
#[component]
pub fn Tabs(
    /// The view in front.
    tab: RwSignal<Tab>,
) -> impl IntoView {
    let (draw, photo) = (
        NodeRef::<html::Button>::new(),
        NodeRef::<html::Button>::new(),
    );
    let turn = move |event: KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowRight" => tab.get_untracked().other(),
            "Home" => Tab::Draw,
            "End" => Tab::Photo,
            _ => return,
        };
        event.prevent_default();
        tab.set(to);
        let button = match to {
            Tab::Draw => draw,
            Tab::Photo => photo,
        };
        if let Some(button) = button.get_untracked() {
            // A button of this page takes the focus.
            let _ = button.focus();
        }
    };
    let button =
        move |id: &'static str, panel: &'static str, label: &'static str, own: Tab, node| {
            let front = move || tab.get() == own;
            view! {
                <button
                    node_ref=node
                    type="button"
                    id=id
                    role="tab"
                    aria-controls=panel
                    aria-selected=move || front().to_string()
                    tabindex=move || if front() { "0" } else { "-1" }
                    on:click=move |_| tab.set(own)
                >
                    {label}
                </button>
            }
        };
    view! {
        <div class="segments tabs" role="tablist" aria-label="What to guess" on:keydown=turn>
            {button("tab-draw", "panel-draw", "Draw", Tab::Draw, draw)}
            {button("tab-photo", "panel-photo", "Photo", Tab::Photo, photo)}
        </div>
    }
}
