//! A picture and a batch through the network: by the kernels, and by the model on Burn's processor backend.

use burn::tensor::{Device, Tensor, TensorData};
use divan::{Bencher, black_box, counter::ItemsCount};
use shared::{
    model::{Classifier, ClassifierConfig, FeatureExtractorConfig},
    nn::{BlockParts, LinearParts, Network, PICTURE},
};

/// The shipped network's, and the course's.
const WIDTHS: [usize; 2] = [32, 64];
const CLASSES: usize = 10;
const BATCH: usize = 512;

fn main() {
    divan::main();
}

/// Values between `low` and `high`, none of them equal to the next.
fn values(count: usize, low: f32, high: f32) -> Vec<f32> {
    (0..count)
        .map(|index| low + (high - low) * (index as f32 * 0.618_034).fract())
        .collect()
}

fn network(width: usize) -> Network {
    let mut input = 1;
    let blocks: Vec<_> = [1, 2, 4, 4, 8]
        .into_iter()
        .map(|factor| {
            let output = factor * width;
            let kernel = values(output * input * 9, -0.1, 0.1);
            input = output;
            (kernel, values(output, 0.5, 1.5))
        })
        .collect();
    let linear: Vec<_> = [input, input, CLASSES]
        .into_iter()
        .map(|output| (values(output * input, -0.1, 0.1), values(output, 0.0, 0.1)))
        .collect();
    let blocks: Vec<_> = blocks
        .iter()
        .map(|(kernel, channels)| BlockParts {
            kernel,
            bias: Some(channels),
            gamma: channels,
            beta: channels,
            mean: channels,
            variance: channels,
        })
        .collect();
    let linear: Vec<_> = linear
        .iter()
        .map(|(weight, bias)| LinearParts { weight, bias })
        .collect();
    Network::new(width, CLASSES, &blocks, &linear).unwrap_or_else(|error| panic!("{error}"))
}

fn classifier(width: usize, device: &Device) -> Classifier {
    let extractor = FeatureExtractorConfig::new().with_width(width);
    ClassifierConfig::new(CLASSES, extractor).init(device)
}

fn pictures(count: usize) -> Vec<[f32; PICTURE]> {
    values(count * PICTURE, 0.0, 1.0).as_chunks().0.to_vec()
}

#[divan::bench(args = WIDTHS)]
fn picture(bencher: Bencher<'_, '_>, width: usize) {
    let (mut network, pictures) = (network(width), pictures(1));
    bencher.bench_local(|| network.predict(black_box(&pictures[0]))[0]);
}

#[divan::bench(args = WIDTHS, sample_count = 10)]
fn batch(bencher: Bencher<'_, '_>, width: usize) {
    let (network, pictures) = (network(width), pictures(BATCH));
    bencher
        .counter(ItemsCount::new(BATCH))
        .bench_local(|| network.predict_batch(black_box(&pictures)));
}

#[divan::bench(args = WIDTHS)]
fn picture_by_burn(bencher: Bencher<'_, '_>, width: usize) {
    by_burn(bencher, width, 1);
}

#[divan::bench(args = WIDTHS, sample_count = 10)]
fn batch_by_burn(bencher: Bencher<'_, '_>, width: usize) {
    by_burn(bencher, width, BATCH);
}

fn by_burn(bencher: Bencher<'_, '_>, width: usize, count: usize) {
    let device = Device::flex();
    let classifier = classifier(width, &device);
    let data = TensorData::new(pictures(count).concat(), [count, 1, 32, 32]);
    let pictures = Tensor::<4>::from_data(data, &device);
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| classifier.forward(black_box(pictures.clone())).into_data());
}
