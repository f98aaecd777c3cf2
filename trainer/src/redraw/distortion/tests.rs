use proptest::prelude::*;

use super::*;

fn house() -> Drawing {
    let walls = [
        (0.0, 255.0),
        (0.0, 90.0),
        (200.0, 90.0),
        (200.0, 255.0),
        (0.0, 255.0),
    ];
    let roof = [(0.0, 90.0), (100.0, 0.0), (200.0, 90.0)];
    [&walls[..], &roof[..]]
        .iter()
        .map(|way| Stroke::from(way.iter().copied().map(Point::from).collect::<Way>()))
        .collect()
}

fn sides(drawing: &Drawing) -> (f32, f32) {
    let side = |of: fn(&Point) -> f32| {
        let places = || drawing.strokes().iter().flat_map(Stroke::points).map(of);
        places().fold(f32::MIN, f32::max) - places().fold(f32::MAX, f32::min)
    };
    (side(|point| point.x), side(|point| point.y))
}

#[test]
fn the_same_seed_is_the_same_drawing() {
    for distortion in Distortion::ALL {
        let bitmap = |seed| distortion.bitmap(&house(), seed);
        assert_eq!(bitmap(7), bitmap(7), "{distortion:?}");
    }
    for distortion in [Distortion::Shaky, Distortion::Unclosed, Distortion::Twice] {
        let drawing = |seed| distortion.drawing(&house(), seed);
        assert_ne!(drawing(1), drawing(2), "{distortion:?}");
    }
}

#[test]
fn place_and_size_make_no_difference() {
    let bitmap = rasterise(&house());
    let furthest = |other: GrayImage| {
        let pairs = bitmap.iter().zip(other.iter());
        pairs.map(|(a, b)| a.abs_diff(*b)).max().unwrap()
    };
    let tiny = moved(&house(), |x, y| (x / 10.0 + 400.0, y / 10.0 + 3.0));
    assert!(furthest(rasterise(&tiny)) <= 2);
    assert!(furthest(Distortion::OffCentre.bitmap(&house(), 0)) <= 2);
    // As coarse as the screen's pixels, each of which is 5 units of the box.
    assert!(furthest(Distortion::Small.bitmap(&house(), 0)) <= 90);
}

#[test]
fn shapes_change_as_they_are_said_to() {
    let (wide, high) = sides(&Distortion::Stretched.drawing(&house(), 3));
    assert!((wide - 260.0).abs() < 0.1 && high == 255.0 || (high - 331.5).abs() < 0.1);
    let (wide, _) = sides(&Distortion::Small.drawing(&house(), 3));
    assert!((wide - 40.0).abs() <= 1.0, "{wide}");
    let mirrored = Distortion::Mirrored;
    assert_eq!(mirrored.drawing(&mirrored.drawing(&house(), 1), 1), house());
    let lengths = |distortion: Distortion| -> Vec<usize> {
        let drawing = distortion.drawing(&house(), 5);
        drawing
            .strokes()
            .iter()
            .map(|stroke| stroke.points().len())
            .collect()
    };
    assert_eq!(lengths(Distortion::Fast), [20, 8]);
    assert_eq!(lengths(Distortion::Twice), [5, 3, 5, 3]);
    let open = Distortion::Unclosed.drawing(&house(), 5);
    let points = open.strokes()[0].points();
    assert_ne!(points.first(), points.last());
}

#[test]
fn pens_are_thick_and_thin() {
    let ink = |distortion: Distortion| -> u32 {
        let bitmap = distortion.bitmap(&house(), 0);
        bitmap.iter().map(|level| u32::from(*level)).sum()
    };
    assert!(ink(Distortion::Thin) * 3 < ink(Distortion::None) * 2);
    assert!(ink(Distortion::Thick) * 2 > ink(Distortion::None) * 3);
}

proptest! {
    #[test]
    fn any_drawing_can_be_distorted(
        strokes in prop::collection::vec(prop::collection::vec((-50.0..300.0_f32, -50.0..300.0_f32), 0..6), 0..4),
        seed: u64,
    ) {
        let drawing: Drawing = strokes
            .iter()
            .map(|way| Stroke::from(way.iter().copied().map(Point::from).collect::<Way>()))
            .collect();
        for distortion in Distortion::ALL {
            let distorted = distortion.drawing(&drawing, seed);
            prop_assert_eq!(distorted.is_empty(), drawing.is_empty());
            for point in distorted.strokes().iter().flat_map(Stroke::points) {
                prop_assert!(point.x.is_finite() && point.y.is_finite());
            }
        }
    }
}
