/// Why there is no embedding.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum TsneError {
    /// A setting outside its range.
    #[error("the {name} is {value}; give {range}")]
    Setting {
        /// The setting's name.
        name: &'static str,
        /// What it was.
        value: f64,
        /// What it may be.
        range: &'static str,
    },
    /// The values are not whole rows.
    #[error("{values} values do not make rows of {width}; give whole rows, of at least one value")]
    Shape {
        /// How many values there are.
        values: usize,
        /// Values in a row.
        width: usize,
    },
    /// Nothing to compare, or more than can be numbered.
    #[error("there are {rows} rows; give 2 to 4294967295")]
    Rows {
        /// How many there are.
        rows: usize,
    },
    /// A value of the rows is infinite or not a number.
    #[error("row {row} has {value} in column {column}; give finite values or leave that row out")]
    NotFinite {
        /// From 0.
        row: usize,
        /// From 0.
        column: usize,
        /// The value.
        value: f32,
    },
    /// Another number of initial positions than of rows.
    #[error("there are {positions} initial positions for {rows} rows; give one for each, or none")]
    Positions {
        /// How many there are.
        positions: usize,
        /// How many rows there are.
        rows: usize,
    },
    /// An initial position is infinite or not a number.
    #[error("the initial position of row {row} is not finite; give finite ones, or none")]
    Position {
        /// From 0.
        row: usize,
    },
    /// The eigenvectors of the rows' covariance were not found.
    #[error(
        "the principal directions of rows of {width} values were not found; give fewer principal components, or other rows"
    )]
    Directions {
        /// Values in a row.
        width: usize,
    },
    /// The steps were so wide that the embedding fell apart.
    #[error(
        "the embedding grew beyond bounds after {iterations} iterations; give a learning rate below {learning_rate}"
    )]
    Diverged {
        /// Iterations until then.
        iterations: usize,
        /// The learning rate that was too high.
        learning_rate: f32,
    },
}
