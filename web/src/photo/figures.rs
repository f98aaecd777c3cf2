use image::DynamicImage;
use leptos::prelude::*;

use super::state::Photo;
use super::thresholds::Thresholds;
use crate::canvas::PictureCanvas;

/// The photo, its grey and its edges side by side, and below them what the model gets.
#[component]
pub fn Figures(
    /// The photo, if one is open.
    photo: RwSignal<Option<Photo>>,
    /// The thresholds of its edges.
    thresholds: RwSignal<Thresholds>,
) -> impl IntoView {
    let picture = move |of: fn(&Photo, Thresholds) -> DynamicImage| {
        Signal::derive(move || {
            photo
                .read()
                .as_ref()
                .map(|photo| of(photo, thresholds.get()))
        })
    };
    let still =
        move |of: fn(&Photo) -> DynamicImage| Signal::derive(move || photo.read().as_ref().map(of));
    let caption = move || photo.read().as_ref().map(Photo::caption);
    view! {
        <div class="figures">
            <figure>
                <PictureCanvas id="photo-original" label="The photo" picture=still(|photo| photo.shown().clone().into()) />
                <figcaption>"Photo"</figcaption>
            </figure>
            <figure>
                <PictureCanvas id="photo-grey" label="The photo in grey" picture=still(|photo| photo.grey().clone().into()) />
                <figcaption>"Grey"</figcaption>
            </figure>
            <figure>
                <PictureCanvas
                    id="photo-edges"
                    label="The edges of the photo"
                    picture=picture(|photo, thresholds| photo.edges(thresholds.into()).into())
                />
                <figcaption>"Edges"</figcaption>
            </figure>
        </div>
        <p class="caption">{caption}</p>
        <div class="figures small">
            <figure>
                <PictureCanvas id="photo-grey-32" label="The grey at 32 by 32 pixels" picture=still(|photo| photo.grey_32().clone().into()) />
                <figcaption>"Grey, 32\u{a0}×\u{a0}32"</figcaption>
            </figure>
            <figure>
                <PictureCanvas
                    id="photo-edges-32"
                    label="The edges at 32 by 32 pixels, which the model sees"
                    picture=picture(|photo, thresholds| photo.edges_32(thresholds.into()).into())
                />
                <figcaption>"Edges, 32\u{a0}×\u{a0}32: what the model sees"</figcaption>
            </figure>
        </div>
    }
}
