use std::slice::from_ref;

use super::*;
use crate::{device, training::DeviceChoice};

#[test]
#[ignore = "needs two CUDA cards, NCCL and --features cuda"]
fn two_cards_learn_as_one_and_stay_equal() {
    let second = device::others(DeviceChoice::Cuda(0), 2).unwrap().remove(0);
    let first = device::choose(DeviceChoice::Cuda(0)).unwrap();
    let _turn = CARDS.lock().unwrap();
    let [first, second] = [first, second].map(|card| card.device.autodiff());
    for variant in VARIANTS {
        // Shares that agree, to compare closely, and shares that do not, which batch normalisation tells apart.
        for (difference, tolerance) in [(0, 1e-2), (10, 0.1)] {
            let whole = |salt| joined(batch(32, salt), batch(32, salt + difference));
            let mut one = Networks::new(10, 4, 0, &first);
            let mut networks = one.replica(&first);
            let alone = Parallel::new(&mut one, first.clone(), &[]);
            // All of it before the cards join: Burn counts every backward pass from then on as one of theirs.
            let theirs: Vec<_> = (0..3)
                .map(|salt| alone.step(&mut one, &settings(variant), whole(salt)))
                .map(|outputs| measured(outputs.unwrap()))
                .collect();
            let two = Parallel::new(&mut networks, first.clone(), from_ref(&second));
            for (salt, theirs) in theirs.into_iter().enumerate() {
                let ours = two.step(&mut networks, &settings(variant), whole(salt));
                assert_close(measured(ours.unwrap()), theirs, tolerance);
            }
            let ours = Tensors::of_both(&networks);
            let theirs = Tensors::of_both(&ended(two));
            // Averaged gradients keep the weights together, though the shares differ.
            let trained = ours.values.iter().zip(&theirs.values).zip(&ours.trained);
            for ((ours, theirs), _) in trained.filter(|(_, trained)| **trained) {
                let pairs = ours.iter().zip(theirs);
                assert!(pairs.into_iter().all(|(a, b)| (a - b).abs() < 1e-6));
            }
        }
    }
}

/// The second device's networks, when all is done.
fn ended(mut two: Parallel) -> Networks {
    let mut worker = two.others.remove(0);
    drop(worker.shares.take());
    worker.thread.take().unwrap().join().unwrap()
}
