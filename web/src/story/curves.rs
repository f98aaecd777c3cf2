//! What was logged during the run: one small chart a curve, and the same as tables.

use leptos::prelude::*;
use shared::story::{Curve, Story};

use super::file::use_story;
use super::sentences;
use super::text;
use crate::chart::line;

/// A chart's size in its own units.
const SIZE: (f32, f32) = (240.0, 90.0);
/// Rows of a table.
const ROWS: usize = 11;

/// All curves: accuracies first, from 0 to 1, and then losses, each from 0 to its own largest value.
#[component]
pub fn CurvesPiece() -> impl IntoView {
    let story = use_story();
    move || story.get().map(|story| charts(&story))
}

fn charts(story: &Story) -> impl IntoView + use<> {
    let (accuracies, losses): (Vec<Curve>, Vec<Curve>) =
        story.curves.iter().cloned().partition(is_accuracy);
    let epochs = story.made.epochs;
    let all: Vec<Curve> = accuracies.into_iter().chain(losses).collect();
    let tables = all.clone();
    view! {
        <div class="story-curves">{all.into_iter().map(|curve| chart(curve, epochs)).collect_view()}</div>
        <details>
            <summary>{text::TABLE}</summary>
            <div class="story-tables">{tables.into_iter().map(table).collect_view()}</div>
        </details>
    }
}

fn is_accuracy(curve: &Curve) -> bool {
    curve.name.ends_with("_accuracy")
}

fn chart(curve: Curve, epochs: u32) -> impl IntoView {
    let top = top(&curve);
    let points = curve
        .values
        .iter()
        .map(|(epoch, value)| (*epoch as f32 / epochs.max(1) as f32, value / top));
    let path = line(points, SIZE);
    let is_doodles = curve.name.starts_with("doodle") || curve.name.starts_with("target");
    let (name, last) = (curve.name.clone(), curve.values.last().copied());
    let percent = is_accuracy(&curve);
    let last = move || last.map(|(_, value)| sentences::value(value, percent));
    let axis = sentences::value(top, percent);
    view! {
        <figure class="story-curve" class:target=is_doodles>
            <figcaption>
                <strong>{move || sentences::column(&name)}</strong>
                <span class="number">{last}</span>
            </figcaption>
            <svg viewBox=format!("0 0 {} {}", SIZE.0, SIZE.1) preserveAspectRatio="none" aria-hidden="true">
                <path d=path />
            </svg>
            <p class="story-quiet number">{move || sentences::axes(&axis, epochs)}</p>
        </figure>
    }
}

/// The value at the upper end of a chart.
fn top(curve: &Curve) -> f32 {
    if is_accuracy(curve) {
        return 1.0;
    }
    let values = curve.values.iter().map(|(_, value)| *value);
    values.fold(f32::MIN_POSITIVE, f32::max)
}

fn table(curve: Curve) -> impl IntoView {
    let percent = is_accuracy(&curve);
    let every = (curve.values.len() / ROWS).max(1);
    let last = curve.values.len().saturating_sub(1);
    let rows = curve.values.iter().enumerate();
    let rows = rows.filter(|(index, _)| index % every == 0 || *index == last);
    let rows: Vec<_> = rows
        .map(|(_, (epoch, value))| {
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
        let curve = |name: &str| Curve {
            name: name.into(),
            values: vec![(0, 2.5), (1, 0.5)],
        };
        assert_eq!(top(&curve("validation_accuracy")), 1.0);
        assert_eq!(top(&curve("class_loss")), 2.5);
    }
}
