//! What the views have in common: one value in the context of the page.

use leptos::prelude::*;
use shared::classes::ClassNames;

use crate::draw::history::History;
use crate::engines::client::{Addresses, Client};
use crate::photo::client::PhotoClient;
use crate::views::{View, view_by_address};

/// The state of the page; copies are the same state.
#[derive(Clone, Copy)]
pub struct State {
    /// The engines and their latest answer.
    pub engines: Client,
    /// The view in front.
    pub view: RwSignal<View>,
    /// The drawing and its past.
    pub history: RwSignal<History>,
    /// The photo, its edges and their thresholds.
    pub photo: PhotoClient,
    /// The names of the classes: the default ones until the weights have come.
    pub classes: Memo<ClassNames>,
}

impl State {
    /// A new state, belonging to the current reactive owner and put into its context.
    pub fn provide(addresses: Addresses) -> Self {
        let view = view_by_address();
        let photo = PhotoClient::new(&addresses.worker, view);
        let engines = Client::new(addresses);
        let model_info = engines.model_info();
        let classes = Memo::new(move |_| {
            let info = model_info.read();
            info.as_ref()
                .map(|info| info.classes.clone())
                .unwrap_or_default()
        });
        let state = Self {
            engines,
            view,
            history: RwSignal::new(History::default()),
            photo,
            classes,
        };
        provide_context(state);
        state
    }
}

/// The state of the page that the current component is part of.
///
/// # Panics
/// Outside of [`App`](crate::app::App), which provides it.
pub fn use_state() -> State {
    expect_context()
}
