//! What each stroke adds to the answer: the probability of the leading class with it, less that without it.

use image::GrayImage;
use leptos::prelude::*;
use shared::drawing::{Drawing, Stroke, rasterise};
use shared::input::grey_from_doodle;
use shared::softmax::softmax;

use super::curve::path;
use super::history::History;
use super::sheet::SHEET_SIDE;
use super::text;
use crate::engines::machine::Answer;
use crate::guess::leader::leader;
use crate::state::use_state;

/// Drawings with more strokes are asked about in so many groups of strokes that follow each other.
const MOST: usize = 32;
/// A stroke that changes the probability by less is called neutral.
const NEUTRAL: f32 = 0.01;

/// The strokes in groups that are left out together: one each, as far as there are no more than 32.
fn groups(strokes: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let groups = strokes.min(MOST);
    (0..groups).map(move |group| group * strokes / groups..(group + 1) * strokes / groups)
}

/// The drawing without each group of strokes, as the network sees it: 32x32. A drawing of one stroke is empty without it.
pub fn variants(drawing: &Drawing) -> Vec<GrayImage> {
    let strokes = drawing.strokes();
    groups(strokes.len())
        .map(|left_out| {
            let rest = strokes.iter().enumerate();
            let rest = rest.filter(|(index, _)| !left_out.contains(index));
            let rest: Drawing = rest.map(|(_, stroke)| stroke.clone()).collect();
            grey_from_doodle(&rasterise(&rest))
        })
        .collect()
}

/// The network's leading class, and what each stroke adds to its probability, -1 to 1; nothing where the answer is about another
/// drawing.
fn contributions(drawing: &Drawing, answer: &Answer) -> Option<(usize, Vec<f32>)> {
    let strokes = drawing.strokes().len();
    if answer.variants.len() != strokes.min(MOST) || strokes == 0 {
        return None;
    }
    let leader = usize::from(leader(&answer.probabilities)?.0);
    let probability = answer.probabilities[leader];
    let mut added = Vec::with_capacity(strokes);
    for (group, logits) in groups(strokes).zip(&answer.variants) {
        let mut without = logits.clone();
        softmax(&mut without);
        let without = without.get(leader).copied()?;
        added.extend(group.map(|_| probability - without));
    }
    Some((leader, added))
}

/// What is shown of an answer.
#[derive(Clone, Debug, Default, PartialEq)]
struct Explained {
    /// The class that the strokes count towards or against.
    name: String,
    drawing: Drawing,
    /// What each stroke adds.
    added: Vec<f32>,
}

/// The strokes of the drawing, coloured by what they add, and the same in words.
#[component]
pub fn Why() -> impl IntoView {
    let state = use_state();
    let explained = Memo::new(move |_| {
        if !state.why.get() || !state.networks.is_settled().get() {
            return None;
        }
        let latest = state.networks.latest().get();
        let history = state.history.read();
        let (leader, added) = contributions(history.drawing(), latest.answer.as_ref()?)?;
        // A class of the visitor's own may lead the answer, but of those the strokes say nothing.
        let name = state.classes.read().names().get(leader)?.clone();
        let drawing = history.drawing().clone();
        Some(Explained {
            name,
            drawing,
            added,
        })
    });
    let strokes = move || {
        let Explained { drawing, added, .. } = explained.get().unwrap_or_default();
        let strokes = drawing.into_strokes().into_iter().zip(added);
        strokes
            .map(|(stroke, added)| coloured(&stroke, added))
            .collect_view()
    };
    let sentences = move || {
        let Explained { name, added, .. } = explained.get().unwrap_or_default();
        let lines = added.into_iter().zip(1..);
        lines
            .map(|(added, number)| view! { <li>{text::adds(number, added * 100.0, &name)}</li> })
            .collect_view()
    };
    let is_empty = Memo::new(move |_| state.history.read().drawing().is_empty());
    let legend = move || match (&*explained.read(), is_empty.get()) {
        (Some(explained), _) => text::why(&explained.name),
        (None, true) => text::WHY_NOTHING().into(),
        (None, false) => text::WHY_WAITING().into(),
    };
    view! {
        <div class="why" hidden=move || !state.why.get()>
            <svg viewBox=format!("0 0 {SHEET_SIDE} {SHEET_SIDE}") aria-hidden="true">
                {strokes}
            </svg>
        </div>
        <Show when=move || state.why.get()>
            <p id="why-legend" class="why-legend">{legend}</p>
            <ol id="why-strokes" class="unseen">{sentences}</ol>
        </Show>
    }
}

fn coloured(stroke: &Stroke, added: f32) -> impl IntoView + use<> {
    let side = match added {
        added if added > NEUTRAL => "for",
        added if added < -NEUTRAL => "against",
        _ => "neutral",
    };
    let strength = added.abs().sqrt();
    view! {
        <path
            d=path(stroke)
            class=side
            data-adds=format!("{added:.3}")
            stroke-width=format!("{:.1}", 4.0 + 12.0 * strength)
        ></path>
    }
}

/// What the engines are asked besides the drawing itself: the variants, where they are wanted and the pen is up.
pub fn wanted(why: RwSignal<bool>, history: RwSignal<History>) -> Vec<GrayImage> {
    if !why.get() {
        return Vec::new();
    }
    let history = history.read();
    match history.is_drawing() {
        true => Vec::new(),
        false => variants(history.drawing()),
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::engines::kind::Kind;

    fn drawing(strokes: u8) -> Drawing {
        let mut drawing = Drawing::default();
        for stroke in 0..strokes {
            let x = 10.0 + 4.0 * f32::from(stroke);
            drawing.begin((x, 100.0).into());
            drawing.extend((x, 300.0).into());
        }
        drawing
    }

    #[test]
    fn every_stroke_is_left_out_once() {
        for strokes in [1, 2, 31, 32, 33, 100, 400] {
            let all: Vec<usize> = groups(strokes).flatten().collect();
            assert_eq!(all, (0..strokes).collect::<Vec<_>>());
            assert!(groups(strokes).count() <= MOST);
        }
        assert_eq!(groups(0).count(), 0);
        assert_eq!(variants(&drawing(3)).len(), 3);
    }

    #[test]
    fn a_stroke_adds_what_is_lost_without_it() {
        let logits = vec![2.0, 0.0, 0.0, 0.0, 4.0, 0.0];
        let answer = Answer::new(Kind::Cpu, logits, 2, Vec::new());
        let (leader, added) = contributions(&drawing(2), &answer).unwrap();
        assert_eq!(leader, 0);
        let sigmoid = |logit: f32| 1.0 / (1.0 + (-logit).exp());
        assert!((added[0] - (sigmoid(2.0) - 0.5)).abs() < 1e-6);
        assert!((added[1] - (sigmoid(2.0) - sigmoid(4.0))).abs() < 1e-6);
        assert_eq!(contributions(&drawing(3), &answer), None);
    }
}
