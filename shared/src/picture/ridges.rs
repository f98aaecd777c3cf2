//! One row of a Canny picture: its gradient, and the marks of what no neighbour across the edge exceeds.

/// tan(22.5 degrees) in 15-bit fixed point, the border between the horizontal and the diagonal directions.
const TAN_22_5: u16 = 13_573;

/// No edge.
pub const NONE: u8 = 0;
/// Over the low threshold alone: an edge where it leads to a strong one.
pub const WEAK: u8 = 1;
/// Over the high threshold.
pub const STRONG: u8 = 2;

/// Sums down three rows, with the first and the last of them once more at the ends: the borders are replicated.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Once, twice, once: Sobel's smoothing.
    smooth: Vec<i16>,
    /// The lower minus the upper: Sobel's difference.
    slope: Vec<i16>,
}

impl Columns {
    /// Makes room for rows of `length` values, those at the ends included.
    pub fn resize(&mut self, length: usize) {
        self.smooth.resize(length, 0);
        self.slope.resize(length, 0);
    }

    /// The gradient of the middle one of three rows, and its L1 magnitudes.
    pub fn gradient(&mut self, rows: [&[u8]; 3], slopes: &mut Slopes, magnitude: &mut [i16]) {
        self.sum(rows);
        horizontal(&self.smooth, &mut slopes.dx);
        vertical(&self.slope, &mut slopes.dy);
        magnitudes(&slopes.dx, &slopes.dy, magnitude);
    }

    fn sum(&mut self, rows: [&[u8]; 3]) {
        let width = rows[1].len();
        sum_columns(
            rows,
            &mut self.smooth[1..=width],
            &mut self.slope[1..=width],
        );
        for column in [&mut self.smooth, &mut self.slope] {
            column[0] = column[1];
            column[width + 1] = column[width];
        }
    }
}

/// Sobel derivatives of a row, -1020 to 1020.
#[derive(Clone, Debug, Default)]
pub struct Slopes {
    dx: Vec<i16>,
    dy: Vec<i16>,
}

impl Slopes {
    /// Makes room for rows of `width` pixels.
    pub fn resize(&mut self, width: usize) {
        self.dx.resize(width, 0);
        self.dy.resize(width, 0);
    }
}

// The loops below have slices of their own as arguments, all cut to one length and without branches, so that the compiler
// knows that they do not overlap, drops the bounds checks, and makes vector instructions of them. Nothing wraps; a check
// for it, as in the dev profile, would prevent that.

fn sum_columns([above, here, below]: [&[u8]; 3], smooth: &mut [i16], slope: &mut [i16]) {
    let width = smooth.len();
    let (above, here, below) = (&above[..width], &here[..width], &below[..width]);
    let slope = &mut slope[..width];
    for x in 0..width {
        let [above, here, below] = [above[x], here[x], below[x]].map(i16::from);
        smooth[x] = above.wrapping_add(here << 1).wrapping_add(below);
        slope[x] = below.wrapping_sub(above);
    }
}

fn horizontal(smooth: &[i16], dx: &mut [i16]) {
    let [left, _, right] = neighbours(smooth, dx.len());
    for ((dx, left), right) in dx.iter_mut().zip(left).zip(right) {
        *dx = right.wrapping_sub(*left);
    }
}

fn vertical(slope: &[i16], dy: &mut [i16]) {
    let [left, here, right] = neighbours(slope, dy.len());
    for (((dy, left), here), right) in dy.iter_mut().zip(left).zip(here).zip(right) {
        *dy = left.wrapping_add(here << 1).wrapping_add(*right);
    }
}

fn magnitudes(dx: &[i16], dy: &[i16], magnitude: &mut [i16]) {
    for ((magnitude, dx), dy) in magnitude.iter_mut().zip(dx).zip(dy) {
        *magnitude = dx.wrapping_abs().wrapping_add(dy.wrapping_abs());
    }
}

/// A row with one value more at both ends, as seen from each pixel: the value to the left, its own, the one to the right.
fn neighbours(row: &[i16], width: usize) -> [&[i16]; 3] {
    [&row[..width], &row[1..][..width], &row[2..][..width]]
}

/// So many pixels are looked at together: where none is over the low threshold, there is nothing to mark.
const BLOCK: usize = 64;

/// Marks the pixels of a row over the thresholds that no neighbour across the edge exceeds; `marks` are all [`NONE`] before.
/// The magnitudes are those of the row above, its own, and the row below.
pub fn mark_row(
    slopes: &Slopes,
    magnitudes: [&[i16]; 3],
    (low, high): (i16, i16),
    marks: &mut [u8],
) {
    for (block, marks) in marks.chunks_mut(BLOCK).enumerate() {
        let (x, width) = (block * BLOCK, marks.len());
        let rows = magnitudes.map(|row| neighbours(&row[x..], width));
        if rows[1][1].iter().fold(0, |most, &next| most.max(next)) > low {
            let slopes = [&slopes.dx[x..][..width], &slopes.dy[x..][..width]];
            mark_ridges(slopes, rows, (low, high), marks);
        }
    }
}

/// `run * tan(22.5)`, rounded down: `(run * TAN_22_5) >> 15` in two steps that stay within 16 bits, for 0 to 1020.
fn times_tangent(run: i16) -> i16 {
    let run = run as u16;
    let low = run.wrapping_mul(TAN_22_5 & 0xff) >> 8;
    (run.wrapping_mul(TAN_22_5 >> 8).wrapping_add(low) >> 7) as i16
}

/// `one` or else `other`, without a branch.
fn select(choose_one: bool, one: i16, other: i16) -> i16 {
    let mask = i16::from(choose_one).wrapping_neg();
    (one & mask) | (other & !mask)
}

fn mark_ridges(
    [dx, dy]: [&[i16]; 2],
    [above, here, below]: [[&[i16]; 3]; 3],
    (low, high): (i16, i16),
    marks: &mut [u8],
) {
    let width = marks.len();
    let mut strengths = [0; BLOCK];
    let (dx, dy, strengths) = (&dx[..width], &dy[..width], &mut strengths[..width]);
    let [above, here, below] = [above, here, below].map(|row| row.map(|row| &row[..width]));
    for x in 0..width {
        let magnitude = here[1][x];
        let (run, rise) = (dx[x].wrapping_abs(), dy[x].wrapping_abs());
        // With whole numbers, rise < run * tan(22.5) is rise <= its floor, and likewise rise > run * tan(67.5), which is
        // run * (2 + tan(22.5)). Neither product is whole but for 0, where the magnitude is not above its neighbours'.
        let tangent = times_tangent(run);
        let flat = rise <= tangent;
        let steep = rise > (run << 1).wrapping_add(tangent);
        let falls = (dx[x] ^ dy[x]) < 0;
        // All eight neighbours are read before any is chosen: a read that depends on a choice is not made a vector instruction.
        let [above, here, below] =
            [above, here, below].map(|[left, middle, right]| [left[x], middle[x], right[x]]);
        let one = select(falls, above[2], above[0]);
        let other = select(falls, below[0], below[2]);
        // The sharper comparison goes to one side only, so that of two equal neighbours one stays.
        let one = select(steep, above[1], one);
        let other = select(steep, below[1].wrapping_sub(1), other);
        let one = select(flat, here[0], one);
        let other = select(flat, here[2].wrapping_sub(1), other);
        let ridge = (magnitude > low) & (magnitude > one) & (magnitude > other);
        strengths[x] = select(
            ridge,
            select(magnitude > high, STRONG.into(), WEAK.into()),
            NONE.into(),
        );
    }
    // In a loop of its own: what is narrowed beside other work is narrowed value by value.
    for (mark, strength) in marks.iter_mut().zip(strengths) {
        *mark = *strength as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_products_with_the_tangent_are_rounded_down() {
        for run in 0..=1020 {
            let product = i32::from(run) * i32::from(TAN_22_5);
            assert_eq!(i32::from(times_tangent(run)), product >> 15, "{run}");
        }
    }
}
