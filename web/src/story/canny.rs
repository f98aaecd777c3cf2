//! From a photo to edges, step by step.

use image::{DynamicImage, GrayImage, Rgb, RgbImage};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::input::INPUT_SIDE;
use shared::picture::{CannySteps, Direction, Step, Verdict};
use web_sys::PointerEvent;

use super::canny_pixel::Pixel;
use super::edges::Edges;
use super::source::grey_from_sample;
use super::text;
use crate::attempts::Attempts;
use crate::canvas::{paint, pointed_at};
use crate::language::{Sentence, Text, both, said};
use crate::palette::Colour;
use crate::photo::samples::{Sample, samples};
use crate::photo::text::{HIGH, LOW, no_sample};
use crate::photo::thresholds::{MOST, STEP};
use crate::state::use_state;

/// The colours of directions, from a gradient to the right clockwise, and of weak edges, dropped or kept. They lie on black whatever the
/// page's colours are.
pub const HORIZONTAL: Colour = [0xff, 0xb0, 0x4d];
const VERTICAL: Colour = [0x6f, 0xa8, 0xff];
const FALLING: Colour = [0x7d, 0xdc, 0x8c];
const RISING: Colour = [0xf0, 0x8c, 0xd8];
const DROPPED: Colour = [0x6a, 0x6a, 0x6a];
const KEPT: Colour = [0xff, 0x8f, 0x5a];

/// The steps as pictures, and everything about one pixel.
#[component]
pub fn CannyPiece() -> impl IntoView {
    let edges = Edges::new();
    let problem = RwSignal::new(None::<Sentence>);
    let attempts = Attempts::new();
    let open = move |sample: Sample| {
        let attempt = attempts.begin();
        spawn_local(async move {
            let (grey, reason) = match grey_from_sample(&sample).await {
                Ok(grey) => (Some(grey), None),
                Err(reason) => (None, Some(reason)),
            };
            // Another photo was chosen meanwhile, or the view is gone.
            if !attempts.is_newest(attempt) {
                return;
            }
            let said = reason.map(|reason| both(|| no_sample(said(&sample.name), said(&reason))));
            problem.set(said);
            if grey.is_some() {
                edges.grey.set(grey);
            }
        });
    };
    let all = samples();
    if let Some(first) = all.first() {
        open(first.clone());
    }
    let own = use_state().photo.edges();
    let own_grey = move || {
        let grey = own.read().as_ref()?.grey_32.clone();
        GrayImage::from_raw(INPUT_SIDE, INPUT_SIDE, grey)
    };
    let open_own = move |_| {
        attempts.begin();
        problem.set(None);
        edges.grey.set(own_grey());
    };
    let choose = move |sample: Sample| {
        let name = sample.name.clone();
        view! {
            <button type="button" class="plain" on:click=move |_| open(sample.clone())>
                {move || said(&name).to_string()}
            </button>
        }
    };
    view! {
        <div class="canny">
            <div class="story-choices" role="group" aria-label=text::PHOTOS>
                {all.into_iter().map(choose).collect_view()}
                <button
                    type="button"
                    class="plain"
                    id="canny-own"
                    hidden=move || own.read().is_none()
                    on:click=open_own
                >
                    {text::OWN_PHOTO}
                </button>
            </div>
            <p class="story-problem" role="alert" hidden=move || problem.read().is_none()>
                {move || problem.read().as_ref().map(|problem| said(problem).to_string())}
            </p>
            <ol class="canny-tiles">
                <Tile edges=edges id="canny-grey" name=text::GREY about=text::GREY_ABOUT colour=|grey, _, _| [grey; 3] />
                <Tile edges=edges id="canny-gradient" name=text::GRADIENT about=text::GRADIENT_ABOUT colour=|_, step, most| shade([255; 3], step, most) />
                <Tile edges=edges id="canny-direction" name=text::DIRECTION about=text::DIRECTION_ABOUT colour=|_, step, most| shade(direction(step), step, most) />
                <Tile edges=edges id="canny-thin" name=text::THIN about=text::THIN_ABOUT colour=|_, step, most| thin(step, most) />
                <Tile edges=edges id="canny-edges" name=text::EDGES about=text::EDGES_ABOUT colour=|_, step, _| edge(step) />
            </ol>
            <div class="canny-controls">
                <Slider id="canny-x" label=text::COLUMN most=INPUT_SIDE - 1 step=1 value=move || edges.at.get().0 set=move |to| edges.at.update(|at| at.0 = to) />
                <Slider id="canny-y" label=text::ROW most=INPUT_SIDE - 1 step=1 value=move || edges.at.get().1 set=move |to| edges.at.update(|at| at.1 = to) />
                <Slider id="canny-low" label=LOW most=MOST step=STEP value=move || edges.thresholds.get().low() set=move |to| edges.thresholds.update(|thresholds| thresholds.set_low(to)) />
                <Slider id="canny-high" label=HIGH most=MOST step=STEP value=move || edges.thresholds.get().high() set=move |to| edges.thresholds.update(|thresholds| thresholds.set_high(to)) />
            </div>
            <Pixel edges=edges />
        </div>
    }
}

/// A number to be moved.
#[component]
pub fn Slider<V, S>(
    /// The input's id.
    id: &'static str,
    /// What it is.
    label: Text,
    /// The largest value; the smallest is 0.
    #[prop(into)]
    most: Signal<u32>,
    /// Its steps.
    #[prop(default = 1)]
    step: u32,
    /// The value.
    value: V,
    /// Takes another one.
    set: S,
    /// What the value is of, for screen readers; the number alone where it is none.
    #[prop(optional, into)]
    said: Option<Signal<Option<String>>>,
) -> impl IntoView
where
    V: Fn() -> u32 + Copy + Send + Sync + 'static,
    S: Fn(u32) + Copy + Send + Sync + 'static,
{
    let moved = move |event| {
        if let Ok(to) = event_target_value(&event).parse() {
            set(to);
        }
    };
    view! {
        <div class="story-slider">
            <label for=id>{label} " " <output for=id>{value}</output></label>
            // The largest value comes first: the browser cuts the value by it.
            <input
                type="range"
                id=id
                min=0
                max=move || most.get().to_string()
                step=step
                aria-valuetext=move || said.and_then(|said| said.get())
                prop:value=value
                on:input=moved
            />
        </div>
    }
}

/// One step of all pixels; the one that is looked at has a frame.
#[component]
fn Tile(
    edges: Edges,
    id: &'static str,
    name: Text,
    about: Text,
    /// The colour of a pixel by its level, its step and the largest magnitude.
    colour: fn(u8, Step, i16) -> Colour,
) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        let (grey, steps) = (edges.grey.read(), edges.steps.read());
        if let (Some(canvas), Some(grey), Some(steps)) = (node.get(), &*grey, &*steps) {
            let picture = picture(grey, steps, colour);
            paint(&canvas, &DynamicImage::from(picture).to_rgba8());
        }
    });
    let point = move |event: PointerEvent| {
        if let Some(canvas) = node.get_untracked() {
            let side = f64::from(INPUT_SIDE);
            let pixel = |share: f64| (share * side).clamp(0.0, side - 1.0) as u32;
            let (x, y) = pointed_at(&canvas, &event);
            let pixels = (pixel(x), pixel(y));
            edges
                .at
                .maybe_update(|at| std::mem::replace(at, pixels) != pixels);
        }
    };
    let percent = |at: u32| format!("{}%", f64::from(at) / f64::from(INPUT_SIDE) * 100.0);
    view! {
        <li>
            <div class="canny-tile">
                <canvas node_ref=node id=id role="img" aria-label=name on:pointermove=point on:pointerdown=point></canvas>
                <span
                    class="canny-cursor"
                    style:left=move || percent(edges.at.get().0)
                    style:top=move || percent(edges.at.get().1)
                ></span>
            </div>
            <p class="tile-name">{name}</p>
            <p class="story-quiet">{about}</p>
        </li>
    }
}

fn picture(grey: &GrayImage, steps: &CannySteps, colour: fn(u8, Step, i16) -> Colour) -> RgbImage {
    let (width, height) = steps.dimensions();
    let step = |x, y| steps.at(x, y);
    let all = (0..height).flat_map(|y| (0..width).filter_map(move |x| step(x, y)));
    let most = all.map(Step::magnitude).max().unwrap_or(0).max(1);
    RgbImage::from_fn(width, height, |x, y| {
        let level = grey.get_pixel(x, y)[0];
        Rgb(steps
            .at(x, y)
            .map_or([0; 3], |step| colour(level, step, most)))
    })
}

/// A colour as bright as a step is steep.
fn shade(colour: Colour, step: Step, most: i16) -> Colour {
    let share = f32::from(step.magnitude()) / f32::from(most);
    colour.map(|level| (f32::from(level) * share).round() as u8)
}

/// The colour of a gradient's direction.
pub fn direction(step: Step) -> Colour {
    match step.direction {
        Direction::Horizontal => HORIZONTAL,
        Direction::Vertical => VERTICAL,
        Direction::Falling => FALLING,
        Direction::Rising => RISING,
    }
}

fn thin(step: Step, most: i16) -> Colour {
    match step.verdict {
        Verdict::Flat | Verdict::Thinned => [0; 3],
        Verdict::Dropped | Verdict::Kept | Verdict::Strong => shade([255; 3], step, most),
    }
}

fn edge(step: Step) -> Colour {
    match step.verdict {
        Verdict::Flat | Verdict::Thinned => [0; 3],
        Verdict::Dropped => DROPPED,
        Verdict::Kept => KEPT,
        Verdict::Strong => [255; 3],
    }
}

#[cfg(test)]
mod tests {
    use image::Luma;
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::photo::thresholds::Thresholds;

    #[test]
    fn a_step_is_one_white_line_among_the_edges_and_a_wide_one_in_the_gradient() {
        let grey = GrayImage::from_fn(8, 4, |x, _| Luma([if x < 4 { 0 } else { 255 }]));
        let steps = CannySteps::new(&grey, Thresholds::default().into());
        let edges = picture(&grey, &steps, |_, step, _| edge(step));
        let gradient = picture(&grey, &steps, |_, step, most| shade([255; 3], step, most));
        let white = |picture: &RgbImage| {
            let row = (0..8).filter(|x| picture.get_pixel(*x, 1).0 == [255; 3]);
            row.collect::<Vec<_>>()
        };
        assert_eq!((white(&edges), white(&gradient)), (vec![3], vec![3, 4]));
        let colours = picture(&grey, &steps, |_, step, most| {
            shade(direction(step), step, most)
        });
        assert_eq!(colours.get_pixel(3, 1).0, HORIZONTAL);
    }
}
