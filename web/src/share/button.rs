//! Sharing what is on the sheet.

use leptos::prelude::*;
use shared::classes::{ClassId, ClassNames};
use shared::drawing::Drawing;

use super::card::Card;
use super::dialog::{Share, Shared};
use super::link::link_to;
use super::text;
use crate::guess::words::Guess;
use crate::state::use_state;

/// The button among the tools of the drawing view.
#[component]
pub fn ShareButton() -> impl IntoView {
    let state = use_state();
    let disabled = Memo::new(move |_| state.history.read().drawing().is_empty());
    let prepare = move || {
        let drawing = state
            .history
            .with_untracked(|history| history.drawing().clone());
        let latest = state.engines.latest().get_untracked();
        let answer = latest.answer.map(|answer| answer.probabilities);
        let link = link_to(&drawing).map_err(text::no_link);
        Shared {
            title: text::TITLE,
            note: text::LINK_HOLDS,
            card: card(drawing, answer.as_deref(), &state.classes.read_untracked()),
            link,
            file: "edgewise.png",
        }
    };
    view! { <Share id="share" disabled=disabled prepare=prepare /> }
}

/// The card of one drawing with the answer's words.
fn card(drawing: Drawing, probabilities: Option<&[f32]>, classes: &ClassNames) -> Card {
    let name = |class: ClassId| classes.name(class).unwrap_or_default();
    let (kicker, headline, detail) = match probabilities.map(Guess::from_probabilities) {
        Some(Guess::Sure { class, probability }) => {
            (text::SEES, name(class).into(), text::sure(probability))
        }
        Some(Guess::Either(first, second)) => (
            text::SEES,
            text::either(name(first), name(second)),
            String::new(),
        ),
        Some(Guess::NoIdea) | None => ("", text::NO_ANSWER.into(), String::new()),
    };
    Card {
        drawings: vec![(drawing, String::new())],
        kicker: kicker.into(),
        headline,
        detail,
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn words(probabilities: Option<&[f32]>) -> (String, String) {
        let card = card(Drawing::default(), probabilities, &ClassNames::default());
        (card.headline, card.detail)
    }

    #[test]
    fn the_card_says_what_the_page_says() {
        let cat = [0.0, 0.0, 0.0, 0.0, 0.92, 0.0, 0.0, 0.08, 0.0, 0.0];
        assert_eq!(words(Some(&cat)), ("cat".into(), "92% sure".into()));
        let either = [0.05, 0.05, 0.0, 0.0, 0.46, 0.0, 0.0, 0.42, 0.02, 0.0];
        assert_eq!(words(Some(&either)), ("cat or dog?".into(), String::new()));
        assert_eq!(words(None), (text::NO_ANSWER.into(), String::new()));
    }
}
