use leptos::html;
use leptos::prelude::*;

use super::client::PhotoClient;
use super::crop_box::CropBox;
use super::divider::Divider;
use super::painted::PaintedCanvas;
use super::text;
use crate::draw::looks::on_size;

/// The photo and its edges on top of each other, with a divider between them and the crop box on both.
#[component]
pub fn Compare(
    /// The photo and its edges.
    client: PhotoClient,
) -> impl IntoView {
    let (photo, edges) = (client.photo(), client.edges());
    let shown =
        Signal::derive_local(move || photo.read().as_ref().map(|photo| photo.shown.clone()));
    let found =
        Signal::derive_local(move || edges.read().as_ref().map(|edges| edges.shown.clone()));
    let divided = RwSignal::new(50.0);
    let ratio = Memo::new(move |_| {
        let photo = photo.read();
        let shown = &photo.as_ref()?.shown;
        Some(f64::from(shown.width) / f64::from(shown.height))
    });
    // Which edges are shown, for tests: they follow the sliders with a delay.
    let thresholds = move || {
        let edges = edges.read();
        let thresholds = edges.as_ref()?.wanted.thresholds;
        Some(format!("{} {}", thresholds.low, thresholds.high))
    };
    let room = move || {
        let edges = edges.read();
        let (width, height) = edges.as_ref()?.wanted.room;
        Some(format!("{width} {height}"))
    };
    let node = NodeRef::<html::Canvas>::new();
    let measure = StoredValue::new_local(None::<Box<dyn Fn()>>);
    Effect::new(move |_| {
        if let Some(canvas) = node.get() {
            let tell = move |size: (u32, u32)| {
                // A canvas that is hidden has no size.
                if size.0 > 0 && size.1 > 0 && client.room().get_untracked() != size {
                    client.room().set(size);
                }
            };
            measure.set_value(Some(on_size(&canvas, tell)));
        }
    });
    view! {
        <div
            class="compare"
            data-thresholds=thresholds
            data-room=room
            style=("--ratio", move || ratio.get().map(|ratio| ratio.to_string()))
            style=("--divided", move || format!("{}%", divided.get()))
        >
            <PaintedCanvas id="photo-original" label=text::PHOTO_LABEL picture=shown />
            <PaintedCanvas id="photo-edges" label=text::EDGES_LABEL picture=found node=node />
            <CropBox client=client />
            <Divider place=divided />
        </div>
    }
}
