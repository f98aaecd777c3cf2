//! One bar a class, in fixed order, the leading one lit.

use leptos::prelude::*;
use shared::classes::{ClassId, ClassNames};

use super::leader::leader;
use crate::engines::machine::{Answer, LatestAnswer};
use crate::language::class_name;
use crate::numbers::percent;

/// The bars of the newest answer; all empty where there is none.
#[component]
pub fn Bars(
    /// The classes, in the order of the bars.
    classes: Memo<ClassNames>,
    /// The newest answer.
    latest: Signal<LatestAnswer>,
) -> impl IntoView {
    let leader = Memo::new(move |_| leader(&latest.read().answer.as_ref()?.probabilities));
    let bar = move |class: ClassId| {
        let name = classes.read().name(class).unwrap_or_default().to_string();
        let value = move |values: fn(&Answer) -> &Vec<f32>| {
            let latest = latest.read();
            values(latest.answer.as_ref()?)
                .get(usize::from(class.0))
                .copied()
        };
        let probability = move || value(|answer| &answer.probabilities);
        let logit = move || value(|answer| &answer.logits);
        view! {
            <li
                class="bar"
                class:top=move || leader.get() == Some(class)
                data-class=class.to_string()
                data-probability=move || probability().map(|value| value.to_string())
                data-logit=move || logit().map(|value| value.to_string())
            >
                <span class="bar-name">{move || class_name(&name).to_string()}</span>
                <span class="bar-track" aria-hidden="true">
                    <span
                        class="bar-fill"
                        style:transform=move || format!("scaleX({})", probability().unwrap_or(0.0))
                    ></span>
                </span>
                <span class="bar-percent">{move || probability().map(percent)}</span>
            </li>
        }
    };
    view! {
        <ol class="bars" role="list" aria-label=super::text::HOW_LIKELY>
            {move || classes.read().ids().map(bar).collect_view()}
        </ol>
    }
}
