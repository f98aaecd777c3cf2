//! The visitor's own drawing on the map, placed by its nearest neighbours in the network's features.

use std::sync::Arc;

use leptos::prelude::*;
use shared::story::Story;

use super::examples::Sheet;
use super::features::{Features, Shown};
use super::file::use_story;
use super::nearest::{Neighbour, mean, nearest};
use super::scatter::{Look, Place, Scatter, place};
use super::sentences;
use super::text;
use super::thumb::Thumb;
use crate::canvas::square_canvas;
use crate::guess::leader::leader;
use crate::language::{class_name, language, said};
use crate::numbers::percent;
use crate::state::use_state;
use crate::views::View;

/// The sheet, the map, and the five nearest doodles.
#[component]
pub fn MapPiece() -> impl IntoView {
    let (state, story) = (use_state(), use_story());
    let shown = Shown::at_rest();
    let features = Memo::new(move |before: Option<&Option<_>>| {
        // Behind another view the story rests: its answers may be about a photo.
        if state.view.get() != View::Story {
            return before.cloned().flatten();
        }
        let latest = state.engines.latest().get();
        let features = latest.answer.map(|answer| answer.features);
        features.filter(|features| !features.is_empty())
    });
    let ask = move || {
        if let Some(story) = story.get_untracked() {
            shown.ask(story, state.addresses.get_value());
        }
    };
    // A few hundred predictions, which only a drawing is worth.
    Effect::new(move |_| {
        if features.read().is_some()
            && story.get().is_some()
            && matches!(untrack(move || shown.get()), Features::Unasked)
        {
            ask();
        }
    });
    let neighbours = Memo::new(move |_| match (shown.get(), &*features.read()) {
        (Features::Here(others), Some(features)) => nearest(&others, features),
        _ => Vec::new(),
    });
    let star = Memo::new(move |_| {
        let story = story.get()?;
        let all = neighbours.read();
        let places: Vec<(f32, Place)> = all
            .iter()
            .filter_map(|near| placed(&story, *near))
            .collect();
        let middle = mean(&places)?;
        Some((
            middle,
            places
                .into_iter()
                .map(|(_, place)| place)
                .collect::<Vec<_>>(),
        ))
    });
    let (node, looks) = square_canvas();
    Effect::new(move |_| {
        looks.track();
        language();
        let (Some(canvas), Some(story)) = (node.get(), story.get()) else {
            return;
        };
        let places: Vec<Place> = story.map().iter().map(|at| place(*at)).collect();
        if let Some(scatter) = Scatter::new(&canvas) {
            scatter.points(&story, &places, Look::default());
            if let Some((middle, neighbours)) = &*star.read() {
                scatter.star(*middle, neighbours);
            }
        }
    });
    let says = move || {
        // The map is of the adapted network, whichever is chosen beside the sheet.
        let (latest, info) = (state.engines.latest(), state.engines.model_info());
        let (latest, info) = (latest.read(), info.read());
        let named = || {
            let probabilities = &latest.answer.as_ref()?.probabilities;
            let class = leader(probabilities)?;
            let name = info.as_ref()?.classes.name(class)?;
            let probability = probabilities.get(usize::from(class.0))?;
            Some(sentences::says(class_name(name), &percent(*probability)))
        };
        named().unwrap_or_else(|| text::SAYS_NOTHING().into())
    };
    let status = move || match shown.get() {
        Features::Coming(count) => {
            let of = story.get().map_or(0, |story| story.pictures.len());
            Some(sentences::comparing(count, of))
        }
        Features::Failed(reason) => Some(sentences::no_features(said(&reason))),
        Features::Unasked | Features::Here(_) => None,
    };
    let is_failed = move || matches!(shown.get(), Features::Failed(_));
    view! {
        <div class="story-map">
            <div class="story-drawing">
                <Sheet />
                <p id="story-says"><strong>{says}</strong></p>
            </div>
            <div class="story-placed" hidden=move || story.get().is_none()>
                <canvas node_ref=node id="map" role="img" aria-label=text::MAP_LABEL></canvas>
                <p class="story-quiet" id="map-status" role="status" class:unseen=move || status().is_none()>
                    {status} " "
                    <button type="button" class="plain" hidden=move || !is_failed() on:click=move |_| ask()>{crate::text::TRY_AGAIN}</button>
                </p>
                <Nearest story=story.into() neighbours=neighbours />
            </div>
        </div>
    }
}

/// A neighbour's similarity and its place on the map.
fn placed(story: &Story, (index, similarity): Neighbour) -> Option<(f32, Place)> {
    let position = story.map().get(story.first_shown() + index)?;
    Some((similarity, place(*position)))
}

/// The pictures of the nearest doodles, with class and similarity.
#[component]
fn Nearest(story: Signal<Option<Arc<Story>>>, neighbours: Memo<Vec<Neighbour>>) -> impl IntoView {
    let one = |(story, (index, similarity)): (Arc<Story>, Neighbour)| {
        let point = story.points.get(story.first_shown() + index).copied();
        let name = point.and_then(|point| story.classes.name(point.class).map(str::to_owned));
        let picture = story.pictures.get(index).cloned();
        view! {
            <li>
                {picture.map(|picture| view! { <Thumb picture=picture /> })}
                <p>
                    <strong>{move || name.as_deref().map(|name| class_name(name).to_string())}</strong>
                    <span class="number story-quiet">{format!("{similarity:.2}")}</span>
                </p>
            </li>
        }
    };
    let all = move || {
        let story = story.get();
        let neighbours = neighbours.get().into_iter();
        let pairs = neighbours.filter_map(|near| Some((story.clone()?, near)));
        pairs.map(one).collect_view()
    };
    view! {
        <h3>{text::NEAREST}</h3>
        <p class="story-quiet" hidden=move || !neighbours.read().is_empty()>{text::DRAW_FIRST}</p>
        <ol class="story-nearest" id="map-nearest">{all}</ol>
    }
}
