//! The kinds of fields that a setting has.

use laboratory::Settings;
use leptos::prelude::*;

use crate::laboratory::state::{Laboratory, use_laboratory};
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
