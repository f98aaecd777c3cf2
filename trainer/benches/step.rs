//! Times of training on the CPU, for `cargo xtask bench train`: one JSON line of lists of seconds.
//!
//! The step is the course's: 256 photos and 256 doodles of the embedded sample, two-step variant, full width, f32, with
//! making the batch and the three Adams. Inference is of 256 pictures at once. The epoch is one of 5,000 photos, 19 steps, from
//! asking for its first batch to reading its last loss.

use std::{cell::Cell, time::Instant};

use burn::tensor::{Device, Tensor};
use trainer::{
    data::{BatchConfig, DataSet, Loader, sample},
    training::{ModuleKind, Networks, StepSettings, Variant},
};

// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const BATCH: usize = 256;
/// Photos of the course's data set.
const PICTURES: usize = 5000;
/// The first ones find their buffers.
const WARM_UP: usize = 2;

fn main() -> anyhow::Result<()> {
    let count: usize = std::env::args()
        .find_map(|word| word.parse().ok())
        .unwrap_or(5);
    let device = Device::flex().autodiff();
    let mut networks = Networks::new(10, 64, 0, &device);
    let mut data = sample(0);
    repeat(&mut data);
    let config = BatchConfig {
        size: BATCH,
        ..BatchConfig::default()
    };
    let loader = Loader::new(&data.photos, &data.doodles, config)?;
    let settings = StepSettings {
        variant: Variant::TwoStep,
        lambda: 0.3,
        ..StepSettings::default()
    };
    let mut times = Times::default();
    let batches = (0..).flat_map(|epoch| loader.epoch(epoch));
    let mut begun = Instant::now();
    for batch in batches.take(count + WARM_UP) {
        let waited = begun.elapsed().as_secs_f64();
        let input = batch.upload(BATCH, &device);
        let pictures = Tensor::cat(vec![input.source.clone(), input.target.clone()], 0);
        // The classifier's gradients are ready when the predictor's are seen; what follows is its two Adams.
        let ready = Cell::new(begun);
        networks.step_observed(&settings, input, &mut |_, kind, _| {
            if kind == ModuleKind::Predictor {
                ready.set(Instant::now());
            }
        });
        times.waiting.push(waited);
        times.optimiser.push(ready.get().elapsed().as_secs_f64());
        times.step.push(begun.elapsed().as_secs_f64());

        let apart = Instant::now();
        networks.classifier.extractor.forward(pictures.clone());
        times.forward.push(apart.elapsed().as_secs_f64());

        let pictures = pictures.inner().narrow(0, 0, BATCH);
        let classifier = networks.for_inference();
        let apart = Instant::now();
        classifier.forward(pictures);
        times.inference.push(apart.elapsed().as_secs_f64());
        begun = Instant::now();
    }
    let begun = Instant::now();
    let mut last = None;
    for batch in loader.epoch(0) {
        let input = batch.upload(BATCH, &device);
        last = Some(networks.step(&settings, input).feature_loss);
    }
    last.map(Tensor::into_data);
    times.epoch.push(begun.elapsed().as_secs_f64());
    println!("{}", times.json());
    Ok(())
}

/// As many photos as the course has, and as many doodles, the sample's again and again.
fn repeat(data: &mut DataSet) {
    fn grow<T: Clone>(list: &mut Vec<T>) {
        *list = list.iter().cycle().take(PICTURES).cloned().collect();
    }
    grow(&mut data.photos.pictures);
    grow(&mut data.photos.labels);
    grow(&mut data.doodles.pictures);
    data.doodles.ids = (0..PICTURES as u64).collect();
}

#[derive(Default)]
struct Times {
    step: Vec<f64>,
    waiting: Vec<f64>,
    forward: Vec<f64>,
    optimiser: Vec<f64>,
    inference: Vec<f64>,
    epoch: Vec<f64>,
}

impl Times {
    fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "step": self.step[WARM_UP..],
            "waiting": self.waiting[WARM_UP..],
            "forward": self.forward[WARM_UP..],
            "optimiser": self.optimiser[WARM_UP..],
            "inference": self.inference[WARM_UP..],
            "epoch": self.epoch,
            "peak_mib": peak_mib().into_iter().collect::<Vec<f64>>(),
        })
    }
}

/// The most memory that this process ever held, where the system is Linux.
fn peak_mib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}
