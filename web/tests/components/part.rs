//! A part of the page whose program does not come.

use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web::part::{NotLoaded, later};
use web_sys::HtmlElement;

use crate::stage::{self, click, find, text};

/// Whether the program can be fetched.
static IS_ONLINE: AtomicBool = AtomicBool::new(false);

async fn fetch() -> Result<&'static str, NotLoaded> {
    match IS_ONLINE.load(Ordering::Relaxed) {
        true => Ok("Here it is."),
        false => Err(NotLoaded),
    }
}

#[wasm_bindgen_test]
async fn a_part_that_does_not_come_is_fetched_again_and_the_focus_goes_to_what_opened_it() {
    let _page = stage::mount(|| {
        let show = |content: &'static str| view! { <p id="part">{content}</p> }.into_any();
        view! {
            <button type="button" id="opener">"Open"</button>
            {later(Signal::derive(|| true), "#opener", fetch, show)}
        }
    })
    .await;
    assert!(text("[role=alert].note").contains("could not be loaded"));
    IS_ONLINE.store(true, Ordering::Relaxed);
    stage::element::<HtmlElement>("[role=alert] button")
        .focus()
        .unwrap();
    click("[role=alert] button").await;
    assert_eq!(text("#part"), "Here it is.");
    assert!(find("[role=alert].note").is_none());
    let focus = document().active_element().unwrap();
    assert_eq!(focus.id(), "opener");
}
