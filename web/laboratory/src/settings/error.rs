/// Why settings are refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SettingsError {
    /// A number is not within its range.
    #[error("{name} is {value}: choose a value from {least} to {greatest}")]
    Range {
        /// The setting.
        name: &'static str,
        /// Its value.
        value: f64,
        /// The least value that is accepted.
        least: f64,
        /// The greatest value that is accepted.
        greatest: f64,
    },
    /// The points drawn by hand cannot be trained on.
    #[error("the drawn points cannot be used: {0}")]
    Drawn(&'static str),
    /// A text is none that [`encode`](super::encode) writes.
    #[error("the link's settings cannot be read: {0}")]
    Text(String),
}
