//! The page's components in a real browser, each used as a visitor would use it.

// A test may panic, and so may what it is made of.
#![allow(clippy::unwrap_used)]

mod about;
mod drawing;
mod engines;
mod errors;
mod fake_engine;
mod game;
mod guess;
mod laboratory;
mod language;
mod networks;
mod own_classes;
mod page_worker;
mod part;
mod photo;
mod share;
mod stage;
mod story;
mod views;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
