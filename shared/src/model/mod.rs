//! The three modules of DANN (Ganin et al., "Domain-Adversarial Training of Neural Networks", JMLR 2016).

mod batch_norm;
mod classifier;
mod domain_classifier;
mod feature_extractor;
#[cfg(feature = "flex")]
mod flex;
mod label_predictor;

pub use classifier::{Classifier, ClassifierConfig};
pub use domain_classifier::{DomainClassifier, DomainClassifierConfig};
pub use feature_extractor::{FeatureExtractor, FeatureExtractorConfig};
#[cfg(feature = "flex")]
pub use flex::Real;
pub use label_predictor::{LabelPredictor, LabelPredictorConfig};
