//! How long one engine takes for a prediction.

use std::collections::VecDeque;
use std::time::Duration;

/// So many of the newest times count.
const KEPT: usize = 15;

/// Times are compared in groups of so many.
const GROUP: usize = 5;

/// Two groups agree when their medians differ by less than this part of the larger one.
const AGREEMENT: f64 = 0.2;

/// A measurement ends after so many answers even where no two groups agree, ...
const MOST: usize = 60;

/// ... and after so many milliseconds of computing: a slow engine must not keep the machine busy.
const BUDGET: f64 = 2000.0;

/// The newest times of one engine, without its first, which also compiles or warms up.
///
/// A browser runs baseline code at first, up to fifty times as slow as what its compiler makes of it a little later. So an
/// engine counts as measured only once the newest times agree with those just before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Times {
    warm: bool,
    newest: VecDeque<f64>,
    counted: usize,
    spent: f64,
    measured: Option<f64>,
    age: Duration,
}

impl Times {
    /// Adds the time of an answer in milliseconds.
    pub fn push(&mut self, milliseconds: f64) {
        self.age = Duration::ZERO;
        self.spent += milliseconds;
        if !self.warm {
            self.warm = true;
            return;
        }
        if self.newest.len() == KEPT {
            self.newest.pop_front();
        }
        self.newest.push_back(milliseconds);
        self.counted += 1;
        if self.is_complete() {
            self.measured = median(self.newest.iter().copied());
        }
    }

    /// Whether the engine has answered at all.
    pub fn is_empty(&self) -> bool {
        !self.warm
    }

    /// Whether more probes are needed.
    pub fn wants_more(&self) -> bool {
        !self.is_complete()
    }

    /// The median in milliseconds, once measured.
    pub fn median(&self) -> Option<f64> {
        self.measured
    }

    /// How long ago the newest answer came, or the last measurement began.
    pub fn age(&self) -> Duration {
        self.age
    }

    /// Lets the time go by.
    pub fn grow_old(&mut self, elapsed: Duration) {
        self.age += elapsed;
    }

    /// Begins to measure anew; until that is complete the old median holds.
    pub fn measure_again(&mut self) {
        self.newest.clear();
        self.counted = 0;
        self.spent = 0.0;
        self.age = Duration::ZERO;
    }

    fn is_complete(&self) -> bool {
        self.groups_agree()
            || self.counted >= MOST
            || (self.spent >= BUDGET && !self.newest.is_empty())
    }

    fn groups_agree(&self) -> bool {
        let newest_first = || self.newest.iter().rev().copied();
        if self.newest.len() < 2 * GROUP {
            return false;
        }
        let new = median(newest_first().take(GROUP));
        let old = median(newest_first().skip(GROUP).take(GROUP));
        matches!((new, old), (Some(new), Some(old)) if (new - old).abs() <= AGREEMENT * new.max(old))
    }
}

fn median(times: impl Iterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = times.collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    Some(if sorted.len() % 2 == 1 {
        upper
    } else {
        (sorted[middle - 1] + upper) / 2.0
    })
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
        let mut times = times(&[900.0]);
        assert!(!times.is_empty());
        (0..10).for_each(|_| times.push(11.0));
        assert_eq!(times.median(), Some(11.0));
    }

    #[test]
    fn an_engine_is_measured_once_two_medians_agree() {
        let mut times = times(&[90.0, 70.0, 60.0, 55.0, 50.0, 45.0, 9.0, 8.0, 5.0, 3.0]);
        times.push(2.0);
        assert_eq!(times.median(), None);
        assert!(times.wants_more());
        (0..7).for_each(|_| times.push(1.4));
        assert_eq!(times.median(), None);
        times.push(1.4);
        assert_eq!(times.median(), Some(1.4));
        assert!(!times.wants_more());
    }

    #[test]
    fn a_slow_engine_is_measured_by_few_answers() {
        let mut times = times(&[700.0, 700.0]);
        assert!(times.wants_more());
        times.push(700.0);
        assert!(!times.wants_more());
        assert_eq!(times.median(), Some(700.0));
    }

    #[test]
    fn an_engine_without_a_steady_time_is_measured_all_the_same() {
        let mut times = Times::default();
        for answer in 0..=MOST {
            assert!(times.wants_more());
            times.push(if (answer / GROUP).is_multiple_of(2) {
                1.0
            } else {
                3.0
            });
        }
        assert!(!times.wants_more());
        assert!(times.median().is_some());
    }

    #[test]
    fn old_times_are_forgotten() {
        let mut times = times(&[50.0; 11]);
        assert_eq!(times.median(), Some(50.0));
        (0..KEPT).for_each(|_| times.push(8.0));
        assert_eq!(times.median(), Some(8.0));
    }

    #[test]
    fn the_old_median_holds_until_the_new_one_is_measured() {
        let mut times = times(&[5.0; 11]);
        times.grow_old(Duration::from_secs(9));
        assert_eq!(times.age(), Duration::from_secs(9));
        times.measure_again();
        assert_eq!(times.age(), Duration::ZERO);
        (0..9).for_each(|_| times.push(2.0));
        assert_eq!(times.median(), Some(5.0));
        times.push(2.0);
        assert_eq!(times.median(), Some(2.0));
    }

    #[test]
    fn times_read_well() {
        assert_eq!(in_words(0.84), "0.8\u{a0}ms");
        assert_eq!(in_words(9.97), "10\u{a0}ms");
        assert_eq!(in_words(481.3), "481\u{a0}ms");
        assert_eq!(in_words(2449.0), "2.4\u{a0}s");
    }
}
