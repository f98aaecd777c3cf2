//! What is known of one point of the film.

use leptos::prelude::*;
use shared::story::{Origin, Story};

use super::file::use_story;
use super::sentences;
use super::text;
use super::thumb::Thumb;
use crate::language::class_name;

/// Class and domain of a point, as one sentence.
pub fn told(story: &Story, index: usize) -> Option<String> {
    let point = story.points.get(index)?;
    let name = class_name(story.classes.name(point.class)?);
    Some(sentences::point(name, point.origin))
}

/// Class, domain and, of a doodle with a picture, the picture.
#[component]
pub fn Picked(
    /// The point's number.
    point: Signal<Option<usize>>,
) -> impl IntoView {
    let story = use_story();
    let known = move || {
        let (story, index) = (story.get()?, point.get()?);
        let point = *story.points.get(index)?;
        let shown = index.checked_sub(story.first_shown());
        let picture = shown.and_then(|shown| story.pictures.get(shown)).cloned();
        let name = story.classes.name(point.class).map(str::to_owned)?;
        let from = match point.origin {
            Origin::Photo => None,
            Origin::Doodle => Some(story.made.doodle_classes),
            Origin::Shown => Some(story.made.shown_classes),
        };
        Some((name, point.origin, from, picture))
    };
    view! {
        <div class="story-picked" id="story-picked">
            {move || match known() {
                None => view! { <p class="story-quiet">{text::POINT_AT_POINT}</p> }.into_any(),
                Some((name, origin, from, picture)) => view! {
                    {picture.map(|picture| view! { <Thumb picture=picture /> })}
                    <p>
                        <strong>{move || class_name(&name).to_string()}</strong> " "
                        {move || sentences::domain(origin)} " "
                        <span class="story-quiet">
                            {move || from.map(sentences::classes_from)} " "
                            {(origin == Origin::Doodle).then_some(text::NO_PICTURE)}
                        </span>
                    </p>
                }
                .into_any(),
            }}
        </div>
    }
}
