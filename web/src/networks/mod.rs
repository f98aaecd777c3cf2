//! The two networks: one was trained on photos alone, the other has been adapted to doodles as well.

pub mod text;
pub mod view;

use leptos::prelude::*;

use crate::engines::client::{Addresses, Client};
use crate::engines::engine::Remedy;
use crate::engines::machine::LatestAnswer;
use crate::engines::status::Status;
use crate::language::Text;

/// One of the two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Network {
    /// Trained on the edges of labelled photos alone.
    PhotosOnly,
    /// Adapted to unlabelled doodles by domain-adversarial training: what Edgewise is about.
    #[default]
    Adapted,
}

impl Network {
    /// Its name.
    pub const fn name(self) -> Text {
        match self {
            Self::PhotosOnly => text::PHOTOS_ONLY,
            Self::Adapted => text::ADAPTED,
        }
    }
}

/// Both networks and the visitor's choice; copies are the same.
#[derive(Clone, Copy)]
pub struct Networks {
    adapted: Client,
    /// At rest until it is chosen for the first time; none where the site has no such network.
    photos_only: Option<Client>,
    is_compared: RwSignal<bool>,
    chosen: RwSignal<Network>,
    latest: Memo<LatestAnswer>,
    is_settled: Memo<bool>,
    status: Memo<Status>,
}

impl Networks {
    /// The networks of a site, the first one with its engines; belonging to the current reactive owner.
    pub fn new(adapted: Client, addresses: &Addresses) -> Self {
        let photos_only = addresses.photos_only.clone().map(|weights| {
            Client::beside(Addresses {
                weights,
                ..addresses.clone()
            })
        });
        let chosen = RwSignal::new(Network::default());
        let client = move || match (chosen.get(), photos_only) {
            (Network::PhotosOnly, Some(client)) => client,
            _ => adapted,
        };
        let latest = Memo::new(move |_| client().latest().get());
        let is_settled = Memo::new(move |_| client().is_settled().get());
        let status = Memo::new(move |_| client().status().get());
        Self {
            adapted,
            photos_only,
            is_compared: RwSignal::new(false),
            chosen,
            latest,
            is_settled,
            status,
        }
    }

    /// Whether there are two.
    pub fn are_two(self) -> bool {
        self.photos_only.is_some()
    }

    /// Whether the second one was started, so that both answer.
    pub fn is_compared(self) -> bool {
        self.is_compared.get()
    }

    /// The one whose answers count.
    pub fn chosen(self) -> Signal<Network> {
        self.chosen.into()
    }

    /// Follows the visitor's choice. The second network is loaded the first time, and again where it has failed.
    pub fn choose(self, network: Network) {
        if let (Network::PhotosOnly, Some(client)) = (network, self.photos_only) {
            if !self.is_compared.get_untracked() {
                client.start();
                self.is_compared.set(true);
            } else if client.status().read_untracked().failure.is_some() {
                client.try_again();
            }
        }
        self.chosen.set(network);
    }

    /// The client of a network; none as long as it is not started.
    pub fn client(self, network: Network) -> Option<Client> {
        match network {
            Network::Adapted => Some(self.adapted),
            Network::PhotosOnly => self.photos_only.filter(|_| self.is_compared()),
        }
    }

    /// The newest answer of the chosen network.
    pub fn latest(self) -> Memo<LatestAnswer> {
        self.latest
    }

    /// Whether it is that to the newest question.
    pub fn is_settled(self) -> Memo<bool> {
        self.is_settled
    }

    /// What to do where the second network is chosen and does not run. About the first the page's error says it.
    pub fn remedy(self) -> Option<Text> {
        match (self.chosen.get(), self.status.read().remedy) {
            (Network::Adapted, _) => None,
            (Network::PhotosOnly, Some(Remedy::Reload)) => Some(text::OUTDATED),
            (Network::PhotosOnly, _) => Some(text::NOT_RUNNING),
        }
    }

    /// Whether the engines of the chosen network run, and why not.
    pub fn status(self) -> Memo<Status> {
        self.status
    }
}
