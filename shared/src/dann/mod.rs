//! One step of domain-adversarial training (DANN; Ganin et al., "Domain-Adversarial Training of Neural Networks", JMLR 2016)
//! on any three modules: the trainer's convolutional network, and small networks on points in the plane.
//!
//! A device with autodiff is needed. Nothing here chooses data, schedules or devices. Without the feature `train` there are the
//! settings of a step alone.

#[cfg(feature = "train")]
mod domains;
#[cfg(feature = "train")]
mod forward;
#[cfg(feature = "train")]
mod gradient;
#[cfg(feature = "train")]
mod input;
#[cfg(feature = "train")]
mod losses;
#[cfg(feature = "train")]
mod modules;
mod settings;
#[cfg(all(feature = "train", feature = "model"))]
mod shipped;
#[cfg(feature = "train")]
mod step;
#[cfg(feature = "train")]
mod terms;

#[cfg(feature = "train")]
pub use forward::count_correct;
#[cfg(feature = "train")]
pub use gradient::gradient_norm;
#[cfg(feature = "train")]
pub use input::StepInput;
#[cfg(feature = "train")]
pub use losses::classification;
#[cfg(feature = "train")]
pub use modules::{
    ClassifyDomains, ExtractFeatures, ModuleKind, Modules, Observe, Optimisers, PredictLabels,
};
pub use settings::{StepSettings, Variant};
#[cfg(feature = "train")]
pub use step::{DomainOutput, StepOutput};
#[cfg(feature = "train")]
pub use terms::{LossName, LossTerm, LossTerms};
