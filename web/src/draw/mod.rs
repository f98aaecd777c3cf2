//! The drawing view: a sheet to draw on, its history, and what the model sees of it.

mod class_words;
pub mod curve;
pub mod early;
mod eraser;
mod gestures;
pub mod ghost;
pub mod history;
mod icons;
mod ink;
mod keep;
pub mod keys;
pub(crate) mod looks;
pub mod pad;
pub mod pen;
pub mod pointer;
pub mod seen;
pub mod sheet;
mod taps;
pub mod text;
mod tools;
pub mod tracing;
pub mod view;
pub mod why;
