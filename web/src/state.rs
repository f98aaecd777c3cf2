//! What the views have in common: one value in the context of the page.

use leptos::prelude::*;
use shared::classes::ClassNames;

use crate::draw::history::History;
use crate::engines::client::{Addresses, Client};
use crate::guess::scores::{Score, scores};
use crate::networks::{Network, Networks};
use crate::photo::client::PhotoClient;
use crate::views::{View, view_by_address};

/// The state of the page; copies are the same state.
#[derive(Clone, Copy)]
pub struct State {
    /// The engines of the adapted network and their latest answer.
    pub engines: Client,
    /// Both networks, of which one is chosen.
    pub networks: Networks,
    /// The view in front.
    pub view: RwSignal<View>,
    /// The drawing and its past.
    pub history: RwSignal<History>,
    /// Whether the strokes are shown by what they add to the answer.
    pub why: RwSignal<bool>,
    /// The photo, its edges and their thresholds.
    pub photo: PhotoClient,
    /// The names of the classes: the default ones until the weights have come.
    pub classes: Memo<ClassNames>,
    /// What the chosen network says of each class, the most probable first; none as long as there is no answer.
    pub scores: Memo<Vec<Score>>,
    /// Whether what is drawn shows none of the classes, as far as the chosen network can tell. It cannot of photos.
    pub is_unknown: Memo<bool>,
}

impl State {
    /// A new state, belonging to the current reactive owner and put into its context.
    pub fn provide(addresses: Addresses) -> Self {
        let view = view_by_address();
        let photo = PhotoClient::new(&addresses.worker, view);
        let engines = Client::new(addresses.clone());
        let networks = Networks::new(engines, &addresses);
        let classes = Memo::new(move |_| {
            let chosen = networks.client(networks.chosen().get());
            let client = chosen.or_else(|| networks.client(Network::Adapted));
            let info = client.and_then(|client| client.model_info().get());
            info.map(|info| info.classes).unwrap_or_default()
        });
        let scores = Memo::new(move |_| scores(&networks.latest().read(), &classes.read()));
        let is_unknown = Memo::new(move |_| {
            let latest = networks.latest();
            let latest = latest.read();
            let is_unknown = latest
                .answer
                .as_ref()
                .is_some_and(|answer| answer.is_unknown);
            view.get() == View::Draw && is_unknown
        });
        let state = Self {
            engines,
            networks,
            view,
            history: RwSignal::new(History::default()),
            why: RwSignal::new(false),
            photo,
            classes,
            scores,
            is_unknown,
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
