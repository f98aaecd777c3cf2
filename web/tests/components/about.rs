//! The sentence of the shell's text that depends on the weights.

use leptos::prelude::*;
use protocol::{Measured, ModelInfo};
use shared::classes::ClassNames;
use wasm_bindgen_test::wasm_bindgen_test;
use web::about;

use crate::stage::{self, is_visible, settle, text};

#[wasm_bindgen_test]
async fn the_accuracy_is_told_only_where_it_was_measured() {
    let model_info = RwSignal::new(None);
    let _page = stage::mount(move || about::follow(model_info.into())).await;
    assert!(!is_visible("#measured"));
    let mut known = ModelInfo {
        classes: ClassNames::default(),
        measured: None,
    };
    model_info.set(Some(known.clone()));
    settle().await;
    assert!(!is_visible("#measured"));
    known.measured = Some(Measured {
        accuracy: 0.743,
        pictures: 1200,
        on: "doodles".into(),
    });
    model_info.set(Some(known));
    settle().await;
    assert_eq!(
        text("#measured"),
        "Measured on 1,200 doodles: 74% are classified correctly."
    );
}
