//! The drawing view: a sheet to draw on, its history, and what the model sees of it.

pub mod border;
pub mod early;
pub mod history;
mod ink;
mod keys;
mod looks;
pub mod pad;
pub mod pen;
pub mod pointer;
pub mod seen;
pub mod view;
