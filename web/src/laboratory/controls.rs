//! What runs the laboratory and what can be changed while it runs.

use laboratory::data::Scene;
use laboratory::{Lambda, Settings};
use leptos::prelude::*;
use protocol::laboratory::Trained;
use shared::dann::Variant;

use super::brush::{Brush, Paint};
use super::play::{self, SPEEDS};
use super::slow::Slow;
use super::state::{Laboratory, use_laboratory};
use super::text;
use crate::language::Text;

/// Run, pause, single steps, slow motion, reset and speed.
#[component]
pub fn Playing(
    /// The step in slow motion.
    slow: Slow,
) -> impl IntoView {
    let laboratory = use_laboratory();
    let is_running = laboratory.is_running;
    let toggle = move |_| {
        if is_running.get_untracked() {
            play::pause(laboratory);
        } else {
            play::run(laboratory);
        }
    };
    let step = move |trained: Trained| {
        move |_| {
            play::pause(laboratory);
            laboratory.step(trained, 1);
        }
    };
    let speed = |(index, steps): (usize, u32)| {
        let is_chosen = move || laboratory.speed.get() == steps;
        view! {
            <button
                type="button"
                aria-pressed=move || is_chosen().to_string()
                on:click=move |_| laboratory.speed.set(steps)
            >
                {text::SPEEDS[index]}
            </button>
        }
    };
    view! {
        <div class="lab-playing" role="group" aria-label=text::PLAYING>
            <button type="button" id="lab-run" class="main" on:click=toggle>
                {move || if is_running.get() { text::PAUSE() } else { text::RUN() }}
            </button>
            <button type="button" id="lab-step-all" on:click=step(Trained::All)>{text::STEP_ALL}</button>
            <button type="button" id="lab-step-d" on:click=step(Trained::Domain)>{text::STEP_D}</button>
            <button type="button" id="lab-step-fc" on:click=step(Trained::Classifier)>{text::STEP_FC}</button>
            <button type="button" id="lab-slow-next" on:click=move |_| slow.next()>{text::SLOW}</button>
            <button type="button" id="lab-reset" on:click=move |_| play::restart(laboratory)>{text::RESET}</button>
            <div class="segments lab-speed" role="group" aria-label=text::SPEED>
                {SPEEDS.into_iter().enumerate().map(speed).collect_view()}
            </div>
        </div>
    }
}

/// The settings.
#[component]
pub fn Editing(
    /// What draws points by hand.
    brush: Brush,
) -> impl IntoView {
    let laboratory = use_laboratory();
    view! {
        <div class="lab-settings">
            <fieldset>
                <legend>{text::DATA}</legend>
                <Scenes brush=brush />
                <Change />
                <Number
                    id="lab-share" name=text::SHARE least=0.05 greatest=0.95 step=0.05
                    get=|settings| settings.share.unwrap_or(0.5)
                    set=|settings, value| settings.share = (value != 0.5).then_some(value)
                />
                <Number
                    id="lab-noise" name=text::NOISE least=0.0 greatest=0.3 step=0.01
                    get=|settings| settings.noise set=|settings, value| settings.noise = value
                />
                <Number
                    id="lab-seed" name=text::SEED least=0.0 greatest=99.0 step=1.0
                    get=|settings| settings.seed as f32 set=|settings, value| settings.seed = value as u32
                />
            </fieldset>
            <fieldset>
                <legend>{text::ADVERSARY}</legend>
                <Choice
                    id="lab-variant" name=text::VARIANT options=VARIANTS.map(|(_, name)| name).to_vec()
                    chosen=move || position(&VARIANTS, laboratory.settings.read().variant)
                    choose=move |index: usize| laboratory.edit(|settings| settings.variant = VARIANTS[index].0)
                />
                <Schedule />
                <Number
                    id="lab-domain-steps" name=text::DOMAIN_STEPS least=1.0 greatest=10.0 step=1.0
                    get=|settings| f32::from(settings.domain_steps) set=|settings, value| settings.domain_steps = value as u8
                />
            </fieldset>
            <fieldset>
                <legend>{text::TRAINING}</legend>
                <Choice
                    id="lab-rate" name=text::RATE options=RATES.map(|(_, name)| name).to_vec()
                    chosen=move || position(&RATES, laboratory.settings.read().learning_rate)
                    choose=move |index: usize| laboratory.edit(|settings| settings.learning_rate = RATES[index].0)
                />
                <Choice
                    id="lab-width" name=text::WIDTH options=WIDTHS.map(|(_, name)| name).to_vec()
                    chosen=move || position(&WIDTHS, laboratory.settings.read().width)
                    choose=move |index: usize| laboratory.edit(|settings| settings.width = WIDTHS[index].0)
                />
                <Number
                    id="lab-im" name=text::IM least=0.0 greatest=2.0 step=0.1
                    get=|settings| settings.im_weight set=|settings, value| settings.im_weight = value
                />
                <Number
                    id="lab-consistency" name=text::CONSISTENCY least=0.0 greatest=2.0 step=0.1
                    get=|settings| settings.consistency_weight
                    set=|settings, value| settings.consistency_weight = value
                />
            </fieldset>
        </div>
    }
}

const VARIANTS: [(Variant, Text); 4] = [
    (Variant::SourceOnly, text::SOURCE_ONLY),
    (Variant::TwoStep, text::TWO_STEP),
    (Variant::Reversal, text::REVERSAL),
    (Variant::Confusion, text::CONFUSION),
];
const RATES: [(f32, Text); 5] = [
    (0.001, || "0.001"),
    (0.003, || "0.003"),
    (0.01, || "0.01"),
    (0.03, || "0.03"),
    (0.1, || "0.1"),
];
const WIDTHS: [(u8, Text); 4] = [(4, || "4"), (8, || "8"), (16, || "16"), (32, || "32")];
const SCENES: [(Scene, Text); 4] = [
    (Scene::Moons, text::MOONS),
    (Scene::Blobs, text::BLOBS),
    (Scene::Swapped, text::SWAPPED),
    (Scene::Three, text::THREE),
];

/// Where a value stands among options; none where it is another.
fn position<T: PartialEq>(options: &[(T, Text)], value: T) -> Option<usize> {
    options.iter().position(|(option, _)| *option == value)
}

/// The data that is generated, or the brush.
#[component]
fn Scenes(brush: Brush) -> impl IntoView {
    let laboratory = use_laboratory();
    let drawn = Memo::new(move |_| laboratory.settings.read().drawn.is_some());
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
                aria-pressed=move || (brush.paint.get() == Some(paint)).to_string()
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
            <p class="note">{text::BRUSH_NOTE}</p>
        </div>
    }
}

/// How the target differs from the source.
#[component]
fn Change() -> impl IntoView {
    let laboratory = use_laboratory();
    let scene = Memo::new(move |_| laboratory.settings.read().scene);
    let is_drawn = Memo::new(move |_| laboratory.settings.read().drawn.is_some());
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

/// Lambda: a schedule, and where it is constant its value.
#[component]
fn Schedule() -> impl IntoView {
    let laboratory = use_laboratory();
    let chosen = move || {
        Some(match laboratory.settings.read().lambda {
            Lambda::Constant(_) => 0,
            Lambda::Log => 1,
            Lambda::Paper => 2,
        })
    };
    let choose = move |index: usize| {
        laboratory.edit(|settings| {
            settings.lambda = match index {
                0 => Lambda::Constant(constant(settings)),
                1 => Lambda::Log,
                _ => Lambda::Paper,
            }
        });
    };
    let is_constant =
        Memo::new(move |_| matches!(laboratory.settings.read().lambda, Lambda::Constant(_)));
    view! {
        <Choice
            id="lab-schedule" name=text::LAMBDA
            options=vec![text::CONSTANT, text::LOG, text::PAPER] chosen=chosen choose=choose
        />
        {move || is_constant.get().then(|| view! {
            <Number
                id="lab-lambda-value" name=text::LAMBDA_VALUE least=0.0 greatest=2.0 step=0.05
                get=constant set=|settings, value| settings.lambda = Lambda::Constant(value)
            />
        })}
    }
}

/// The constant lambda, or what it begins with.
fn constant(settings: &Settings) -> f32 {
    match settings.lambda {
        Lambda::Constant(value) => value,
        Lambda::Log | Lambda::Paper => 1.0,
    }
}

/// One of several options, as a list that opens.
#[component]
fn Choice(
    id: &'static str,
    name: Text,
    options: Vec<Text>,
    chosen: impl Fn() -> Option<usize> + Copy + Send + Sync + 'static,
    choose: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let option = |(index, name): (usize, Text)| {
        view! {
            <option value=index.to_string() prop:selected=move || chosen() == Some(index)>{name}</option>
        }
    };
    let changed = move |event| {
        if let Ok(index) = event_target_value(&event).parse() {
            choose(index);
        }
    };
    view! {
        <label class="lab-field">
            <span>{name}</span>
            <select id=id on:change=changed>{options.into_iter().enumerate().map(option).collect_view()}</select>
        </label>
    }
}

/// A number on a slider, with its value.
#[component]
fn Number(
    id: &'static str,
    name: Text,
    least: f32,
    greatest: f32,
    step: f32,
    get: fn(&Settings) -> f32,
    set: fn(&mut Settings, f32),
) -> impl IntoView {
    let laboratory: Laboratory = use_laboratory();
    let value = Memo::new(move |_| get(&laboratory.settings.read()));
    let moved = move |event| {
        if let Ok(value) = event_target_value(&event).parse() {
            laboratory.edit(|settings| set(settings, value));
        }
    };
    view! {
        <label class="lab-field">
            <span>{name} " " <output class="number">{move || value.get().to_string()}</output></span>
            <input
                type="range"
                id=id
                min=least.to_string()
                max=greatest.to_string()
                step=step.to_string()
                prop:value=move || value.get().to_string()
                on:input=moved
            />
        </label>
    }
}
