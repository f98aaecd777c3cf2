//! The laboratory: a small DANN on points in the plane, trained live by the code that trains the shipped network.
//!
//! Everything is deterministic: the same settings give the same run, to the bit on one machine. There is no page, no clock
//! and no thread here; a caller makes steps as fast as it likes, and asks for a [`View`] when it wants to draw.

pub mod data;
mod generate;
pub mod lessons;
#[cfg(feature = "train")]
mod networks;
#[cfg(feature = "train")]
pub mod session;
pub mod settings;
pub mod state;
#[cfg(feature = "train")]
pub mod view;

#[cfg(feature = "train")]
pub use session::{Diverged, Measured, Session};
pub use settings::{Checked, Lambda, Settings, SettingsError, decode, encode};
pub use state::State;
#[cfg(feature = "train")]
pub use view::View;
