//! The page: draw or drop a picture, and see live what the network takes it for. It links no Burn.

pub mod about;
pub mod adopted;
pub mod app;
pub mod attempts;
pub mod boxes;
pub mod canvas;
pub mod chart;
mod clock;
mod close;
mod doodle;
mod download;
pub mod draw;
pub mod engines;
pub mod errors;
pub mod focus;
mod fragment;
pub mod game;
pub mod guess;
mod held_pointer;
pub mod kept;
pub mod laboratory;
pub mod language;
mod modal;
pub mod networks;
mod numbers;
pub mod own_classes;
mod palette;
pub mod part;
pub mod photo;
pub mod program;
pub mod share;
mod shortcut;
pub mod state;
pub mod story;
pub mod tabs;
pub mod text;
mod text_field;
pub mod views;

#[cfg(all(test, target_family = "wasm"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
