use serde::{Deserialize, Serialize};

use super::{DrawnError, SettingsError};
use crate::data::DrawnPoint;

/// Points drawn by hand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawn {
    /// Source points, each with its class.
    pub source: Vec<DrawnPoint>,
    /// Target points.
    pub target: Vec<DrawnPoint>,
}

/// The most classes that points may have: the page has a colour and a symbol for so many.
pub const MOST_CLASSES: u8 = 3;
/// The most points of a domain that may be drawn by hand.
pub const MOST_DRAWN: usize = 400;

impl Drawn {
    /// Number of classes: one more than the highest that a point has, at least two.
    pub(crate) fn classes(&self) -> usize {
        let points = self.source.iter().chain(&self.target);
        let highest = points.filter_map(|point| point.class).max();
        usize::from(highest.unwrap_or(0)).max(1) + 1
    }

    pub(super) fn check(&self) -> Result<(), SettingsError> {
        let points = || self.source.iter().chain(&self.target);
        let fault = if self.source.is_empty() || self.target.is_empty() {
            DrawnError::Empty
        } else if self.source.len() > MOST_DRAWN || self.target.len() > MOST_DRAWN {
            DrawnError::TooMany { most: MOST_DRAWN }
        } else if self.source.iter().any(|point| point.class.is_none()) {
            DrawnError::Unlabelled
        } else if points().any(|point| point.class.is_some_and(|class| class >= MOST_CLASSES)) {
            DrawnError::TooManyClasses { most: MOST_CLASSES }
        } else if points()
            .flat_map(|point| point.at)
            .any(|value| !(-1.0..=1.0).contains(&value))
        {
            DrawnError::Outside
        } else {
            return Ok(());
        };
        Err(SettingsError::Drawn(fault))
    }
}
