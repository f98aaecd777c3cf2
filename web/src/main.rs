//! Puts the page into the shell, `index.html`.

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web::app::App;
use web::draw::early;
use web::engines::client::Addresses;
use web::errors;

fn main() {
    errors::show_panics();
    let Some(place) = document().get_element_by_id("app") else {
        errors::show(
            errors::Topic::Page,
            "The page is incomplete: its element #app is missing.",
        );
        return;
    };
    let addresses = Addresses::named_by(&place);
    let early = early::take().unwrap_or_else(|error| {
        let what =
            format!("What you drew while the page was loading is lost ({error}). Draw it again.");
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
