//! Puts the page into the shell, `index.html`.

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web::app::App;
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
    place.set_text_content(None);
    mount_to(
        place.unchecked_into(),
        move || view! { <App addresses=addresses /> },
    )
    .forget();
}
