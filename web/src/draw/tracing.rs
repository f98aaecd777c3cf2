//! The edges of a photo on the sheet, to be drawn over.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::Clamped;
use web_sys::{HtmlCanvasElement, ImageData};

use crate::canvas::context;
use crate::photo::text;
use crate::photo::tracing::Tracing;

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
            if let (Some(canvas), Some(tracing)) = (node.get(), &*tracing.read()) {
                paint(&canvas, tracing);
            }
        });
        view! {
            <canvas node_ref=node id="tracing" class="tracing" role="img" aria-label=text::TRACING></canvas>
            <button type="button" id="tracing-off" class="tracing-off" on:click=move |_| tracing.set(None)>
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
        context.set_fill_style_str(&colour(canvas));
        let side = f64::from(tracing.side);
        context.fill_rect(0.0, 0.0, side, side);
    }
}

fn colour(canvas: &HtmlCanvasElement) -> String {
    // The browser knows the style of every element of the page.
    let style = window().get_computed_style(canvas).ok().flatten();
    style
        .and_then(|style| style.get_property_value("color").ok())
        .unwrap_or_else(|| "blue".into())
}
