//! The engines from the page's side: a state machine that decides, a client that carries messages, and the switch.

pub mod client;
pub mod kind;
pub mod machine;
pub mod queue;
pub mod status;
pub mod switch;
pub mod times;
