//! The photo whose edges are found step by step, and what is looked at.

use image::GrayImage;
use leptos::prelude::*;
use shared::picture::CannySteps;

use crate::photo::thresholds::Thresholds;

/// The photo, the pixel that is looked at and the thresholds; copies are the same.
#[derive(Clone, Copy)]
pub struct Edges {
    /// The photo as 32x32 grey levels.
    pub grey: RwSignal<Option<GrayImage>>,
    /// Column and row of the pixel.
    pub at: RwSignal<(u32, u32)>,
    /// The thresholds.
    pub thresholds: RwSignal<Thresholds>,
    /// What Canny's method makes of the photo.
    pub steps: Memo<Option<CannySteps>>,
}

impl Edges {
    /// Without a photo yet.
    pub(super) fn new() -> Self {
        let (grey, thresholds) = (RwSignal::new(None), RwSignal::new(Thresholds::default()));
        Self {
            grey,
            at: RwSignal::new((16, 12)),
            thresholds,
            steps: Memo::new(move |_| {
                let steps = |grey| CannySteps::new(grey, thresholds.get().into());
                grey.read().as_ref().map(steps)
            }),
        }
    }
}
