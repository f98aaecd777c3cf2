use leptos::html;
use leptos::prelude::*;
use shared::picture::CannyThresholds;

use super::client::PhotoClient;
use super::painted::PaintedCanvas;
use super::text;

/// The ids of the panels' canvases, by their place in [`CannyThresholds::PRESETS`].
const IDS: [&str; 4] = ["preset-0", "preset-1", "preset-2", "preset-3"];

/// Panels have at most so many pixels of the screen across or down.
const MOST: f64 = 800.0;

/// The edges of the photo with each preset, side by side, on request.
#[component]
pub fn Panels(
    /// The photo and its edges.
    client: PhotoClient,
) -> impl IntoView {
    let edges = client.edges();
    let node = NodeRef::<html::Details>::new();
    let grid = NodeRef::<html::Div>::new();
    let measure = move || {
        let is_open = node.get_untracked().is_some_and(|details| details.open());
        let figure = grid.get_untracked().filter(|_| is_open);
        let width = figure
            .and_then(|grid| grid.first_element_child())
            .map_or(0.0, |figure| f64::from(figure.client_width()));
        if is_open && width == 0.0 {
            // Another view is in front.
            return;
        }
        let pixels = width * window().device_pixel_ratio();
        let pixels = pixels.min(MOST).round() as u32;
        if client.panel().get_untracked() != pixels {
            client.panel().set(pixels);
        }
    };
    // They are larger on a screen that was turned, and finer on a page that was enlarged.
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    let panel = move |(index, CannyThresholds { low, high }): (usize, CannyThresholds)| {
        let picture = Signal::derive_local(move || {
            let edges = edges.read();
            edges.as_ref()?.panels.get(index).cloned()
        });
        let name = text::PRESETS[index];
        view! {
            <figure>
                <PaintedCanvas id=IDS[index] label=text::PANEL_LABELS[index] picture=picture />
                <figcaption>
                    <strong>{name}</strong>
                    " "
                    <span class="number">{text::pair(low as u32, high as u32)}</span>
                </figcaption>
            </figure>
        }
    };
    let panels = CannyThresholds::PRESETS.into_iter().enumerate().map(panel);
    view! {
        <details node_ref=node id="panels" class="panels" on:toggle=move |_| measure()>
            <summary>{text::PANELS}</summary>
            <div node_ref=grid class="panel-grid">{panels.collect_view()}</div>
        </details>
    }
}
