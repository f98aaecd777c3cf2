//! The three networks as boxes, with what flows between them.

pub mod text;

use leptos::prelude::*;

use crate::language::Text;

/// The style of the boxes, for [`adopt`](crate::adopted::adopt).
pub const STYLE: &str = include_str!("boxes.css");

/// One of the three networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// F.
    Extractor,
    /// C.
    Predictor,
    /// D.
    Domain,
}

impl Network {
    /// Its letter and its name.
    fn called(self) -> (&'static str, Text) {
        match self {
            Self::Extractor => ("F", text::F),
            Self::Predictor => ("C", text::C),
            Self::Domain => ("D", text::D),
        }
    }
}

/// F above, C and D below it.
#[component]
pub fn Boxes<N>(
    /// The network that the pointer or the focus is on.
    network: RwSignal<Option<Network>>,
    /// What stands in a network's box below its name.
    note: N,
    /// Makes the small picture in a network's box of what the network does.
    #[prop(optional)]
    picture: Option<fn(Network) -> AnyView>,
    /// Whether D does nothing.
    #[prop(optional, into)]
    is_alone: Signal<bool>,
) -> impl IntoView
where
    N: Fn(Network) -> String + Copy + Send + Sync + 'static,
{
    let one = move |own: Network| {
        let (letter, name) = own.called();
        let is_lit = move || network.get() == Some(own);
        let light = move || network.set(Some(own));
        view! {
            <button
                type="button"
                class="network-box"
                data-network=letter
                class:lit=is_lit
                aria-pressed=move || is_lit().to_string()
                on:pointerenter=move |_| light()
                on:focus=move |_| light()
                on:click=move |_| light()
            >
                <strong>{letter}</strong>
                <span>{name}</span>
                {picture.map(|picture| picture(own))}
                <span class="number">{move || note(own)}</span>
            </button>
        }
    };
    view! {
        <div class="boxes" class:alone=is_alone>
            {one(Network::Extractor)}
            <svg viewBox="0 0 120 36" aria-hidden="true" class="wires">
                <path class="wire" d="M60 0V14M60 14H28V34M60 14H92V34" />
            </svg>
            {one(Network::Predictor)} {one(Network::Domain)}
        </div>
    }
}
