//! The page: draw or drop a picture, and see live what the network takes it for. It links no Burn.

pub mod about;
pub mod app;
pub mod canvas;
pub mod draw;
pub mod engine;
pub mod errors;
pub mod guess;
pub mod photo;
pub mod tabs;
