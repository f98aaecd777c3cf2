//! The two thresholds as the sliders move them.

use shared::picture::CannyThresholds;

/// The sliders go from 0 to this; only hard black-and-white edges (up to 2040) are stronger.
pub const MOST: u32 = 1000;

/// The sliders go in steps of this.
pub const STEP: u32 = 10;

/// Low and high threshold, low never above high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    low: u32,
    high: u32,
}

impl Thresholds {
    /// Both at once, 0 to [`MOST`]; the larger is the high one.
    pub fn new(one: u32, other: u32) -> Self {
        let (one, other) = (one.min(MOST), other.min(MOST));
        Self {
            low: one.min(other),
            high: one.max(other),
        }
    }

    /// Moves the low one, and pushes the high one ahead of it.
    pub fn set_low(&mut self, low: u32) {
        self.low = low.min(MOST);
        self.high = self.high.max(self.low);
    }

    /// Moves the high one, and pushes the low one ahead of it.
    pub fn set_high(&mut self, high: u32) {
        self.high = high.min(MOST);
        self.low = self.low.min(self.high);
    }

    /// A pixel with a gradient above this continues an edge.
    pub fn low(self) -> u32 {
        self.low
    }

    /// A pixel with a gradient above this begins an edge.
    pub fn high(self) -> u32 {
        self.high
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        CannyThresholds::default().into()
    }
}

impl From<CannyThresholds> for Thresholds {
    fn from(thresholds: CannyThresholds) -> Self {
        Self::new(thresholds.low as u32, thresholds.high as u32)
    }
}

impl From<Thresholds> for CannyThresholds {
    fn from(thresholds: Thresholds) -> Self {
        Self {
            low: f64::from(thresholds.low),
            high: f64::from(thresholds.high),
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn values(thresholds: Thresholds) -> (u32, u32) {
        (thresholds.low(), thresholds.high())
    }

    #[test]
    fn the_default_is_the_training_s() {
        assert_eq!(values(Thresholds::default()), (170, 300));
    }

    #[test]
    fn one_slider_pushes_the_other() {
        let mut thresholds = Thresholds::new(170, 300);
        thresholds.set_low(400);
        assert_eq!(values(thresholds), (400, 400));
        thresholds.set_high(90);
        assert_eq!(values(thresholds), (90, 90));
        thresholds.set_high(5000);
        assert_eq!(values(thresholds), (90, MOST));
    }

    #[test]
    fn two_in_the_wrong_order_are_turned() {
        assert_eq!(values(Thresholds::new(300, 250)), (250, 300));
    }
}
