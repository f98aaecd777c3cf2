//! How one value after pooling comes about, in numbers.

use leptos::prelude::*;

use super::layers::Deeper;
use super::network::Formula;
use super::sentences;

/// The nine products of the map that counts most, what the others add, and the largest of four.
#[component]
pub fn FormulaView(
    /// What is looked at.
    deeper: Deeper,
) -> impl IntoView {
    let formula = move || {
        let (blocks, passes) = (deeper.blocks.get()?, deeper.passes.get()?);
        let (block, map, at) = (deeper.block.get(), deeper.map.get(), deeper.at.get());
        let layer = passes.1.get(block)?;
        let is_there = map < layer.channels && at.0.max(at.1) < layer.side / 2;
        let before = block.checked_sub(1).and_then(|before| passes.1.get(before));
        let input = before.map_or(&passes.0, |before| &before.pooled);
        is_there.then(|| blocks.formula(block, input, layer, map, at))
    };
    view! { <div class="canny-pixel" id="deeper-formula">{move || formula().map(shown)}</div> }
}

fn shown(formula: Formula) -> impl IntoView {
    let first = formula.inputs.first().cloned();
    let nine = first.as_ref().map_or(0.0, |input| input.sum());
    let others: f32 = formula.inputs.iter().skip(1).map(|input| input.sum()).sum();
    let count = formula.inputs.len().saturating_sub(1);
    let map = first.as_ref().map_or(0, |input| input.map);
    let table = first.map(|input| {
        let cell = move |tap: usize| {
            let (value, weight) = (input.values[tap], input.weights[tap]);
            view! {
                <td>
                    <span class="story-quiet">{format!("{value:.2}")} " × " {sentences::decimal(weight)}</span>
                    <span class="product">{sentences::decimal(value * weight)}</span>
                </td>
            }
        };
        let row = |down: usize| {
            let cells: Vec<_> = (0..3).map(|right| cell(3 * down + right)).collect();
            view! { <tr>{cells}</tr> }
        };
        let rows: Vec<_> = (0..3).map(row).collect();
        view! {
            <table class="products number">
                <caption>{move || sentences::products(map, count)} " " <strong>{sentences::decimal(nine)}</strong></caption>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    let (window, winner, shift, value) = (
        formula.window,
        formula.winner,
        formula.shift,
        formula.value(),
    );
    view! {
        {table}
        <div class="canny-said">
            <p class="number" id="deeper-sum">{move || sentences::sum(nine, (others, count), shift, window[winner])}</p>
            <p class="number">{move || sentences::largest(window, winner)}</p>
            <p class="number" id="deeper-value"><strong>{move || sentences::after_relu(value)}</strong></p>
        </div>
    }
}
