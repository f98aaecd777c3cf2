//! The end of a game: all drawings with what was seen in them, and the score.

use leptos::html;
use leptos::prelude::*;
use shared::classes::{ClassId, ClassNames};

use super::hard_words::HardWords;
use super::no_engine::NoEngine;
use super::play::{Play, PlayedWord};
use super::rules::Outcome;
use super::text;
use crate::doodle::Doodle;
use crate::share::card::Card;
use crate::share::dialog::{Share, Shared};
use crate::share::link;
use crate::share::text as share_text;
use crate::views::View;

/// The wall of drawings, shown when a game is over.
#[component]
pub fn Results(
    /// Starts another game.
    again: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let play = expect_context::<Play>();
    let done = play.done.get_untracked();
    let (score, of) = (found(&done), done.len());
    let is_played = done.iter().any(|done| done.outcome != Outcome::Skipped);
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            // The button that had the focus is gone.
            let _ = heading.focus();
        }
    });
    let tile = move |done: PlayedWord| {
        let key = play
            .classes
            .read_untracked()
            .name(done.word)
            .map(str::to_owned);
        let word = move || text::name(&play.classes.read_untracked(), done.word).to_string();
        let (outcome, taken_for) = (done.outcome, done.seen);
        let seen = move || seen(outcome, taken_for, &play.classes.read_untracked());
        let is_found = matches!(done.outcome, Outcome::Found(_));
        view! {
            <li class="game-tile" class:found=is_found data-word=key>
                <Doodle drawing=done.drawing />
                <p class="game-tile-word">{word}</p>
                <p class="game-tile-seen">{is_found.then(tick)} {seen}</p>
            </li>
        }
    };
    let prepare = move || shared(&play.done.read_untracked(), &play.classes.read_untracked());
    view! {
        <div class="game-end">
            <h2 class="game-score" tabindex="-1" node_ref=heading>
                <span class="number">{move || text::score(score, of)}</span>
            </h2>
            <p class="game-verdict">{move || text::verdict(score, of, is_played)}</p>
            <ol class="game-wall" role="list">{done.into_iter().map(tile).collect_view()}</ol>
            <div class="game-controls">
                <button type="button" id="game-again" class="main" disabled=move || !play.is_answering.get() on:click=move |_| again()>
                    {text::AGAIN}
                </button>
                <Share id="game-share" disabled=Signal::derive(move || of == 0) prepare=prepare />
            </div>
            <NoEngine />
            <HardWords />
        </div>
    }
}

fn tick() -> impl IntoView {
    view! { <svg class="game-tick" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 13l5 5L19 7" /></svg> }
}

fn found(done: &[PlayedWord]) -> usize {
    let found = |done: &&PlayedWord| matches!(done.outcome, Outcome::Found(_));
    done.iter().filter(found).count()
}

/// Below a drawing: how long it took, or what it was taken for.
fn seen(outcome: Outcome, taken_for: Option<ClassId>, classes: &ClassNames) -> String {
    match (outcome, taken_for) {
        (Outcome::Found(after), _) => text::seconds(after),
        (Outcome::Skipped, _) => text::SKIPPED().into(),
        (Outcome::Missed, Some(seen)) => text::seen(text::name(classes, seen)),
        (Outcome::Missed, None) => text::NOTHING_SEEN().into(),
    }
}

fn shared(done: &[PlayedWord], classes: &ClassNames) -> Shared {
    let caption = |done: &PlayedWord| {
        let word = text::name(classes, done.word);
        match done.outcome {
            Outcome::Found(_) => format!("{word} ✓"),
            Outcome::Missed | Outcome::Skipped => word.into(),
        }
    };
    let drawings = done
        .iter()
        .map(|done| (done.drawing.clone(), caption(done)));
    Shared {
        title: share_text::GAME_TITLE,
        note: share_text::GAME_LINK_HOLDS,
        card: Card {
            drawings: drawings.collect(),
            kicker: text::CARD_KICKER().into(),
            headline: text::score(found(done), done.len()),
            detail: text::CARD_DETAIL().into(),
        },
        link: Ok(link::address(View::Game.description().id)),
        file: "edgewise-game.png",
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn each_drawing_says_what_became_of_it() {
        let say = |outcome, leader: Option<u8>| {
            let leader = leader.map(ClassId);
            seen(outcome, leader, &ClassNames::default()).replace('\u{a0}', " ")
        };
        assert_eq!(
            say(Outcome::Found(Duration::from_millis(6420)), Some(0)),
            "6.4 s"
        );
        assert_eq!(say(Outcome::Missed, Some(7)), "seen as a dog");
        assert_eq!(say(Outcome::Missed, None), "nothing seen");
        assert_eq!(say(Outcome::Skipped, Some(7)), "skipped");
    }
}
