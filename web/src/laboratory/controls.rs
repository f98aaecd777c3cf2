//! What runs the laboratory and what can be changed while it runs.

mod data;
mod fields;
mod lambda;
mod playing;

use data::{Change, Generated, Scenes};
use fields::{Choice, Number, Seed, other, position};
use lambda::Schedule;
use leptos::prelude::*;
pub use playing::Playing;
use shared::dann::Variant;

use super::brush::Brush;
use super::state::use_laboratory;
use super::text;
use crate::language::Text;

/// The settings.
#[component]
pub fn Editing(
    /// What draws points by hand.
    brush: Brush,
) -> impl IntoView {
    let laboratory = use_laboratory();
    view! {
        <div class="lab-settings">
            <fieldset>
                <legend>{text::DATA}</legend>
                <Scenes brush=brush />
                <Change />
                <Generated />
                <Seed />
            </fieldset>
            <fieldset>
                <legend>{text::ADVERSARY}</legend>
                <Choice
                    id="lab-variant" name=text::VARIANT options=VARIANTS.map(|(_, name)| name).to_vec()
                    chosen=move || position(&VARIANTS, laboratory.settings.read().variant)
                    choose=move |index: usize| laboratory.edit(|settings| settings.variant = VARIANTS[index].0)
                />
                <Schedule />
                <Number
                    id="lab-domain-steps" name=text::DOMAIN_STEPS least=1.0 greatest=10.0 step=1.0
                    get=|settings| f32::from(settings.domain_steps) set=|settings, value| settings.domain_steps = value as u8
                />
            </fieldset>
            <fieldset>
                <legend>{text::TRAINING}</legend>
                <Choice
                    id="lab-rate" name=text::RATE options=RATES.map(|(_, name)| name).to_vec()
                    chosen=move || position(&RATES, laboratory.settings.read().learning_rate)
                    choose=move |index: usize| laboratory.edit(|settings| settings.learning_rate = RATES[index].0)
                    other=Signal::derive(move || other(&RATES, laboratory.settings.read().learning_rate))
                />
                <Choice
                    id="lab-width" name=text::WIDTH options=WIDTHS.map(|(_, name)| name).to_vec()
                    chosen=move || position(&WIDTHS, laboratory.settings.read().width)
                    choose=move |index: usize| laboratory.edit(|settings| settings.width = WIDTHS[index].0)
                    other=Signal::derive(move || other(&WIDTHS, laboratory.settings.read().width))
                />
                <Number
                    id="lab-im" name=text::IM least=0.0 greatest=10.0 step=0.1
                    get=|settings| settings.im_weight set=|settings, value| settings.im_weight = value
                />
                <Number
                    id="lab-consistency" name=text::CONSISTENCY least=0.0 greatest=10.0 step=0.1
                    get=|settings| settings.consistency_weight
                    set=|settings, value| settings.consistency_weight = value
                />
            </fieldset>
        </div>
    }
}

const VARIANTS: [(Variant, Text); 4] = [
    (Variant::SourceOnly, text::SOURCE_ONLY),
    (Variant::TwoStep, text::TWO_STEP),
    (Variant::Reversal, text::REVERSAL),
    (Variant::Confusion, text::CONFUSION),
];
const RATES: [(f32, Text); 5] = [
    (0.001, || "0.001"),
    (0.003, || "0.003"),
    (0.01, || "0.01"),
    (0.03, || "0.03"),
    (0.1, || "0.1"),
];
const WIDTHS: [(u8, Text); 4] = [(4, || "4"), (8, || "8"), (16, || "16"), (32, || "32")];
