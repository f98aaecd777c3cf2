//! Cardinal B-splines, with which points are spread over a grid and read from it, as in U. Essmann et al.: "A smooth particle
//! mesh Ewald method", J. Chem. Phys. 103 (1995).

/// Nodes that a point touches along each axis: one more than the splines' degree. Even, so that the splines are centred on nodes.
pub(super) const ORDER: usize = 6;

/// The splines' values and slopes at a point, for the `ORDER` nodes around it.
pub(super) struct Weights {
    pub(super) values: [f32; ORDER],
    /// By the place in units of the grid's spacing.
    pub(super) slopes: [f32; ORDER],
}

/// For a point that is `after` (0 to 1) of the spacing beyond its middle nodes' first.
pub(super) fn weights(after: f32) -> Weights {
    let mut values = [0.0; ORDER];
    values[0] = 1.0 - after;
    values[1] = after;
    for order in 3..ORDER {
        raise(&mut values, after, order);
    }
    let slopes = std::array::from_fn(|node| {
        let before = if node > 0 { values[node - 1] } else { 0.0 };
        before - values[node]
    });
    raise(&mut values, after, ORDER);
    Weights { values, slopes }
}

/// From the splines of one order less.
fn raise(values: &mut [f32; ORDER], after: f32, order: usize) {
    let scale = 1.0 / (order - 1) as f32;
    values[order - 1] = scale * after * values[order - 2];
    for node in (1..order - 1).rev() {
        let beyond = (order - 1 - node) as f32;
        values[node] = scale
            * ((after + beyond) * values[node - 1] + (1.0 + node as f32 - after) * values[node]);
    }
    values[0] *= scale * (1.0 - after);
}

/// What spreading over the nodes does to each frequency of a grid of `size`: the Fourier transform of the spline at the nodes.
pub(super) fn response(size: usize) -> Vec<f64> {
    let at_nodes = weights(0.0).values;
    (0..size)
        .map(|frequency| {
            let turn = std::f64::consts::TAU * frequency as f64 / size as f64;
            let terms = at_nodes.iter().enumerate().map(|(node, value)| {
                f64::from(*value) * (turn * (node as f64 - (ORDER / 2 - 1) as f64)).cos()
            });
            terms.sum()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_sum_to_one_and_slopes_are_their_derivatives() {
        for step in 0..=20 {
            let after = step as f32 / 20.0;
            let here = weights(after);
            assert!((here.values.iter().sum::<f32>() - 1.0).abs() < 1e-6);
            let (less, more) = (weights(after - 1e-2), weights(after + 1e-2));
            for node in 0..ORDER {
                let slope = (more.values[node] - less.values[node]) / 2e-2;
                assert!((slope - here.slopes[node]).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn the_quintic_spline_at_its_nodes() {
        let values = weights(0.0).values;
        for (value, expected) in values.iter().zip([1.0, 26.0, 66.0, 26.0, 1.0, 0.0]) {
            assert!((value * 120.0 - expected).abs() < 1e-4, "{values:?}");
        }
        let response = response(4);
        for (value, expected) in response.iter().zip([120.0, 64.0, 16.0, 64.0]) {
            assert!((value * 120.0 - expected).abs() < 1e-4, "{response:?}");
        }
    }
}
