use super::Point;

/// How far apart two clouds of points lie, 0 to 2 for as many points in both, more where their numbers differ: the distance between
/// their means, divided by the root mean square distance of all points from the mean of both. It is 0 where the means are the same, and nearly 2 for two clouds of the same size whose own extent does not
/// count beside the distance between them. 0 where there are no points or all are the same.
pub fn separation(one: &[Point], other: &[Point]) -> f32 {
    let mean = |points: &[Point]| {
        let count = points.len().max(1) as f32;
        [0, 1].map(|axis| points.iter().map(|point| point[axis]).sum::<f32>() / count)
    };
    let distance = |[x, y]: Point, [a, b]: Point| (x - a).hypot(y - b);
    let all = [one, other].concat();
    let middle = mean(&all);
    let squares = all.iter().map(|point| distance(*point, middle).powi(2));
    let spread = (squares.sum::<f32>() / all.len().max(1) as f32).sqrt();
    let apart = distance(mean(one), mean(other));
    if spread > 0.0 { apart / spread } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clouds_in_one_place_are_not_apart_and_distant_ones_are_by_two() {
        let cloud = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]];
        assert_eq!(separation(&cloud, &cloud), 0.0);
        let far = cloud.map(|[x, y]| [x + 1000.0, y]);
        assert!((separation(&cloud, &far) - 2.0).abs() < 1e-3);
        let near = cloud.map(|[x, y]| [x + 1.0, y]);
        assert!((0.5..1.5).contains(&separation(&cloud, &near)));
        assert_eq!(separation(&[], &[]), 0.0);
        assert_eq!(separation(&[[3.0, 3.0]], &[[3.0, 3.0]]), 0.0);
    }
}
