//! The film: how the network's features of photos and doodles move during the run.

use std::time::Duration;

use leptos::prelude::*;
use shared::classes::ClassId;
use web_sys::PointerEvent;

use super::canny::Slider;
use super::file::use_story;
use super::picked::{Picked, told};
use super::scatter::{Colouring, Look, Scatter, class_token, nearest, places};
use super::sentences;
use super::text;
use crate::attempts::Attempts;
use crate::canvas::{pointed_at, square_canvas};
use crate::clock::now;
use crate::language::{Text, class_name, language};
use crate::share::opened::moves_less;
use crate::state::use_state;
use crate::views::View;

/// From one snapshot to the next, milliseconds.
const BETWEEN: f64 = 900.0;
/// Where less is to move, a snapshot stays so long before the next one.
const STILL: Duration = Duration::from_millis(1500);

/// The film's place and whether it runs; copies are the same.
#[derive(Clone, Copy)]
struct Film {
    /// Frames from the first, with a fraction between two.
    at: RwSignal<f64>,
    is_running: RwSignal<bool>,
    /// The last frame's number.
    last: Memo<u32>,
    /// Only the newest start continues.
    starts: Attempts,
}

impl Film {
    fn toggle(self) {
        if self.is_running.get_untracked() {
            return self.is_running.set(false);
        }
        if self.at.get_untracked() >= f64::from(self.last.get_untracked()) {
            self.at.set(0.0);
        }
        self.is_running.set(true);
        self.move_on(self.starts.begin(), None);
    }

    /// Whether a start still holds. The view may be gone.
    fn holds(self, start: u32) -> bool {
        self.is_running.try_get_untracked() == Some(true) && self.starts.is_newest(start)
    }

    fn move_on(self, start: u32, before: Option<f64>) {
        let advance = move |by: f64| {
            let last = f64::from(self.last.get_untracked());
            let to = (self.at.get_untracked() + by).min(last);
            self.at.set(to);
            if to >= last {
                self.is_running.set(false);
            }
        };
        if moves_less() {
            let next = move || {
                if self.holds(start) {
                    advance(1.0);
                    self.move_on(start, None);
                }
            };
            return set_timeout(next, STILL);
        }
        request_animation_frame(move || {
            if self.holds(start) {
                let now = now();
                // A page that was hidden has missed its frames.
                advance(before.map_or(0.0, |before| (now - before).clamp(0.0, 100.0)) / BETWEEN);
                self.move_on(start, Some(now));
            }
        });
    }
}

/// The embedding, with what moves and colours it.
#[component]
pub fn FilmPiece() -> impl IntoView {
    let story = use_story();
    let film = Film {
        at: RwSignal::new(0.0),
        is_running: RwSignal::new(false),
        last: Memo::new(move |_| story.get().map_or(0, |story| story.frames.len() as u32 - 1)),
        starts: Attempts::new(),
    };
    let view = use_state().view;
    Effect::new(move |_| {
        if view.get() != View::Story {
            film.is_running.set(false);
        }
    });
    // The end is the most that one sees at a glance.
    Effect::new(move |_| film.at.set(f64::from(film.last.get())));
    let colouring = RwSignal::new(Colouring::default());
    let class = RwSignal::new(None::<ClassId>);
    let picked = RwSignal::new(None::<usize>);
    let places = Memo::new(move |_| story.get().map(|story| places(&story, film.at.get())));
    let (node, looks) = square_canvas();
    Effect::new(move |_| {
        looks.track();
        // The names on the canvas follow it.
        language();
        let Some(canvas) = node.get() else { return };
        let look = Look {
            colouring: colouring.get(),
            class: class.get(),
            picked: picked.get(),
        };
        let places = places.read();
        if let (Some(scatter), Some(story), Some(places)) =
            (Scatter::new(&canvas), story.get(), &*places)
        {
            scatter.points(&story, places, look);
        }
    });
    let point = move |event: PointerEvent| {
        let Some(canvas) = node.get_untracked() else {
            return;
        };
        let at = pointed_at(&canvas, &event);
        let found = places
            .read_untracked()
            .as_ref()
            .and_then(|places| nearest(places, at));
        if found.is_some() && found != picked.get_untracked() {
            picked.set(found);
        }
    };
    let epoch = move || {
        let story = story.get()?;
        let frame = story.frames.get(film.at.get().round() as usize)?;
        Some(sentences::epoch(frame.epoch))
    };
    let most = Signal::derive(move || story.get().map_or(0, |story| story.points.len() as u32 - 1));
    let said = move || told(&*story.get()?, picked.get()?);
    let play = move || {
        if film.is_running.get() {
            text::PAUSE()
        } else {
            text::PLAY()
        }
    };
    let colour = move |id: &'static str, name: Text, own: Colouring| {
        view! {
            <button
                type="button"
                id=id
                aria-pressed=move || (colouring.get() == own).to_string()
                on:click=move |_| colouring.set(own)
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="film" hidden=move || story.get().is_none()>
            <canvas
                node_ref=node
                id="film"
                role="img"
                aria-label=text::FILM_LABEL
                on:pointermove=point
                on:pointerdown=point
            ></canvas>
            <div class="film-side">
                <div class="film-playing">
                    <button type="button" class="main" id="film-play" on:click=move |_| film.toggle()>{play}</button>
                    <p class="number" id="film-epoch">{epoch}</p>
                </div>
                <Slider
                    id="film-at"
                    label=text::SNAPSHOT
                    most=film.last
                    value=move || film.at.get().round() as u32
                    set=move |to| {
                        film.is_running.set(false);
                        film.at.set(f64::from(to));
                    }
                />
                <Picked point=picked.into() />
                // What a pointer picks on the film, keys pick here.
                <div on:focusin=move |_| picked.update(|picked| *picked = picked.or(Some(0)))>
                    <Slider
                        id="film-point"
                        label=text::POINT
                        most=most
                        value=move || picked.get().unwrap_or(0) as u32
                        set=move |to| picked.set(Some(to as usize))
                        said=Signal::derive(said)
                    />
                </div>
                <div class="segments" role="group" aria-label=text::COLOURS>
                    {colour("film-class", text::BY_CLASS, Colouring::Class)}
                    {colour("film-domain", text::BY_DOMAIN, Colouring::Domain)}
                </div>
                <Legend colouring=colouring class=class />
            </div>
        </div>
    }
}

/// The colours and markers. A class that is pressed stands out.
#[component]
fn Legend(colouring: RwSignal<Colouring>, class: RwSignal<Option<ClassId>>) -> impl IntoView {
    let story = use_story();
    let names = move || {
        let names = story.get().map(|story| story.classes.names().to_vec());
        names.unwrap_or_default().into_iter().enumerate()
    };
    let button = move |(index, name): (usize, String)| {
        let own = ClassId(index as u8);
        let press = move |_| class.update(|class| *class = (*class != Some(own)).then_some(own));
        view! {
            <li>
                <button
                    type="button"
                    class="plain"
                    aria-pressed=move || (class.get() == Some(own)).to_string()
                    on:click=press
                >
                    <span class="swatch" style=("--swatch", format!("var({})", class_token(own)))></span>
                    {move || class_name(&name).to_string()}
                </button>
            </li>
        }
    };
    view! {
        <p class="film-markers story-quiet">
            <span class="marker square" class:source=move || colouring.get() == Colouring::Domain></span> {text::PHOTO_MARKER}
            <span class="marker" class:target=move || colouring.get() == Colouring::Domain></span> {text::DOODLE_MARKER}
        </p>
        <ul class="film-classes" role="list" aria-label=text::CLASSES hidden=move || colouring.get() != Colouring::Class>
            {move || names().map(button).collect_view()}
        </ul>
    }
}
