//! How accurate the network is, under which conditions, and what it confuses.

use leptos::prelude::*;
use shared::story::{Measured, Story};

use super::file::use_story;
use super::sentences;
use super::text;
use crate::language::{class_name, pick};

/// Accuracy, conditions and the confusion matrix.
#[component]
pub fn ConfusionPiece() -> impl IntoView {
    let story = use_story();
    move || {
        let story = story.get()?;
        Some(match story.measured.clone() {
            Some(measured) => matrix(&story, measured).into_any(),
            None => view! { <p class="story-quiet">{text::NOT_MEASURED}</p> }.into_any(),
        })
    }
}

fn matrix(story: &Story, measured: Measured) -> impl IntoView + use<> {
    let names = story.classes.names().to_vec();
    let column = |name: String| {
        view! { <th scope="col"><span>{move || class_name(&name).to_string()}</span></th> }
    };
    let columns = names.clone().into_iter().map(column).collect_view();
    let rows: Vec<_> = measured
        .rows()
        .map(|(label, row)| {
            let whole = row.iter().sum::<u32>().max(1);
            let cells = row.iter().enumerate().map(|(prediction, count)| {
                let share = format!("{:.0}%", f64::from(*count) / f64::from(whole) * 100.0);
                let is_correct = label == prediction;
                view! {
                    <td class:correct=is_correct style=("--share", share)>
                        {(*count > 0).then(|| count.to_string())}
                    </td>
                }
            });
            let name = names.get(label).cloned().unwrap_or_default();
            view! {
                <tr>
                    <th scope="row">{move || class_name(&name).to_string()}</th>
                    {cells.collect::<Vec<_>>()}
                </tr>
            }
        })
        .collect();
    let (accuracy, balanced) = (measured.accuracy(), measured.balanced_accuracy());
    let pictures = measured.pictures();
    let conditions = move || {
        let chinese = measured.conditions_zh.as_ref();
        pick(
            &measured.conditions,
            chinese.unwrap_or(&measured.conditions),
        )
        .clone()
    };
    view! {
        <div class="story-accuracy">
            <p class="story-number number" id="story-accuracy">{format!("{:.1}%", accuracy * 100.0)}</p>
            <div>
                <p>{move || sentences::accuracy(pictures, balanced)}</p>
                <p class="story-quiet" id="story-conditions">{conditions}</p>
            </div>
        </div>
        <p class="story-quiet" id="story-confusion-caption">{text::CONFUSION_CAPTION}</p>
        <div class="story-scroll" role="region" tabindex="0" aria-label=text::CONFUSION_LABEL>
            <table class="story-confusion number" id="story-confusion" aria-labelledby="story-confusion-caption">
                <thead>
                    <tr><th scope="col"><span class="unseen">{text::LABEL}</span></th>{columns}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
