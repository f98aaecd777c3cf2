//! Classes of the visitor's own: a new drawing is compared with the mean of five examples. Nothing is trained.

pub mod answer;
pub mod class;
mod database;
pub mod draft;
pub mod edit;
pub mod file;
pub mod means;
pub mod shelf;
pub mod store;
pub mod text;
pub mod view;
