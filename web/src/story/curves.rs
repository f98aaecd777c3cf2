//! What was logged during the run: one small chart a curve, and the same as tables.

use leptos::prelude::*;
use shared::story::{Curve, Story};

use super::file::use_story;
use super::sentences;
use super::text;
use crate::chart::{line, rows};

/// A chart's size in its own units.
const SIZE: (f32, f32) = (240.0, 90.0);
/// Rows of a table.
const ROWS: usize = 11;

/// All curves: accuracies and other shares first, from 0 to 1, and then the others.
#[component]
pub fn CurvesPiece() -> impl IntoView {
    let story = use_story();
    move || story.get().map(|story| charts(&story))
}

fn charts(story: &Story) -> impl IntoView + use<> {
    let (shares, others): (Vec<Curve>, Vec<Curve>) =
        story.curves.iter().cloned().partition(is_share);
    let epochs = story.made.epochs;
    let all: Vec<Curve> = shares.into_iter().chain(others).collect();
    let tables = all.clone();
    view! {
        <div class="story-curves">{all.into_iter().map(|curve| chart(curve, epochs)).collect_view()}</div>
        <details>
            <summary>{text::TABLE}</summary>
            <div class="story-tables">{tables.into_iter().map(table).collect_view()}</div>
        </details>
    }
}

/// Whether it is a share of 1.
fn is_share(curve: &Curve) -> bool {
    curve.name.ends_with("_accuracy") || curve.name == "used_rate"
}

fn chart(curve: Curve, epochs: u32) -> impl IntoView {
    let (low, high) = range(&curve);
    let points = curve.values.iter().map(|(epoch, value)| {
        (
            *epoch as f32 / epochs.max(1) as f32,
            (value - low) / (high - low),
        )
    });
    let path = line(points, SIZE);
    let is_doodles = curve.name.starts_with("doodle") || curve.name.starts_with("target");
    let (name, last) = (curve.name.clone(), curve.values.last().copied());
    let percent = is_share(&curve);
    let last = move || last.map(|(_, value)| sentences::value(value, percent));
    let ends = [low, high].map(|end| sentences::value(end, percent));
    view! {
        <figure class="story-curve" class:target=is_doodles>
            <figcaption>
                <strong>{move || sentences::column(&name)}</strong>
                <span class="number">{last}</span>
            </figcaption>
            <svg viewBox=format!("0 0 {} {}", SIZE.0, SIZE.1) preserveAspectRatio="none" aria-hidden="true">
                <path d=path />
            </svg>
            <p class="story-quiet number">{move || sentences::axes(&ends, epochs)}</p>
        </figure>
    }
}

/// The values at the lower and the upper end of a chart. A loss may be below 0.
fn range(curve: &Curve) -> (f32, f32) {
    if is_share(curve) {
        return (0.0, 1.0);
    }
    let values = || curve.values.iter().map(|(_, value)| *value);
    let (low, high) = (values().fold(0.0, f32::min), values().fold(0.0, f32::max));
    // A curve of zeros has a height too.
    (low, if high > low { high } else { low + 1.0 })
}

fn table(curve: Curve) -> impl IntoView {
    let percent = is_share(&curve);
    let rows = rows(curve.values.len(), ROWS).map(|index| &curve.values[index]);
    let rows: Vec<_> = rows
        .map(|(epoch, value)| {
            view! { <tr><th scope="row">{*epoch + 1}</th><td>{sentences::value(*value, percent)}</td></tr> }
        })
        .collect();
    let name = curve.name;
    view! {
        <table class="number">
            <thead>
                <tr><th scope="col">{text::EPOCH}</th><th scope="col">{move || sentences::column(&name)}</th></tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn accuracies_share_an_axis_and_a_loss_has_its_own() {
        let curve = |name: &str, values: [f32; 2]| Curve {
            name: name.into(),
            values: vec![(0, values[0]), (1, values[1])],
        };
        let range = |name, values| range(&curve(name, values));
        assert_eq!(range("validation_accuracy", [0.2, 0.5]), (0.0, 1.0));
        assert_eq!(range("class_loss", [2.5, 0.5]), (0.0, 2.5));
        assert_eq!(range("feature_loss", [1.5, -0.5]), (-0.5, 1.5));
        assert_eq!(range("lambda", [0.0, 0.0]), (0.0, 1.0));
    }
}
