//! What is kept of a run that is over.

use std::rc::Rc;

use laboratory::data::{DataSet, separation};
use protocol::laboratory::{Frame, Numbers};

/// What a run of a lesson left.
#[derive(Clone)]
pub struct Done {
    /// The numbers of its last step.
    pub last: Numbers,
    /// Its points.
    pub data: DataSet,
    /// What was seen at last.
    pub frame: Rc<Frame>,
    /// Whether D was trained.
    pub uses_domain: bool,
}

impl Done {
    /// How far apart the domains lie in the feature plane.
    pub fn separation(&self) -> f32 {
        let (features, _) = self.frame.features.as_chunks::<2>();
        let (source, target) = features.split_at(self.data.source.len().min(features.len()));
        separation(source, target)
    }
}
