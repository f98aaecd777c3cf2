//! A small story, for tests.

use image::GrayImage;
use shared::classes::{ClassId, ClassNames};
use shared::drawing::{Drawing, rasterise};
use shared::story::{
    ClassesFrom, Curve, Frame, LossTerm, Made, Measured, Origin, Point, Position, Story,
};

/// The doodles that were drawn for Edgewise, in the order of the classes.
const DRAWINGS: [&str; 10] = [
    include_str!("../../../../shared/drawings/horse.json"),
    include_str!("../../../../shared/drawings/bed.json"),
    include_str!("../../../../shared/drawings/clock.json"),
    include_str!("../../../../shared/drawings/apple.json"),
    include_str!("../../../../shared/drawings/cat.json"),
    include_str!("../../../../shared/drawings/plane.json"),
    include_str!("../../../../shared/drawings/television.json"),
    include_str!("../../../../shared/drawings/dog.json"),
    include_str!("../../../../shared/drawings/dolphin.json"),
    include_str!("../../../../shared/drawings/spider.json"),
];

fn picture(drawing: &str) -> GrayImage {
    let drawing: Drawing = serde_json::from_str(drawing).unwrap();
    rasterise(&drawing)
}

/// A small story: a photo, a doodle and a shown doodle of each class, in two frames.
pub fn story() -> Story {
    let classes = ClassNames::default();
    let count = classes.len() as u8;
    let origins = [Origin::Photo, Origin::Doodle, Origin::Shown];
    let points: Vec<Point> = origins
        .into_iter()
        .flat_map(|origin| (0..count).map(move |class| (origin, ClassId(class))))
        .map(|(origin, class)| Point { origin, class })
        .collect();
    let at = |index: usize, by: u16| -> Position {
        let class = (index % usize::from(count)) as u16;
        [200 + 300 * class + by, 400 + 10 * (index as u16)]
    };
    let frame = |epoch, by| Frame {
        epoch,
        positions: (0..points.len()).map(|index| at(index, by)).collect(),
    };
    Story {
        frames: vec![frame(0, 0), frame(40, 500)],
        pictures: DRAWINGS.map(picture).to_vec(),
        points,
        shipped_map: None,
        curves: vec![
            Curve {
                name: "class_loss".into(),
                values: vec![(0, 2.3), (1, 1.1)],
            },
            Curve {
                name: "doodle_accuracy".into(),
                values: vec![(0, 0.1), (40, 0.87)],
            },
        ],
        measured: Some(Measured {
            confusion: (0..100)
                .map(|cell| if cell % 11 == 0 { 9 } else { 0 })
                .collect(),
            conditions: "doodles with odd ids".into(),
            conditions_zh: None,
        }),
        made: Made {
            run: "test".into(),
            epochs: 41,
            seed: 19,
            variant: "reversal".into(),
            losses: vec![LossTerm {
                name: "domain_loss".into(),
                weight: "0.1".into(),
            }],
            photos: 4500,
            held_out: 500,
            doodles: 10_000,
            doodle_classes: ClassesFrom::Predictions,
            shown_classes: ClassesFrom::Labels,
            shipped: None,
        },
        classes,
    }
}
