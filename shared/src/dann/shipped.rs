//! The modules of the network that Edgewise ships.

use burn::tensor::Tensor;

use super::{ClassifyDomains, ExtractFeatures, PredictLabels};
use crate::model::{DomainClassifier, FeatureExtractor, LabelPredictor};

impl ExtractFeatures<4> for FeatureExtractor {
    fn features(&self, input: Tensor<4>) -> Tensor<2> {
        self.forward(input)
    }
}

impl PredictLabels for LabelPredictor {
    fn class_logits(&self, features: Tensor<2>) -> Tensor<2> {
        self.forward(features)
    }
}

impl ClassifyDomains for DomainClassifier {
    fn domain_logits(&self, features: Tensor<2>) -> Tensor<1> {
        self.forward(features)
    }
}
