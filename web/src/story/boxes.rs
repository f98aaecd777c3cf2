//! The laboratory's three boxes, with the shipped network's pictures.

use leptos::prelude::*;
use shared::story::Story;

use super::file::use_story;
use super::sentences;
use super::text;
use crate::boxes::{Boxes, Network};

/// Photos and doodles that the shipped network was trained with, where no file says so.
const PHOTOS: usize = 4_750;
const DOODLES: usize = 10_000;

/// F, C and D, what each reads, and the losses of the run.
#[component]
pub fn BoxesPiece() -> impl IntoView {
    let story = use_story();
    let lit = RwSignal::new(None);
    let numbers = Memo::new(move |_| {
        let story = story.get();
        let made = story.as_ref().map(|story| &story.made);
        made.map_or((PHOTOS, DOODLES), |made| (made.photos, made.doodles))
    });
    let note = move |network| {
        let (photos, doodles) = numbers.get();
        match network {
            Network::Extractor => sentences::reads_all(photos, doodles),
            Network::Predictor => sentences::reads_labels(photos),
            Network::Domain => text::PHOTO_OR_DOODLE().into(),
        }
    };
    let about = move || match lit.get() {
        None => text::POINT_AT_BOX,
        Some(Network::Extractor) => text::ABOUT_F,
        Some(Network::Predictor) => text::ABOUT_C,
        Some(Network::Domain) => text::ABOUT_D,
    };
    view! {
        <div class="story-boxes">
            <Boxes network=lit note=note />
            <div>
                <p id="story-about-box">{move || about()()}</p>
                {move || story.get().map(|story| losses(&story))}
            </div>
        </div>
    }
}

/// How the run was made, and its losses with their weights.
fn losses(story: &Story) -> impl IntoView + use<> {
    let made = story.made.clone();
    let said = {
        let made = made.clone();
        move || sentences::made(&made)
    };
    let shipped = made.shipped.clone();
    let shipped = shipped.map(|shipped| {
        view! { <p class="story-quiet" id="story-shipped">{move || sentences::shipped(&shipped)}</p> }
    });
    let term = |term: shared::story::LossTerm| {
        let weight = term.weight.clone();
        let name = move || sentences::column(&term.name);
        view! { <li>{name} <span class="number">" × " {weight}</span></li> }
    };
    view! {
        <p class="story-quiet" id="story-made">{said}</p>
        <ul class="story-losses" role="list">{made.losses.into_iter().map(term).collect_view()}</ul>
        {shipped}
    }
}
