/// A setting that is a number within a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// The scene's change from source to target.
    Change,
    /// Standard deviation of the points' noise.
    Noise,
    /// Points of a domain.
    Points,
    /// Share of the first class in the target.
    Share,
    /// Units of a layer.
    Width,
    /// A constant lambda.
    Lambda,
    /// The learning rate.
    LearningRate,
    /// Steps of D for each step of F.
    DomainSteps,
    /// Steps of the run.
    Steps,
    /// Weight of information maximisation.
    ImWeight,
    /// Weight of consistency.
    ConsistencyWeight,
}

impl Quantity {
    /// Its name within a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Change => "the change of domain",
            Self::Noise => "noise",
            Self::Points => "the number of points",
            Self::Share => "the share of the first class",
            Self::Width => "width",
            Self::Lambda => "lambda",
            Self::LearningRate => "the learning rate",
            Self::DomainSteps => "steps of D",
            Self::Steps => "the number of steps",
            Self::ImWeight => "the weight of information maximisation",
            Self::ConsistencyWeight => "the weight of consistency",
        }
    }
}
