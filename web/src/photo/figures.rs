use image::DynamicImage;
use leptos::prelude::*;

use super::client::PhotoClient;
use super::painted::PaintedCanvas;
use super::state::{caption, grey_32};
use crate::canvas::PictureCanvas;

/// The photo, its grey and its edges side by side, and below them what the model gets.
#[component]
pub fn Figures(
    /// The photo and its edges.
    client: PhotoClient,
) -> impl IntoView {
    let (photo, edges) = (client.photo(), client.edges());
    let shown =
        Signal::derive_local(move || photo.read().as_ref().map(|photo| photo.shown.clone()));
    let grey = Signal::derive_local(move || photo.read().as_ref().map(|photo| photo.grey.clone()));
    let found =
        Signal::derive_local(move || edges.read().as_ref().map(|edges| edges.shown.clone()));
    let grey_32 = Signal::derive(move || {
        let grey = photo.read().as_ref().and_then(grey_32);
        grey.map(DynamicImage::from)
    });
    let edges_32 = Signal::derive(move || client.edges_32().map(DynamicImage::from));
    let caption = move || photo.read().as_ref().map(caption);
    // Which edges are shown, for tests and styles: they follow the sliders a moment later.
    let thresholds = move || {
        let edges = edges.read();
        let thresholds = edges.as_ref()?.thresholds;
        Some(format!("{} {}", thresholds.low, thresholds.high))
    };
    view! {
        <div class="figures" data-thresholds=thresholds>
            <figure>
                <PaintedCanvas id="photo-original" label="The photo" picture=shown />
                <figcaption>"Photo"</figcaption>
            </figure>
            <figure>
                <PaintedCanvas id="photo-grey" label="The photo in grey" picture=grey />
                <figcaption>"Grey"</figcaption>
            </figure>
            <figure>
                <PaintedCanvas id="photo-edges" label="The edges of the photo" picture=found />
                <figcaption>"Edges"</figcaption>
            </figure>
        </div>
        <p class="caption">{caption}</p>
        <div class="figures small">
            <figure>
                <PictureCanvas id="photo-grey-32" label="The grey at 32 by 32 pixels" picture=grey_32 />
                <figcaption>"Grey, 32\u{a0}×\u{a0}32"</figcaption>
            </figure>
            <figure>
                <PictureCanvas
                    id="photo-edges-32"
                    label="The edges at 32 by 32 pixels, which the model sees"
                    picture=edges_32
                />
                <figcaption>"Edges, 32\u{a0}×\u{a0}32: what the model sees"</figcaption>
            </figure>
        </div>
    }
}
