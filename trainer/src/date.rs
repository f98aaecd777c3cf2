//! Dates as they stand in names and metadata.

use jiff::Timestamp;

/// Today in UTC, `2026-03-31`.
pub fn today() -> String {
    Timestamp::now().strftime("%Y-%m-%d").to_string()
}

/// The time now in UTC as a name that sorts by time, `2026-03-31-142500`.
pub fn timestamp() -> String {
    Timestamp::now().strftime("%Y-%m-%d-%H%M%S").to_string()
}
