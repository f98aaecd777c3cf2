use image::{GrayImage, RgbImage};

/// Fraction bits of a weight: what is left of 32 after 8 for a level and 2 to spare, as in Pillow's `Resample.c`.
const FRACTION_BITS: u32 = 32 - 8 - 2;

/// A grey picture at another size as Pillow's `resize((width, height), BILINEAR)`: growing interpolates between two
/// neighbours, shrinking averages with a triangle as wide as the ratio, first across, then down, rounded to bytes between.
/// (Pillow 13 goes down first where the height shrinks much more than the width.)
///
/// An empty picture gives a black one.
pub fn resize_grey(picture: &GrayImage, width: u32, height: u32) -> GrayImage {
    let mut resized = GrayImage::new(width, height);
    resample::<1>(
        picture.as_raw(),
        picture.dimensions(),
        &mut resized,
        (width, height),
    );
    resized
}

/// An RGB picture at another size, each channel as in [`resize_grey`].
pub fn resize_rgb(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    let mut resized = RgbImage::new(width, height);
    resample::<3>(
        picture.as_raw(),
        picture.dimensions(),
        &mut resized,
        (width, height),
    );
    resized
}

/// The source pixels that one resized pixel is made of.
struct Taps {
    first: usize,
    weights: Vec<i32>,
}

/// One [`Taps`] for each pixel along an axis that goes from `from` to `to` pixels, both at least 1.
fn triangle_taps(from: usize, to: usize) -> Vec<Taps> {
    let ratio = from as f64 / to as f64;
    let radius = ratio.max(1.0);
    let narrowing = 1.0 / radius;
    (0..to)
        .map(|place| {
            let centre = (place as f64 + 0.5) * ratio;
            // A negative start becomes 0 in the conversion.
            let first = (centre - radius + 0.5) as usize;
            let end = ((centre + radius + 0.5) as usize).min(from);
            let shares: Vec<f64> = (first..end)
                .map(|source| {
                    let distance = (source as f64 - centre + 0.5) * narrowing;
                    (1.0 - distance.abs()).max(0.0)
                })
                .collect();
            let total: f64 = shares.iter().sum();
            let weights = shares
                .iter()
                .map(|share| (0.5 + share / total * f64::from(1 << FRACTION_BITS)) as i32)
                .collect();
            Taps { first, weights }
        })
        .collect()
}

fn rounded(sum: i32) -> u8 {
    (sum >> FRACTION_BITS).clamp(0, 255) as u8
}

const HALF: i32 = 1 << (FRACTION_BITS - 1);

fn resample<const CHANNELS: usize>(
    source: &[u8],
    from: (u32, u32),
    target: &mut [u8],
    to: (u32, u32),
) {
    if source.is_empty() || target.is_empty() {
        return;
    }
    let mut rows = RowResizer::<CHANNELS>::new(from, to);
    for row in source.chunks_exact(from.0 as usize * CHANNELS) {
        rows.push(row);
    }
    target.copy_from_slice(&rows.finish());
}

/// A picture on its way to another size row by row, for pictures too large to be held as a whole: as [`resize_grey`] and
/// [`resize_rgb`], with `CHANNELS` bytes a pixel, each channel by itself.
pub struct RowResizer<const CHANNELS: usize> {
    across: Vec<Taps>,
    from: (usize, usize),
    to: (usize, usize),
    /// The rows so far, resized across only.
    narrowed: Vec<u8>,
}

impl<const CHANNELS: usize> RowResizer<CHANNELS> {
    /// Takes a picture of `from` to `to`, both width and height of at least 1.
    pub fn new(from: (u32, u32), to: (u32, u32)) -> Self {
        let [from, to] = [from, to].map(|(width, height)| (width as usize, height as usize));
        Self {
            across: triangle_taps(from.0, to.0),
            from,
            to,
            narrowed: Vec::with_capacity(from.1 * to.0 * CHANNELS),
        }
    }

    /// Takes the next row, from the top down: its pixels' bytes.
    ///
    /// # Panics
    /// When the row is shorter than the picture is wide.
    pub fn push(&mut self, row: &[u8]) {
        let row = &row[..self.from.0 * CHANNELS];
        for taps in &self.across {
            let mut sums = [HALF; CHANNELS];
            let (pixels, _) = row[taps.first * CHANNELS..].as_chunks::<CHANNELS>();
            for (weight, levels) in taps.weights.iter().zip(pixels) {
                for (sum, &level) in sums.iter_mut().zip(levels) {
                    *sum += i32::from(level) * weight;
                }
            }
            self.narrowed.extend(sums.map(rounded));
        }
    }

    /// The resized picture's bytes, row by row, once all rows are in.
    ///
    /// # Panics
    /// When rows are missing.
    pub fn finish(self) -> Vec<u8> {
        let stride = self.to.0 * CHANNELS;
        assert_eq!(self.narrowed.len(), self.from.1 * stride, "all rows are in");
        let mut resized = vec![0; self.to.1 * stride];
        let mut sums = vec![HALF; stride];
        let taps = triangle_taps(self.from.1, self.to.1);
        for (taps, row) in taps.iter().zip(resized.chunks_exact_mut(stride)) {
            sums.fill(HALF);
            let rows = self.narrowed[taps.first * stride..].chunks_exact(stride);
            for (weight, levels) in taps.weights.iter().zip(rows) {
                for (sum, &level) in sums.iter_mut().zip(levels) {
                    *sum += i32::from(level) * weight;
                }
            }
            for (level, &sum) in row.iter_mut().zip(&sums) {
                *level = rounded(sum);
            }
        }
        resized
    }
}

#[cfg(test)]
mod tests {
    use image::Luma;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn growing_interpolates_as_pillow() {
        let picture = GrayImage::from_raw(2, 1, vec![0, 255]).unwrap();
        assert_eq!(resize_grey(&picture, 4, 1).as_raw(), &[0, 64, 191, 255]);
    }

    #[test]
    fn shrinking_averages_as_pillow() {
        let picture = GrayImage::from_raw(4, 1, vec![0, 0, 255, 255]).unwrap();
        assert_eq!(resize_grey(&picture, 2, 1).as_raw(), &[36, 219]);
    }

    #[test]
    fn empty_pictures_give_black_ones() {
        let resized = resize_grey(&GrayImage::new(0, 0), 3, 2);
        assert_eq!(resized, GrayImage::new(3, 2));
        assert_eq!(resize_rgb(&RgbImage::new(4, 4), 0, 2).dimensions(), (0, 2));
    }

    #[test]
    fn an_opaque_picture_resizes_row_by_row_as_its_colours_do() {
        let rgb = RgbImage::from_fn(37, 23, |x, y| {
            image::Rgb([(x * 7) as u8, (y * 11) as u8, (x * y) as u8])
        });
        let mut rows = RowResizer::<4>::new((37, 23), (12, 31));
        for row in rgb.rows() {
            let row: Vec<u8> = row
                .flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255])
                .collect();
            rows.push(&row);
        }
        let resized = resize_rgb(&rgb, 12, 31);
        let expected: Vec<u8> = resized
            .pixels()
            .flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255])
            .collect();
        assert_eq!(rows.finish(), expected);
    }

    fn grey_picture() -> impl Strategy<Value = GrayImage> {
        (1..20u32, 1..20u32).prop_flat_map(|(width, height)| {
            prop::collection::vec(any::<u8>(), (width * height) as usize)
                .prop_map(move |levels| GrayImage::from_raw(width, height, levels).unwrap())
        })
    }

    proptest! {
        #[test]
        fn the_same_size_changes_nothing(picture in grey_picture()) {
            prop_assert_eq!(&resize_grey(&picture, picture.width(), picture.height()), &picture);
        }

        #[test]
        fn a_flat_picture_stays_flat(level: u8, width in 1..50u32, height in 1..50u32) {
            let resized = resize_grey(&GrayImage::from_pixel(13, 9, Luma([level])), width, height);
            prop_assert!(resized.as_raw().iter().all(|&resized| resized == level));
        }

        #[test]
        fn no_level_leaves_the_range(picture in grey_picture(), width in 1..40u32, height in 1..40u32) {
            let (least, most) = (picture.iter().min().unwrap(), picture.iter().max().unwrap());
            let resized = resize_grey(&picture, width, height);
            prop_assert!(resized.iter().all(|level| (least..=most).contains(&level)));
        }

        #[test]
        fn equal_channels_resize_as_grey(picture in grey_picture(), width in 1..40u32, height in 1..40u32) {
            let levels = picture.iter().flat_map(|&level| [level; 3]).collect();
            let rgb = RgbImage::from_raw(picture.width(), picture.height(), levels).unwrap();
            let grey = resize_grey(&picture, width, height);
            let expected: Vec<u8> = grey.iter().flat_map(|&level| [level; 3]).collect();
            prop_assert_eq!(resize_rgb(&rgb, width, height).into_raw(), expected);
        }
    }
}
