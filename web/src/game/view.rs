//! The view of the game: its start, the word with the sheet, and its end.

use leptos::html;
use leptos::prelude::*;

use super::hard_words::HardWords;
use super::no_engine::NoEngine;
use super::play::Play;
use super::results::Results;
use super::ring::Ring;
use super::rules::{Outcome, Phase};
use super::text;
use crate::doodle::Doodle;
use crate::draw::history::History;
use crate::draw::keys;
use crate::draw::pad::Pad;
use crate::state::use_state;
use crate::views::View;

/// How many wrong guesses the line shows.
const GUESSES: usize = 3;

/// What the view shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scene {
    Start,
    Playing,
    End,
}

/// The game.
#[component]
pub fn GameView() -> impl IntoView {
    let play = expect_context::<Play>();
    let state = use_state();
    let scene = Memo::new(move |_| {
        let game = play.game.read();
        match game.as_ref().map(|game| game.phase()) {
            None => Scene::Start,
            Some(Phase::Over) => Scene::End,
            Some(_) => Scene::Playing,
        }
    });
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if state.view.get_untracked() != View::Game || scene.get_untracked() != Scene::Playing {
            return;
        }
        if let Some(change) = keys::change(&event) {
            play.edit(change);
        }
    });
    on_cleanup(move || keys.remove());
    let start = move || play.start(seed());
    view! {
        <div class="game" data-scene=move || match scene.get() {
            Scene::Start => "start",
            Scene::Playing => "playing",
            Scene::End => "end",
        }>
            {move || match scene.get() {
                Scene::Start => view! { <Start start=start /> }.into_any(),
                Scene::Playing => view! { <Playing /> }.into_any(),
                Scene::End => view! { <Results again=start /> }.into_any(),
            }}
            <p class="unseen" role="status" id="game-said">{play.said}</p>
        </div>
    }
}

#[component]
fn Start(start: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let (play, state) = (expect_context::<Play>(), use_state());
    let status = state.engines.status();
    let is_loading = Memo::new(move |_| status.read().engine == "loading");
    let rules = move || text::rules(state.classes.read().len());
    view! {
        <div class="game-start">
            <h2 class="game-title">{text::NAME}</h2>
            <p class="game-rules">{rules}</p>
            <button type="button" id="game-start" class="main" disabled=move || !play.is_answering.get() on:click=move |_| start()>
                {move || if is_loading.get() { text::LOADING() } else { text::START() }}
            </button>
            <NoEngine />
            <HardWords />
            <p class="game-note">{text::PRIVATE}</p>
        </div>
    }
}

#[component]
fn Playing() -> impl IntoView {
    let play = expect_context::<Play>();
    let game =
        move |look: fn(&super::rules::Game) -> bool| play.game.read().as_ref().is_some_and(look);
    let is_paused = Memo::new(move |_| game(|game| game.is_paused()));
    let is_still = Memo::new(move |_| !game(|game| game.is_drawn()));
    let is_reading = Memo::new(move |_| game(|game| game.phase() == Phase::Reading));
    let word = Memo::new(move |_| {
        let game = play.game.read();
        let word = game.as_ref().and_then(|game| game.word())?;
        Some(text::name(&play.classes.read(), word).to_string())
    });
    let draw = move || word.read().as_deref().map(text::draw);
    let round = Memo::new(move |_| {
        let game = play.game.read();
        game.as_ref()
            .map(|game| text::round(game.round(), game.words().len()))
    });
    let can_clear =
        Memo::new(move |_| !is_still.get() && !play.history.read().drawing().is_empty());
    let can_undo = Memo::new(move |_| !is_still.get() && play.history.read().can_undo());
    let toggle = NodeRef::<html::Button>::new();
    Effect::new(move |_| {
        if let Some(toggle) = toggle.get() {
            // The button that started the game is gone, and with it the focus.
            let _ = toggle.focus();
        }
    });
    let pause = move |_| {
        if is_paused.get_untracked() {
            play.resume();
        } else {
            play.pause();
        }
    };
    view! {
        <div class="game-play">
            <div class="game-word">
                <div>
                    <p class="game-round">{round}</p>
                    <h2 class:reading=is_reading><span class="game-draw">{draw}</span> {word}</h2>
                </div>
                <Ring />
            </div>
            <div class="sheet" class:still=is_still>
                <Pad history=play.history id="game-canvas" />
                <div class="game-paused" hidden=move || !is_paused.get()>
                    <p class="game-paused-title">{text::PAUSED}</p>
                    <p>{text::PAUSED_NOTE}</p>
                </div>
            </div>
            <div class="game-side">
                <Guesses />
                <NoEngine />
                <div class="game-controls" role="group" aria-label=text::CONTROLS>
                    <button
                        type="button"
                        id="game-pause"
                        node_ref=toggle
                        aria-disabled=move || (is_paused.get() && !play.is_answering.get()).to_string()
                        on:click=pause
                    >
                        {move || if is_paused.get() { text::RESUME() } else { text::PAUSE() }}
                    </button>
                    <button type="button" id="game-skip" on:click=move |_| play.skip()>{text::SKIP}</button>
                    <button type="button" id="game-undo" title="Ctrl+Z" disabled=move || !can_undo.get() on:click=move |_| play.edit(History::undo)>
                        {text::UNDO}
                    </button>
                    <button type="button" id="game-clear" disabled=move || !can_clear.get() on:click=move |_| play.edit(History::clear)>
                        {text::CLEAR}
                    </button>
                    <button type="button" id="game-give-up" class="plain" on:click=move |_| play.give_up()>{text::GIVE_UP}</button>
                </div>
                <Progress />
            </div>
        </div>
    }
}

/// The running line: the newest wrong guesses, and the right one.
#[component]
fn Guesses() -> impl IntoView {
    let play = expect_context::<Play>();
    let outcome = Memo::new(move |_| {
        let game = play.game.read();
        let game = game
            .as_ref()
            .filter(|game| game.phase() == Phase::Showing)?;
        game.outcomes().last().copied().zip(game.word())
    });
    let words = move || {
        let (classes, line) = (play.classes.read(), play.line.read());
        let wrong = line.last(GUESSES);
        let guesses = wrong
            .iter()
            .map(|&guess| text::wrong_guess(text::name(&classes, guess)))
            .collect::<Vec<_>>()
            .join(" ");
        match outcome.get() {
            Some((Outcome::Found(_), word)) => {
                let name = text::name(&classes, word).to_string();
                let before = text::right_before(&name, wrong.is_empty());
                view! { {guesses} " " {before} <em>{name}</em> {text::FOUND()} }.into_any()
            }
            Some((Outcome::Missed, _)) => {
                let seen = line.newest().map(|seen| text::name(&classes, seen));
                text::missed(seen).into_any()
            }
            _ if wrong.is_empty() => {
                view! { <span class="looking">{text::LOOKING}</span> }.into_any()
            }
            _ => guesses.into_any(),
        }
    };
    // Said aloud elsewhere, and less often.
    view! { <p class="game-line" id="game-line" aria-hidden="true">{words}</p> }
}

/// The words so far as small drawings, and how many are to come.
#[component]
fn Progress() -> impl IntoView {
    let play = expect_context::<Play>();
    let total = Memo::new(move |_| {
        play.game
            .read()
            .as_ref()
            .map_or(0, |game| game.words().len())
    });
    let slot = move |index: usize| {
        let done = Memo::new(move |_| play.done.read().get(index).cloned());
        let is_found = move || {
            done.get()
                .is_some_and(|done| matches!(done.outcome, Outcome::Found(_)))
        };
        let name = move || {
            done.get()
                .map(|done| text::name(&play.classes.read(), done.word).to_string())
        };
        let drawing =
            Signal::derive(move || done.get().map(|done| done.drawing).unwrap_or_default());
        view! {
            <li class="game-slot" class:done=move || done.read().is_some() class:found=is_found title=name>
                <Doodle drawing=drawing />
                <span class="unseen">{name}</span>
            </li>
        }
    };
    view! {
        <ol class="game-slots" role="list" aria-label=text::PROGRESS>
            {move || (0..total.get()).map(slot).collect_view()}
        </ol>
    }
}

/// Another one for each game.
fn seed() -> u64 {
    (js_sys::Math::random() * 2.0_f64.powi(53)) as u64
}
