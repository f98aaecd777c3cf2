//! Puts the page into the shell, `index.html`.

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web::app::App;
use web::draw::early;
use web::engines::client::Addresses;
use web::errors;
use web::language::both;
use web::text;

fn main() {
    errors::show_panics();
    let Some(place) = document().get_element_by_id("app") else {
        errors::show(errors::Topic::Page, &both(text::INCOMPLETE));
        return;
    };
    let addresses = Addresses::named_by(&place);
    let early = early::take().unwrap_or_else(|error| {
        let error = error.to_string();
        let what = both(|| text::early_drawing_lost(&error));
        errors::show(errors::Topic::Page, &what);
        Default::default()
    });
    place.set_text_content(None);
    mount_to(
        place.unchecked_into(),
        move || view! { <App addresses=addresses early=early /> },
    )
    .forget();
}
