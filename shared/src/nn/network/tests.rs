use super::*;

const WIDTH: usize = 3;
const CLASSES: usize = 5;

/// A small network's tensors: six a block, then two a linear layer.
fn tensors() -> Vec<Vec<f32>> {
    let mut tensors = Vec::new();
    let mut draw = |count: usize, low: f32, high: f32| {
        let step = 0.61 + tensors.len() as f32 * 0.017;
        let values = (0..count).map(|n| low + (high - low) * (n as f32 * step).fract());
        tensors.push(values.collect());
    };
    let mut input = 1;
    for factor in CHANNELS {
        let output = factor * WIDTH;
        let bound = (6.0 / (input * 9) as f32).sqrt();
        draw(output * input * 9, -bound, bound);
        for (low, high) in [(-0.1, 0.1), (0.5, 1.5), (0.0, 0.3), (-0.2, 0.2), (0.5, 1.5)] {
            draw(output, low, high);
        }
        input = output;
    }
    for output in [input, input, CLASSES] {
        let bound = (6.0 / input as f32).sqrt();
        draw(output * input, -bound, bound);
        draw(output, -0.1, 0.1);
    }
    tensors
}

fn with_parts<R>(
    tensors: &[Vec<f32>],
    build: impl FnOnce(&[BlockParts<'_>], &[LinearParts<'_>]) -> R,
) -> R {
    let (blocks, linear) = tensors.split_at(6 * BLOCKS);
    let blocks: Vec<_> = blocks
        .chunks_exact(6)
        .map(|tensors| BlockParts {
            kernel: &tensors[0],
            bias: Some(&tensors[1]),
            gamma: &tensors[2],
            beta: &tensors[3],
            mean: &tensors[4],
            variance: &tensors[5],
        })
        .collect();
    let linear: Vec<_> = linear
        .chunks_exact(2)
        .map(|tensors| LinearParts {
            weight: &tensors[0],
            bias: &tensors[1],
        })
        .collect();
    build(&blocks, &linear)
}

fn network(tensors: &[Vec<f32>]) -> Result<Network, NetworkError> {
    with_parts(tensors, |blocks, linear| {
        Network::new(WIDTH, CLASSES, blocks, linear)
    })
}

fn picture() -> [f32; PICTURE] {
    core::array::from_fn(|pixel| (pixel as f32 * 0.37).fract())
}

#[cfg(feature = "nn-batch")]
#[test]
fn a_batch_is_its_pictures_to_the_bit() {
    let mut network = network(&tensors()).unwrap();
    for count in [0, 1, 7, 8, 9, 27] {
        let pictures: Vec<[f32; PICTURE]> = (0..count)
            .map(|shift| picture().map(|value| (value + shift as f32 * 0.11).fract()))
            .collect();
        let threads = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            pool.build().unwrap()
        };
        let batch = threads(1).install(|| network.predict_batch(&pictures));
        let again = threads(3).install(|| network.predict_batch(&pictures));
        assert_eq!(batch, again);
        assert_eq!(batch.len(), count * CLASSES);
        for (picture, logits) in pictures.iter().zip(batch.chunks_exact(CLASSES)) {
            assert_eq!(network.predict(picture), logits);
        }
    }
}

#[test]
fn a_picture_leaves_nothing_behind() {
    let mut network = network(&tensors()).unwrap();
    let first = network.predict(&picture()).to_vec();
    assert_eq!(first.len(), CLASSES);
    assert!(first.iter().all(|logit| logit.is_finite()), "{first:?}");
    assert_ne!(network.predict(&[1.0; PICTURE]), first);
    assert_eq!(network.predict(&picture()), first);
}

/// Logits with vectors of one kind.
#[cfg(not(target_arch = "wasm32"))]
fn by<S: Simd>(simd: S) -> Vec<f32> {
    let lanes = Lanes(S::LANES);
    let weights = with_parts(&tensors(), |blocks, linear| {
        Weights::new(WIDTH, CLASSES, blocks, linear, lanes)
    });
    let mut scratch = Scratch::new(&weights, 1);
    Prediction {
        weights: &weights,
        pictures: scratch.take(&[picture()]),
        scratch: &mut scratch,
    }
    .run(simd);
    scratch.logits[..CLASSES].to_vec()
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn vectors_of_every_kind_give_the_same() {
    let expected = network(&tensors()).unwrap().predict(&picture()).to_vec();
    #[cfg_attr(not(target_arch = "x86_64"), expect(unused_mut))]
    let mut all = vec![by(pulp::Scalar), by(pulp::Scalar128b)];
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        all.push(by(simd));
    }
    for logits in all {
        for (logit, expected) in logits.iter().zip(&expected) {
            assert!((logit - expected).abs() < 1e-5, "{logit} {expected}");
        }
    }
}

#[test]
fn a_convolution_without_a_bias_is_one_with_a_bias_of_zeros() {
    let mut tensors = tensors();
    for block in 0..BLOCKS {
        tensors[6 * block + 1].fill(0.0);
    }
    let expected = network(&tensors).unwrap().predict(&picture()).to_vec();
    let mut network = with_parts(&tensors, |blocks, linear| {
        let mut blocks = blocks.to_vec();
        blocks.iter_mut().for_each(|block| block.bias = None);
        Network::new(WIDTH, CLASSES, &blocks, linear).unwrap()
    });
    assert_eq!(network.predict(&picture()), expected);
}

#[test]
fn a_fault_in_any_tensor_shows_in_every_logit() {
    let tensors = tensors();
    for (index, tensor) in tensors.iter().enumerate() {
        for fault in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            for place in [0, tensor.len() - 1] {
                let mut broken = tensors.clone();
                broken[index][place] = fault;
                let mut network = network(&broken).unwrap();
                let logits = network.predict(&picture());
                // The last layer's tensors have no layer behind them that would spread it.
                let shows = if index >= tensors.len() - 2 {
                    logits.iter().any(|logit| !logit.is_finite())
                } else {
                    logits.iter().all(|logit| !logit.is_finite())
                };
                assert!(shows, "tensor {index}, {fault} at {place}: {logits:?}");
            }
        }
    }
}

#[test]
fn an_overflow_in_a_convolution_shows() {
    for block in 0..BLOCKS {
        for sign in [1.0, -1.0] {
            let mut tensors = tensors();
            tensors[6 * block].fill(sign * f32::MAX);
            let logits = network(&tensors).unwrap().predict(&[1.0; PICTURE]).to_vec();
            assert!(logits.iter().all(|logit| !logit.is_finite()), "{logits:?}");
        }
    }
}

#[test]
fn a_picture_that_is_not_a_number_shows() {
    let mut network = network(&tensors()).unwrap();
    for place in [0, PICTURE / 2, PICTURE - 1] {
        let mut picture = picture();
        picture[place] = f32::NAN;
        assert!(network.predict(&picture).iter().all(|logit| logit.is_nan()));
    }
    assert!(
        network
            .predict(&picture())
            .iter()
            .all(|logit| logit.is_finite())
    );
}

#[test]
fn other_sizes_are_refused_with_the_tensor() {
    let tensors = tensors();
    for index in 0..tensors.len() {
        for longer in [true, false] {
            let mut wrong = tensors.clone();
            if longer {
                wrong[index].push(0.0);
            } else {
                wrong[index].pop();
            }
            let error = network(&wrong).err().unwrap();
            let found = wrong[index].len();
            assert!(
                matches!(error, NetworkError::Length { found: length, .. } if length == found),
                "{error}"
            );
        }
    }
    let mut wrong = tensors.clone();
    wrong[6 + 5].pop();
    assert_eq!(
        network(&wrong).err().unwrap().to_string(),
        "the running variance of block 1 holds 5 values, 6 at this width"
    );
}

#[test]
fn other_numbers_of_layers_are_refused() {
    let missing = network(&tensors()[6..]).err().unwrap();
    assert!(matches!(missing, NetworkError::Layers { .. }), "{missing}");
    for (width, classes) in [(0, 5), (1025, 5), (usize::MAX, 5), (3, 0), (3, 257)] {
        let error = Network::new(width, classes, &[], &[]).err().unwrap();
        assert!(
            matches!(error, NetworkError::Width(_) | NetworkError::Classes(_)),
            "{error}"
        );
    }
}

#[test]
fn features_are_what_the_label_predictor_is_given() {
    let tensors = tensors();
    let mut network = network(&tensors).unwrap();
    assert!(network.features().iter().all(|feature| *feature == 0.0));
    let logits = network.predict(&picture()).to_vec();
    let mut values = network.features().to_vec();
    assert_eq!(values.len(), CHANNELS[BLOCKS - 1] * WIDTH);
    for (layer, parts) in tensors[6 * BLOCKS..].chunks_exact(2).enumerate() {
        let rows = parts[0].chunks_exact(values.len());
        let outputs = rows.zip(&parts[1]).map(|(row, bias)| {
            let products = row
                .iter()
                .zip(&values)
                .map(|(weight, value)| weight * value);
            let sum = products.sum::<f32>() + bias;
            if layer + 1 < LINEAR_LAYERS {
                sum.max(0.0)
            } else {
                sum
            }
        });
        values = outputs.collect();
    }
    for (logit, expected) in logits.iter().zip(&values) {
        assert!((logit - expected).abs() < 1e-4, "{logit} {expected}");
    }
}
