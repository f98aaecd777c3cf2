//! What a run looks like now, for drawing.

mod boundary;

use burn::tensor::{Device, Tensor};
use serde::Serialize;
use shared::dann::Variant;
use shared::softmax::softmax;

use self::boundary::boundary;
use crate::data::{INPUT_REACH, Point};
use crate::networks::tensor;
use crate::session::Session;

/// The feature plane shows at least so much along each axis, about as much as untrained features cover: where all points have the same
/// features, that is to be seen.
const LEAST_SIDE: f32 = 0.5;

/// A rectangle of a plane.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bounds {
    /// The lower left corner.
    pub least: Point,
    /// The upper right corner.
    pub greatest: Point,
}

/// Values over a rectangle: rows from the lowest to the highest y, in each from the lowest to the highest x, at the cells'
/// centres.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Grid {
    /// What it covers.
    pub bounds: Bounds,
    /// Cells along each side.
    pub side: usize,
    /// Values of a cell: one probability for each class, or one alone.
    pub depth: usize,
    /// `side * side * depth` values, 0 to 1.
    pub values: Vec<f32>,
}

/// The gradients at a point in the feature plane. Descent moves a point against what it is given.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Arrow {
    /// Of D's loss of this point, with respect to its features: against it, D's verdict becomes better.
    pub gradient: Point,
    /// What F is given instead: minus lambda times the gradient, or lambda times that of the confusion loss; 0 without
    /// adaptation.
    pub received: Point,
}

/// A run as it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct View {
    /// Source points in the feature plane.
    pub source: Vec<Point>,
    /// Target points in the feature plane.
    pub target: Vec<Point>,
    /// One for each source point, then one for each target point.
    pub arrows: Vec<Arrow>,
    /// Probability of each class over the input plane.
    pub classes: Grid,
    /// D's probability of the source over the feature plane.
    pub domains: Grid,
    /// Where the class that C predicts changes over the feature plane, as line segments.
    pub boundary: Vec<[Point; 2]>,
}

impl Session {
    /// What the run looks like now, with grids of `side` cells along each side, 1 to 256.
    pub fn view(&self, side: usize) -> View {
        let side = side.clamp(1, 256);
        let networks = self.networks.for_inference();
        let points = [&self.data.source[..], &self.data.target].concat();
        let features = networks.features(&points);
        let input = Bounds {
            least: [-INPUT_REACH; 2],
            greatest: [INPUT_REACH; 2],
        };
        let plane = Bounds::around(&features);
        let classes = networks.classes(&networks.features(&input.cells(side)));
        let centres = plane.cells(side);
        let domains = networks.domain_logits(&centres);
        let boundary = boundary(&centres, side, &networks.classes(&centres));
        let source = self.data.source.len();
        View {
            arrows: self.arrows(&features),
            source: features[..source].to_vec(),
            target: features[source..].to_vec(),
            classes: Grid {
                bounds: input,
                side,
                depth: self.data.classes,
                values: classes.into_iter().flat_map(probabilities).collect(),
            },
            domains: Grid {
                bounds: plane,
                side,
                depth: 1,
                values: domains.into_iter().map(sigmoid).collect(),
            },
            boundary,
        }
    }

    /// D's loss of a point with logit z is ln(1 + exp(-z)) in the source and ln(1 + exp(z)) in the target, the confusion loss
    /// half their sum: their slopes are known, and only that of z has to be computed.
    fn arrows(&self, features: &[Point]) -> Vec<Arrow> {
        let slopes = self.networks.domain_slopes(features, &self.device);
        let lambda = self.settings.lambda_at(self.steps()) as f32;
        let source = self.data.source.len();
        let arrow = |(index, (logit, slope)): (usize, (f32, Point))| {
            let probability = sigmoid(logit);
            let label = if index < source { 1.0 } else { 0.0 };
            let received = match self.settings.variant {
                Variant::TwoStep | Variant::Reversal => -lambda * (probability - label),
                Variant::Confusion => lambda * (probability - 0.5),
                Variant::SourceOnly => 0.0,
            };
            Arrow {
                gradient: slope.map(|value| (probability - label) * value),
                received: slope.map(|value| received * value),
            }
        };
        slopes.into_iter().enumerate().map(arrow).collect()
    }
}

impl Bounds {
    /// A square around points, with a margin.
    fn around(points: &[Point]) -> Self {
        let extreme = |axis: usize, pick: fn(f32, f32) -> f32, start: f32| {
            points.iter().map(|point| point[axis]).fold(start, pick)
        };
        let low = [0, 1].map(|axis| extreme(axis, f32::min, f32::INFINITY));
        let high = [0, 1].map(|axis| extreme(axis, f32::max, f32::NEG_INFINITY));
        let reach = (high[0] - low[0]).max(high[1] - low[1]).max(LEAST_SIDE) * 0.55;
        let middle = [0, 1].map(|axis| (low[axis] + high[axis]) / 2.0);
        Self {
            least: middle.map(|value| value - reach),
            greatest: middle.map(|value| value + reach),
        }
    }

    /// The centres of `side * side` cells, in a grid's order.
    fn cells(&self, side: usize) -> Vec<Point> {
        let at = |axis: usize, index: usize| {
            let share = (index as f32 + 0.5) / side as f32;
            self.least[axis] + (self.greatest[axis] - self.least[axis]) * share
        };
        let cells = (0..side).flat_map(|row| (0..side).map(move |column| (row, column)));
        cells
            .map(|(row, column)| [at(0, column), at(1, row)])
            .collect()
    }
}

fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

fn probabilities(mut logits: Vec<f32>) -> Vec<f32> {
    softmax(&mut logits);
    logits
}

impl crate::networks::Networks {
    /// For each point of the feature plane D's logit, and its slope there.
    fn domain_slopes(&self, features: &[Point], device: &Device) -> Vec<(f32, Point)> {
        let features: Tensor<2> = tensor(features, device).require_grad();
        let logits = self.domain.forward(features.clone()).squeeze_dim::<1>(1);
        let gradients = logits.clone().sum().backward();
        let slopes = features.grad(&gradients);
        let slopes: Vec<f32> =
            slopes.map_or_else(Vec::new, |slopes| slopes.into_data().iter().collect());
        let logits = logits.into_data();
        let slopes = slopes.chunks_exact(2).map(|slope| [slope[0], slope[1]]);
        logits.iter::<f32>().zip(slopes).collect()
    }
}

#[cfg(test)]
mod tests;
