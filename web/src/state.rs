//! What the views have in common: one value in the context of the page.

use leptos::prelude::*;
use shared::classes::ClassNames;

use crate::draw::history::History;
use crate::engines::client::{Addresses, Client};
use crate::engines::machine::LatestAnswer;
use crate::guess::scores::{Score, scores};
use crate::networks::{Network, Networks};
use crate::own_classes::answer::{join, names};
use crate::own_classes::shelf::Shelf;
use crate::photo::client::PhotoClient;
use crate::photo::input::PhotoInput;
use crate::views::{View, view_by_address};

/// The state of the page; copies are the same state.
#[derive(Clone, Copy)]
pub struct State {
    /// The engines of the adapted network and their latest answer.
    pub engines: Client,
    /// Both networks, of which one is chosen.
    pub networks: Networks,
    /// Where the engines, their weights and the story lie.
    pub addresses: StoredValue<Addresses>,
    /// The view in front.
    pub view: RwSignal<View>,
    /// The drawing and its past.
    pub history: RwSignal<History>,
    /// Whether the strokes are shown by what they add to the answer.
    pub why: RwSignal<bool>,
    /// The photo, its edges and their thresholds.
    pub photo: PhotoClient,
    /// Where photos come from: even while the drawing view is in front, one may be dropped.
    pub photo_input: PhotoInput,
    /// The names of the network's classes: the default ones until the weights have come.
    pub classes: Memo<ClassNames>,
    /// The same, and then the visitor's own.
    pub all_classes: Memo<ClassNames>,
    /// The answer of the chosen network, with the visitor's own classes in it.
    pub answer: Memo<LatestAnswer>,
    /// What the answer says of each class, the most probable first; none as long as there is no answer.
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
        let history = RwSignal::new(History::default());
        let features = Signal::derive(move || {
            // Those of an older question are of another drawing.
            let latest = engines.is_settled().get().then(|| engines.latest().get());
            let features = latest?.answer?.features;
            Some(features).filter(|features| !features.is_empty())
        });
        let known = Memo::new(move |_| engines.model_info().get().map(|info| info.classes));
        let own = Shelf::provide(history, known, features, &addresses.weights).classes;
        // Own classes are compared by the features of the adapted network.
        let own = Memo::new(move |_| match networks.chosen().get() {
            Network::Adapted => own.get(),
            Network::PhotosOnly => Vec::new(),
        });
        let all_classes = Memo::new(move |_| names(&classes.read(), &own.read()));
        let answer = Memo::new(move |_| join(&networks.latest().read(), &own.read()));
        let scores = Memo::new(move |_| scores(&answer.read(), &all_classes.read()));
        let is_unknown = Memo::new(move |_| {
            let is_unknown = answer
                .read()
                .answer
                .as_ref()
                .is_some_and(|answer| answer.is_unknown);
            // A class of the visitor's own may well be what is drawn.
            let scores = scores.read();
            let is_own = |name: &String| !classes.read().names().contains(name);
            let is_own = scores.first().is_some_and(|first| is_own(&first.name));
            view.get() == View::Draw && is_unknown && !is_own
        });
        let state = Self {
            engines,
            networks,
            addresses: StoredValue::new(addresses),
            view,
            history,
            why: RwSignal::new(false),
            photo,
            photo_input: PhotoInput::new(photo),
            classes,
            all_classes,
            answer,
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
