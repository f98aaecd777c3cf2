use super::Quantity;

/// Why settings are refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SettingsError {
    /// A number is not within its range.
    #[error("{} is {value}: choose a value from {least} to {greatest}", .quantity.name())]
    Range {
        /// The setting.
        quantity: Quantity,
        /// Its value.
        value: f64,
        /// The least value that is accepted.
        least: f64,
        /// The greatest value that is accepted.
        greatest: f64,
    },
    /// The points drawn by hand cannot be trained on.
    #[error("the drawn points cannot be used: {0}")]
    Drawn(DrawnError),
    /// A text is none that a link of the laboratory holds.
    #[error("the link's settings cannot be read: {0}")]
    Link(#[from] LinkError),
}

/// Why drawn points cannot be trained on, as what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawnError {
    /// A domain has no point.
    #[error("draw at least one point in each domain")]
    Empty,
    /// A domain has too many points.
    #[error("draw at most {most} points in each domain")]
    TooMany {
        /// The most points.
        most: usize,
    },
    /// A source point has no class.
    #[error("give each source point a class")]
    Unlabelled,
    /// A class is none of those that there are.
    #[error("use at most {most} classes")]
    TooManyClasses {
        /// The most classes.
        most: u8,
    },
    /// A point lies outside the plane.
    #[error("keep each coordinate from -1 to 1")]
    Outside,
}

/// Why the text of a link has no meaning. What it quotes is short.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The text is too long.
    #[error("it is longer than {most} characters")]
    TooLong {
        /// The most characters of this part of the text.
        most: usize,
    },
    /// It begins with neither a lesson's name nor the version.
    #[error("it begins with {0:?}, which is neither a lesson nor version 1")]
    Version(String),
    /// Nothing stands between two commas.
    #[error("there is nothing between two commas")]
    Nothing,
    /// A name is given a second time.
    #[error("{0:?} is given twice")]
    Twice(String),
    /// A name has no meaning where it stands.
    #[error("{0:?} has no meaning here")]
    Unknown(String),
    /// A value is none that the name before it can have.
    #[error("{value:?} is no value of {name:?}")]
    Value {
        /// What it would be the value of.
        name: String,
        /// The value.
        value: String,
    },
    /// Drawn points are damaged.
    #[error("its drawn points are damaged")]
    Points,
    /// A lesson has no such run.
    #[error("lesson {lesson:?} has no run {run}")]
    Run {
        /// The lesson's name.
        lesson: &'static str,
        /// The run, from 1.
        run: usize,
    },
    /// No lesson is open, so there is no question.
    #[error("it answers a question of no lesson")]
    NoQuestion,
    /// A question has no such answer.
    #[error("answer {answer} is not one of {answers}")]
    Answer {
        /// The answer, from 1.
        answer: usize,
        /// How many there are.
        answers: usize,
    },
    /// The run has no such step.
    #[error("step {step} is after the last one, {last}")]
    AfterLast {
        /// The step.
        step: u32,
        /// The run's last step.
        last: u32,
    },
}
