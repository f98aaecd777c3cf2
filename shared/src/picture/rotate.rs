use image::GrayImage;

/// The picture turned counter-clockwise about its centre, as Pillow's `rotate(degrees, NEAREST, expand=False, fillcolor=0)`:
/// the size stays, what comes from outside is 0, positions step in 16.16 fixed point.
///
/// Any finite angle is taken; one that is not finite turns nothing. Pillow leaves the fixed point for sides over 16,000 pixels; this doesn't.
pub fn rotate(picture: &GrayImage, degrees: f64) -> GrayImage {
    if !degrees.is_finite() {
        return picture.clone();
    }
    let (width, height) = picture.dimensions();
    let angle = -degrees.rem_euclid(360.0).to_radians();
    let (sine, cosine) = (fifteen_decimals(angle.sin()), fifteen_decimals(angle.cos()));
    let (centre_x, centre_y) = (f64::from(width) / 2.0, f64::from(height) / 2.0);
    // The source of target pixel (x, y) is (cosine x + sine y + left, -sine x + cosine y + top).
    let left = cosine * -centre_x + sine * -centre_y + centre_x;
    let top = -sine * -centre_x + cosine * -centre_y + centre_y;

    let (step, climb) = (fixed(cosine), fixed(sine));
    let mut row_x = fixed(left + cosine * 0.5 + sine * 0.5);
    let mut row_y = fixed(top + -sine * 0.5 + cosine * 0.5);
    let descent = fixed(-sine);

    let mut turned = GrayImage::new(width, height);
    let (columns, rows) = (i64::from(width), i64::from(height));
    let source = picture.as_raw();
    for row in turned.chunks_exact_mut(width.max(1) as usize) {
        let (mut x, mut y) = (row_x, row_y);
        for level in row {
            let (column, line) = (x >> 16, y >> 16);
            if (0..columns).contains(&column) && (0..rows).contains(&line) {
                *level = source[(line * columns + column) as usize];
            }
            x += step;
            y += descent;
        }
        row_x += climb;
        row_y += step;
    }
    turned
}

/// Python's `round(value, 15)`, which rounds the exact decimal expansion, as Rust's formatting does.
fn fifteen_decimals(value: f64) -> f64 {
    format!("{value:.15}").parse().unwrap_or(value)
}

/// `value` in units of 1/65536, halves up.
fn fixed(value: f64) -> i64 {
    (value * 65_536.0 + 0.5).floor() as i64
}

#[cfg(test)]
mod tests {
    use image::imageops;
    use proptest::prelude::*;

    use super::*;

    fn picture(width: u32, height: u32) -> GrayImage {
        GrayImage::from_fn(width, height, |x, y| {
            image::Luma([(x * 31 + y * 57 + 1) as u8])
        })
    }

    #[test]
    fn angles_that_are_not_finite_turn_nothing() {
        for degrees in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(rotate(&picture(4, 3), degrees), picture(4, 3));
        }
    }

    #[test]
    fn an_empty_picture_stays_empty() {
        assert_eq!(rotate(&GrayImage::new(0, 5), 30.0).dimensions(), (0, 5));
        assert_eq!(rotate(&GrayImage::new(5, 0), 30.0).dimensions(), (5, 0));
    }

    proptest! {
        #[test]
        fn no_turn_and_full_turns_change_nothing(width in 1..40u32, height in 1..40u32, turns in -3..4i32) {
            let picture = picture(width, height);
            prop_assert_eq!(rotate(&picture, f64::from(turns) * 360.0), picture);
        }

        #[test]
        fn half_a_turn_reverses_the_pixels(width in 1..40u32, height in 1..40u32) {
            let picture = picture(width, height);
            prop_assert_eq!(rotate(&picture, 180.0), imageops::rotate180(&picture));
        }

        #[test]
        fn quarter_turns_of_squares_are_exact(side in 1..40u32) {
            let picture = picture(side, side);
            prop_assert_eq!(rotate(&picture, 90.0), imageops::rotate270(&picture));
            prop_assert_eq!(rotate(&picture, -90.0), imageops::rotate90(&picture));
        }

        #[test]
        fn every_level_comes_from_the_picture_or_outside(degrees in -1e6..1e6f64) {
            let picture = picture(17, 11);
            let turned = rotate(&picture, degrees);
            prop_assert!(turned.iter().all(|level| *level == 0 || picture.as_raw().contains(level)));
        }
    }
}
