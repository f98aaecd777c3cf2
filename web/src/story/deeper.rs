//! One level deeper: what each block of the network makes of the drawing.

use std::sync::Arc;

use image::DynamicImage;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::architecture::BLOCK_CHANNELS;
use shared::drawing::rasterise;
use shared::input::{grey_from_doodle, values};
use web_sys::{HtmlCanvasElement, HtmlDetailsElement, PointerEvent};

use super::canny::Slider;
use super::formula::FormulaView;
use super::layers::Deeper;
use super::maps::{atlas, columns, pooled, winners};
use super::network::{Blocks, Layer};
use super::sentences;
use super::text;
use crate::canvas::{paint, pointed_at};
use crate::draw::history::History;
use crate::engines::weights::fetch;
use crate::language::{Sentence, both, said};
use crate::state::use_state;
use crate::views::View;

/// The feature maps, folded until they are asked for.
#[component]
pub fn DeeperPiece() -> impl IntoView {
    let state = use_state();
    let deeper = Deeper {
        blocks: RwSignal::new(None),
        passes: RwSignal::new(None),
        block: RwSignal::new(0),
        map: RwSignal::new(0),
        at: RwSignal::new((8, 8)),
    };
    let is_open = RwSignal::new(false);
    let problem = RwSignal::new(None::<Sentence>);
    let load = move || {
        let address = state
            .addresses
            .with_value(|addresses| addresses.weights.clone());
        problem.set(None);
        spawn_local(async move {
            let blocks = fetch(&address, false, |_| {}).await.and_then(|bytes| {
                Blocks::from_bytes(&bytes.to_vec())
                    .map_err(|error| both(|| sentences::no_network(&error)))
            });
            // The view may be gone.
            let _ = match blocks {
                Ok(blocks) => deeper.blocks.try_set(Some(Arc::new(blocks))),
                Err(reason) => problem.try_set(Some(reason)).and(None),
            };
        });
    };
    let toggled = move |event: leptos::ev::Event| {
        is_open.set(event_target::<HtmlDetailsElement>(&event).open());
        if is_open.get_untracked() && deeper.blocks.read_untracked().is_none() {
            load();
        }
    };
    // While the pen is down, or another view is in front, the maps wait: they take longer than a frame.
    let drawing = Memo::new(move |before: Option<&(bool, u64, usize)>| {
        let is_in_front = state.view.get() == View::Story;
        let history = state.history.read();
        let strokes = history.drawing().strokes();
        let points = strokes.iter().map(|stroke| stroke.points().len()).sum();
        match before {
            Some(before) if history.is_drawing() || !is_in_front => *before,
            _ => (strokes.is_empty(), history.revision(), points),
        }
    });
    Effect::new(move |_| {
        // Only a memo that is read follows anything.
        drawing.get();
        if !is_open.get() {
            return;
        }
        let blocks = deeper.blocks.get();
        let picture = state.history.with_untracked(picture);
        let passes = blocks.zip(picture).map(|(blocks, picture)| {
            let layers = blocks.run(&picture);
            Arc::new((picture, layers))
        });
        deeper.passes.set(passes);
        deeper.keep_within();
    });
    let is_empty = move || deeper.passes.read().is_none();
    let block = move |index: usize| {
        let press = move |_| {
            deeper.block.set(index);
            deeper.keep_within();
        };
        view! {
            <button
                type="button"
                id=format!("deeper-block-{}", index + 1)
                aria-pressed=move || (deeper.block.get() == index).to_string()
                on:click=press
            >
                {index + 1}
            </button>
        }
    };
    let blocks: Vec<_> = (0..BLOCK_CHANNELS.len()).map(block).collect();
    let about = move || deeper.layer(|layer| sentences::block(layer.channels, layer.side));
    view! {
        <details class="deeper" id="deeper" on:toggle=toggled>
            <summary>{text::DEEPER}</summary>
            <p>{text::DEEPER_LEAD}</p>
            <p class="story-problem" role="alert" hidden=move || problem.read().is_none()>
                {move || problem.read().as_ref().map(|problem| said(problem).to_string())} " "
                <button type="button" class="plain" on:click=move |_| load()>{crate::text::TRY_AGAIN}</button>
            </p>
            <p class="story-quiet" hidden=move || !is_empty() || problem.read().is_some()>{text::DRAW_FIRST}</p>
            <div class="deeper-shown" hidden=is_empty>
                <div class="segments" role="group" aria-label=text::BLOCKS>{blocks}</div>
                <p class="story-quiet" id="deeper-about">{about}</p>
                <div class="deeper-maps">
                    <Atlas deeper=deeper />
                    <Large deeper=deeper />
                </div>
                <Sliders deeper=deeper />
                <FormulaView deeper=deeper />
            </div>
        </details>
    }
}

/// The drawing as the network's values; none without a drawing.
fn picture(history: &History) -> Option<Vec<f32>> {
    let drawing = history.drawing();
    (!drawing.is_empty()).then(|| values(&grey_from_doodle(&rasterise(drawing))))
}

#[component]
fn Sliders(deeper: Deeper) -> impl IntoView {
    let most = move |about: fn(&Layer) -> usize| {
        Signal::derive(move || deeper.layer(about).unwrap_or(1) as u32 - 1)
    };
    view! {
        <div class="canny-controls">
            <Slider id="deeper-map" label=text::MAP most=most(|layer| layer.channels) value=move || deeper.map.get() as u32 set=move |to| deeper.map.set(to as usize) />
            <Slider id="deeper-x" label=text::COLUMN most=most(|layer| layer.side / 2) value=move || deeper.at.get().0 as u32 set=move |to| deeper.at.update(|at| at.0 = to as usize) />
            <Slider id="deeper-y" label=text::ROW most=most(|layer| layer.side / 2) value=move || deeper.at.get().1 as u32 set=move |to| deeper.at.update(|at| at.1 = to as usize) />
        </div>
    }
}

/// All maps of the block after pooling. The one under the pointer is shown large.
#[component]
fn Atlas(deeper: Deeper) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        if let (Some(canvas), Some(atlas)) = (node.get(), deeper.layer(atlas)) {
            paint(&canvas, &DynamicImage::from(atlas).to_rgba8());
        }
    });
    let point = move |event: PointerEvent| {
        let Some(((x, y), channels)) = node
            .get_untracked()
            .zip(untrack(move || deeper.layer(|layer| layer.channels)))
            .map(|(canvas, channels)| (share(&canvas, &event), channels))
        else {
            return;
        };
        let columns = columns(channels);
        let rows = channels.div_ceil(columns);
        let map = (y * rows as f64) as usize * columns + (x * columns as f64) as usize;
        deeper.map.set(map.min(channels - 1));
    };
    let frame = move || {
        let channels = deeper.layer(|layer| layer.channels)?;
        let columns = columns(channels);
        let (map, rows) = (deeper.map.get(), channels.div_ceil(columns));
        let percent = |share: f64| format!("{}%", share * 100.0);
        Some([
            percent((map % columns) as f64 / columns as f64),
            percent((map / columns) as f64 / rows as f64),
            percent(1.0 / columns as f64),
            percent(1.0 / rows as f64),
        ])
    };
    let side = move |index: usize| move || frame().map(|frame| frame[index].clone());
    view! {
        <figure>
            <div class="canny-tile">
                <canvas node_ref=node id="deeper-atlas" role="img" aria-label=text::ATLAS_LABEL on:pointermove=point on:pointerdown=point></canvas>
                <span class="canny-cursor" style:left=side(0) style:top=side(1) style:width=side(2) style:height=side(3)></span>
            </div>
            <figcaption>{text::ATLAS_LABEL}</figcaption>
        </figure>
    }
}

/// One map before pooling, with the pixel that wins in each window of four, and after it.
#[component]
fn Large(deeper: Deeper) -> impl IntoView {
    let (before, after) = (
        NodeRef::<html::Canvas>::new(),
        NodeRef::<html::Canvas>::new(),
    );
    Effect::new(move |_| {
        let map = deeper.map.get();
        let pictures = deeper.layer(|layer| (winners(layer, map), pooled(layer, map)));
        if let (Some(one), Some(other), Some((winners, pooled))) =
            (before.get(), after.get(), pictures)
        {
            paint(&one, &DynamicImage::from(winners).to_rgba8());
            paint(&other, &DynamicImage::from(pooled).to_rgba8());
        }
    });
    let point = move |node: NodeRef<html::Canvas>| {
        move |event: PointerEvent| {
            let side = untrack(move || deeper.layer(|layer| layer.side / 2));
            if let (Some(canvas), Some(side)) = (node.get_untracked(), side) {
                let (x, y) = share(&canvas, &event);
                let pixel = |share: f64| ((share * side as f64) as usize).min(side - 1);
                deeper.at.set((pixel(x), pixel(y)));
            }
        }
    };
    let percent = move |along: fn((usize, usize)) -> usize| {
        move || {
            let side = deeper.layer(|layer| layer.side / 2)?;
            Some(format!(
                "{}%",
                along(deeper.at.get()) as f64 / side as f64 * 100.0
            ))
        }
    };
    let length = move || deeper.layer(|layer| format!("{}%", 200.0 / layer.side as f64));
    let cursor = move || {
        view! {
            <span
                class="canny-cursor"
                style:left=percent(|at| at.0)
                style:top=percent(|at| at.1)
                style:width=length
                style:height=length
            ></span>
        }
    };
    view! {
        <figure>
            <div class="canny-tile">
                <canvas node_ref=before id="deeper-before" role="img" aria-label=text::BEFORE_POOLING on:pointermove=point(before) on:pointerdown=point(before)></canvas>
                {cursor()}
            </div>
            <figcaption>{text::BEFORE_POOLING}</figcaption>
        </figure>
        <figure>
            <div class="canny-tile">
                <canvas node_ref=after id="deeper-after" role="img" aria-label=text::AFTER_POOLING on:pointermove=point(after) on:pointerdown=point(after)></canvas>
                {cursor()}
            </div>
            <figcaption>{text::AFTER_POOLING}</figcaption>
        </figure>
    }
}

/// Where a pointer is on a canvas, as shares of its sides below 1.
fn share(canvas: &HtmlCanvasElement, event: &PointerEvent) -> (f64, f64) {
    let (x, y) = pointed_at(canvas, event);
    (x.clamp(0.0, 0.999), y.clamp(0.0, 0.999))
}
