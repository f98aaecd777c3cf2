use burn::module::Module;
use burn::optim::{AdamConfig, GradientsParams, ModuleOptimizer};
use burn::tensor::{Gradients, Tensor};

/// F, the feature extractor: any module from an input of rank `R` to features.
pub trait ExtractFeatures<const R: usize>: Module {
    /// `[n, ...]` -> `[n, features]`.
    fn features(&self, input: Tensor<R>) -> Tensor<2>;
}

/// C, the label predictor: any module from features to logits of the classes.
pub trait PredictLabels: Module {
    /// `[n, features]` -> `[n, classes]`.
    fn class_logits(&self, features: Tensor<2>) -> Tensor<2>;
}

/// D, the domain classifier: any module from features to one logit.
pub trait ClassifyDomains: Module {
    /// `[n, features]` -> `[n]`: above 0 where the source is likelier.
    fn domain_logits(&self, features: Tensor<2>) -> Tensor<1>;
}

/// Which module a set of gradients belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModuleKind {
    /// F.
    Extractor,
    /// C.
    Predictor,
    /// D.
    Domain,
}

/// What a step trains: F, C, D and an Adam for each.
pub struct Modules<'a, F, C, D> {
    /// F.
    pub extractor: &'a mut F,
    /// C.
    pub predictor: &'a mut C,
    /// D.
    pub domain: &'a mut D,
    /// One Adam for each module.
    pub optimisers: &'a mut Optimisers,
}

/// Sees each module's gradients just before its Adam uses them.
pub type Observe<'o, F, C, D> = dyn FnMut(&Modules<'_, F, C, D>, ModuleKind, &GradientsParams) + 'o;

/// One Adam for each module, with PyTorch's defaults (beta 0.9 and 0.999, epsilon 1e-8).
#[derive(Clone)]
pub struct Optimisers {
    /// F's.
    pub extractor: ModuleOptimizer,
    /// C's.
    pub predictor: ModuleOptimizer,
    /// D's.
    pub domain: ModuleOptimizer,
}

impl Default for Optimisers {
    fn default() -> Self {
        // Burn's default epsilon is 1e-5, PyTorch's is 1e-8.
        let adam = AdamConfig::new().with_epsilon(1e-8);
        Self {
            extractor: adam.init(),
            predictor: adam.init(),
            domain: adam.init(),
        }
    }
}

impl<F: Module, C: Module, D: Module> Modules<'_, F, C, D> {
    /// Updates D.
    pub(super) fn update_domain(
        &mut self,
        gradients: GradientsParams,
        learning_rate: f64,
        observe: &mut Observe<'_, F, C, D>,
    ) {
        observe(self, ModuleKind::Domain, &gradients);
        let optimiser = &mut self.optimisers.domain;
        *self.domain = optimiser.step(learning_rate, self.domain.clone(), gradients);
    }

    /// Updates F and C.
    pub fn update_classifier(
        &mut self,
        mut gradients: Gradients,
        learning_rate: f64,
        observe: &mut Observe<'_, F, C, D>,
    ) {
        let for_extractor = GradientsParams::from_module(&mut gradients, &*self.extractor);
        let for_predictor = GradientsParams::from_module(&mut gradients, &*self.predictor);
        observe(self, ModuleKind::Extractor, &for_extractor);
        observe(self, ModuleKind::Predictor, &for_predictor);
        let adam = &mut *self.optimisers;
        *self.extractor = adam
            .extractor
            .step(learning_rate, self.extractor.clone(), for_extractor);
        *self.predictor = adam
            .predictor
            .step(learning_rate, self.predictor.clone(), for_predictor);
    }
}
