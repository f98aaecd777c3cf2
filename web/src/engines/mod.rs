//! The engines from the page's side: a state machine that decides, a client that carries messages, and the switch.

pub mod addresses;
pub mod answer;
pub mod client;
pub mod command;
mod early;
pub mod engine;
pub mod kind;
pub mod limits;
pub mod machine;
pub mod page;
pub mod queue;
mod sizes;
pub mod status;
pub mod surroundings;
pub mod switch;
pub mod text;
pub mod times;
pub mod weights;
mod worker;
