//! Which data is generated, or drawn by hand, and how the target differs from the source.

use laboratory::data::Scene;
use leptos::prelude::*;

use super::fields::{Choice, Number, position};
use crate::laboratory::brush::Brush;
use crate::laboratory::state::{Paint, use_laboratory};
use crate::laboratory::text;
use crate::language::Text;

const SCENES: [(Scene, Text); 4] = [
    (Scene::Moons, text::MOONS),
    (Scene::Blobs, text::BLOBS),
    (Scene::Swapped, text::SWAPPED),
    (Scene::Three, text::THREE),
];

/// The data that is generated, or the brush.
#[component]
pub fn Scenes(brush: Brush) -> impl IntoView {
    let laboratory = use_laboratory();
    let drawn = is_drawn();
    let names = SCENES.map(|(_, name)| name).into_iter();
    let names: Vec<Text> = names.chain([text::DRAW_YOUR_OWN]).collect();
    let chosen = move || match drawn.get() {
        true => Some(SCENES.len()),
        false => position(&SCENES, laboratory.settings.read().scene),
    };
    let choose = move |index: usize| match SCENES.get(index) {
        None => brush.take(Paint::Source(0)),
        Some((scene, _)) => {
            brush.put_away();
            laboratory.edit(|settings| {
                settings.scene = *scene;
                settings.change = scene.default_change();
            });
        }
    };
    let paints = [
        (Paint::Source(0), text::BRUSH_SOURCE_1 as Text),
        (Paint::Source(1), text::BRUSH_SOURCE_2),
        (Paint::Target(0), text::BRUSH_TARGET_1),
        (Paint::Target(1), text::BRUSH_TARGET_2),
    ];
    let paint = move |(paint, name): (Paint, Text)| {
        view! {
            <button
                type="button"
                aria-pressed=move || (laboratory.paint.get() == Some(paint)).to_string()
                on:click=move |_| brush.take(paint)
            >
                {name}
            </button>
        }
    };
    view! {
        <Choice id="lab-scene" name=text::SCENE options=names chosen=chosen choose=choose />
        <div class="lab-brushes" role="group" aria-label=text::BRUSH hidden=move || !drawn.get()>
            {paints.map(paint).collect_view()}
            <button type="button" id="lab-undo" disabled=move || !brush.can_undo() on:click=move |_| brush.undo()>
                {text::UNDO}
            </button>
            <button type="button" id="lab-clear" on:click=move |_| brush.clear()>{text::CLEAR}</button>
            <p class="note">{text::BRUSH_NOTE}</p>
        </div>
    }
}

/// Whether points are drawn by hand.
fn is_drawn() -> Memo<bool> {
    let laboratory = use_laboratory();
    Memo::new(move |_| laboratory.settings.read().drawn.is_some())
}

/// What else there is to choose of generated points; drawn ones stay as they are.
#[component]
pub fn Generated() -> impl IntoView {
    let is_drawn = is_drawn();
    move || {
        (!is_drawn.get()).then(|| {
            view! {
                <Number
                    id="lab-share" name=text::SHARE least=0.02 greatest=0.98 step=0.01
                    get=|settings| settings.share.unwrap_or(0.5)
                    set=|settings, value| settings.share = (value != 0.5).then_some(value)
                />
                <Number
                    id="lab-noise" name=text::NOISE least=0.0 greatest=0.5 step=0.01
                    get=|settings| settings.noise set=|settings, value| settings.noise = value
                />
            }
        })
    }
}

/// How the target differs from the source.
#[component]
pub fn Change() -> impl IntoView {
    let laboratory = use_laboratory();
    let scene = Memo::new(move |_| laboratory.settings.read().scene);
    let is_drawn = is_drawn();
    move || {
        let scene = scene.get();
        let [least, greatest] = scene.change_range();
        let (name, step): (Text, f32) = match scene {
            Scene::Moons | Scene::Three => (text::ANGLE, 1.0),
            Scene::Blobs => (text::SHIFT, 0.05),
            Scene::Swapped => (text::SWAP, 0.05),
        };
        (!is_drawn.get()).then(|| {
            view! {
                <Number
                    id="lab-change" name=name least=least greatest=greatest step=step
                    get=|settings| settings.change set=|settings, value| settings.change = value
                />
            }
        })
    }
}
