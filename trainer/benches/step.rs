//! Seconds a training step takes, for `cargo xtask bench train`: one JSON line.
//!
//! The step is the course's: 256 photos and 256 doodles of the embedded sample, two-step variant, full width, f32, with
//! making the batch and the three Adams.

use std::time::Instant;

use burn::tensor::Device;
use trainer::{
    data::{BatchConfig, Loader, sample},
    training::{Networks, StepInput, StepSettings, Variant},
};

// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const BATCH: usize = 256;
/// The first steps find their buffers.
const WARM_UP: usize = 2;

fn main() -> anyhow::Result<()> {
    let steps: usize = std::env::args()
        .find_map(|word| word.parse().ok())
        .unwrap_or(5);
    let device = Device::flex().autodiff();
    let mut networks = Networks::new(10, 64, 0, &device);
    let data = sample(0);
    let config = BatchConfig {
        size: BATCH,
        ..BatchConfig::default()
    };
    let loader = Loader::new(&data, config)?;
    let settings = StepSettings {
        variant: Variant::TwoStep,
        lambda: 0.3,
        balance: 0.0,
        consistency: 0.0,
        confidence: 1.0,
        learning_rate: 1e-3,
    };
    let mut batches = (0..).flat_map(|epoch| loader.epoch(epoch));
    let (mut whole, mut waiting) = (Vec::new(), Vec::new());
    for step in 0..steps + WARM_UP {
        let begun = Instant::now();
        let batch = batches.next().expect("epochs do not end");
        let waited = begun.elapsed();
        let input = StepInput::upload(batch, BATCH, &device);
        let output = networks.step(&settings, input);
        // The CPU computes at once, so that reading the loss only makes sure of it.
        let loss = output.feature_loss.into_scalar::<f32>();
        assert!(loss.is_finite(), "the loss is {loss}");
        if step >= WARM_UP {
            whole.push(begun.elapsed().as_secs_f64());
            waiting.push(waited.as_secs_f64());
        }
    }
    println!(
        "{}",
        serde_json::json!({ "seconds": whole, "waiting_for_data": waiting })
    );
    Ok(())
}
