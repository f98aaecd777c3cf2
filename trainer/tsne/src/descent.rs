//! Gradient descent with momentum and a gain for each coordinate (R. A. Jacobs: "Increased rates of convergence through learning
//! rate adaptation", Neural Networks 1, 1988), with the constants of scikit-learn.

use rayon::prelude::*;

use super::affinities::Affinities;
use super::repulsion::Repulsion;

/// A gain grows by so much while the gradient opposes the last step, and else shrinks to this share of itself.
const GROWTH: f32 = 0.2;
const DECAY: f32 = 0.8;
const LEAST_GAIN: f32 = 0.01;
/// Points that are worked on at once; sums run within these and then over them, whatever the threads.
const POINTS: usize = 128;
/// Neighbours whose pulls are worked out side by side.
const LANES: usize = 8;

/// How one step is taken.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) learning_rate: f32,
    /// Share of the last step that is taken again.
    pub(super) momentum: f32,
    /// What the affinities are multiplied by.
    pub(super) exaggeration: f32,
}

/// An embedding during the descent.
pub(super) struct Descent<'a> {
    affinities: &'a Affinities,
    pub(super) positions: Vec<[f32; 2]>,
    steps: Vec<[f32; 2]>,
    gains: Vec<[f32; 2]>,
    pulls: Vec<[f32; 2]>,
    pushes: Vec<[f32; 2]>,
    repulsion: Repulsion,
}

impl<'a> Descent<'a> {
    /// At rest.
    pub(super) fn new(affinities: &'a Affinities, positions: Vec<[f32; 2]>) -> Self {
        let number = positions.len();
        Self {
            affinities,
            positions,
            steps: vec![[0.0; 2]; number],
            gains: vec![[1.0; 2]; number],
            pulls: vec![[0.0; 2]; number],
            pushes: vec![[0.0; 2]; number],
            repulsion: Repulsion::default(),
        }
    }

    /// One step against the gradient of the divergence, `4 (exaggeration * pulls - pushes / sum)`. Nothing where the embedding has
    /// grown beyond bounds.
    pub(super) fn step(&mut self, step: Step) -> Option<()> {
        let (positions, affinities) = (&self.positions, self.affinities);
        let (repulsion, pushes, pulls) = (&mut self.repulsion, &mut self.pushes, &mut self.pulls);
        let (sum, ()) = rayon::join(
            || repulsion.forces(positions, pushes),
            || attraction(affinities, positions, pulls),
        );
        let per_sum = (1.0 / sum?) as f32;
        let mut mean = [0.0_f64; 2];
        for (point, position) in self.positions.iter_mut().enumerate() {
            for axis in 0..2 {
                let pull = step.exaggeration * self.pulls[point][axis];
                let gradient = 4.0 * (pull - self.pushes[point][axis] * per_sum);
                let (last, gain) = (&mut self.steps[point][axis], &mut self.gains[point][axis]);
                *gain = if *last * gradient < 0.0 {
                    *gain + GROWTH
                } else {
                    (*gain * DECAY).max(LEAST_GAIN)
                };
                *last = step.momentum * *last - step.learning_rate * *gain * gradient;
                position[axis] += *last;
                mean[axis] += f64::from(position[axis]);
            }
        }
        let mean = mean.map(|sum| (sum / self.positions.len() as f64) as f32);
        for position in &mut self.positions {
            *position = [position[0] - mean[0], position[1] - mean[1]];
        }
        Some(())
    }

    /// The Kullback-Leibler divergence from the affinities to the embedding, in nats. Nothing where the embedding has grown beyond
    /// bounds.
    pub(super) fn divergence(&mut self) -> Option<f64> {
        let sum = self.repulsion.forces(&self.positions, &mut self.pushes)?;
        let (affinities, positions) = (self.affinities, &self.positions);
        let parts: Vec<f64> = positions
            .par_chunks(POINTS)
            .enumerate()
            .map(|(chunk, points)| {
                let mut part = 0.0;
                for (point, [x, y]) in points.iter().enumerate() {
                    let row = chunk * POINTS + point;
                    let range = affinities.starts[row]..affinities.starts[row + 1];
                    let columns = &affinities.columns[range.clone()];
                    for (column, value) in columns.iter().zip(&affinities.values[range]) {
                        let other = positions[*column as usize];
                        let (x, y) = (f64::from(x - other[0]), f64::from(y - other[1]));
                        let value = f64::from(*value);
                        if value > 0.0 {
                            part += value * (value * sum * (1.0 + x * x + y * y)).ln();
                        }
                    }
                }
                part
            })
            .collect();
        Some(parts.iter().sum())
    }
}

/// Sets each pull to the sum over the point's neighbours of `affinity * (here - there) / (1 + distance^2)`.
fn attraction(affinities: &Affinities, positions: &[[f32; 2]], pulls: &mut [[f32; 2]]) {
    pulls
        .par_chunks_mut(POINTS)
        .enumerate()
        .for_each(|(chunk, pulls)| {
            for (point, pull) in pulls.iter_mut().enumerate() {
                let row = chunk * POINTS + point;
                let range = affinities.starts[row]..affinities.starts[row + 1];
                let here = positions[row];
                let mut sums = [[0.0_f32; LANES]; 2];
                let columns = affinities.columns[range.clone()].chunks(LANES);
                for (columns, values) in columns.zip(affinities.values[range].chunks(LANES)) {
                    // Lanes beyond the last neighbour stay at distance 0 and add nothing.
                    let (mut x, mut y, mut value) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
                    for (lane, (column, affinity)) in columns.iter().zip(values).enumerate() {
                        let there = positions[*column as usize];
                        x[lane] = here[0] - there[0];
                        y[lane] = here[1] - there[1];
                        value[lane] = *affinity;
                    }
                    for lane in 0..LANES {
                        let kernel = value[lane] / (1.0 + x[lane] * x[lane] + y[lane] * y[lane]);
                        sums[0][lane] += kernel * x[lane];
                        sums[1][lane] += kernel * y[lane];
                    }
                }
                *pull = sums.map(|lanes| lanes.iter().sum());
            }
        });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ring in which each row has its two neighbours.
    fn ring(number: usize) -> Affinities {
        let beside = |row: usize| {
            let mut both = [(row + 1) % number, (row + number - 1) % number].map(|row| row as u32);
            both.sort_unstable();
            both
        };
        Affinities {
            starts: (0..=number).map(|row| 2 * row).collect(),
            columns: (0..number).flat_map(beside).collect(),
            values: vec![0.5 / number as f32; 2 * number],
        }
    }

    fn positions(number: usize) -> Vec<[f32; 2]> {
        let place = |row: usize| {
            [
                (row as f32 * 1.3).sin() * 4.0,
                (row as f32 * 0.7).cos() * 3.0,
            ]
        };
        (0..number).map(place).collect()
    }

    /// With all pairs.
    fn divergence(affinities: &Affinities, positions: &[[f32; 2]]) -> f64 {
        let spread = |here: usize, there: usize| {
            let apart =
                |axis: usize| f64::from(positions[here][axis]) - f64::from(positions[there][axis]);
            1.0 + apart(0).powi(2) + apart(1).powi(2)
        };
        let number = positions.len();
        let pairs = (0..number * number).map(|pair| (pair / number, pair % number));
        let sum: f64 = pairs
            .filter(|(here, there)| here != there)
            .map(|(here, there)| 1.0 / spread(here, there))
            .sum();
        let known = affinities
            .columns
            .iter()
            .zip(&affinities.values)
            .enumerate();
        let parts = known.map(|(place, (column, value))| {
            let value = f64::from(*value);
            value * (value * sum * spread(place / 2, *column as usize)).ln()
        });
        parts.sum()
    }

    #[test]
    fn divergence_is_that_of_all_pairs() {
        let affinities = ring(300);
        let found = Descent::new(&affinities, positions(300))
            .divergence()
            .unwrap();
        let expected = divergence(&affinities, &positions(300));
        assert!((found - expected).abs() < 1e-3, "{found} {expected}");
    }

    #[test]
    fn a_step_follows_the_gradient() {
        let affinities = ring(40);
        let start = positions(40);
        let mut descent = Descent::new(&affinities, start.clone());
        let step = Step {
            learning_rate: 1.0,
            momentum: 0.5,
            exaggeration: 1.0,
        };
        descent.step(step).unwrap();
        for (point, last) in descent.steps.iter().enumerate() {
            for axis in 0..2 {
                let moved = |by: f32| {
                    let mut positions = start.clone();
                    positions[point][axis] += by;
                    divergence(&affinities, &positions)
                };
                let gradient = (moved(1e-2) - moved(-1e-2)) / 2e-2;
                // The first step shrinks the gain to 0.8.
                let error = f64::from(last[axis]) + 0.8 * gradient;
                assert!(error.abs() < 1e-4, "{point}: {} {gradient}", last[axis]);
            }
        }
        assert!(divergence(&affinities, &descent.positions) < divergence(&affinities, &start));
    }

    #[test]
    fn no_numbers_give_no_step() {
        let affinities = ring(3);
        let step = Step {
            learning_rate: 1.0,
            momentum: 0.5,
            exaggeration: 1.0,
        };
        for value in [f32::NAN, f32::INFINITY] {
            let mut descent = Descent::new(&affinities, vec![[0.0, 0.0], [value, 1.0], [2.0, 0.0]]);
            assert!(descent.step(step).is_none() && descent.divergence().is_none());
        }
    }
}
