//! Sharing what is on the sheet.

use leptos::prelude::*;
use shared::drawing::Drawing;

use super::card::Card;
use super::dialog::{Share, Shared};
use super::link::link_to;
use super::text;
use crate::guess::phrase::Phrase;
use crate::guess::scores::Score;
use crate::language::both;
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
        Shared {
            title: text::TITLE,
            note: text::LINK_HOLDS,
            link: link_to(&drawing).map_err(|error| both(|| text::no_link(error))),
            card: card(
                drawing,
                &state.scores.read_untracked(),
                state.is_unknown.get_untracked(),
            ),
            file: "edgewise.png",
        }
    };
    view! { <Share id="share" is_icon=true disabled=disabled prepare=prepare /> }
}

/// The card of one drawing with the words of the headline.
fn card(drawing: Drawing, scores: &[Score], is_unknown: bool) -> Card {
    let words = match scores {
        [] => Phrase::sentence(text::NO_ANSWER()),
        scores => Phrase::of(scores, is_unknown),
    };
    Card {
        drawings: vec![(drawing, String::new())],
        kicker: words.lead,
        headline: words.name,
        detail: words.confidence,
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_card_says_what_the_page_says() {
        let cat = Score {
            name: "cat".into(),
            probability: 0.92,
        };
        let lines = |scores: &[Score], is_unknown| {
            let card = card(Drawing::default(), scores, is_unknown);
            [card.kicker, card.headline, card.detail]
        };
        let cat = &[cat];
        assert_eq!(
            lines(cat, false),
            ["I think it’s a", "cat", "92%\u{a0}sure"]
        );
        assert_eq!(lines(cat, true), ["This looks like", "none of my 1", ""]);
        assert_eq!(lines(&[], false), ["", text::NO_ANSWER(), ""]);
    }
}
