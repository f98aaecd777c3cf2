//! The text below the views.

use engine::messages::{Knowledge, Measured};
use leptos::prelude::*;
use shared::classes::ClassNames;
use wasm_bindgen_test::wasm_bindgen_test;
use web::about::About;

use crate::stage::{self, find, settle, text};

#[wasm_bindgen_test]
async fn the_accuracy_is_told_only_where_it_was_measured() {
    let knowledge = RwSignal::new(None);
    let _page = stage::mount(move || view! { <About knowledge=knowledge.into() /> }).await;
    assert!(text(".about").contains("Nothing leaves your machine."));
    assert!(find(".measured").is_none());
    let mut known = Knowledge {
        classes: ClassNames::default(),
        measured: None,
    };
    knowledge.set(Some(known.clone()));
    settle().await;
    assert!(find(".measured").is_none());
    known.measured = Some(Measured {
        accuracy: 0.743,
        pictures: 1200,
        on: "doodles".into(),
    });
    knowledge.set(Some(known));
    settle().await;
    assert_eq!(
        text(".measured"),
        "Measured on 1,200 doodles: it names 74 % of them rightly."
    );
}
