//! The kinds of fields that a setting has.

use laboratory::Settings;
use leptos::prelude::*;
use web_sys::{Event, HtmlInputElement};

use crate::laboratory::state::{Laboratory, use_laboratory};
use crate::laboratory::text;
use crate::language::Text;

/// One of several options, as a list that opens.
#[component]
pub fn Choice(
    id: &'static str,
    name: Text,
    options: Vec<Text>,
    chosen: impl Fn() -> Option<usize> + Copy + Send + Sync + 'static,
    choose: impl Fn(usize) + Copy + Send + Sync + 'static,
    /// The value that holds, where it is none of the options: a link may have any.
    #[prop(optional, into)]
    other: Signal<Option<String>>,
) -> impl IntoView {
    let is_other = move || other.read().is_some();
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
            <select id=id on:change=changed>
                <option value="" disabled=true hidden=move || !is_other() prop:selected=is_other>{other}</option>
                {options.into_iter().enumerate().map(option).collect_view()}
            </select>
        </label>
    }
}

/// A number on a slider, with its value.
#[component]
pub fn Number(
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
    let slider = view! {
        <input
            type="range"
            id=id
            min=least.to_string()
            max=greatest.to_string()
            step=step.to_string()
            prop:value=move || value.get().to_string()
            on:input=moved
        />
    };
    labelled(id, name, value, slider)
}

/// A slider below its name and value.
fn labelled(
    id: &'static str,
    name: Text,
    value: Memo<f32>,
    slider: impl IntoView,
) -> impl IntoView {
    view! {
        // Of the two fields in it, the label is the slider's.
        <label class="lab-field" for=id>
            <span>{name} " " <output for=id class="number">{move || value.get().to_string()}</output></span>
            {slider}
        </label>
    }
}

/// The seed, as a field to type in: a slider could hold only a few of them.
#[component]
pub fn Seed() -> impl IntoView {
    let laboratory = use_laboratory();
    let seed = Memo::new(move |_| laboratory.settings.read().seed);
    // Not with every digit: each seed begins a run anew.
    let changed = move |event: Event| {
        if let Ok(seed) = event_target_value(&event).parse() {
            laboratory.edit(|settings| settings.seed = seed);
        }
        // What is no seed gives way to the one that holds.
        let input: HtmlInputElement = event_target(&event);
        input.set_value(&seed.get_untracked().to_string());
    };
    view! {
        <label class="lab-field">
            <span>{text::SEED}</span>
            <input
                type="number"
                id="lab-seed"
                class="number"
                inputmode="numeric"
                min="0"
                max=u32::MAX.to_string()
                step="1"
                prop:value=move || seed.get().to_string()
                on:change=changed
            />
        </label>
    }
}

/// A number on a slider whose stops need not be equally far apart, with its value.
#[component]
pub fn Stops(
    id: &'static str,
    name: Text,
    /// The values of the stops, in order.
    stops: Vec<f32>,
    get: fn(&Settings) -> f32,
    set: fn(&mut Settings, f32),
) -> impl IntoView {
    let laboratory = use_laboratory();
    let last = stops.len().saturating_sub(1);
    let stops = StoredValue::new(stops);
    let value = Memo::new(move |_| get(&laboratory.settings.read()));
    let stop = move || stops.with_value(|stops| nearest(stops, value.get()));
    let moved = move |event| {
        let index = event_target_value(&event).parse::<usize>().ok();
        let value = index.and_then(|index| stops.with_value(|stops| stops.get(index).copied()));
        if let Some(value) = value {
            laboratory.edit(|settings| set(settings, value));
        }
    };
    let slider = view! {
        <input
            type="range"
            id=id
            min="0"
            max=last.to_string()
            step="1"
            aria-valuetext=move || value.get().to_string()
            prop:value=move || stop().to_string()
            on:input=moved
        />
    };
    labelled(id, name, value, slider)
}

/// The stop that is nearest to a value.
fn nearest(stops: &[f32], value: f32) -> usize {
    let distance = |index: &usize| (stops[*index] - value).abs();
    let nearest = (0..stops.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)));
    nearest.unwrap_or_default()
}

/// Where a value stands among options; none where it is another.
pub fn position<T: PartialEq>(options: &[(T, Text)], value: T) -> Option<usize> {
    options.iter().position(|(option, _)| *option == value)
}

/// A value that none of the options has, as it is shown.
pub fn other<T: PartialEq + ToString + Copy>(options: &[(T, Text)], value: T) -> Option<String> {
    position(options, value)
        .is_none()
        .then(|| value.to_string())
}
