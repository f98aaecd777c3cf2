//! One stored doodle for each of the default classes, drawn for Edgewise in a box of 256 by 256.

use shared::classes::ClassNames;
use shared::drawing::Drawing;

/// The ten doodles with their classes' names, in the order of the default classes.
///
/// # Panics
/// When a file is damaged.
pub fn drawings() -> Vec<(String, Drawing)> {
    let files = [
        include_str!("../../shared/drawings/horse.json"),
        include_str!("../../shared/drawings/bed.json"),
        include_str!("../../shared/drawings/clock.json"),
        include_str!("../../shared/drawings/apple.json"),
        include_str!("../../shared/drawings/cat.json"),
        include_str!("../../shared/drawings/plane.json"),
        include_str!("../../shared/drawings/television.json"),
        include_str!("../../shared/drawings/dog.json"),
        include_str!("../../shared/drawings/dolphin.json"),
        include_str!("../../shared/drawings/spider.json"),
    ];
    ClassNames::default()
        .names()
        .iter()
        .zip(files)
        .map(|(class, file)| {
            let drawing = serde_json::from_str(file)
                .unwrap_or_else(|error| panic!("shared/drawings/{class}.json: {error}"));
            (class.clone(), drawing)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use shared::drawing::rasterise;

    use super::*;

    #[test]
    fn every_class_has_a_doodle_in_its_box() {
        let drawings = drawings();
        assert_eq!(drawings.len(), ClassNames::default().len());
        for (class, drawing) in drawings {
            let points: Vec<_> = drawing
                .strokes()
                .iter()
                .flat_map(|stroke| stroke.points())
                .collect();
            let in_box = |place: f32| (0.0..=255.0).contains(&place);
            assert!(
                points
                    .iter()
                    .all(|point| in_box(point.x) && in_box(point.y)),
                "{class}"
            );
            assert!(
                rasterise(&drawing)
                    .iter()
                    .filter(|&&level| level > 127)
                    .count()
                    > 50,
                "{class}"
            );
        }
    }
}
