//! A doodle of a class that draws itself on the sheet, to be drawn over.

use leptos::prelude::*;
use shared::drawing::{Drawing, Stroke};
use wasm_bindgen::JsValue;

use super::curve::path;

/// The side of the box that the doodles were drawn in.
const BOX: f32 = 256.0;
/// The speed of a hand, in units of the box a second.
const SPEED: f32 = 420.0;
/// Between two strokes the hand moves for so many seconds.
const PAUSE: f32 = 0.12;

/// The doodles that were drawn for Edgewise, by the name of their class.
const DOODLES: [(&str, &str); 10] = [
    ("horse", include_str!("../../../shared/drawings/horse.json")),
    ("bed", include_str!("../../../shared/drawings/bed.json")),
    ("clock", include_str!("../../../shared/drawings/clock.json")),
    ("apple", include_str!("../../../shared/drawings/apple.json")),
    ("cat", include_str!("../../../shared/drawings/cat.json")),
    ("plane", include_str!("../../../shared/drawings/plane.json")),
    (
        "television",
        include_str!("../../../shared/drawings/television.json"),
    ),
    ("dog", include_str!("../../../shared/drawings/dog.json")),
    (
        "dolphin",
        include_str!("../../../shared/drawings/dolphin.json"),
    ),
    (
        "spider",
        include_str!("../../../shared/drawings/spider.json"),
    ),
];

/// The doodle of a class, in a box of 256 by 256; none of a class that it was not drawn for.
pub fn doodle(class: &str) -> Option<Drawing> {
    let (_, text) = DOODLES.iter().find(|(name, _)| *name == class)?;
    read(text).ok()
}

fn read(text: &str) -> Result<Drawing, JsValue> {
    let value = js_sys::JSON::parse(text)?;
    serde_wasm_bindgen::from_value(value).map_err(JsValue::from)
}

/// The doodle of a class, which draws itself at the speed of a hand.
#[component]
pub fn Ghost(
    /// The name of the class; nothing is shown for none.
    #[prop(into)]
    class: Signal<Option<String>>,
) -> impl IntoView {
    let strokes = move || {
        let drawing = class.get().and_then(|class| doodle(&class));
        let mut start = 0.0;
        let strokes = drawing.unwrap_or_default().into_strokes();
        strokes
            .into_iter()
            .map(|stroke| {
                let (from, takes) = (start, length(&stroke) / SPEED);
                start += takes + PAUSE;
                view! {
                    <path
                        d=path(&stroke)
                        pathLength="1"
                        style:animation-delay=format!("{from:.2}s")
                        style:animation-duration=format!("{takes:.2}s")
                    ></path>
                }
            })
            .collect_view()
    };
    view! {
        <svg class="ghost" viewBox=format!("-40 -40 {0} {0}", BOX + 80.0) aria-hidden="true">
            {strokes}
        </svg>
    }
}

fn length(stroke: &Stroke) -> f32 {
    let pairs = stroke.points().windows(2);
    pairs
        .map(|pair| f32::hypot(pair[1].x - pair[0].x, pair[1].y - pair[0].y))
        .sum()
}

#[cfg(test)]
mod tests {
    use shared::classes::ClassNames;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn every_class_that_edgewise_is_trained_on_has_a_doodle() {
        for name in ClassNames::default().names() {
            let drawing = doodle(name);
            assert!(drawing.is_some_and(|drawing| !drawing.is_empty()), "{name}");
        }
        assert!(doodle("unicorn").is_none());
    }
}
