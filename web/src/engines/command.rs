//! What the engines want done, and what they hear of it.

use super::kind::Kind;
use super::queue::Question;

/// What the page has to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Fetch the weights, and tell how that goes.
    FetchWeights {
        /// Whether to pass over the browser's cache, which may hold what was wrong.
        fresh: bool,
    },
    /// Start the worker of this engine.
    Start(Kind),
    /// Hand the weights to it.
    Load(Kind),
    /// Ask it for a prediction.
    Predict(Kind, Question),
    /// End it.
    Stop(Kind),
    /// Find out what the browser and the connection offer.
    LookAround,
    /// Tell when there is nothing else to do.
    AwaitIdle,
}

/// How much of the weights is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that have come.
    pub received: u64,
    /// Bytes in all, where the server says so.
    pub total: Option<u64>,
}

/// How far the weights are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weights {
    /// Nobody asked for them yet, or they are to be fetched anew.
    Off,
    /// On their way.
    Coming(Progress),
    /// With the page.
    Here,
    /// They did not come.
    Failed,
}
