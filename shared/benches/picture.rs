//! The picture operations at the network's size and at a photo's own.

use std::f32::consts::TAU;

use divan::{Bencher, black_box};
use image::{GrayImage, Luma, Rgb, RgbImage};
use shared::{
    drawing::{Drawing, Point, Stroke, rasterise},
    input::{DOODLE_SIDE, INPUT_SIDE, edges_from_photo, grey_from_doodle, values},
    picture::{CannyThresholds, canny, luma, resize_rgb, rotate},
};

/// The network's input, and a photo as the page shows it.
const SIZES: [(u32, u32); 2] = [(INPUT_SIDE, INPUT_SIDE), (1024, 768)];

fn main() {
    divan::main();
}

/// Rings on a gradient: edges in all directions, flat parts between them.
fn grey((width, height): (u32, u32)) -> GrayImage {
    GrayImage::from_fn(width, height, |x, y| {
        let (right, down) = (x.abs_diff(width / 2), y.abs_diff(height / 2));
        let ring = (right * right + down * down) * 64 / (width * height) % 2;
        Luma([(ring * 160 + x * 90 / width) as u8])
    })
}

fn photo(size: (u32, u32)) -> RgbImage {
    let grey = grey(size);
    RgbImage::from_fn(size.0, size.1, |x, y| {
        let Luma([value]) = *grey.get_pixel(x, y);
        Rgb([value, 255 - value, value / 2])
    })
}

#[divan::bench(args = SIZES)]
fn grey_from_rgb(bencher: Bencher, size: (u32, u32)) {
    let photo = photo(size);
    bencher.bench_local(|| luma(black_box(&photo)));
}

#[divan::bench(args = SIZES)]
fn edges(bencher: Bencher, size: (u32, u32)) {
    let grey = grey(size);
    bencher.bench_local(|| canny(black_box(&grey), CannyThresholds::default()));
}

#[divan::bench(args = SIZES)]
fn rotated(bencher: Bencher, size: (u32, u32)) {
    let grey = grey(size);
    bencher.bench_local(|| rotate(black_box(&grey), 15.0));
}

#[divan::bench]
fn shrink_a_photo(bencher: Bencher) {
    let photo = photo(SIZES[1]);
    bencher.bench_local(|| resize_rgb(black_box(&photo), INPUT_SIDE, INPUT_SIDE));
}

#[divan::bench(args = SIZES)]
fn network_input_from_photo(bencher: Bencher, size: (u32, u32)) {
    let photo = photo(size);
    bencher.bench_local(|| {
        values(&edges_from_photo(
            black_box(&photo),
            CannyThresholds::default(),
        ))
    });
}

#[divan::bench]
fn network_input_from_doodle(bencher: Bencher) {
    let doodle = grey((DOODLE_SIDE, DOODLE_SIDE));
    bencher.bench_local(|| values(&grey_from_doodle(black_box(&doodle))));
}

/// Rings, as in a careful drawing.
fn rings() -> Drawing {
    (0..8_u8)
        .map(|ring| {
            let radius = 20.0 + 10.0 * f32::from(ring);
            let points = (0..=40_u8).map(|step| {
                let (y, x) = (f32::from(step) / 40.0 * TAU).sin_cos();
                Point {
                    x: radius * x,
                    y: radius * y,
                }
            });
            Stroke::from(points.collect::<Vec<_>>())
        })
        .collect()
}

/// Four hundred lines of all lengths and directions, as in a horse's hatched coat.
fn hatching() -> Drawing {
    let place = |number: u16| f32::from(number.wrapping_mul(40_503) >> 7);
    let points = (0..1600_u16).map(place).collect::<Vec<_>>();
    let (places, _) = points.as_chunks::<4>();
    places
        .iter()
        .map(|&[x, y, to_x, to_y]| Stroke::from(vec![Point { x, y }, Point { x: to_x, y: to_y }]))
        .collect()
}

/// One stroke of ten thousand points, as a fast mouse gives them.
fn scribble() -> Drawing {
    let points = (0..10_000_u16).map(|step| {
        let angle = f32::from(step) * 0.01;
        Point {
            x: 250.0 * (1.3 * angle).sin(),
            y: 250.0 * (1.7 * angle).cos(),
        }
    });
    std::iter::once(Stroke::from(points.collect::<Vec<_>>())).collect()
}

#[divan::bench(args = ["rings", "hatching", "scribble"])]
fn doodle_from_strokes(bencher: Bencher, kind: &str) {
    let drawing = match kind {
        "rings" => rings(),
        "hatching" => hatching(),
        _ => scribble(),
    };
    bencher.bench_local(|| rasterise(black_box(&drawing)));
}
