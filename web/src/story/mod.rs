//! The story: how the shipped network came to be, in pieces that can be touched.

pub mod boxes;
pub mod canny;
pub mod canny_pixel;
pub mod confusion;
pub mod curves;
pub mod deeper;
pub mod edges;
pub mod examples;
pub mod features;
pub mod file;
pub mod film;
pub mod formula;
pub mod layers;
pub mod map;
pub mod maps;
pub mod nearest;
pub mod network;
pub mod picked;
#[cfg(test)]
#[path = "../../tests/components/story/sample.rs"]
pub mod sample;
pub mod scatter;
pub mod sentences;
pub mod source;
pub mod text;
pub mod thumb;
pub mod tried;
pub mod view;
