use burn::module::Module;
use burn::tensor::Device;
use shared::dann::Optimisers;
use shared::model::{
    Classifier, ClassifierConfig, DomainClassifier, DomainClassifierConfig, FeatureExtractorConfig,
};

/// The three modules of DANN and one Adam for each, on a device with autodiff.
pub struct Networks {
    /// F and C: feature extractor and label predictor.
    pub classifier: Classifier,
    /// D: the domain classifier.
    pub domain: DomainClassifier,
    /// One Adam for each module.
    pub optimisers: Optimisers,
}

impl Networks {
    /// New networks with PyTorch's default initialisation. The device must have autodiff.
    ///
    /// The parameters are drawn from `seed`, the same on any device of one kind.
    pub fn new(classes: usize, width: usize, seed: u64, device: &Device) -> Self {
        device.seed(seed);
        let extractor = FeatureExtractorConfig::new().with_width(width);
        let domain = DomainClassifierConfig::new(extractor.features());
        let networks = Self {
            classifier: ClassifierConfig::new(classes, extractor).init(device),
            domain: domain.init(device),
            optimisers: Optimisers::default(),
        };
        // Parameters are drawn when they are first used: use them now, in a fixed order.
        networks.classifier.num_params();
        networks.domain.num_params();
        networks
    }

    /// The same networks and optimisers on another device, sharing nothing with these.
    pub(super) fn replica(&self, device: &Device) -> Self {
        Self {
            classifier: replica(&self.classifier, device),
            domain: replica(&self.domain, device),
            // An Adam's state follows its parameters to their device.
            optimisers: self.optimisers.clone(),
        }
    }

    /// The classifier for inference: without autodiff, batch normalisation with its running statistics.
    pub fn for_inference(&self) -> Classifier {
        self.classifier.valid()
    }
}

/// A copy with the same parameter ids, by which gradients of different devices are matched.
fn replica<M: Module>(module: &M, device: &Device) -> M {
    // A plain clone shares its running statistics with the original.
    module.valid().train().fork(device)
}
