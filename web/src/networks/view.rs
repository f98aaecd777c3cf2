//! The switch between the networks, what each makes of the same picture, and a note about other weights than the site's.

use leptos::prelude::*;
use protocol::foreign::isolated;

use super::{Network, text};
use crate::engines::engine::Remedy;
use crate::focus::focus_on;
use crate::guess::announcer::Announcer;
use crate::guess::scores::{Score, scores};
use crate::language::{class_name, said};
use crate::numbers::percent;
use crate::state::use_state;

const BOTH: [Network; 2] = [Network::PhotosOnly, Network::Adapted];

/// Two buttons; once the second network is loaded, both answers side by side.
#[component]
pub fn NetworkSwitch() -> impl IntoView {
    let networks = use_state().networks;
    let chosen = networks.chosen();
    let button = move |network: Network| {
        let id = match network {
            Network::PhotosOnly => "network-photos-only",
            Network::Adapted => "network-adapted",
        };
        view! {
            <button
                type="button"
                id=id
                aria-pressed=move || (chosen.get() == network).to_string()
                on:click=move |_| networks.choose(network)
            >
                {network.name()}
            </button>
        }
    };
    let leaders = BOTH.map(|network| Memo::new(move |_| leader(network)));
    let verdict = Memo::new(move |_| {
        let [one, other] = leaders.map(|leader| leader.get());
        let said = match (one, other) {
            (Some(one), Some(other)) if one.name == other.name => text::AGREE(),
            (Some(_), Some(_)) => text::DIFFER(),
            _ => "",
        };
        said.to_string()
    });
    view! {
        <section class="networks" aria-labelledby="networks-title" hidden=move || !networks.are_two()>
            <h2 id="networks-title">{text::TITLE}</h2>
            <div class="segments" role="group" aria-labelledby="networks-title">{BOTH.map(button).collect_view()}</div>
            <Show when=move || networks.is_compared() fallback=|| view! { <p class="quiet">{text::EXPLANATION}</p> }>
                <dl class="verdicts">
                    {(0..2).map(|index| view! { <Verdict network=BOTH[index] leader=leaders[index] /> }).collect_view()}
                </dl>
                <p id="networks-verdict" class="quiet">{verdict}</p>
                <Announcer words=verdict />
                <Retry />
            </Show>
        </section>
    }
}

/// Starts the second network again where it has failed and that may help.
#[component]
fn Retry() -> impl IntoView {
    let networks = use_state().networks;
    let can_retry = Memo::new(move |_| {
        let client = networks.client(Network::PhotosOnly);
        client.is_some_and(|client| {
            let status = client.status().get();
            status.failure.is_some() && status.remedy == Some(Remedy::TryAgain)
        })
    });
    let retry = move |_| {
        networks.choose(Network::PhotosOnly);
        // This button goes away.
        focus_on("#network-photos-only");
    };
    view! {
        <Show when=move || can_retry.get()>
            <button type="button" id="network-retry" on:click=retry>{text::TRY_AGAIN}</button>
        </Show>
    }
}

/// One network's answer and accuracy.
#[component]
fn Verdict(network: Network, leader: Memo<Option<Score>>) -> impl IntoView {
    let networks = use_state().networks;
    let info = move || networks.client(network)?.model_info().get();
    let accuracy = move || {
        info()?
            .measured
            .map(|measured| text::accuracy(measured.accuracy))
    };
    let failure = move || networks.client(network)?.status().get().failure;
    let answer = move || match leader.get() {
        Some(score) => {
            let name = isolated(class_name(&score.name));
            format!("{name} {}", percent(score.probability))
        }
        None => match (failure(), info()) {
            (Some(failure), _) => said(&failure).into(),
            (None, None) => text::LOADING().into(),
            (None, Some(_)) => text::NOTHING().into(),
        },
    };
    let id = match network {
        Network::PhotosOnly => "verdict-photos-only",
        Network::Adapted => "verdict-adapted",
    };
    view! {
        <div class="verdict" class:source=network == Network::PhotosOnly>
            <dt>{network.name()}</dt>
            <dd id=id>
                <span class="verdict-answer">{answer}</span>
                <span class="verdict-accuracy">{accuracy}</span>
            </dd>
        </div>
    }
}

/// Which weights the address of the page names in place of the site's, and a link to the page with the site's.
#[component]
pub fn OwnWeights(
    /// What the address calls them; without any there is nothing to say.
    name: Option<String>,
) -> impl IntoView {
    name.map(|name| {
        // Without the part after the question mark.
        let back = window().location().pathname().unwrap_or_default();
        view! {
            <p id="own-weights" class="own-weights">
                {move || text::own_weights(&name)} " " <a href=back>{text::BACK}</a>
            </p>
        }
    })
}

/// The class that a network names first.
fn leader(network: Network) -> Option<Score> {
    let client = use_state().networks.client(network)?;
    let info = client.model_info().get()?;
    let latest = client.latest().get();
    scores(&latest, &info.classes).into_iter().next()
}
