//! Numbers as they are read at a glance.

use crate::training::RunInfo;

/// A whole number with its thousands apart.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share as percent with one decimal.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// How long a run has trained.
pub(super) fn seconds(info: &RunInfo) -> f64 {
    // An empty sum would be -0.
    let records = info.history.iter();
    records.fold(0.0, |sum, record| sum + record.seconds)
}

/// Seconds in the two largest units that they have.
pub(super) fn duration(seconds: f64) -> String {
    let whole = seconds.round() as u64;
    match (whole / 3600, whole / 60 % 60, whole % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_grouped() {
        for (number, text) in [
            (7, "7"),
            (100, "100"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn durations_are_read_at_a_glance() {
        for (seconds, text) in [(4.4, "4 s"), (72.0, "1 min 12 s"), (7_260.0, "2 h 1 min")] {
            assert_eq!(duration(seconds), text);
        }
    }
}
