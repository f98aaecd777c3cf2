use image::GrayImage;
use shared::picture::resize_grey;

/// Side of the picture that the paper's light is measured on, in pixels.
const MEASURED: u32 = 64;
/// How often those pixels that are no paper are left out and the rest measured again.
const ROUNDS: usize = 6;
/// Terms of a surface of the second degree: 1, x, y, x², xy, y².
const TERMS: usize = 6;
/// Levels that paper may differ from its light, whatever its grain.
const GRAIN: f64 = 3.0;

/// A part of the sheet, in shares of its width and height.
#[derive(Clone, Copy)]
pub(super) struct Region {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Region {
    /// All of it.
    pub const SHEET: Self = Self {
        left: 0.0,
        top: 0.0,
        width: 1.0,
        height: 1.0,
    };
}

/// What a drawing is drawn on: how light it is everywhere, as a surface of the second degree, so that a lamp at one side is no ink.
pub(super) struct Paper {
    /// Levels, by terms.
    surface: [f64; TERMS],
    /// The darkest and the lightest paper there is; the surface is not believed beyond.
    range: (f64, f64),
}

impl Paper {
    /// The paper of a sheet most of which is about as light as `level`.
    pub fn of(sheet: &GrayImage, level: u8) -> Self {
        let small = resize_grey(
            sheet,
            sheet.width().min(MEASURED),
            sheet.height().min(MEASURED),
        );
        let samples: Vec<([f64; TERMS], f64)> = small
            .enumerate_pixels()
            .map(|(x, y, level)| {
                let place = |at: u32, side: u32| (f64::from(at) + 0.5) / f64::from(side);
                let (x, y) = (place(x, small.width()), place(y, small.height()));
                (terms(x, y), f64::from(level.0[0]))
            })
            .collect();
        let mut paper = Self {
            surface: [0.0; TERMS],
            range: (level.into(), level.into()),
        };
        paper.surface[0] = level.into();
        for _ in 0..ROUNDS {
            let off =
                |(terms, level): &([f64; TERMS], f64)| (level - value(&paper.surface, terms)).abs();
            let grain = (3.0 * 1.4826 * median(samples.iter().map(off))).max(GRAIN);
            let of_paper = samples.iter().filter(|sample| off(sample) <= grain);
            let of_paper: Vec<_> = of_paper.copied().collect();
            if of_paper.is_empty() {
                break;
            }
            let levels = of_paper.iter().map(|(_, level)| *level);
            paper.range = levels.fold(
                (f64::INFINITY, f64::NEG_INFINITY),
                |(least, most), level| (least.min(level), most.max(level)),
            );
            paper.surface = fitted(&of_paper);
        }
        paper
    }

    /// How many levels each pixel is lighter than the paper, where `picture` is a part of the sheet at any scale; negative where it
    /// is darker.
    pub fn lighter<'a>(
        &'a self,
        picture: &'a GrayImage,
        region: Region,
    ) -> impl Iterator<Item = f64> + 'a {
        let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
        picture.enumerate_pixels().map(move |(x, y, level)| {
            let x = region.left + region.width * (f64::from(x) + 0.5) / width;
            let y = region.top + region.height * (f64::from(y) + 0.5) / height;
            let paper = value(&self.surface, &terms(x, y));
            f64::from(level.0[0]) - paper.max(self.range.0).min(self.range.1)
        })
    }
}

fn terms(x: f64, y: f64) -> [f64; TERMS] {
    let (x, y) = (2.0 * x - 1.0, 2.0 * y - 1.0);
    [1.0, x, y, x * x, x * y, y * y]
}

fn value(surface: &[f64; TERMS], terms: &[f64; TERMS]) -> f64 {
    surface.iter().zip(terms).map(|(a, b)| a * b).sum()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}

/// The surface of least squares, by Gaussian elimination. Where the samples do not decide, it's flat.
fn fitted(samples: &[([f64; TERMS], f64)]) -> [f64; TERMS] {
    let mut rows = [[0.0; TERMS + 1]; TERMS];
    for (terms, height) in samples {
        for (row, a) in rows.iter_mut().zip(terms) {
            for (sum, b) in row.iter_mut().zip(terms.iter().chain([height])) {
                *sum += a * b;
            }
        }
    }
    for (at, row) in rows.iter_mut().enumerate().skip(1) {
        row[at] += 1e-3 * samples.len() as f64;
    }
    for at in 0..TERMS {
        let pivot = rows[at];
        for (other, row) in rows.iter_mut().enumerate() {
            if other != at && pivot[at] != 0.0 {
                let times = row[at] / pivot[at];
                for (value, above) in row.iter_mut().zip(pivot) {
                    *value -= times * above;
                }
            }
        }
    }
    std::array::from_fn(|at| {
        if rows[at][at] == 0.0 {
            0.0
        } else {
            rows[at][TERMS] / rows[at][at]
        }
    })
}
