//! Repulsion with all pairs, for few points.

use rayon::prelude::*;

/// Points that are worked on at once; sums run within these and then over them, whatever the threads.
const POINTS: usize = 32;
/// Others whose pushes are worked out side by side.
const LANES: usize = 8;

/// Sets each force to the sum over the other points of `(here - there) / (1 + distance^2)^2`. Returns the sum over all ordered
/// pairs of points of `1 / (1 + distance^2)`.
pub(super) fn forces(positions: &[[f32; 2]], forces: &mut [[f32; 2]]) -> f64 {
    let sums: Vec<f64> = forces
        .par_chunks_mut(POINTS)
        .zip(positions.par_chunks(POINTS))
        .enumerate()
        .map(|(chunk, (forces, here))| {
            let mut sum = 0.0;
            for (point, (force, here)) in forces.iter_mut().zip(here).enumerate() {
                // Without the point itself, beside which the part of points far away would be lost in rounding.
                let (before, after) = positions.split_at(chunk * POINTS + point);
                let (first, second) = (pushes(*here, before), pushes(*here, &after[1..]));
                *force = [first[0] + second[0], first[1] + second[1]];
                sum += f64::from(first[2]) + f64::from(second[2]);
            }
            sum
        })
        .collect();
    sums.iter().sum()
}

/// The force from these others, and the sum of `1 / (1 + distance^2)`.
fn pushes(here: [f32; 2], others: &[[f32; 2]]) -> [f32; 3] {
    let mut sums = [[0.0; LANES]; 3];
    let mut push = |lane: usize, there: &[f32; 2]| {
        let (x, y) = (here[0] - there[0], here[1] - there[1]);
        let kernel = 1.0 / (1.0 + x * x + y * y);
        sums[0][lane] += kernel * kernel * x;
        sums[1][lane] += kernel * kernel * y;
        sums[2][lane] += kernel;
    };
    let (others, rest) = others.as_chunks::<LANES>();
    for others in others {
        for (lane, there) in others.iter().enumerate() {
            push(lane, there);
        }
    }
    for (lane, there) in rest.iter().enumerate() {
        push(lane, there);
    }
    sums.map(|lanes| lanes.iter().sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_by_hand() {
        let mut found = [[0.0; 2]; 2];
        let sum = forces(&[[0.0, 0.0], [1.0, 2.0]], &mut found);
        assert!((sum - 2.0 / 6.0).abs() < 1e-7);
        for (value, expected) in found.iter().flatten().zip([-1.0, -2.0, 1.0, 2.0]) {
            assert!((value * 36.0 - expected).abs() < 1e-6);
        }
    }

    #[test]
    fn every_pair_counts_once_each_way() {
        let mut found = [[0.0; 2]; 77];
        assert_eq!(forces(&[[3.0, 4.0]; 77], &mut found), 77.0 * 76.0);
        assert_eq!(found, [[0.0; 2]; 77]);
    }
}
