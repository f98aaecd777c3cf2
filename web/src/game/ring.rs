//! The ring that empties with the time for a word; where less is to move, the number alone.

use leptos::prelude::*;

use super::play::Play;
use super::rules::{Phase, ROUND};

/// The ring is drawn in so many steps, so that the page does not change more often than can be seen.
const STEPS: f64 = 400.0;
/// From so many seconds on the ring warns.
const LATE: u64 = 5;

/// The ring with the seconds left. Screen readers are told the time elsewhere.
#[component]
pub fn Ring() -> impl IntoView {
    let play = expect_context::<Play>();
    let left = move || {
        let game = play.game.read();
        game.as_ref().map_or(ROUND, |game| game.left())
    };
    let part = Memo::new(move |_| {
        let part = left().as_secs_f64() / ROUND.as_secs_f64();
        (part * STEPS).round() / STEPS * 100.0
    });
    let seconds = Memo::new(move |_| left().as_secs_f64().ceil() as u64);
    let is_late = Memo::new(move |_| {
        let game = play.game.read();
        let is_drawing = game
            .as_ref()
            .is_some_and(|game| game.phase() == Phase::Drawing);
        is_drawing && seconds.get() <= LATE
    });
    view! {
        <div class="game-ring" class:late=is_late aria-hidden="true" data-left=move || seconds.get().to_string()>
            <svg viewBox="0 0 48 48">
                <circle class="game-ring-track" cx="24" cy="24" r="21" />
                <circle
                    class="game-ring-left"
                    cx="24"
                    cy="24"
                    r="21"
                    pathLength="100"
                    stroke-dasharray="100"
                    stroke-dashoffset=move || format!("{:.2}", 100.0 - part.get())
                />
            </svg>
            <span class="game-ring-seconds number">{seconds}</span>
        </div>
    }
}
