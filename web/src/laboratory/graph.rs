//! F, C and D as boxes, each with its loss and a small picture of what it does.

use laboratory::Settings;
use leptos::prelude::*;
use protocol::laboratory::Numbers;
use shared::dann::Variant;

use super::pictures::SmallPicture;
use super::state::use_laboratory;
use super::text;
use crate::boxes::{Boxes, Network};
use crate::language::Text;

/// The three networks and what flows between them. The one under the pointer or the focus is explained below.
#[component]
pub fn Graph() -> impl IntoView {
    let laboratory = use_laboratory();
    let last = Memo::new(move |_| laboratory.last());
    let explained = move || match laboratory.network.get() {
        None => text::POINT_AT_ONE,
        Some(Network::Extractor) => about_extractor(&laboratory.settings.read()),
        Some(Network::Predictor) => text::ABOUT_C,
        Some(Network::Domain) => text::ABOUT_D,
    };
    let lambda = move || last.get().map(|last| text::lambda(last.lambda));
    let is_alone = move || !laboratory.uses_domain();
    let loss = move |network| {
        let loss = last.get().map(|last: Numbers| match network {
            Network::Extractor => last.feature_loss,
            Network::Predictor => last.class_loss,
            Network::Domain => last.domain_loss,
        });
        let loss = loss.filter(|loss| loss.is_finite());
        let loss = loss.map_or(String::from("–"), text::loss);
        format!("{} {loss}", text::LOSS())
    };
    let weighs = move || match laboratory.settings.read().variant {
        Variant::Confusion => text::LAMBDA_WEIGHS_CONFUSION,
        Variant::TwoStep | Variant::Reversal | Variant::SourceOnly => text::LAMBDA_WEIGHS,
    };
    let small = |network| view! { <SmallPicture network=network /> }.into_any();
    view! {
        <div class="lab-graph">
            <Boxes network=laboratory.network note=loss picture=small is_alone=Signal::derive(is_alone) />
            <p class="lab-lambda number" id="lab-lambda" hidden=is_alone>{lambda}</p>
            <p class="lab-weight" hidden=is_alone>{move || weighs()()}</p>
            <p class="lab-explained" id="lab-explained">{move || explained()()}</p>
        </div>
    }
}

/// What F learns from.
fn about_extractor(settings: &Settings) -> Text {
    match settings.variant {
        _ if !settings.has_adversary() => text::ABOUT_F_ALONE,
        Variant::Confusion => text::ABOUT_F_CONFUSION,
        Variant::TwoStep | Variant::Reversal | Variant::SourceOnly => text::ABOUT_F,
    }
}
