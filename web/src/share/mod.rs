//! Sharing: a link that holds the drawing, and a picture of it.

pub mod button;
pub mod card;
pub mod code;
mod crc;
pub mod dialog;
pub mod link;
pub mod opened;
pub mod outlets;
pub mod replay;
pub mod simplify;
pub mod text;
