use image::GrayImage;

/// How many pixels have each level.
pub(super) struct Histogram([u64; 256]);

impl Histogram {
    pub fn of(levels: impl Iterator<Item = u8>) -> Self {
        let mut counts = [0; 256];
        for level in levels {
            counts[usize::from(level)] += 1;
        }
        Self(counts)
    }

    fn levels(&self) -> impl Iterator<Item = (u8, u64)> {
        (0..=u8::MAX).zip(self.0)
    }

    /// The level that half of the pixels are not above.
    pub fn median(&self) -> u8 {
        let half = self.0.iter().sum::<u64>().div_ceil(2);
        let mut below = 0;
        let reached = self.levels().find(|(_, count)| {
            below += count;
            below >= half
        });
        reached.map_or(0, |(level, _)| level)
    }

    /// The level that separates the dark pixels, those not above it, from the light ones: where the two differ most, by Otsu's method;
    /// in the middle of several.
    ///
    /// Source: N. Otsu, "A Threshold Selection Method from Gray-Level Histograms", IEEE Transactions on Systems, Man, and
    /// Cybernetics 9 (1979).
    pub fn split(&self) -> u8 {
        let weigh = |(count, sum): (u64, u64), (level, number): (u8, u64)| {
            (count + number, sum + u64::from(level) * number)
        };
        let (count, sum) = self.levels().fold((0, 0), weigh);
        let mut dark = (0, 0);
        let (mut best, mut first, mut last) = (0.0, 0, 0);
        for (level, number) in self.levels() {
            dark = weigh(dark, (level, number));
            let light = (count - dark.0, sum - dark.1);
            if dark.0 == 0 || light.0 == 0 {
                continue;
            }
            let mean = |(count, sum): (u64, u64)| sum as f64 / count as f64;
            let difference = mean(light) - mean(dark);
            let variance = dark.0 as f64 * light.0 as f64 * difference * difference;
            if variance > best * (1.0 + 1e-12) {
                (best, first) = (variance, level);
            }
            if variance >= best * (1.0 - 1e-12) {
                last = level;
            }
        }
        first + (last - first) / 2
    }

    /// The level of [`Self::split`] and the mean of those above, if that is at least `least`.
    pub fn upper(&self, least: f64) -> Option<(u8, f64)> {
        let split = self.split();
        let light = self.levels().filter(|(level, _)| *level > split);
        let (count, sum) = light.fold((0, 0), |(count, sum), (level, number)| {
            (count + number, sum + u64::from(level) * number)
        });
        let mean = sum as f64 / count as f64;
        (count > 0 && mean >= least).then_some((split, mean))
    }
}

/// The standard deviation of noise from pixel to pixel in levels, where it's the same in most of the picture.
pub(super) fn grain(picture: &GrayImage) -> f64 {
    let steps = picture.rows().flat_map(|row| {
        let next = row.clone().skip(1);
        row.zip(next)
            .map(|(one, next)| one.0[0].abs_diff(next.0[0]))
    });
    // A median deviation is 0.6745 standard deviations, and the difference of two has twice the variance of one.
    f64::from(Histogram::of(steps).median()) / (0.6745 * std::f64::consts::SQRT_2)
}

/// A picture's levels, row by row, without what is lighter than everything round it and, across or down, no wider than twice
/// `reach`: its opening with a square.
pub(super) fn opened(levels: &[u8], width: usize, reach: usize) -> Vec<u8> {
    let across = |levels: &mut [u8], width: usize, pick: fn(u8, u8) -> u8, outside: u8| {
        for row in levels.chunks_exact_mut(width.max(1)) {
            slide(row, reach, pick, outside);
        }
    };
    let height = levels.len() / width.max(1);
    let mut opened = levels.to_vec();
    across(&mut opened, width, u8::min, u8::MAX);
    let mut turned = transposed(&opened, width);
    across(&mut turned, height, u8::min, u8::MAX);
    across(&mut turned, height, u8::max, 0);
    let mut opened = transposed(&turned, height);
    across(&mut opened, width, u8::max, 0);
    opened
}

fn transposed(levels: &[u8], width: usize) -> Vec<u8> {
    let columns = 0..width;
    columns
        .flat_map(|column| levels.iter().skip(column).step_by(width.max(1)).copied())
        .collect()
}

/// The least or largest value up to `reach` away, for each place of a row.
///
/// Source: M. van Herk, "A fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels", Pattern
/// Recognition Letters 13 (1992).
fn slide(row: &mut [u8], reach: usize, pick: fn(u8, u8) -> u8, outside: u8) {
    let reach = reach.min(row.len());
    let window = 2 * reach + 1;
    let mut from_left = vec![outside; row.len() + 2 * reach];
    from_left[reach..reach + row.len()].copy_from_slice(row);
    let mut from_right = from_left.clone();
    for at in 1..from_left.len() {
        if at % window != 0 {
            from_left[at] = pick(from_left[at], from_left[at - 1]);
        }
    }
    for at in (0..from_right.len().saturating_sub(1)).rev() {
        if (at + 1) % window != 0 {
            from_right[at] = pick(from_right[at], from_right[at + 1]);
        }
    }
    for (at, value) in row.iter_mut().enumerate() {
        *value = pick(from_right[at], from_left[at + window - 1]);
    }
}
