//! The built site in Chromium, as a visitor meets it. `cargo xtask test` builds the site and says where it is.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]
#![cfg(not(target_family = "wasm"))]

mod accessibility;
mod answer;
mod chromium;
mod drawing;
mod engines;
mod errors;
mod game;
mod laboratory;
mod language;
mod offline;
mod own_classes;
mod page;
mod pen;
mod phone;
mod photo;
mod releases;
mod server;
mod share;
mod story;
mod traffic;
mod visit;
