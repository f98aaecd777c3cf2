//! The engine that guesses: a web worker round the classifier, and the messages that a page speaks with it.
//!
//! The messages alone link no Burn, so that the page stays small; the features `cpu` and `gpu` add the [`worker`].

pub mod messages;
#[cfg(feature = "worker")]
pub mod worker;
