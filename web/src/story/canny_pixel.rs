//! How Canny's method decides on one pixel: the nine products of each Sobel kernel, the direction, and the verdict.

use leptos::prelude::*;
use shared::picture::{SOBEL, neighbourhood};

use super::edges::Edges;
use super::sentences;
use super::text;
use crate::language::Text;

/// The two tables of products, and the sentences about what follows.
#[component]
pub fn Pixel(
    /// The photo and the pixel.
    edges: Edges,
) -> impl IntoView {
    let levels = Memo::new(move |_| {
        let (x, y) = edges.at.get();
        let grey = edges.grey.read();
        grey.as_ref()
            .filter(|grey| x < grey.width() && y < grey.height())
            .map(|grey| neighbourhood(grey, x, y))
    });
    let step = Memo::new(move |_| {
        let (x, y) = edges.at.get();
        edges.steps.read().as_ref()?.at(x, y)
    });
    let compared = move || {
        let (x, y) = edges.at.get();
        let compared = edges.steps.read().as_ref()?.compared_with(x, y);
        Some(sentences::compared(step.get()?, compared))
    };
    let verdict = move || {
        let thresholds = edges.thresholds.get();
        Some(sentences::verdict(
            step.get()?,
            thresholds.low(),
            thresholds.high(),
        ))
    };
    view! {
        <div class="canny-pixel" hidden=move || step.get().is_none()>
            <Products id="canny-dx" name=text::DX levels=levels weight=|down, right| SOBEL[down][right] sum=move || step.get().map(|step| step.dx) />
            <Products id="canny-dy" name=text::DY levels=levels weight=|down, right| SOBEL[right][down] sum=move || step.get().map(|step| step.dy) />
            <div class="canny-said">
                <p class="number" id="canny-magnitude">{move || step.get().map(sentences::magnitude)}</p>
                <p id="canny-compared">{compared}</p>
                <p id="canny-verdict"><strong>{verdict}</strong></p>
            </div>
        </div>
    }
}

/// The levels round a pixel, each times its weight in one kernel, and their sum.
#[component]
fn Products<S>(
    id: &'static str,
    name: Text,
    levels: Memo<Option<[[u8; 3]; 3]>>,
    /// The weight by row and column.
    weight: fn(usize, usize) -> i16,
    /// The sum of the products.
    sum: S,
) -> impl IntoView
where
    S: Fn() -> Option<i16> + Copy + Send + Sync + 'static,
{
    let cell = move |down: usize, right: usize| {
        let weight = weight(down, right);
        let level = move || levels.get().map(|levels| levels[down][right]);
        let product = move || level().map(|level| sentences::signed(i16::from(level) * weight));
        view! {
            <td class:none=weight == 0>
                <span class="story-quiet">{level} " × " {sentences::signed(weight)}</span>
                <span class="product">{product}</span>
            </td>
        }
    };
    let row = move |down| {
        let cells: Vec<_> = (0..3).map(|right| cell(down, right)).collect();
        view! { <tr>{cells}</tr> }
    };
    view! {
        <table class="products number" id=id>
            <caption>{name} " " <strong>{move || sum().map(sentences::signed)}</strong></caption>
            <tbody>{(0..3).map(row).collect_view()}</tbody>
        </table>
    }
}
