use image::Luma;
use proptest::prelude::*;

use super::*;

fn edges(grey: &GrayImage, low: f64, high: f64) -> GrayImage {
    canny(grey, CannyThresholds::new(low, high))
}

fn step(contrast: u8) -> GrayImage {
    GrayImage::from_fn(8, 6, |x, _| Luma([if x < 4 { 0 } else { contrast }]))
}

#[test]
fn a_step_gives_one_line() {
    let line = GrayImage::from_fn(8, 6, |x, _| Luma([if x == 3 { 255 } else { 0 }]));
    assert_eq!(edges(&step(255), 170.0, 300.0), line);
}

#[test]
fn thresholds_are_exceeded_not_reached() {
    // A step of 50 has the magnitude 4 * 50.
    assert!(
        edges(&step(50), 100.0, 200.0)
            .iter()
            .all(|&level| level == 0)
    );
    let line = edges(&step(50), 100.0, 199.9);
    assert!(line.as_raw().contains(&255));
}

#[test]
fn weak_edges_stay_where_they_touch_strong_ones() {
    let fading = GrayImage::from_fn(8, 12, |x, y| {
        Luma([if x < 4 { 0 } else { 250 - 20 * y as u8 }])
    });
    let count = |low| {
        edges(&fading, low, 900.0)
            .iter()
            .filter(|&&level| level == 255)
            .count()
    };
    assert!(count(100.0) > count(500.0));
    assert!(count(500.0) > count(900.0));
}

#[test]
fn tiny_and_empty_pictures_have_no_edges() {
    for (width, height) in [(0, 0), (0, 4), (1, 1), (1, 7), (7, 1)] {
        let grey = GrayImage::from_pixel(width, height, Luma([200]));
        let edges = edges(&grey, 1.0, 2.0);
        assert_eq!(edges.dimensions(), (width, height));
        assert!(edges.iter().all(|&level| level == 0));
    }
}

fn picture() -> impl Strategy<Value = GrayImage> {
    (1..150u32, 1..24u32).prop_flat_map(|(width, height)| {
        prop::collection::vec(any::<u8>(), (width * height) as usize)
            .prop_map(move |levels| GrayImage::from_raw(width, height, levels).unwrap())
    })
}

/// The edges by the definition, pixel by pixel.
fn defined(grey: &GrayImage, low: f64, high: f64) -> GrayImage {
    let (width, height) = (grey.width() as i32, grey.height() as i32);
    let (low, high) = CannyThresholds::new(low, high).whole();
    let level = |x: i32, y: i32| {
        let Luma([level]) =
            grey.get_pixel(x.clamp(0, width - 1) as u32, y.clamp(0, height - 1) as u32);
        i32::from(*level)
    };
    let gradient = |x: i32, y: i32| {
        if !(0..width).contains(&x) || !(0..height).contains(&y) {
            return (0, 0);
        }
        let [mut dx, mut dy] = [0, 0];
        for (shift, weight) in [(-1, 1), (0, 2), (1, 1)] {
            dx += weight * (level(x + 1, y + shift) - level(x - 1, y + shift));
            dy += weight * (level(x + shift, y + 1) - level(x + shift, y - 1));
        }
        (dx, dy)
    };
    let magnitude = |x: i32, y: i32| {
        let (dx, dy) = gradient(x, y);
        dx.abs() + dy.abs()
    };
    let ridge = |x: i32, y: i32| {
        let (dx, dy) = gradient(x, y);
        let (run, rise, tangent) = (dx.abs(), dy.abs() << 15, 13_573);
        let here = magnitude(x, y);
        if rise < run * tangent {
            here > magnitude(x - 1, y) && here >= magnitude(x + 1, y)
        } else if rise > run * (tangent + (2 << 15)) {
            here > magnitude(x, y - 1) && here >= magnitude(x, y + 1)
        } else {
            let side = if (dx ^ dy) < 0 { 1 } else { -1 };
            here > magnitude(x + side, y - 1) && here > magnitude(x - side, y + 1)
        }
    };
    let mut edges = GrayImage::new(grey.width(), grey.height());
    let places = || (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let mut open: Vec<_> = places()
        .filter(|&(x, y)| magnitude(x, y) > high && ridge(x, y))
        .collect();
    while let Some((x, y)) = open.pop() {
        edges.put_pixel(x as u32, y as u32, Luma([255]));
        for (x, y) in (-1..=1).flat_map(|down| (-1..=1).map(move |right| (x + right, y + down))) {
            // Outside of the picture the magnitude is 0, which exceeds no neighbour.
            if ridge(x, y) && magnitude(x, y) > low && edges.get_pixel(x as u32, y as u32)[0] == 0 {
                edges.put_pixel(x as u32, y as u32, Luma([255]));
                open.push((x, y));
            }
        }
    }
    edges
}

proptest! {
    #[test]
    fn buffers_of_a_picture_before_change_nothing(grey in picture(), before in picture(), low in 0.0..900.0, high in 0.0..900.0) {
        let thresholds = CannyThresholds::new(low, high);
        let mut canny = Canny::default();
        canny.run(&before, before.dimensions(), CannyThresholds::new(0.0, 0.0), &mut before.clone());
        let mut found = vec![7; grey.len()];
        canny.run(&grey, grey.dimensions(), thresholds, &mut found);
        prop_assert_eq!(found, edges(&grey, low, high).into_raw());
    }

    #[test]
    fn edges_are_those_of_the_definition(grey in picture(), low in 0.0..900.0, high in 0.0..900.0) {
        prop_assert_eq!(edges(&grey, low, high), defined(&grey, low, high));
    }

    #[test]
    fn the_order_of_the_thresholds_is_free(grey in picture(), one in 0.0..1500.0, other in 0.0..1500.0) {
        prop_assert_eq!(edges(&grey, one, other), edges(&grey, other, one));
    }

    #[test]
    fn higher_thresholds_only_remove(grey in picture(), low in 0.0..900.0, gap in 0.0..900.0, more in 0.0..300.0) {
        let many = edges(&grey, low, low + gap);
        let few = edges(&grey, low + more, low + gap + more);
        prop_assert!(few.iter().zip(many.iter()).all(|(few, many)| few <= many));
    }

    #[test]
    fn brightness_does_not_matter(grey in picture(), shift in 0..100u8) {
        let dim = GrayImage::from_fn(grey.width(), grey.height(), |x, y| Luma([grey.get_pixel(x, y)[0] / 2]));
        let bright = GrayImage::from_fn(grey.width(), grey.height(), |x, y| Luma([dim.get_pixel(x, y)[0] + shift]));
        prop_assert_eq!(edges(&dim, 50.0, 100.0), edges(&bright, 50.0, 100.0));
    }

    #[test]
    fn any_thresholds_are_taken(grey in picture(), low: f64, high: f64) {
        prop_assert_eq!(edges(&grey, low, high).dimensions(), grey.dimensions());
    }
}
