//! The drawing view: a sheet to draw on, its history, and what the model sees of it.

pub mod history;
mod ink;
pub mod pad;
pub mod pointer;
pub mod view;
