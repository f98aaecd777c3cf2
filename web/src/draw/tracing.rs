//! The edges of a photo on the sheet, to be drawn over.

use leptos::html;
use leptos::prelude::*;
use protocol::photo::{Crop, Edges, Photo};
use wasm_bindgen::Clamped;
use web_sys::{HtmlCanvasElement, ImageData};

use super::{looks, text};
use crate::canvas::context;
use crate::focus::{SHEET, focus_on};
use crate::palette::Tokens;

/// The edges of a photo's crop, as the page shows them: what the drawing view lays below the ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracing {
    /// Width and height in pixels, at least 1.
    pub side: u32,
    /// One byte a pixel, row by row: 255 on an edge, 0 elsewhere.
    pub levels: Vec<u8>,
}

impl Tracing {
    /// The edges within the crop, at the resolution at which they are shown.
    pub fn new(photo: &Photo, edges: &Edges) -> Self {
        let size = (photo.shown.width, photo.shown.height);
        let crop = edges.wanted.crop.map(|crop| crop.within(size));
        let crop = crop.unwrap_or_else(|| Crop::centred_in(size));
        let scaled = |length: u32| {
            let scale = f64::from(edges.shown.width) / f64::from(size.0);
            (f64::from(length) * scale).round() as u32
        };
        let found = (edges.shown.width, edges.shown.height);
        let Crop { left, top, side } = Crop {
            left: scaled(crop.left),
            top: scaled(crop.top),
            side: scaled(crop.side),
        }
        .within(found);
        let bytes = edges.shown.bytes.to_vec();
        let (pixels, _) = bytes.as_chunks::<4>();
        let row = |y: u32| {
            let start = (y * found.0 + left) as usize;
            pixels[start..start + side as usize]
                .iter()
                .map(|[level, ..]| *level)
        };
        let levels = (top..top + side).flat_map(row).collect();
        Self { side, levels }
    }
}

/// The layer on the sheet that shows `tracing`, as large as the sheet, and the button that takes it away. Without one there is
/// nothing. It goes into `.sheet`, behind the canvas in the document: it takes no pointer, and the style lets the ink show through.
#[component]
pub fn TracingLayer(
    /// What to draw over.
    tracing: RwSignal<Option<Tracing>>,
) -> impl IntoView {
    let is_shown = Memo::new(move |_| tracing.read().is_some());
    let layer = move || {
        let node = NodeRef::<html::Canvas>::new();
        Effect::new(move |_| {
            let Some(canvas) = node.get() else { return };
            if let Some(tracing) = &*tracing.read() {
                paint(&canvas, tracing);
            }
            looks::on_colours(move || {
                if let Some(tracing) = &*tracing.read_untracked() {
                    paint(&canvas, tracing);
                }
            });
        });
        let take_away = move |_| {
            tracing.set(None);
            // This button goes away.
            focus_on(SHEET);
        };
        view! {
            <canvas node_ref=node id="tracing" class="tracing" role="img" aria-label=text::TRACING></canvas>
            <button type="button" id="tracing-off" class="tracing-off" on:click=take_away>
                {text::TRACING_OFF}
            </button>
        }
    };
    view! { <Show when=move || is_shown.get()>{layer()}</Show> }
}

/// The style’s text colour where there is an edge, clear elsewhere.
fn paint(canvas: &HtmlCanvasElement, tracing: &Tracing) {
    canvas.set_width(tracing.side);
    canvas.set_height(tracing.side);
    let pixels: Vec<u8> = tracing
        .levels
        .iter()
        .flat_map(|&level| [level; 4])
        .collect();
    let data =
        ImageData::new_with_u8_clamped_array_and_sh(Clamped(&pixels), tracing.side, tracing.side);
    if let (Some(context), Ok(data)) = (context(canvas), data) {
        // Refused only for data of a size other than its own.
        let _ = context.put_image_data(&data, 0.0, 0.0);
        // Every pixel that is not clear takes the colour.
        let _ = context.set_global_composite_operation("source-in");
        context.set_fill_style_str(&Tokens::of(canvas).text("color"));
        let side = f64::from(tracing.side);
        context.fill_rect(0.0, 0.0, side, side);
    }
}

#[cfg(test)]
#[cfg(target_family = "wasm")]
mod tests {
    use js_sys::Uint8ClampedArray;
    use protocol::photo::{Rgba, Wanted};
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn rgba(width: u32, height: u32, level: impl Fn(u32, u32) -> u8) -> Rgba {
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let bytes: Vec<u8> = places
            .flat_map(|(x, y)| [level(x, y), level(x, y), level(x, y), 255])
            .collect();
        let bytes = Uint8ClampedArray::from(bytes.as_slice());
        Rgba {
            width,
            height,
            bytes,
        }
    }

    fn tracing(crop: Option<Crop>) -> Tracing {
        let photo = Photo {
            width: 12,
            height: 8,
            shown: rgba(12, 8, |_, _| 9),
            centred_32: Vec::new(),
        };
        let edges = Edges {
            wanted: Wanted {
                crop,
                ..Wanted::default()
            },
            // Shown at half the size.
            shown: rgba(6, 4, |x, y| (10 * y + x) as u8),
            grey_32: Vec::new(),
            edges_32: Vec::new(),
            panels: Vec::new(),
        };
        Tracing::new(&photo, &edges)
    }

    #[wasm_bindgen_test]
    fn the_crop_is_taken_at_the_size_of_the_edges() {
        let crop = Crop {
            left: 6,
            top: 2,
            side: 4,
        };
        let levels = vec![13, 14, 23, 24];
        assert_eq!(tracing(Some(crop)), Tracing { side: 2, levels });
    }

    #[wasm_bindgen_test]
    fn without_a_crop_it_is_the_centred_square() {
        let tracing = tracing(None);
        assert_eq!(tracing.side, 4);
        assert_eq!(tracing.levels[..4], [1, 2, 3, 4]);
        assert_eq!(tracing.levels[12..], [31, 32, 33, 34]);
    }
}
