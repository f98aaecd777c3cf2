//! What the model sees of the drawing.

use image::GrayImage;
use leptos::prelude::*;
use shared::drawing::{Drawing, rasterise};

use super::history::History;

/// What becomes of a change of the drawing.
#[derive(Clone, Copy, PartialEq)]
enum Pace {
    /// It is shown at once.
    Free,
    /// It waits for the next frame, which is asked for.
    Shown,
    /// As before, and there is one that waits.
    Due,
}

/// The drawing as the model sees it, 28x28; nothing without a drawing. It follows the drawing at once, but no more than once in a
/// frame of the screen.
pub fn seen(history: RwSignal<History>) -> ReadSignal<Option<GrayImage>> {
    let (seen, set_seen) = signal(None);
    let pace = StoredValue::new(Pace::Free);
    Effect::new(move |_| {
        history.track();
        if pace.get_value() == Pace::Free {
            show(history, set_seen, pace);
        } else {
            pace.set_value(Pace::Due);
        }
    });
    seen
}

fn show(
    history: RwSignal<History>,
    set_seen: WriteSignal<Option<GrayImage>>,
    pace: StoredValue<Pace>,
) {
    let now = history.with_untracked(|history| look(history.drawing()));
    set_seen.maybe_update(|seen| {
        let differs = *seen != now;
        *seen = now;
        differs
    });
    pace.set_value(Pace::Shown);
    request_animation_frame(move || match pace.try_get_value() {
        Some(Pace::Due) => show(history, set_seen, pace),
        Some(_) => pace.set_value(Pace::Free),
        // The page is gone.
        None => {}
    });
}

fn look(drawing: &Drawing) -> Option<GrayImage> {
    (!drawing.is_empty()).then(|| rasterise(drawing))
}
