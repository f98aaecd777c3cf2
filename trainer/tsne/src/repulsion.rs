//! How points push each other apart.
//!
//! The sums over all pairs are a convolution with a smooth kernel, so they are interpolated from a grid, as in G. C. Linderman et
//! al.: "Fast interpolation-based t-SNE for improved visualization of single-cell RNA-seq data", Nature Methods 16 (2019). With
//! splines that have slopes, one convolution gives both the forces (the slopes of the field) and their scale (the field itself).

use rayon::prelude::*;

use super::field::Field;
use super::pairs;
use super::spline::{ORDER, weights};

/// Between the grid's nodes, in the embedding's units. The kernel changes over a length of 1.
const SPACING: f32 = 0.3;
/// Nodes beyond the points along each axis: the splines extend that far, and the kernel's edge, which is not smooth, is outside.
const MARGIN: usize = 12;
/// Sizes of the grid are multiples of this.
const MULTIPLE: usize = 8;
/// Nodes of the grid along each axis, at most. An embedding wider than 600 units gets twice the spacing, or more: less exact forces.
const NODES: usize = 2048;
/// Up to this number of points all pairs are summed, which is as fast and exact.
const PAIRS: usize = 512;
/// Points that are worked on at once; sums run within these and then over them, whatever the threads.
const POINTS: usize = 256;

/// An embedding wider than this many units has diverged.
const WIDEST: f32 = 1e6;
/// An embedding that needs a wider spacing than this has diverged too: the kernel would fall between the nodes.
const COARSEST: f32 = 5.0;
/// The least sum: it is divided by.
const LEAST: f64 = 1e-30;

/// Computes the repulsive forces of an embedding.
#[derive(Default)]
pub(super) struct Repulsion {
    field: Option<Field>,
    grid: Vec<f32>,
}

impl Repulsion {
    /// Sets each force to the sum over the other points of `(here - there) / (1 + distance^2)^2`, but for a small push that all
    /// points share and that does not change the embedding. Returns the sum over all ordered pairs of points of `1 / (1 + distance^2)`,
    /// or nothing where the embedding has grown beyond bounds.
    pub(super) fn forces(
        &mut self,
        positions: &[[f32; 2]],
        forces: &mut [[f32; 2]],
    ) -> Option<f64> {
        let (low, extent) = extent(positions)?;
        if positions.len() <= PAIRS {
            let sum = pairs::forces(positions, forces);
            return Some(sum.max(LEAST));
        }
        let widest = extent[0].max(extent[1]);
        let mut spacing = SPACING;
        // Twofold, so that a growing embedding is not given a new field at each step.
        while widest / spacing > (NODES - MARGIN - 1) as f32 {
            spacing *= 2.0;
        }
        if spacing > COARSEST {
            return None;
        }
        let needed = extent.map(|extent| (extent / spacing) as usize + 1 + MARGIN);
        let field = match self.field.take() {
            Some(field) if serves(&field, needed, spacing) => field,
            _ => Field::new(needed.map(grid_size), spacing),
        };
        let field = self.field.insert(field);
        let [width, height] = field.size;
        self.grid.clear();
        self.grid.resize(width * height, 0.0);
        // The first node and the distance beyond it.
        let locate = |position: [f32; 2]| {
            let places = [0, 1].map(|axis| (position[axis] - low[axis]) / spacing);
            let nodes = places.map(|place| place as usize);
            let start = nodes[1] * width + nodes[0];
            let [x, y] = [0, 1].map(|axis| weights(places[axis] - nodes[axis] as f32));
            (start, x, y)
        };
        for position in positions {
            let (start, x, y) = locate(*position);
            for (row, along_y) in y.values.iter().enumerate() {
                let nodes = &mut self.grid[start + row * width..][..ORDER];
                for (node, along_x) in nodes.iter_mut().zip(x.values) {
                    *node += along_x * along_y;
                }
            }
        }
        field.convolve(&mut self.grid);
        let grid = &self.grid;
        let sums: Vec<f64> = forces
            .par_chunks_mut(POINTS)
            .zip(positions.par_chunks(POINTS))
            .map(|(forces, positions)| {
                let mut sum = 0.0;
                for (force, position) in forces.iter_mut().zip(positions) {
                    let (start, x, y) = locate(*position);
                    let (mut value, mut slopes) = (0.0, [0.0; 2]);
                    for row in 0..ORDER {
                        let nodes = &grid[start + row * width..][..ORDER];
                        let (mut along, mut slope) = (0.0, 0.0);
                        for ((node, value_x), slope_x) in nodes.iter().zip(x.values).zip(x.slopes) {
                            along += node * value_x;
                            slope += node * slope_x;
                        }
                        value += along * y.values[row];
                        slopes[0] += slope * y.values[row];
                        slopes[1] += along * y.slopes[row];
                    }
                    *force = slopes.map(|slope| slope * (-0.5 / spacing));
                    sum += f64::from(value);
                }
                sum
            })
            .collect();
        // Each point's own part of the field is 1.
        let sum = sums.iter().sum::<f64>() - positions.len() as f64;
        Some(sum.max(LEAST))
    }
}

/// The least coordinates and how far the others go beyond, if those are numbers and not too large.
fn extent(positions: &[[f32; 2]]) -> Option<([f32; 2], [f32; 2])> {
    let mut low = [f32::INFINITY; 2];
    let mut high = [f32::NEG_INFINITY; 2];
    let mut are_finite = true;
    for position in positions {
        for axis in 0..2 {
            low[axis] = low[axis].min(position[axis]);
            high[axis] = high[axis].max(position[axis]);
            are_finite &= position[axis].is_finite();
        }
    }
    let extent = [high[0] - low[0], high[1] - low[1]];
    let is_map = are_finite && extent.iter().all(|extent| *extent <= WIDEST);
    is_map.then_some((low, extent))
}

/// Whether the field is large enough, and not so large that it takes twice the time.
fn serves(field: &Field, needed: [usize; 2], spacing: f32) -> bool {
    let nodes = |size: [usize; 2]| size[0] * size[1];
    field.spacing == spacing
        && needed
            .iter()
            .zip(field.size)
            .all(|(needed, size)| *needed <= size)
        && nodes(field.size) <= 2 * nodes(needed.map(grid_size))
}

/// The least size that takes so many nodes and whose transforms are fast.
fn grid_size(needed: usize) -> usize {
    (needed.div_ceil(MULTIPLE)..)
        .find(|multiple| {
            let mut rest = *multiple;
            for factor in [2, 3, 5] {
                while rest.is_multiple_of(factor) {
                    rest /= factor;
                }
            }
            rest == 1
        })
        .map_or(needed, |multiple| multiple * MULTIPLE)
}

#[cfg(test)]
mod tests {
    use rand::rngs::ChaCha8Rng;
    use rand::{RngExt, SeedableRng};

    use super::*;

    /// The same with all pairs.
    fn exact(positions: &[[f32; 2]]) -> (Vec<[f64; 2]>, f64) {
        let mut sum = 0.0;
        let forces = positions.iter().enumerate().map(|(here, [x, y])| {
            let mut force = [0.0; 2];
            for (there, other) in positions.iter().enumerate() {
                let (x, y) = (f64::from(x - other[0]), f64::from(y - other[1]));
                let kernel = 1.0 / (1.0 + x * x + y * y);
                sum += if here == there { 0.0 } else { kernel };
                force[0] += kernel * kernel * x;
                force[1] += kernel * kernel * y;
            }
            force
        });
        (forces.collect(), sum)
    }

    fn norm(forces: impl Iterator<Item = [f64; 2]>) -> f64 {
        forces.map(|[x, y]| x * x + y * y).sum::<f64>().sqrt()
    }

    /// The error of the forces but for what they share, and of the sum, each relative.
    fn errors(positions: &[[f32; 2]]) -> (f64, f64) {
        let mut forces = vec![[0.0; 2]; positions.len()];
        let sum = Repulsion::default().forces(positions, &mut forces).unwrap();
        let (exact, exact_sum) = exact(positions);
        let differences = [0, 1].map(|axis| {
            let pairs = forces.iter().zip(&exact);
            pairs
                .map(|(force, exact)| f64::from(force[axis]) - exact[axis])
                .collect::<Vec<f64>>()
        });
        let shared = differences
            .each_ref()
            .map(|all| all.iter().sum::<f64>() / all.len() as f64);
        let left = differences[0]
            .iter()
            .zip(&differences[1])
            .map(|(x, y)| [x - shared[0], y - shared[1]]);
        (
            norm(left) / norm(exact.iter().copied()),
            (sum / exact_sum - 1.0).abs(),
        )
    }

    fn cloud(number: usize, width: f32) -> Vec<[f32; 2]> {
        let mut random = ChaCha8Rng::seed_from_u64(9);
        let mut normal = || {
            (0..6)
                .map(|_| random.random_range(-0.5..0.5_f32))
                .sum::<f32>()
                * width
        };
        (0..number).map(|_| [normal(), 0.6 * normal()]).collect()
    }

    #[test]
    fn near_the_exact_forces() {
        for width in [0.01, 0.1, 1.0, 5.0, 40.0] {
            let (forces, sum) = errors(&cloud(1000, width));
            assert!(forces < 1e-2 && sum < 1e-3, "{width}: {forces:e}, {sum:e}");
        }
    }

    #[test]
    fn far_apart_and_too_far() {
        let mut repulsion = Repulsion::default();
        let mut far_apart = |far: f32, number: usize| {
            let mut positions = vec![[0.0, 0.0]; number];
            positions[0] = [far, 0.01 * -far];
            let mut forces = vec![[0.0; 2]; number];
            let sum = repulsion.forces(&positions, &mut forces);
            assert!(forces.iter().flatten().all(|force| force.is_finite()));
            sum.filter(|sum| sum.is_finite() && *sum > 0.0)
        };
        assert!(far_apart(3e3, PAIRS + 1).is_some() && far_apart(3e4, PAIRS + 1).is_none());
        assert!(far_apart(9e5, PAIRS).is_some() && far_apart(2e6, PAIRS).is_none());
        assert!(far_apart(f32::NAN, 2).is_none() && far_apart(f32::INFINITY, 2).is_none());
    }

    #[test]
    fn the_grid_follows_the_embedding() {
        let mut repulsion = Repulsion::default();
        let mut forces = vec![[0.0; 2]; 600];
        for width in [1.0, 30.0, 20.0, 0.1] {
            let cloud = cloud(600, width);
            let sum = repulsion.forces(&cloud, &mut forces).unwrap();
            let (_, exact) = exact(&cloud);
            assert!((sum / exact - 1.0).abs() < 1e-3, "{width}: {sum} {exact}");
        }
        assert_eq!([1, 8, 9, 97, 105].map(grid_size), [8, 8, 16, 120, 120]);
    }
}
