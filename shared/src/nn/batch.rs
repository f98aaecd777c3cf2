//! Many pictures at a time.

use rayon::prelude::*;

use super::{
    Network, PICTURE,
    network::{Scratch, Weights},
};

/// Pictures that go through a block together, so that its weights are read once for all of them.
const TOGETHER: usize = 8;

impl Network {
    /// Pictures `[n, 32, 32]` to logits `[n, classes]`, on rayon's threads. Each picture's logits are to the bit those
    /// of [`Network::predict`], whatever the number of threads and the pictures beside it.
    pub fn predict_batch(&self, pictures: &[[f32; PICTURE]]) -> Vec<f32> {
        let weights = self.weights();
        let classes = weights.classes;
        let mut logits = vec![0.0; pictures.len() * classes];
        logits
            .par_chunks_mut(TOGETHER * classes)
            .zip(pictures.par_chunks(TOGETHER))
            .for_each_init(
                || Scratch::new(weights, TOGETHER),
                |scratch, (logits, pictures)| predict(weights, scratch, pictures, logits),
            );
        logits
    }
}

fn predict(
    weights: &Weights,
    scratch: &mut Scratch,
    pictures: &[[f32; PICTURE]],
    logits: &mut [f32],
) {
    scratch.predict(weights, pictures);
    let padded = scratch.logits.len() / TOGETHER;
    let rows = logits.chunks_exact_mut(weights.classes);
    for (row, padded) in rows.zip(scratch.logits.chunks_exact(padded)) {
        row.copy_from_slice(&padded[..weights.classes]);
    }
}
