use proptest::prelude::*;

use super::super::examples::drawing;
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
    drawing(&[&walls, &roof])
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
    for perturbation in Perturbation::ALL {
        let bitmap = |seed| perturbation.bitmap(&house(), seed);
        assert_eq!(bitmap(7), bitmap(7), "{perturbation:?}");
    }
    for perturbation in [
        Perturbation::Shaky,
        Perturbation::Unclosed,
        Perturbation::Twice,
    ] {
        let drawing = |seed| perturbation.drawing(&house(), seed);
        assert_ne!(drawing(1), drawing(2), "{perturbation:?}");
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
    assert!(furthest(Perturbation::OffCentre.bitmap(&house(), 0)) <= 2);
    // As coarse as the screen's pixels, each of which is 5 units of the box.
    assert!(furthest(Perturbation::Small.bitmap(&house(), 0)) <= 90);
}

#[test]
fn shapes_change_as_documented() {
    let (wide, high) = sides(&Perturbation::Stretched.drawing(&house(), 3));
    assert!((wide - 260.0).abs() < 0.1 && high == 255.0 || (high - 331.5).abs() < 0.1);
    let (wide, _) = sides(&Perturbation::Small.drawing(&house(), 3));
    assert!((wide - 40.0).abs() <= 1.0, "{wide}");
    let mirrored = Perturbation::Mirrored;
    assert_eq!(mirrored.drawing(&mirrored.drawing(&house(), 1), 1), house());
    let lengths = |perturbation: Perturbation| -> Vec<usize> {
        let drawing = perturbation.drawing(&house(), 5);
        drawing
            .strokes()
            .iter()
            .map(|stroke| stroke.points().len())
            .collect()
    };
    assert_eq!(lengths(Perturbation::Fast), [20, 8]);
    assert_eq!(lengths(Perturbation::Twice), [5, 3, 5, 3]);
    let open = Perturbation::Unclosed.drawing(&house(), 5);
    let points = open.strokes()[0].points();
    assert_ne!(points.first(), points.last());
}

#[test]
fn pens_are_thick_and_thin() {
    let ink = |perturbation: Perturbation| -> u32 {
        let bitmap = perturbation.bitmap(&house(), 0);
        bitmap.iter().map(|level| u32::from(*level)).sum()
    };
    assert!(ink(Perturbation::Thin) * 3 < ink(Perturbation::None) * 2);
    assert!(ink(Perturbation::Thick) * 2 > ink(Perturbation::None) * 3);
}

proptest! {
    #[test]
    fn any_drawing_can_be_perturbed(
        strokes in prop::collection::vec(prop::collection::vec((-50.0..300.0_f32, -50.0..300.0_f32), 0..6), 0..4),
        seed: u64,
    ) {
        let drawing: Drawing = strokes
            .iter()
            .map(|line| Stroke::from(line.iter().copied().map(Point::from).collect::<Polyline>()))
            .collect();
        for perturbation in Perturbation::ALL {
            let perturbed = perturbation.drawing(&drawing, seed);
            prop_assert_eq!(perturbed.is_empty(), drawing.is_empty());
            for point in perturbed.strokes().iter().flat_map(Stroke::points) {
                prop_assert!(point.x.is_finite() && point.y.is_finite());
            }
        }
    }
}
