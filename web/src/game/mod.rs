//! *Draw it!*: six words, twenty seconds each, and the network guesses along.

mod hard_words;
pub mod line;
mod no_engine;
pub mod play;
pub mod results;
pub mod ring;
pub mod rules;
pub mod text;
pub mod view;
mod voice;
