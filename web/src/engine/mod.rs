//! The engines from the page's side: plain structs that decide, a client that carries messages, and the switch.

pub mod client;
pub mod fleet;
pub mod kind;
pub mod queue;
pub mod status;
pub mod switch;
pub mod times;
