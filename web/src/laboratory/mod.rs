//! The laboratory: a small DANN on points in the plane, trained while one watches.

pub mod brush;
pub mod controls;
pub mod curves;
pub mod done;
pub mod graph;
pub mod history;
pub mod lesson_strip;
pub mod lesson_text;
pub mod link;
pub mod paint;
pub mod palette;
pub mod pictures;
pub mod plane;
pub mod planes;
pub mod play;
pub mod refusal;
pub mod slow;
pub mod state;
pub mod text;
pub mod view;
pub mod words;
