//! What the network takes a picture for.

pub mod announcer;
pub mod bars;
pub mod headline;
pub mod leader;
pub mod phrase;
pub mod runners_up;
pub mod scores;
pub mod text;
pub mod view;
