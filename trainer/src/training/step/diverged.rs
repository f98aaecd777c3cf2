//! Training that has diverged: how it is noticed, and what is said.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::optim::{GradientsParams, ModuleOptimizer};
use burn::tensor::{Bool, Tensor};
use shared::model::Classifier;

use super::Networks;

/// A loss or a network is no longer finite. The checkpoints of the epochs before are not affected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "training diverged in epoch {epoch}: {what} is no longer finite; {}",
    advice(.epoch, .self_training)
)]
pub struct Diverged {
    /// The epoch in which it happened, from 0.
    pub epoch: u32,
    /// What is not finite, as `the feature extractor`.
    pub what: &'static str,
    /// Whether it is the pseudo-label stage that diverged, which has other options.
    pub self_training: bool,
}

/// What to do: `--resume` would diverge again, and takes no other learning rate, so a new run is needed.
fn advice(epoch: &u32, self_training: &bool) -> String {
    let left = match epoch.checked_sub(1) {
        Some(last) => {
            format!("epoch {last} is the last good one, and the checkpoints up to it are intact")
        }
        None => "no epoch was completed before".to_owned(),
    };
    let what_to_do = match (self_training, epoch) {
        (true, _) => "start another one with a lower --learning-rate or a higher --confidence",
        (false, 0) => "start a new run with a lower --learning-rate or --lambda",
        (false, _) => {
            "start a new run with a lower --learning-rate or --lambda; to begin it with the features learned so far, `trainer export` \
             this one and give that file as --pretrained"
        }
    };
    format!("{left}; {what_to_do}")
}

impl Networks {
    /// Whether every parameter, every running statistic of batch normalisation and the state of every Adam is finite, and the
    /// EMA `teacher` of the pseudo-label stage with them. To be asked after the last step of `epoch`, before anything of that
    /// epoch is kept: a gradient may be infinite or NaN where its loss is still finite.
    ///
    /// It waits for the device once and changes nothing.
    ///
    /// # Errors
    /// Names the first module, or Adam, that is not finite.
    pub fn ensure_finite(&self, teacher: Option<&Classifier>, epoch: u32) -> Result<(), Diverged> {
        // `valid` brings the running statistics up to date, which lag one step behind otherwise.
        let classifier = self.classifier.valid();
        let mut flags = vec![
            ("the feature extractor", finite(&classifier.extractor)),
            ("the label predictor", finite(&classifier.predictor)),
            ("the domain classifier", finite(&self.domain.valid())),
        ];
        if let Some(teacher) = teacher {
            flags.push(("the EMA teacher", finite(teacher)));
        }
        let (classifier, adam) = (&self.classifier, &self.optimisers);
        flags.extend([
            (
                "the feature extractor's optimiser state",
                can_move(&classifier.extractor, &adam.extractor),
            ),
            (
                "the label predictor's optimiser state",
                can_move(&classifier.predictor, &adam.predictor),
            ),
            (
                "the domain classifier's optimiser state",
                can_move(&self.domain, &adam.domain),
            ),
        ]);
        let flags = flags.into_iter();
        let (names, flags): (Vec<_>, Vec<_>) =
            flags.filter_map(|(name, flag)| Some((name, flag?))).unzip();
        let flags = Tensor::cat(flags, 0).into_data();
        let mut named = names.iter().zip(flags.iter::<bool>());
        match named.find(|(_, finite)| !finite) {
            None => Ok(()),
            Some((what, _)) => Err(Diverged {
                epoch,
                what,
                self_training: teacher.is_some(),
            }),
        }
    }
}

/// Whether every parameter and running statistic of a module is finite. It waits for the device.
pub(in crate::training) fn is_finite<M: Module>(module: &M) -> bool {
    finite(module).is_none_or(|flag| flag.into_data().iter::<bool>().all(|finite| finite))
}

/// Whether all tensors of a module are finite, on its device, `[1]`; none where it has none.
fn finite<M: Module>(module: &M) -> Option<Tensor<1, Bool>> {
    let mut flags = Flags::default();
    module.visit(&mut flags);
    all(flags.0)
}

fn all(flags: Vec<Tensor<1, Bool>>) -> Option<Tensor<1, Bool>> {
    (!flags.is_empty()).then(|| Tensor::cat(flags, 0).all())
}

/// One flag a tensor, running statistics included.
#[derive(Default)]
struct Flags(Vec<Tensor<1, Bool>>);

impl ModuleVisitor for Flags {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0.push(param.val().is_finite().all());
    }
}

/// Whether an Adam still moves every parameter of its module, `[1]`; none where nothing is trained.
///
/// It does not where one of Adam's moments is infinite or NaN. The square of a gradient above 1.8e19 is infinite, even if the gradient and
/// the weights are finite: that weight would not change for the rest of the run. Burn does not expose the moments, so a copy of the
/// Adam takes one step on a module whose weights are 0.
fn can_move<M: Module>(module: &M, adam: &ModuleOptimizer) -> Option<Tensor<1, Bool>> {
    let mut probe = Probe(GradientsParams::new());
    let still = module.clone().map(&mut probe);
    let mut moved = Moved::default();
    adam.clone().step(1.0, still, probe.0).visit(&mut moved);
    all(moved.0)
}

/// Sets parameters to 0 and collects a gradient for each: large, so that the moments of before do not outweigh it by more than
/// f32 can tell from 0, and with a finite square.
struct Probe(GradientsParams);

impl ModuleMapper for Probe {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let tensor = param.val();
        // What has no gradient is a running statistic, and shared with the module that is trained.
        if !tensor.is_require_grad() {
            return param;
        }
        let still = tensor.zeros_like();
        let gradient = still.clone().inner().add_scalar(1e10);
        self.0.register(param.id, gradient);
        param.map(|_| still.require_grad())
    }
}

/// One flag a parameter: whether it is finite and no longer 0.
#[derive(Default)]
struct Moved(Vec<Tensor<1, Bool>>);

impl ModuleVisitor for Moved {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let tensor = param.val();
        if tensor.is_require_grad() {
            let tensor = tensor.inner();
            let moved = tensor.clone().not_equal_elem(0.0);
            self.0.push(moved.bool_and(tensor.is_finite()).all());
        }
    }
}

#[cfg(test)]
mod tests;
