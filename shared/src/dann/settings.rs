use serde::{Deserialize, Serialize};

/// How the adversary's gradient reaches the feature extractor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
pub enum Variant {
    /// As the course does: first D on detached features, then F and C on class loss minus lambda times domain loss.
    #[default]
    TwoStep,
    /// As the DANN paper does: one backward pass through a gradient reversal layer.
    Reversal,
    /// As two-step, but F and C learn from class loss plus lambda times the confusion loss: cross-entropy of D's
    /// prediction towards one half (Tzeng et al., "Simultaneous Deep Transfer Across Domains and Tasks", ICCV 2015).
    Confusion,
    /// No adaptation, for comparison: F and C learn from the source alone. Target examples reach neither a loss nor batch
    /// normalisation, and D stays as it was initialised.
    SourceOnly,
}

/// Variant, weights of the losses and learning rate of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepSettings {
    /// How the adversary's gradient reaches the feature extractor.
    pub variant: Variant,
    /// Weight of the domain loss.
    pub lambda: f64,
    /// Share of a source example's label that is spread evenly over all classes in the class loss, 0 to below 1.
    pub label_smoothing: f64,
    /// Weight of information maximisation on target examples.
    pub im_weight: f64,
    /// Weight of consistency on target examples.
    pub consistency_weight: f64,
    /// A target example counts for consistency where the confidence of its prediction is at least this, 0 to 1.
    pub confidence: f64,
    /// Weight of distillation into both augmented target examples, where the input has soft targets.
    pub distillation_weight: f64,
    /// Adam's learning rate.
    pub learning_rate: f64,
}

/// The course's step with its class loss alone: every further loss has the weight 0.
impl Default for StepSettings {
    fn default() -> Self {
        Self {
            variant: Variant::default(),
            lambda: 0.0,
            label_smoothing: 0.0,
            im_weight: 0.0,
            consistency_weight: 0.0,
            confidence: 0.0,
            distillation_weight: 0.0,
            learning_rate: 1e-3,
        }
    }
}
