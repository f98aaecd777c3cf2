//! The sheet of the story: the visitor's drawing, and ready-made ones for whoever cannot draw here.

use leptos::prelude::*;
use shared::drawing::{Drawing, Point};

use super::text;
use crate::draw::ghost::doodle;
use crate::draw::history::History;
use crate::draw::pad::Pad;
use crate::draw::sheet::SHEET_SIDE;
use crate::draw::text::{CLEAR, UNDO};
use crate::language::class_name;
use crate::state::use_state;

/// The side of the box that ready-made doodles are drawn in, and the free border round it on the sheet.
const BOX: f32 = 256.0;
const BORDER: f32 = 64.0;

/// The sheet with undo and clear, and a button a class that draws one.
#[component]
pub fn Sheet() -> impl IntoView {
    let state = use_state();
    let history = state.history;
    let can_undo = Memo::new(move |_| history.with(History::can_undo));
    let is_empty = Memo::new(move |_| history.read().drawing().is_empty());
    let button = move |name: String| {
        let class = name.clone();
        let draw = move |_| {
            if let Some(drawing) = doodle(&class) {
                history.update(|history| history.replace(on_sheet(drawing)));
            }
        };
        view! {
            <button type="button" class="plain" on:click=draw>{move || class_name(&name).to_string()}</button>
        }
    };
    view! {
        <div class="sheet story-sheet">
            <Pad history=history id="story-sheet" />
            <p class="prompt" hidden=move || !is_empty.get()>{text::DRAW_HERE}</p>
        </div>
        <div class="story-choices">
            <button type="button" id="story-undo" disabled=move || !can_undo.get() on:click=move |_| history.update(History::undo)>{UNDO}</button>
            <button type="button" id="story-clear" disabled=move || is_empty.get() on:click=move |_| history.update(History::clear)>{CLEAR}</button>
        </div>
        <details>
            <summary>{text::READY_MADE}</summary>
            <div class="story-choices" id="story-examples">
                {move || state.classes.get().names().iter().cloned().map(button).collect_view()}
            </div>
        </details>
    }
}

/// A ready-made doodle in the middle of the sheet.
fn on_sheet(drawing: Drawing) -> Drawing {
    let scale = (SHEET_SIDE - 2.0 * BORDER) / BOX;
    let moved = |point: &Point| Point::from((BORDER + point.x * scale, BORDER + point.y * scale));
    let mut sheet = Drawing::default();
    for stroke in drawing.strokes() {
        let mut points = stroke.points().iter().map(moved);
        if let Some(first) = points.next() {
            sheet.begin(first);
            points.for_each(|point| sheet.extend(point));
        }
    }
    sheet
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_doodle_lies_in_the_middle_of_the_sheet() {
        let mut drawing = Drawing::default();
        drawing.begin(Point::from((0.0, 0.0)));
        drawing.extend(Point::from((BOX, BOX)));
        let sheet = on_sheet(drawing);
        let points = sheet.strokes()[0].points();
        assert_eq!((points[0].x, points[0].y), (BORDER, BORDER));
        assert_eq!(points[1].x, SHEET_SIDE - BORDER);
    }
}
