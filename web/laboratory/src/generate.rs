//! The points that settings describe.

use crate::data::DataSet;
use crate::settings::{Checked, Drawn};

impl DataSet {
    /// The points that settings describe. Their draw depends on the seed alone: with another noise or change of domain each
    /// point moves, and none is drawn anew.
    pub fn new(settings: &Checked) -> Self {
        let mut rng = fastrand::Rng::with_seed(u64::from(settings.seed));
        match &settings.drawn {
            Some(drawn) => Self::from_drawn(drawn),
            None => settings.scene.draw(
                usize::from(settings.points),
                settings.change,
                settings.noise,
                settings.share,
                &mut rng,
            ),
        }
    }

    fn from_drawn(drawn: &Drawn) -> Self {
        Self {
            classes: drawn.classes(),
            source: drawn.source.iter().map(|point| point.at).collect(),
            source_labels: drawn
                .source
                .iter()
                .filter_map(|point| point.class)
                .collect(),
            target: drawn.target.iter().map(|point| point.at).collect(),
            target_labels: drawn.target.iter().map(|point| point.class).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Scene;
    use crate::settings::Settings;

    fn data(settings: Settings) -> DataSet {
        DataSet::new(&settings.check().unwrap())
    }

    fn scene(scene: Scene) -> Settings {
        Settings {
            scene,
            change: scene.default_change(),
            ..Settings::default()
        }
    }

    #[test]
    fn every_scene_has_as_many_points_of_each_class_within_sight() {
        for one in Scene::ALL {
            let data = data(scene(one));
            assert_eq!((data.source.len(), data.target.len()), (200, 200));
            assert_eq!(data.classes, one.classes());
            for class in 0..data.classes as u8 {
                let source = data.source_labels.iter().filter(|label| **label == class);
                let target = data
                    .target_labels
                    .iter()
                    .filter(|label| **label == Some(class));
                for count in [source.count(), target.count()] {
                    assert!(count.abs_diff(200 / data.classes) <= 1, "{one:?}: {count}");
                }
            }
            for value in data.source.iter().chain(&data.target).flatten() {
                assert!(value.abs() < 1.4, "{one:?}: {value}");
            }
        }
    }

    #[test]
    fn noise_and_change_move_points_and_draw_none_anew() {
        let still = |noise, change| {
            data(Settings {
                noise,
                change,
                ..Settings::default()
            })
        };
        let (one, other) = (still(0.0, 0.0), still(0.1, 0.0));
        assert_ne!(one, other);
        for (one, other) in one.source.iter().zip(&other.source) {
            assert!((0..2).all(|axis| (one[axis] - other[axis]).abs() < 0.6));
        }
        // A quarter turn takes (x, y) to (-y, x).
        let turned = still(0.1, 90.0);
        for ([x, y], [a, b]) in other.target.iter().zip(&turned.target) {
            assert!((a + y).abs() < 1e-6 && (b - x).abs() < 1e-6);
        }
        assert_eq!(other.source, turned.source);
    }

    #[test]
    fn the_first_class_has_its_share_of_the_target_alone() {
        for one in [Scene::Moons, Scene::Three] {
            let data = data(Settings {
                share: Some(0.9),
                ..scene(one)
            });
            let first = data.target_labels.iter().filter(|label| **label == Some(0));
            assert_eq!(first.count(), 180);
            let source = data.source_labels.iter().filter(|label| **label == 0);
            assert!(source.count() <= 100);
        }
    }

    #[test]
    fn exchanged_classes_lie_where_the_other_class_was() {
        let data = data(scene(Scene::Swapped));
        for (point, label) in data.target.iter().zip(&data.target_labels) {
            assert_eq!(point[1] < 0.0, *label == Some(0), "{point:?}");
        }
        for (point, label) in data.source.iter().zip(&data.source_labels) {
            assert_eq!(point[1] > 0.0, *label == 0, "{point:?}");
        }
    }
}
