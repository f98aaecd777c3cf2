/// Standard normal, by Box and Muller.
pub(crate) fn normal(rng: &mut fastrand::Rng) -> f32 {
    // 1 - [0, 1) is never 0, whose logarithm is infinite.
    let radius = (-2.0 * (1.0 - rng.f32()).ln()).sqrt();
    radius * (std::f32::consts::TAU * rng.f32()).cos()
}
