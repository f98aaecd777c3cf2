//! Accuracy over the run, and the same as a table.

use leptos::prelude::*;
use protocol::laboratory::Numbers;

use super::state::{Laboratory, use_laboratory};
use super::text;
use crate::chart::{line, rows};

/// The drawing's size in its own units.
const WIDTH: f32 = 600.0;
const HEIGHT: f32 = 140.0;
/// Rows of the table.
const ROWS: usize = 11;

/// Source accuracy, target accuracy once it may be seen, and D's accuracy.
#[component]
pub fn Curves() -> impl IntoView {
    let laboratory = use_laboratory();
    let curve = move |value: fn(&Numbers) -> f32| {
        move || {
            let steps = laboratory.span() as f32;
            path(&laboratory.history.read(), steps, value)
        }
    };
    let without_domain = move || !laboratory.uses_domain();
    let shows_target = Memo::new(move |_| shows_target(laboratory));
    let last = Memo::new(move |_| laboratory.last());
    let share = move |value: fn(&Numbers) -> f32| {
        move || last.get().map(|last| text::percent(value(&last)))
    };
    let steps = move || {
        last.get()
            .map(|last| text::step(last.step as u32, laboratory.span()))
    };
    view! {
        <figure class="lab-curves">
            <figcaption class="number" id="lab-step">{steps}</figcaption>
            <div class="lab-chart number" aria-hidden="true">
                <div class="lab-shares">{[1.0, 0.5, 0.0].map(text::percent).map(|share| view! { <span>{share}</span> })}</div>
                <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none">
                    <path class="half" d=format!("M0 {}H{WIDTH}", HEIGHT / 2.0) />
                    <path class="domain" d=curve(|numbers| numbers.domain_accuracy) hidden=without_domain />
                    <path class="source" d=curve(|numbers| numbers.source_accuracy) />
                    <path class="target" d=curve(|numbers| numbers.target_accuracy) hidden=move || !shows_target.get() />
                </svg>
                <div class="lab-steps"><span>"0"</span><span>{text::STEP}</span><span>{move || laboratory.span()}</span></div>
            </div>
            <dl class="lab-accuracies">
                <div class="source">
                    <dt>{text::SOURCE_ACCURACY}</dt>
                    <dd class="number" id="lab-source-accuracy">{share(|numbers| numbers.source_accuracy)}</dd>
                </div>
                <div class="target">
                    <dt>{text::TARGET_ACCURACY}</dt>
                    <dd class="number" id="lab-target-accuracy">
                        {move || if shows_target.get() { share(|numbers| numbers.target_accuracy)() } else { Some(text::HIDDEN().into()) }}
                    </dd>
                </div>
                <div class="domain" hidden=without_domain>
                    <dt>{text::DOMAIN_ACCURACY}</dt>
                    <dd class="number">{share(|numbers| numbers.domain_accuracy)}</dd>
                </div>
            </dl>
            <details class="lab-table">
                <summary>{text::TABLE}</summary>
                {move || table(laboratory)}
            </details>
        </figure>
    }
}

/// Whether the target's accuracy may be seen: in a lesson only after the question.
fn shows_target(laboratory: Laboratory) -> bool {
    laboratory.lesson.read().is_none() || laboratory.is_revealed.get()
}

fn table(laboratory: Laboratory) -> impl IntoView {
    let history = laboratory.history.read();
    let shows_target = shows_target(laboratory);
    let row = |numbers: &Numbers| {
        let target = if shows_target {
            text::percent(numbers.target_accuracy)
        } else {
            text::HIDDEN().into()
        };
        view! {
            <tr>
                <th scope="row">{format!("{:.0}", numbers.step)}</th>
                <td>{text::percent(numbers.source_accuracy)}</td>
                <td>{target}</td>
                <td>{text::percent(numbers.domain_accuracy)}</td>
                <td>{format!("{:.2}", numbers.lambda)}</td>
            </tr>
        }
    };
    let rows: Vec<_> = rows(history.len(), ROWS)
        .map(|index| row(&history[index]))
        .collect();
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{text::STEP}</th>
                    <th scope="col">{text::SOURCE_ACCURACY}</th>
                    <th scope="col">{text::TARGET_ACCURACY}</th>
                    <th scope="col">{text::DOMAIN_ACCURACY}</th>
                    <th scope="col">{text::LAMBDA}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The line of a share over the steps of a run, as an SVG path; where a share does not exist there is a gap.
fn path(history: &[Numbers], steps: f32, value: fn(&Numbers) -> f32) -> String {
    let points = history
        .iter()
        .map(|numbers| (numbers.step / steps.max(1.0), value(numbers)));
    line(points, (WIDTH, HEIGHT))
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_line_is_as_long_as_what_is_done_of_the_run() {
        let at = |step| Numbers {
            step,
            source_accuracy: 0.5,
            ..Numbers::default()
        };
        let line = path(&[at(0.0), at(5.0)], 10.0, |numbers| numbers.source_accuracy);
        assert_eq!(line, "M0.0 70.0L300.0 70.0");
        assert_eq!(path(&[], 10.0, |numbers| numbers.step), "");
    }
}
