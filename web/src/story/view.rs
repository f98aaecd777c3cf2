//! The story's view: one chapter below the other.

use leptos::prelude::*;

use super::boxes::BoxesPiece;
use super::canny::CannyPiece;
use super::confusion::ConfusionPiece;
use super::curves::CurvesPiece;
use super::deeper::DeeperPiece;
use super::file::{StoryFile, WithoutFile};
use super::film::FilmPiece;
use super::map::MapPiece;
use super::text;
use super::tried::TriedPiece;
use crate::adopted::adopt;
use crate::boxes;
use crate::language::Text;
use crate::state::use_state;

const STYLE: &str = concat!(include_str!("classes.css"), include_str!("story.css"));

/// A chapter: the part of its address after `#story/`, its title and its first sentence.
type Chapter = (&'static str, Text, Text);

const EDGES: Chapter = ("edges", text::EDGES_TITLE, text::EDGES_LEAD);
const BOXES: Chapter = ("boxes", text::BOXES_TITLE, text::BOXES_LEAD);
const FILM: Chapter = ("film", text::FILM_TITLE, text::FILM_LEAD);
const MAP: Chapter = ("map", text::MAP_TITLE, text::MAP_LEAD);
const CURVES: Chapter = ("curves", text::CURVES_TITLE, text::CURVES_LEAD);
const CONFUSION: Chapter = ("accuracy", text::CONFUSION_TITLE, text::CONFUSION_LEAD);
const HELPED: Chapter = ("failed", text::HELPED_TITLE, text::HELPED_LEAD);

const CHAPTERS: [Chapter; 7] = [EDGES, BOXES, FILM, MAP, CURVES, CONFUSION, HELPED];

/// All chapters, and links to them.
#[component]
pub fn StoryView() -> impl IntoView {
    // Without them the pieces still stand below each other.
    let _ = adopt("boxes", boxes::STYLE);
    let _ = adopt("story", STYLE);
    let addresses = use_state().addresses;
    let (address, has_own_weights) = addresses
        .with_value(|addresses| (addresses.story.clone(), addresses.own_weights.is_some()));
    let without = if has_own_weights {
        text::LEFT_OUT
    } else {
        text::ABSENT
    };
    StoryFile::provide(address, without);
    let own_weights = has_own_weights
        .then(|| view! { <p class="story-problem" id="story-own-weights">{text::OWN_WEIGHTS}</p> });
    // An address may name a chapter that was not there when it was opened.
    request_animation_frame(|| {
        let hash = window().location().hash().unwrap_or_default();
        let chapter = hash.strip_prefix('#').filter(|hash| hash.contains('/'));
        if let Some(element) = chapter.and_then(|id| document().get_element_by_id(id)) {
            element.scroll_into_view();
        }
    });
    let link =
        |(id, title, _): Chapter| view! { <li><a href=format!("#story/{id}")>{title}</a></li> };
    view! {
        <div class="story">
            <div class="story-begin">
                <p class="story-what">{text::WHAT}</p>
                {own_weights}
                <p class="story-lead">{text::PROBLEM}</p>
            </div>
            <nav aria-label=text::CHAPTERS>
                <ol class="story-links">{CHAPTERS.map(link).collect_view()}</ol>
            </nav>
            <Section chapter=EDGES><CannyPiece /></Section>
            <Section chapter=BOXES><BoxesPiece /></Section>
            <Section chapter=FILM><WithoutFile /><FilmPiece /></Section>
            <Section chapter=MAP><MapPiece /><DeeperPiece /></Section>
            <Section chapter=CURVES><CurvesPiece /></Section>
            <Section chapter=CONFUSION><ConfusionPiece /></Section>
            <Section chapter=HELPED><TriedPiece /></Section>
        </div>
    }
}

#[component]
fn Section(chapter: Chapter, children: Children) -> impl IntoView {
    let (id, title, lead) = chapter;
    view! {
        <section class="story-chapter" id=format!("story/{id}")>
            // It takes the focus where a button of its chapter goes away.
            <h2 tabindex="-1">{title}</h2>
            <p class="story-lead">{lead}</p>
            {children()}
        </section>
    }
}
