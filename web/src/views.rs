//! The views of the page, each with an address of its own, and the tabs between them.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use crate::language::Text;
use crate::state::use_state;
use crate::text;

/// A view of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Draw a doodle.
    #[default]
    Draw,
    /// Take the edges of a photo.
    Photo,
    /// Draw against the clock.
    Game,
    /// Train a small network on points in the plane.
    Laboratory,
    /// See how the network came to be.
    Story,
}

/// What the page needs to know of a view.
#[derive(Clone, Copy, Debug)]
pub struct Description {
    /// The view.
    pub view: View,
    /// Its address within the page, without the `#`; part of the ids of its tab and panel too.
    pub id: &'static str,
    /// The text on its tab.
    pub label: Text,
    /// What the answer says as long as there is nothing to answer.
    pub invitation: Text,
}

/// All views in the order of their tabs.
pub const VIEWS: [Description; 5] = [
    Description {
        view: View::Draw,
        id: "draw",
        label: text::DRAW,
        invitation: text::INVITATION_TO_DRAW,
    },
    Description {
        view: View::Photo,
        id: "photo",
        label: text::PHOTO,
        invitation: text::INVITATION_TO_SHOW,
    },
    Description {
        view: View::Game,
        id: "game",
        label: text::GAME,
        invitation: text::INVITATION_TO_DRAW,
    },
    Description {
        view: View::Laboratory,
        id: "lab",
        label: text::LABORATORY,
        invitation: text::INVITATION_TO_DRAW,
    },
    Description {
        view: View::Story,
        id: "story",
        label: text::STORY,
        invitation: text::INVITATION_TO_DRAW,
    },
];

impl View {
    /// Whether it is about an answer of the shipped network.
    pub fn has_answer(self) -> bool {
        matches!(self, Self::Draw | Self::Photo)
    }

    /// What the page needs to know of it.
    pub fn description(self) -> Description {
        VIEWS[self.position()]
    }

    /// The view at an address such as "#photo", or "#draw=…" with a drawing; none for an address that is no view's.
    pub fn at(hash: &str) -> Option<Self> {
        let id = hash.strip_prefix('#')?.split(['=', '/']).next();
        VIEWS
            .iter()
            .find(|view| Some(view.id) == id)
            .map(|view| view.view)
    }

    fn position(self) -> usize {
        let place = VIEWS.iter().position(|other| other.view == self);
        place.unwrap_or_default()
    }

    /// The view so many tabs to the right, round the end.
    fn shifted(self, by: usize) -> Self {
        VIEWS[(self.position() + by) % VIEWS.len()].view
    }
}

/// The view that the page's address names, kept in step with it as long as the current reactive owner lives.
pub fn view_by_address() -> RwSignal<View> {
    let here = || View::at(&window().location().hash().unwrap_or_default()).unwrap_or_default();
    let view = RwSignal::new(here());
    let listener = window_event_listener(leptos::ev::hashchange, move |_| view.set(here()));
    on_cleanup(move || listener.remove());
    Effect::new(move |before: Option<View>| {
        let now = view.get();
        if before.is_some() && now != here() {
            // Refused only where the address cannot be changed, as in a sandboxed frame; the view changes all the same.
            let _ = window().location().set_hash(now.description().id);
        }
        now
    });
    view
}

/// The tabs, also by the arrow keys as WAI-ARIA asks of them.
#[component]
pub fn Tabs() -> impl IntoView {
    let view = use_state().view;
    let nodes = VIEWS.map(|_| NodeRef::<html::Button>::new());
    let turn = move |event: KeyboardEvent| {
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

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn every_view_is_found_at_its_address() {
        for description in VIEWS {
            assert_eq!(
                View::at(&format!("#{}", description.id)),
                Some(description.view)
            );
            assert_eq!(description.view.description().id, description.id);
        }
        assert_eq!(View::at("#draw=AQAB"), Some(View::Draw));
        assert_eq!(View::at("#draw/AQAB"), Some(View::Draw));
        assert_eq!(View::at("#story/map"), Some(View::Story));
        assert_eq!(View::at(""), None);
        assert_eq!(View::at("#nothing"), None);
    }

    #[test]
    fn tabs_go_round() {
        assert_eq!(View::Draw.shifted(1), View::Photo);
        assert_eq!(View::Photo.shifted(1), View::Game);
        assert_eq!(View::Game.shifted(1), View::Laboratory);
        assert_eq!(View::Laboratory.shifted(1), View::Story);
        assert_eq!(View::Story.shifted(1), View::Draw);
        assert_eq!(View::Draw.shifted(VIEWS.len() - 1), View::Story);
    }
}
