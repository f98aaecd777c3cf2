//! The views of the page, each with an address of its own.

use leptos::prelude::*;

use crate::fragment::fragment;
use crate::language::Text;
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
        let fragment = fragment(hash)?;
        let id = fragment.split(['=', '/']).next();
        VIEWS
            .iter()
            .find(|view| Some(view.id) == id)
            .map(|view| view.view)
    }

    /// Its place in [`VIEWS`].
    pub(crate) fn position(self) -> usize {
        let place = VIEWS.iter().position(|other| other.view == self);
        place.unwrap_or_default()
    }

    /// The view so many tabs to the right, round the end.
    pub(crate) fn shifted(self, by: usize) -> Self {
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
        assert_eq!(View::at("#draw%3DAQAB"), Some(View::Draw));
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
