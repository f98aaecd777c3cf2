/// Why a figure could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("a figure could not be drawn: {0}")]
pub struct FigureError(String);

impl FigureError {
    /// With the words of what failed.
    pub(crate) fn new(reason: impl ToString) -> Self {
        Self(reason.to_string())
    }
}
