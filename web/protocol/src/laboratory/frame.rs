//! A run as it is shown.

use js_sys::Float32Array;

use crate::message::{Message, MessageError};

/// The numbers of one step; NaN where a number does not exist.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Numbers {
    /// Steps done.
    pub step: f32,
    /// Weight of the domain loss.
    pub lambda: f32,
    /// D's loss.
    pub domain_loss: f32,
    /// The weighted sum that F and C learn from.
    pub feature_loss: f32,
    /// C's cross-entropy on the source.
    pub class_loss: f32,
    /// Share of source points classified correctly, 0 to 1.
    pub source_accuracy: f32,
    /// The same of target points whose class is known.
    pub target_accuracy: f32,
    /// D's accuracy, averaged over the two domains: 0.5 is chance.
    pub domain_accuracy: f32,
}

/// The values of [`Numbers`], in their order.
const VALUES: usize = 8;

impl Numbers {
    fn to_values(self) -> [f32; VALUES] {
        [
            self.step,
            self.lambda,
            self.domain_loss,
            self.feature_loss,
            self.class_loss,
            self.source_accuracy,
            self.target_accuracy,
            self.domain_accuracy,
        ]
    }

    fn from_values(values: &[f32; VALUES]) -> Self {
        let [
            step,
            lambda,
            domain_loss,
            feature_loss,
            class_loss,
            rest @ ..,
        ] = *values;
        let [source_accuracy, target_accuracy, domain_accuracy] = rest;
        Self {
            step,
            lambda,
            domain_loss,
            feature_loss,
            class_loss,
            source_accuracy,
            target_accuracy,
            domain_accuracy,
        }
    }
}

/// A run to be drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// Whether the run began anew: what was heard before belongs to another.
    pub is_new: bool,
    /// The numbers of each step since the last frame; where there was none, those of the run as it is.
    pub numbers: Vec<Numbers>,
    /// Two coordinates in the feature plane for each source point, then for each target point.
    pub features: Vec<f32>,
    /// For the same points, four values: the gradient of D's loss, then what F gets instead.
    pub arrows: Vec<f32>,
    /// What the grid over the feature plane covers: least x and y, greatest x and y.
    pub bounds: Vec<f32>,
    /// Cells along each side of a grid.
    pub side: u32,
    /// Each class's probability in each cell of the input plane, rows from the lowest y.
    pub classes: Vec<f32>,
    /// D's probability of the source in each cell of the feature plane.
    pub domains: Vec<f32>,
    /// Line segments in the feature plane where the class that C predicts changes: two coordinates for each end.
    pub boundary: Vec<f32>,
}

impl Frame {
    pub(super) fn to_message(&self) -> Message {
        let numbers: Vec<f32> = self
            .numbers
            .iter()
            .flat_map(|numbers| numbers.to_values())
            .collect();
        let array = |values: &[f32]| Float32Array::from(values);
        Message::new("Frame")
            .with("isNew", self.is_new)
            .with("numbers", array(&numbers))
            .with("features", array(&self.features))
            .with("arrows", array(&self.arrows))
            .with("bounds", array(&self.bounds))
            .with("side", self.side)
            .with("classes", array(&self.classes))
            .with("domains", array(&self.domains))
            .with("boundary", array(&self.boundary))
    }

    pub(super) fn from_message(message: &Message) -> Result<Self, MessageError> {
        let array = |name| {
            let values = message.get::<Float32Array>(name)?;
            Ok::<Vec<f32>, MessageError>(values.to_vec())
        };
        let numbers = array("numbers")?;
        let (numbers, _) = numbers.as_chunks();
        Ok(Self {
            is_new: message.truth("isNew")?,
            numbers: numbers.iter().map(Numbers::from_values).collect(),
            features: array("features")?,
            arrows: array("arrows")?,
            bounds: array("bounds")?,
            side: message.whole("side")?,
            classes: array("classes")?,
            domains: array("domains")?,
            boundary: array("boundary")?,
        })
    }
}
