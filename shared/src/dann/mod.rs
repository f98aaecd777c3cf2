//! One step of domain-adversarial training (DANN; Ganin et al., "Domain-Adversarial Training of Neural Networks", JMLR 2016)
//! on any three modules: the trainer's convolutional network, and small networks on points in the plane.
//!
//! A device with autodiff is needed. Nothing here chooses data, schedules or devices.

mod domains;
mod forward;
mod input;
mod losses;
mod modules;
mod projection;
mod settings;
#[cfg(feature = "model")]
mod shipped;
mod step;
mod terms;

pub use forward::count_correct;
pub use input::StepInput;
pub use modules::{
    ClassifyDomains, ExtractFeatures, ModuleKind, Modules, Observe, Optimisers, PredictLabels,
};
pub use projection::Projection;
pub use settings::{DistilViews, StepSettings, Variant};
pub use step::StepOutput;
pub use terms::{LossName, LossTerm, LossTerms};
