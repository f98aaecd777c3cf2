//! How long one engine takes for a guess.

use std::collections::VecDeque;

/// So many of the newest times count.
const KEPT: usize = 15;

/// The newest times of one engine, without its first, which also compiles or warms up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Times {
    warm: bool,
    newest: VecDeque<f64>,
}

impl Times {
    /// Adds the time of an answer in milliseconds.
    pub fn push(&mut self, milliseconds: f64) {
        if !self.warm {
            self.warm = true;
            return;
        }
        if self.newest.len() == KEPT {
            self.newest.pop_front();
        }
        self.newest.push_back(milliseconds);
    }

    /// The median in milliseconds, once three answers count.
    pub fn median(&self) -> Option<f64> {
        if self.newest.len() < 3 {
            return None;
        }
        let mut sorted: Vec<f64> = self.newest.iter().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        Some(if sorted.len() % 2 == 1 {
            sorted[middle]
        } else {
            (sorted[middle - 1] + sorted[middle]) / 2.0
        })
    }
}

/// A time for a sentence: "0.8 ms", "11 ms", "2.4 s".
pub fn in_words(milliseconds: f64) -> String {
    match milliseconds {
        short if short < 9.95 => format!("{short:.1}\u{a0}ms"),
        middle if middle < 999.5 => format!("{middle:.0}\u{a0}ms"),
        long => format!("{:.1}\u{a0}s", long / 1000.0),
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn times(all: &[f64]) -> Times {
        let mut times = Times::default();
        all.iter().for_each(|&time| times.push(time));
        times
    }

    #[test]
    fn the_first_time_does_not_count() {
        assert_eq!(times(&[900.0, 10.0, 12.0]).median(), None);
        assert_eq!(times(&[900.0, 10.0, 12.0, 11.0]).median(), Some(11.0));
        assert_eq!(times(&[900.0, 10.0, 12.0, 11.0, 14.0]).median(), Some(11.5));
    }

    #[test]
    fn old_times_are_forgotten() {
        let mut times = times(&[50.0; 10]);
        (0..KEPT).for_each(|_| times.push(8.0));
        assert_eq!(times.median(), Some(8.0));
    }

    #[test]
    fn times_read_well() {
        assert_eq!(in_words(0.84), "0.8\u{a0}ms");
        assert_eq!(in_words(9.97), "10\u{a0}ms");
        assert_eq!(in_words(481.3), "481\u{a0}ms");
        assert_eq!(in_words(2449.0), "2.4\u{a0}s");
    }
}
