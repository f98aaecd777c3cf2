//! The engine that guesses: a web worker round the classifier, and the messages that a page speaks with it.
//!
//! The messages alone link no Burn, so that the page stays small; the features `cpu` and `gpu` add the [`worker`].

pub mod messages;
#[cfg(feature = "worker")]
pub mod worker;

#[cfg(all(test, target_family = "wasm"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
