//! Dates as they stand in names and metadata.

use std::time::SystemTime;

use jiff::Timestamp;

/// Today in UTC, `2026-03-31`.
pub fn today() -> String {
    now().strftime("%Y-%m-%d").to_string()
}

/// The time now in UTC as a name that sorts by time, `2026-03-31-142500`.
pub fn timestamp() -> String {
    now().strftime("%Y-%m-%d-%H%M%S").to_string()
}

/// The time now; see [`timestamp_from`].
pub fn now() -> Timestamp {
    timestamp_from(SystemTime::now())
}

/// A time, or the last that can be written where it is past the year 9999.
pub fn timestamp_from(time: SystemTime) -> Timestamp {
    time.try_into().unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_past_the_year_9999_is_no_failure() {
        let time = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let day = |seconds| {
            timestamp_from(time(seconds))
                .strftime("%Y-%m-%d")
                .to_string()
        };
        assert_eq!(day(1_774_915_200), "2026-03-31");
        assert_eq!(day(253_402_300_800), "9999-12-30");
    }
}
