use std::{
    process,
    sync::{
        Arc, Barrier,
        mpsc::{Receiver, Sender, channel},
    },
    thread::{self, JoinHandle},
};

use anyhow::Context;
use burn::module::{Module, ModuleMapper, Param};
use burn::tensor::distributed::{DistributedConfig, DistributedContext, ReduceOperation};
use burn::tensor::{Device, Tensor};

use super::Networks;
use crate::{
    data::Batch,
    training::{StepOutput, StepSettings},
};

/// The devices that train together: each trains on an equal share of every batch, and every backward pass averages the gradients
/// over all of them.
///
/// Each device normalises its own share and keeps its own running statistics; those of the first device are the run's.
/// With one device there are no threads and no averaging.
pub struct Parallel {
    first: Device,
    // In this order: no device may still be at work when the averaging ends.
    others: Vec<Worker>,
    _averaging: Option<DistributedContext>,
    meeting: Arc<Barrier>,
}

impl Parallel {
    /// Copies `networks`, which are on the device `first`, to the other devices. Several devices must be CUDA cards; all need autodiff.
    pub fn new(networks: &mut Networks, first: Device, others: &[Device]) -> Self {
        let mut replicas: Vec<_> = others
            .iter()
            .map(|device| (networks.replica(device), device.clone()))
            .collect();
        let averaging = (!replicas.is_empty()).then(|| {
            make_distributed(networks);
            replicas
                .iter_mut()
                .for_each(|(networks, _)| make_distributed(networks));
            let devices = [&first].into_iter().chain(others).cloned().collect();
            let config = DistributedConfig {
                all_reduce_op: ReduceOperation::Mean,
            };
            DistributedContext::init(devices, config)
        });
        Self::start(first, replicas, averaging)
    }

    fn start(
        first: Device,
        replicas: Vec<(Networks, Device)>,
        averaging: Option<DistributedContext>,
    ) -> Self {
        let meeting = Arc::new(Barrier::new(1 + replicas.len()));
        let worker = |(networks, device)| Worker::start(networks, device, Arc::clone(&meeting));
        Self {
            first,
            others: replicas.into_iter().map(worker).collect(),
            _averaging: averaging,
            meeting,
        }
    }

    /// One step on one batch, which must be divisible among them; `networks` are the first device's. One output a
    /// device.
    ///
    /// # Errors
    /// When a device's thread has ended.
    pub fn step(
        &self,
        networks: &mut Networks,
        settings: &StepSettings,
        mut batch: Batch,
    ) -> anyhow::Result<Vec<StepOutput>> {
        let share = batch.labels.len() / (1 + self.others.len());
        for worker in &self.others {
            worker.give(*settings, batch.split_off(share))?;
        }
        let _guard = (!self.others.is_empty()).then_some(AllOrNone);
        let mut outputs = vec![learn(networks, settings, batch, &self.first, &self.meeting)];
        for worker in &self.others {
            outputs.push(worker.take()?);
        }
        Ok(outputs)
    }
}

/// One step on one device's share.
fn learn(
    networks: &mut Networks,
    settings: &StepSettings,
    share: Batch,
    device: &Device,
    meeting: &Barrier,
) -> StepOutput {
    let size = share.labels.len();
    let input = share.upload(size, device);
    // The devices meet after every backward pass: Burn counts who has entered and who has left one, and loses a device
    // that enters the next while another is still leaving.
    networks.step_observed(settings, input, &mut |_, _, _| {
        meeting.wait();
    })
}

/// A device but the first. Its thread lives as long as the run: Burn keeps memory and running statistics by thread.
struct Worker {
    /// Nothing once it is to end.
    shares: Option<Sender<(StepSettings, Batch)>>,
    outputs: Receiver<StepOutput>,
    thread: Option<JoinHandle<Networks>>,
}

impl Worker {
    fn start(mut networks: Networks, device: Device, meeting: Arc<Barrier>) -> Self {
        let (shares, given) = channel::<(StepSettings, Batch)>();
        let (sender, outputs) = channel();
        let thread = thread::spawn(move || {
            let _guard = AllOrNone;
            for (settings, share) in given {
                let output = learn(&mut networks, &settings, share, &device, &meeting);
                if sender.send(output).is_err() {
                    break;
                }
            }
            networks
        });
        Self {
            shares: Some(shares),
            outputs,
            thread: Some(thread),
        }
    }

    fn give(&self, settings: StepSettings, share: Batch) -> anyhow::Result<()> {
        self.shares
            .as_ref()
            .and_then(|shares| shares.send((settings, share)).ok())
            .context(ENDED)
    }

    fn take(&self) -> anyhow::Result<StepOutput> {
        self.outputs.recv().context(ENDED)
    }
}

const ENDED: &str =
    "a device stopped training: resume with `--resume`, or train on one with `--devices 1`";

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.shares.take());
        if let Some(thread) = self.thread.take() {
            // Its networks are copies of the first device's; a panic has ended the program.
            let _ = thread.join();
        }
    }
}

/// Ends the program when a device panics: the others would wait for its gradients for ever.
struct AllOrNone;

impl Drop for AllOrNone {
    fn drop(&mut self) {
        if thread::panicking() {
            process::exit(101);
        }
    }
}

/// Makes every parameter distributed, so that backward passes average its gradient; the optimisers keep it so.
fn make_distributed(networks: &mut Networks) {
    networks.classifier = networks.classifier.clone().map(&mut Distributed);
    networks.domain = networks.domain.clone().map(&mut Distributed);
}

struct Distributed;

impl ModuleMapper for Distributed {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let id = param.id;
        param.map(|tensor| {
            // What has no gradient is a running statistic.
            if tensor.is_require_grad() {
                tensor.set_distributed(id)
            } else {
                tensor
            }
        })
    }
}

#[cfg(test)]
mod tests;
