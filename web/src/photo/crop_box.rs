use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use protocol::photo::Crop;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::client::PhotoClient;
use super::crop::{Corner, dragged, grown, moved};
use super::text;
use crate::guess::announcer::Announcer;
use crate::held_pointer::HeldPointer;
use crate::shortcut::is_shortcut;

/// A drag of the box or of a corner of it.
#[derive(Clone, Copy)]
struct Drag {
    corner: Option<Corner>,
    /// Where it began, in pixels of the window.
    from: (i32, i32),
    /// The crop then.
    crop: Crop,
}

/// The square that the network sees, on the photo: moved and sized by pointer and keys, and centred by a double click.
#[component]
pub fn CropBox(
    /// The photo and its crop.
    client: PhotoClient,
) -> impl IntoView {
    let photo = client.photo();
    let size = Memo::new(move |_| {
        let photo = photo.read();
        let shown = &photo.as_ref()?.shown;
        Some((shown.width, shown.height))
    });
    let crop = Memo::new(move |_| {
        let size = size.get()?;
        let crop = client.crop().get().map(|crop| crop.within(size));
        Some(crop.unwrap_or_else(|| Crop::centred_in(size)))
    });
    let is_moved = RwSignal::new(false);
    let set = move |new: Crop| {
        // The centred square has a name of its own: it is made from all pixels of the file.
        let is_centred = size.get_untracked().map(Crop::centred_in) == Some(new);
        let new = (!is_centred).then_some(new);
        if client.crop().get_untracked() != new {
            client.crop().set(new);
            is_moved.set(true);
        }
    };
    let node = NodeRef::<html::Div>::new();
    let pressed = move |event: KeyboardEvent| {
        let (Some(size), Some(crop)) = (size.get_untracked(), crop.get_untracked()) else {
            return;
        };
        if is_shortcut(&event) {
            return;
        }
        if let Some(new) = by_key(&event.key(), event.shift_key(), crop, size) {
            event.prevent_default();
            set(new);
        }
    };
    let held = HeldPointer::new();
    let drag = StoredValue::new(None::<Drag>);
    let begin = move |event: PointerEvent| {
        let (Some(crop), Some(node)) = (crop.get_untracked(), node.get_untracked()) else {
            return;
        };
        if !held.take(&node, &event) {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into().ok());
        drag.set_value(Some(Drag {
            corner: target.and_then(|target: Element| corner_of(&target)),
            from: (event.client_x(), event.client_y()),
            crop,
        }));
    };
    let follow = move |event: PointerEvent| {
        let drag = drag.get_value().filter(|_| held.drags(&event));
        let scale = node.get_untracked().and_then(|node| scale(&node, crop));
        let (Some(drag), Some(scale), Some(size)) = (drag, scale, size.get_untracked()) else {
            return;
        };
        let pixels = |to: i32, from: i32| (f64::from(to - from) * scale).round() as i32;
        let way = (
            pixels(event.client_x(), drag.from.0),
            pixels(event.client_y(), drag.from.1),
        );
        set(match drag.corner {
            Some(corner) => dragged(drag.crop, size, corner, way),
            None => moved(drag.crop, size, way),
        });
    };
    let share = move |part: fn(Crop) -> u32, whole: fn((u32, u32)) -> u32| {
        move || {
            let (crop, size) = (crop.get()?, size.get()?);
            let share = f64::from(part(crop)) / f64::from(whole(size));
            Some(format!("{}%", share * 100.0))
        }
    };
    // Where it can only be moved to the side, a finger still scrolls the page.
    let is_tall = move || {
        let (crop, size) = (crop.get(), size.get());
        crop.zip(size)
            .is_some_and(|(crop, size)| crop.side == size.1)
    };
    let place = move || {
        let crop = crop.get();
        crop.map(|crop| text::crop(crop.left, crop.top, crop.side))
    };
    // Until it is moved it is said with the box.
    let spoken = Memo::new(move |_| match is_moved.get() {
        true => place().unwrap_or_default(),
        false => String::new(),
    });
    view! {
        <div
            node_ref=node
            id="crop"
            class="crop"
            class:tall=is_tall
            role="group"
            tabindex="0"
            aria-label=text::CROP
            aria-describedby="crop-keys crop-place"
            style:left=share(|crop| crop.left, |size| size.0)
            style:top=share(|crop| crop.top, |size| size.1)
            style:width=share(|crop| crop.side, |size| size.0)
            style:height=share(|crop| crop.side, |size| size.1)
            on:keydown=pressed
            on:pointerdown=begin
            on:pointermove=follow
            on:pointerup=move |event| held.release(&event)
            on:pointercancel=move |event| held.release(&event)
            on:lostpointercapture=move |event| held.lose(&event)
            on:dblclick=move |_| client.crop().set(None)
        >
            {Corner::ALL.map(|corner| view! { <span class="corner" data-corner=corner.id()></span> }).collect_view()}
        </div>
        <p id="crop-keys" class="unseen">{text::CROP_KEYS}</p>
        <p id="crop-place" class="unseen">{place}</p>
        <Announcer words=spoken />
    }
}

/// The crop that a key makes.
fn by_key(key: &str, with_shift: bool, crop: Crop, size: (u32, u32)) -> Option<Crop> {
    // A hundredth of the photo, but at least a pixel.
    let step = (size.0.max(size.1) / 100).max(1) as i32;
    let way = match key {
        "ArrowLeft" => (-1, 0),
        "ArrowRight" => (1, 0),
        "ArrowUp" => (0, -1),
        "ArrowDown" => (0, 1),
        "+" | "=" => return Some(grown(crop, size, 2 * step)),
        "-" | "_" => return Some(grown(crop, size, -2 * step)),
        "Home" => return Some(Crop::centred_in(size)),
        _ => return None,
    };
    Some(if with_shift {
        // Right and up are larger.
        grown(crop, size, 2 * step * (way.0 - way.1))
    } else {
        moved(crop, size, (way.0 * step, way.1 * step))
    })
}

fn corner_of(target: &Element) -> Option<Corner> {
    let id = target.get_attribute("data-corner")?;
    Corner::ALL.into_iter().find(|corner| corner.id() == id)
}

/// Pixels of the photo for each pixel of the window.
fn scale(node: &Element, crop: Memo<Option<Crop>>) -> Option<f64> {
    let width = node.get_bounding_client_rect().width();
    let crop = crop.get_untracked()?;
    (width > 0.0).then(|| f64::from(crop.side) / width)
}
