//! Picture operations against OpenCV, Pillow and cairo, natively and in a browser.

use image::Luma;
use shared::drawing::rasterise;
use shared::picture::{CannyThresholds, canny, luma, resize_grey, resize_rgb, rotate};
use tests::golden::{Case, Golden, Operation, Pixels};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Checks to the bit every case that `ours` answers.
fn check(ours: impl Fn(&Golden, &Case) -> Option<Pixels>, least: usize) {
    let golden = Golden::read();
    let mut wrong = Vec::new();
    let mut checked = 0;
    for case in &golden.cases {
        let Some(answer) = ours(&golden, case) else {
            continue;
        };
        checked += 1;
        let expected = &golden.pictures[case.answer];
        if let Some(difference) = answer.difference(&expected.pixels) {
            wrong.push(format!("{}: {difference}", expected.name));
        }
    }
    assert!(checked >= least, "only {checked} cases");
    assert!(
        wrong.is_empty(),
        "{} of {checked} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn luma_equals_pillow() {
    check(
        |golden, case| match case.operation {
            Operation::Luma { source } => Some(Pixels::Grey(luma(golden.pictures[source].rgb()))),
            _ => None,
        },
        80,
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn canny_equals_opencv() {
    check(
        |golden, case| match case.operation {
            Operation::Canny { source, low, high } => Some(Pixels::Grey(canny(
                golden.pictures[source].grey(),
                CannyThresholds { low, high },
            ))),
            _ => None,
        },
        600,
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn resize_equals_pillow() {
    check(
        |golden, case| match case.operation {
            Operation::Resize { source } => {
                let (width, height) = golden.pictures[case.answer].pixels.dimensions();
                Some(match &golden.pictures[source].pixels {
                    Pixels::Grey(grey) => Pixels::Grey(resize_grey(grey, width, height)),
                    Pixels::Rgb(rgb) => Pixels::Rgb(resize_rgb(rgb, width, height)),
                })
            }
            _ => None,
        },
        100,
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn rotate_equals_pillow() {
    check(
        |golden, case| match case.operation {
            Operation::Rotate { source, degrees } => Some(Pixels::Grey(rotate(
                golden.pictures[source].grey(),
                degrees,
            ))),
            _ => None,
        },
        200,
    );
}

/// Another rasteriser shades the borders of a line a little differently: measured, by 0.6 on average and by 17 at most.
#[wasm_bindgen_test(unsupported = test)]
fn rasterise_is_close_to_cairo() {
    let golden = Golden::read();
    let mut checked = 0;
    for case in &golden.cases {
        let Operation::Rasterise { drawing } = &case.operation else {
            continue;
        };
        checked += 1;
        let cairo = &golden.pictures[case.answer];
        let ours = rasterise(drawing);
        assert_eq!(ours.dimensions(), cairo.pixels.dimensions());
        let pairs = ours.enumerate_pixels().zip(cairo.grey().iter());
        let mut sum = 0;
        for ((x, y, &Luma([ours])), &theirs) in pairs {
            let difference = ours.abs_diff(theirs);
            assert!(
                difference < 24,
                "{}: column {x}, row {y}: {ours}, cairo has {theirs}",
                cairo.name
            );
            sum += u32::from(difference);
        }
        let pixels = ours.width() * ours.height();
        assert!(
            sum < pixels,
            "{}: differs by {sum} in {pixels} pixels",
            cairo.name
        );
    }
    assert!(checked >= 40, "only {checked} cases");
}
