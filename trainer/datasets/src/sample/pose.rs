//! How a whole figure is turned and stretched.

use rand::RngExt;
use rand::rngs::ChaCha8Rng;

use super::position::{Position, direction, within};

/// A linear map about the middle of the figure's box.
pub(super) struct Pose([[f32; 2]; 2]);

impl Pose {
    /// A mirror one time in two, then a stretch within 1 +- `stretch` each way, a slant within half of that, and a turn
    /// within `turns` full turns.
    pub fn draw(turns: f32, stretch: f32, random: &mut ChaCha8Rng) -> Self {
        let (cos, sin) = direction(within(random, turns));
        let wide = 1.0 + within(random, stretch);
        let high = 1.0 + within(random, stretch);
        let slant = within(random, stretch / 2.0);
        let wide = if random.random_bool(0.5) { -wide } else { wide };
        Self([
            [cos * wide, cos * slant - sin * high],
            [sin * wide, sin * slant + cos * high],
        ])
    }

    pub fn apply(&self, (x, y): Position) -> Position {
        let (x, y) = (x - 50.0, y - 50.0);
        let [right, down] = self.0;
        (
            right[0] * x + right[1] * y + 50.0,
            down[0] * x + down[1] * y + 50.0,
        )
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn poses_keep_the_middle_and_mirror_half_of_the_time() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let poses: Vec<Pose> = (0..200)
            .map(|_| Pose::draw(0.05, 0.1, &mut random))
            .collect();
        assert!(
            poses
                .iter()
                .all(|pose| pose.apply((50.0, 50.0)) == (50.0, 50.0))
        );
        let mirrored = poses
            .iter()
            .filter(|pose| pose.apply((60.0, 50.0)).0 < 50.0)
            .count();
        assert!((60..140).contains(&mirrored), "{mirrored}");
    }
}
