//! How long the page waits for something that may never come.

use std::time::Duration;

/// Limits of waiting; time counts only while the page is visible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For the next bytes of the weights, for WebGPU to start, and for the first answer of any engine, which may compile.
    pub load: Duration,
    /// For the CPU engine to start once it has been given the weights.
    pub cpu_load: Duration,
    /// For any other answer.
    pub prediction: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            load: Duration::from_secs(60),
            cpu_load: Duration::from_secs(20),
            prediction: Duration::from_secs(20),
        }
    }
}

impl Limits {
    /// How often to look at the clock: once a second, or oftener where a limit is short.
    pub fn interval(&self) -> Duration {
        let shortest = self.load.min(self.cpu_load).min(self.prediction);
        (shortest / 4).min(Duration::from_secs(1))
    }
}
