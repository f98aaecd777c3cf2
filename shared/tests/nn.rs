//! The kernels against the model on Burn's processor backend, on networks drawn at random.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

use burn::tensor::{Device, Tensor, TensorData};
use burn_store::{ModuleSnapshot, PyTorchToBurnAdapter, SafetensorsStore};
use proptest::prelude::*;
use safetensors::{Dtype, tensor::TensorView};
use shared::{
    model::{Classifier, ClassifierConfig, FeatureExtractorConfig},
    nn::{BlockParts, LinearParts, Network, PICTURE},
};

/// Farthest that logits may be apart, as a share of the largest one, or as it is where that is below 1.
const TOLERANCE: f32 = 1e-4;

/// A network's tensors by PyTorch's names.
struct Drawn {
    width: usize,
    classes: usize,
    tensors: Vec<(String, Vec<usize>, Vec<f32>)>,
}

/// Splitmix64: as good as any here, and the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn within(&mut self, low: f32, high: f32) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let share = ((bits ^ (bits >> 31)) >> 40) as f32 / (1_u64 << 24) as f32;
        low + (high - low) * share
    }
}

impl Drawn {
    /// Of a size that keeps the maps alive from block to block.
    fn new(width: usize, classes: usize, seed: u64) -> Self {
        let mut numbers = Numbers(seed);
        let mut tensors = Vec::new();
        let mut draw = |name: String, shape: &[usize], low: f32, high: f32| {
            let count = shape.iter().product();
            let values = (0..count).map(|_| numbers.within(low, high)).collect();
            tensors.push((name, shape.to_vec(), values));
        };
        let mut input = 1;
        for (index, factor) in [1, 2, 4, 4, 8].into_iter().enumerate() {
            let output = factor * width;
            let name = |tensor: &str| format!("extractor.blocks.{index}.{tensor}");
            let bound = (6.0 / (input * 9) as f32).sqrt();
            draw(name("conv.weight"), &[output, input, 3, 3], -bound, bound);
            draw(name("conv.bias"), &[output], -0.2, 0.2);
            draw(name("norm.weight"), &[output], -0.5, 1.5);
            draw(name("norm.bias"), &[output], -0.3, 0.5);
            draw(name("norm.running_mean"), &[output], -0.3, 0.3);
            draw(name("norm.running_var"), &[output], 0.2, 1.5);
            input = output;
        }
        for (index, output) in [input, input, classes].into_iter().enumerate() {
            let name = |tensor: &str| format!("predictor.layers.{index}.{tensor}");
            let bound = (6.0 / input as f32).sqrt();
            draw(name("weight"), &[output, input], -bound, bound);
            draw(name("bias"), &[output], -0.2, 0.2);
        }
        Self {
            width,
            classes,
            tensors,
        }
    }

    fn classifier(&self, device: &Device) -> Classifier {
        let bytes: Vec<Vec<u8>> = self
            .tensors
            .iter()
            .map(|(_, _, values)| {
                values
                    .iter()
                    .flat_map(|value| value.to_le_bytes())
                    .collect()
            })
            .collect();
        let views = self
            .tensors
            .iter()
            .zip(&bytes)
            .map(|((name, shape, _), bytes)| {
                let view = TensorView::new(Dtype::F32, shape.clone(), bytes).unwrap();
                (name.as_str(), view)
            });
        let file = safetensors::serialize(views, None).unwrap();
        let extractor = FeatureExtractorConfig::new().with_width(self.width);
        let mut classifier = ClassifierConfig::new(self.classes, extractor).init(device);
        let mut store =
            SafetensorsStore::from_bytes(Some(file)).with_from_adapter(PyTorchToBurnAdapter);
        // It refuses tensors that are missing or left over.
        classifier.load_from(&mut store).unwrap();
        classifier
    }

    fn network(&self) -> Network {
        let all: Vec<&[f32]> = self
            .tensors
            .iter()
            .map(|(.., values)| &values[..])
            .collect();
        let (blocks, linear) = all.split_at(30);
        let blocks: Vec<_> = blocks
            .chunks_exact(6)
            .map(|tensors| BlockParts {
                kernel: tensors[0],
                bias: Some(tensors[1]),
                gamma: tensors[2],
                beta: tensors[3],
                mean: tensors[4],
                variance: tensors[5],
            })
            .collect();
        let linear: Vec<_> = linear
            .chunks_exact(2)
            .map(|tensors| LinearParts {
                weight: tensors[0],
                bias: tensors[1],
            })
            .collect();
        Network::new(self.width, self.classes, &blocks, &linear).unwrap()
    }
}

/// Noise, and parts of one grey, as in edges.
fn picture(seed: u64) -> [f32; PICTURE] {
    let mut numbers = Numbers(!seed);
    let mut grey = 0.0;
    std::array::from_fn(|pixel| {
        if pixel % 7 == 0 {
            grey = numbers.within(-0.5, 1.5).clamp(0.0, 1.0);
        }
        grey
    })
}

/// Burn's logits, picture after picture.
fn by_burn(classifier: &Classifier, pictures: &[[f32; PICTURE]], device: &Device) -> Vec<f32> {
    let data = TensorData::new(pictures.concat(), [pictures.len(), 1, 32, 32]);
    let logits = classifier.forward(Tensor::from_data(data, device));
    logits.into_data().try_to_vec().unwrap()
}

/// How far two pictures' logits are apart, by [`TOLERANCE`]'s measure.
fn apart(found: &[f32], expected: &[f32]) -> f32 {
    assert_eq!(found.len(), expected.len());
    let scale = expected
        .iter()
        .fold(1.0_f32, |scale, logit| scale.max(logit.abs()));
    let pairs = found.iter().zip(expected);
    pairs.fold(0.0_f32, |most, (found, expected)| {
        let apart = (found - expected).abs() / scale;
        // A comparison with what is not a number is false.
        if apart <= most { most } else { apart }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn logits_are_those_of_the_model(
        width in prop::sample::select(vec![1, 2, 3, 4, 5, 8, 9, 17]),
        classes in 1_usize..=40,
        seed: u64,
    ) {
        let device = Device::flex();
        let drawn = Drawn::new(width, classes, seed);
        let (classifier, mut network) = (drawn.classifier(&device), drawn.network());
        let pictures = [seed, seed ^ 1].map(picture);
        let expected = by_burn(&classifier, &pictures, &device);
        for (picture, expected) in pictures.iter().zip(expected.chunks_exact(classes)) {
            let apart = apart(network.predict(picture), expected);
            prop_assert!(apart <= TOLERANCE, "{apart}");
        }
        // A narrow network may be dead: such logits agree without a convolution, and do not count as a case.
        let (one, two) = expected.split_at(classes);
        prop_assume!(apart(one, two) > 10.0 * TOLERANCE);
    }
}

#[test]
fn logits_are_those_of_the_model_at_the_shipped_width() {
    let device = Device::flex();
    let drawn = Drawn::new(32, 10, 7);
    let expected = by_burn(&drawn.classifier(&device), &[picture(7)], &device);
    let apart = apart(drawn.network().predict(&picture(7)), &expected);
    assert!(apart <= TOLERANCE, "{apart}");
}

#[test]
fn a_changed_tensor_shows() {
    let device = Device::flex();
    let drawn = Drawn::new(3, 5, 11);
    let expected = by_burn(&drawn.classifier(&device), &[picture(11)], &device);
    for index in 0..drawn.tensors.len() {
        let mut changed = Drawn::new(3, 5, 11);
        for value in &mut changed.tensors[index].2 {
            *value += 0.1;
        }
        let apart = apart(changed.network().predict(&picture(11)), &expected);
        assert!(apart > TOLERANCE, "{}", changed.tensors[index].0);
    }
}
