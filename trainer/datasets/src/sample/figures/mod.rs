//! Each class as a small figure in a random pose, facing right where it has a face. Later parts hide earlier ones.

mod animals;
mod things;

use rand::rngs::ChaCha8Rng;

use super::part::Part;

/// How the figures of the default classes are made, in the order of the classes.
pub(super) const FIGURES: [fn(&mut ChaCha8Rng) -> Vec<Part>; 10] = [
    animals::horse,
    things::bed,
    things::clock,
    things::apple,
    animals::cat,
    things::plane,
    things::television,
    animals::dog,
    animals::dolphin,
    animals::spider,
];

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use shared::classes::ClassNames;

    use super::*;

    #[test]
    fn every_class_has_a_figure_in_its_box() {
        assert_eq!(FIGURES.len(), ClassNames::default().len());
        let mut random = ChaCha8Rng::seed_from_u64(1);
        for (class, figure) in FIGURES.iter().enumerate() {
            for _ in 0..50 {
                let parts = figure(&mut random);
                assert!(parts.iter().any(|part| !part.is_spare));
                for (x, y) in parts.iter().flat_map(|part| part.outline(|place| place)) {
                    let in_box = |at: f32| (-15.0..=115.0).contains(&at);
                    assert!(in_box(x) && in_box(y), "class {class}: {x}, {y}");
                }
            }
        }
    }
}
