//! Whatever makes the sheet look another way: its size in pixels of the screen, its place in the window, the browser's colours.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, HtmlCanvasElement, MediaQueryList, ResizeObserver, ResizeObserverBoxOptions,
    ResizeObserverEntry, ResizeObserverOptions, ResizeObserverSize,
};

/// What decides on the ink's colour.
const COLOURS: [&str; 2] = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

/// Tells the number of screen pixels under the canvas, across and down, now and whenever it changes: by its own size, the zoom,
/// or another screen. Returns what tells it on demand, since not every browser tells of another screen.
pub fn on_size(
    canvas: &HtmlCanvasElement,
    tell: impl Fn((u32, u32)) + Clone + 'static,
) -> Box<dyn Fn()> {
    let counted = Rc::new(Cell::new(None));
    let measure = {
        let (canvas, counted) = (canvas.clone(), counted.clone());
        move || {
            let area = canvas.get_bounding_client_rect();
            let scale = window().device_pixel_ratio();
            let (across, down) = counted.get().unzip();
            tell((
                pixels(area.width() * scale, across),
                pixels(area.height() * scale, down),
            ));
        }
    };
    let resized = measure.clone();
    let options = counts_screen_pixels().then(|| {
        let options = ResizeObserverOptions::new();
        options.set_box(ResizeObserverBoxOptions::DevicePixelContentBox);
        options
    });
    observe(canvas, options.as_ref(), move |entries| {
        counted.set(entries.pop().dyn_ref().and_then(screen_pixels));
        resized();
    });
    on_other_screen(measure.clone());
    Box::new(measure)
}

/// The pixels that the browser has counted itself, which knows how it rounds, as long as they fit the screen: an emulated screen
/// may have other ones.
fn pixels(estimate: f64, counted: Option<u32>) -> u32 {
    let fits = |counted: &u32| (f64::from(*counted) - estimate).abs() < 1.0;
    counted.filter(fits).unwrap_or(estimate.round() as u32)
}

/// Tells when the canvas may have moved in the window.
pub fn on_place(canvas: &HtmlCanvasElement, tell: impl Fn() + Clone + 'static) {
    let scrolled = tell.clone();
    let scrolled = window_event_listener(leptos::ev::scroll, move |_| scrolled());
    on_cleanup(move || scrolled.remove());
    // What comes or goes above the canvas makes the page longer or shorter.
    let body = document().body();
    for element in [Some(canvas.unchecked_ref::<Element>()), body.as_deref()] {
        let tell = tell.clone();
        if let Some(element) = element {
            observe(element, None, move |_| tell());
        }
    }
}

/// Tells when the ink may have another colour.
pub fn on_colours(tell: impl Fn() + Clone + 'static) {
    for query in COLOURS {
        if let Some(list) = watch(query, tell.clone()) {
            // The browser tells only those that something still holds.
            let list = StoredValue::new_local(list);
            // It still tells a list that nobody holds any more, until its memory is wanted.
            on_cleanup(move || {
                list.try_with_value(|list| list.set_onchange(None));
            });
        }
    }
}

fn observe(
    element: &Element,
    options: Option<&ResizeObserverOptions>,
    listener: impl FnMut(Array) + 'static,
) {
    let listener = Closure::<dyn FnMut(Array)>::new(listener).into_js_value();
    let Ok(observer) = ResizeObserver::new(listener.unchecked_ref()) else {
        return;
    };
    match options {
        Some(options) => observer.observe_with_options(element, options),
        None => observer.observe(element),
    }
    let observer = StoredValue::new_local(observer);
    on_cleanup(move || {
        observer.try_with_value(ResizeObserver::disconnect);
    });
}

/// Whether the browser counts the pixels of the screen; Safari does not.
fn counts_screen_pixels() -> bool {
    let global = js_sys::global();
    let prototype = Reflect::get(&global, &"ResizeObserverEntry".into())
        .and_then(|class| Reflect::get(&class, &"prototype".into()));
    prototype.is_ok_and(|prototype| {
        Reflect::has(&prototype, &"devicePixelContentBoxSize".into()) == Ok(true)
    })
}

fn screen_pixels(entry: &ResizeObserverEntry) -> Option<(u32, u32)> {
    if !counts_screen_pixels() {
        return None;
    }
    let size = entry.device_pixel_content_box_size().get(0);
    let size: &ResizeObserverSize = size.dyn_ref()?;
    Some((size.inline_size() as u32, size.block_size() as u32))
}

/// Tells when the pixels of the screen have another size. A query knows one size alone, so each time there is a new one.
fn on_other_screen(tell: impl Fn() + Clone + 'static) {
    let zoomed = tell.clone();
    let zoomed = window_event_listener(leptos::ev::resize, move |_| zoomed());
    on_cleanup(move || zoomed.remove());
    let held = Rc::new(RefCell::new(None));
    await_other_screen(&held, tell);
    let held = StoredValue::new_local(held);
    on_cleanup(move || {
        let last = held.try_with_value(|held| held.take());
        // As in `on_colours`: it would still be told.
        if let Some(Some(list)) = last {
            list.set_onchange(None);
        }
    });
}

fn await_other_screen(
    held: &Rc<RefCell<Option<MediaQueryList>>>,
    tell: impl Fn() + Clone + 'static,
) {
    let query = format!("(resolution: {}dppx)", window().device_pixel_ratio());
    let next = held.clone();
    let list = watch(&query, move || {
        tell();
        await_other_screen(&next, tell.clone());
    });
    if let Some(before) = held.replace(list) {
        before.set_onchange(None);
    }
}

fn watch(query: &str, tell: impl Fn() + 'static) -> Option<MediaQueryList> {
    let list = window().match_media(query).ok()??;
    let listener = Closure::<dyn FnMut()>::new(tell).into_js_value();
    list.set_onchange(Some(listener.unchecked_ref()));
    Some(list)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_browser_rounds_where_it_counts_pixels_of_this_screen() {
        assert_eq!(pixels(485.25, Some(486)), 486);
        assert_eq!(pixels(485.25, Some(485)), 485);
        assert_eq!(pixels(485.25, None), 485);
        assert_eq!(pixels(1020.0, Some(680)), 1020);
    }
}
