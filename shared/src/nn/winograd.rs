//! The blocks in the middle, by Winograd's minimal filtering F(2x2, 3x3) (Lavin and Gray, "Fast Algorithms for
//! Convolutional Neural Networks", CVPR 2016).
//!
//! A tile of 4x4 inputs gives 2x2 outputs, just one pooling window, with 16 multiplications a pair of channels in
//! place of 36: `out = A' [(G kernel G') * (B' in B)] A`, the product in the middle taken value by value. Summed over
//! the input channels, each of the 16 places is a matrix product of its own.

use super::{
    PANEL, ROWS,
    fold::{Folded, Lanes, TAPS},
    map::Maps,
    pool::pool,
    simd::Simd,
};

/// Values of a transformed tile, and of a transformed kernel.
const PLACES: usize = 16;
/// Tiles that are transformed together, so that they stay in the cache: a multiple of [`ROWS`].
const TILES: usize = 64;
/// Groups of [`ROWS`] tiles whose products are kept together before they are transformed back.
const GROUPS: usize = 4;

/// A block, packed.
pub struct Winograd {
    /// `[panel, place, input channel, channel in the panel]`
    kernel: Vec<f32>,
    shift: Vec<f32>,
}

/// What the blocks write between their steps.
pub struct Tiles {
    /// `[group, place, run of channels, tile in the group, channel in the run]`, see [`Simd::RUN`]
    transformed: Vec<f32>,
    /// `[group, place, tile in the group, channel in the panel]`
    products: Vec<f32>,
}

impl Tiles {
    /// For blocks whose inputs have up to `channels` channels.
    pub fn new(channels: usize, lanes: Lanes) -> Self {
        Self {
            transformed: vec![0.0; TILES * PLACES * lanes.padded(channels)],
            products: vec![0.0; GROUPS * PLACES * ROWS * lanes.panel()],
        }
    }
}

impl Winograd {
    /// Packs it.
    pub fn new(folded: Folded<'_>, lanes: Lanes) -> Self {
        Self {
            kernel: folded.pack(lanes, true, transformed_kernel),
            shift: folded.shift,
        }
    }

    /// `input` has a border, and as many channels as the kernel was packed for; `output` half its side, at least 2.
    #[inline(always)]
    pub fn run<S: Simd>(
        &self,
        simd: S,
        pictures: usize,
        input: &Maps,
        tiles: &mut Tiles,
        output: &mut Maps,
    ) {
        let end = pictures * output.side * output.side;
        let mut first = 0;
        while first < end {
            let count = TILES.min(end - first);
            let transformed =
                &mut tiles.transformed[..count / ROWS * PLACES * ROWS * input.channels];
            let groups = transformed.chunks_exact_mut(PLACES * ROWS * input.channels);
            for (group, transformed) in groups.enumerate() {
                let number = first + group * ROWS;
                transform(simd, input, number, output.side, S::view_mut(transformed));
            }
            self.multiply(simd, transformed, &mut tiles.products, first, output);
            first += count;
        }
    }

    /// From transformed tiles, the `first` of which is numbered among all, to the pooled output.
    #[inline(always)]
    fn multiply<S: Simd>(
        &self,
        simd: S,
        transformed: &[f32],
        products: &mut [f32],
        first: usize,
        output: &mut Maps,
    ) {
        let panels = self.shift.len() / (PANEL * S::LANES);
        let kernel = S::view(&self.kernel);
        let kernels = kernel.chunks_exact(kernel.len() / panels);
        let depth = kernel.len() / panels / (PLACES * PANEL);
        let products = S::view_mut(products);
        for (panel, (kernel, shift)) in kernels
            .zip(S::view(&self.shift).chunks_exact(PANEL))
            .enumerate()
        {
            for (chunk, transformed) in transformed
                .chunks(GROUPS * PLACES * ROWS * depth)
                .enumerate()
            {
                for (place, kernel) in kernel.chunks_exact(depth * PANEL).enumerate() {
                    let groups = transformed.chunks_exact(PLACES * ROWS * depth);
                    let products = products.chunks_exact_mut(PLACES * ROWS * PANEL);
                    for (transformed, products) in groups.zip(products) {
                        let tiles = &transformed[place * ROWS * depth..][..ROWS * depth];
                        let sums = product(simd, tiles, kernel);
                        let stored = &mut products[place * ROWS * PANEL..][..ROWS * PANEL];
                        for (sum, stored) in sums.as_flattened().iter().zip(stored) {
                            simd.store(*sum, stored);
                        }
                    }
                }
                let groups = transformed.len() / (PLACES * ROWS * depth);
                let products = products.chunks_exact(PLACES * ROWS * PANEL);
                for (group, products) in products.take(groups).enumerate() {
                    for tile in 0..ROWS {
                        let number = first + (chunk * GROUPS + group) * ROWS + tile;
                        let place = Place::new(number, output.side);
                        let at = output.pixel(place.picture, place.y, place.x)
                            + panel * PANEL * S::LANES;
                        let stored = S::view_mut(&mut output.values[at..][..PANEL * S::LANES]);
                        for (vector, (stored, shift)) in stored.iter_mut().zip(shift).enumerate() {
                            let window = transform_back(simd, products, tile * PANEL + vector);
                            simd.store(pool(simd, window, simd.load(shift)), stored);
                        }
                    }
                }
            }
        }
    }
}

/// Where a tile lies.
#[derive(Clone, Copy)]
struct Place {
    picture: usize,
    y: usize,
    x: usize,
}

impl Place {
    /// Of tile `number`, with `side`, a power of two, of them along each side of a picture.
    #[inline(always)]
    fn new(number: usize, side: usize) -> Self {
        let bits = side.trailing_zeros();
        Self {
            picture: number >> (2 * bits),
            y: number >> bits & (side - 1),
            x: number & (side - 1),
        }
    }
}

/// `G kernel G'`
fn transformed_kernel(taps: [f64; TAPS]) -> [f64; PLACES] {
    let spread = |[a, b, c]: [f64; 3]| [a, (a + b + c) / 2.0, (a - b + c) / 2.0, c];
    let rows = [0, 1, 2].map(|row| spread([taps[3 * row], taps[3 * row + 1], taps[3 * row + 2]]));
    let columns = [0, 1, 2, 3].map(|column| spread(rows.map(|row| row[column])));
    core::array::from_fn(|place| columns[place % 4][place / 4])
}

/// `B' in B` for all channels of [`ROWS`] tiles from `number` on, of which `side` lie along each side of a picture.
#[inline(always)]
fn transform<S: Simd>(
    simd: S,
    input: &Maps,
    number: usize,
    side: usize,
    transformed: &mut [S::Stored],
) {
    let vectors = input.channels / S::LANES;
    let mut rows = [[&[][..]; 4]; ROWS];
    for (tile, rows) in rows.iter_mut().enumerate() {
        let place = Place::new(number + tile, side);
        let first =
            input.pixel(place.picture, 2 * place.y, 2 * place.x) - input.row() - input.channels;
        for (row, values) in rows.iter_mut().enumerate() {
            *values = S::view(&input.values[first + row * input.row()..][..4 * input.channels]);
        }
    }
    for vector in 0..vectors {
        let mut places = [[simd.splat(0.0); ROWS]; PLACES];
        for (tile, rows) in rows.iter().enumerate() {
            let mut halfway = [[simd.splat(0.0); 4]; 4];
            for (column, halfway) in halfway.iter_mut().enumerate() {
                let mut values = [simd.splat(0.0); 4];
                for (value, row) in values.iter_mut().zip(rows) {
                    *value = simd.load(&row[column * vectors + vector]);
                }
                *halfway = differences(simd, values);
            }
            for row in 0..4 {
                let mut values = [simd.splat(0.0); 4];
                for (value, halfway) in values.iter_mut().zip(halfway) {
                    *value = halfway[row];
                }
                for (column, value) in differences(simd, values).into_iter().enumerate() {
                    places[4 * row + column][tile] = value;
                }
            }
        }
        for (place, tiles) in places.into_iter().enumerate() {
            let stored = &mut transformed[(place * vectors + vector) * ROWS..][..ROWS];
            for (value, stored) in simd.mix(tiles).into_iter().zip(stored) {
                simd.store(value, stored);
            }
        }
    }
}

/// `B'` times a column.
#[inline(always)]
fn differences<S: Simd>(simd: S, [a, b, c, d]: [S::Vector; 4]) -> [S::Vector; 4] {
    [
        simd.sub(a, c),
        simd.add(b, c),
        simd.sub(c, b),
        simd.sub(b, d),
    ]
}

/// At one place, the products of [`ROWS`] tiles with a panel, summed over the input channels.
#[inline(always)]
fn product<S: Simd>(simd: S, tiles: &[f32], kernel: &[S::Stored]) -> [[S::Vector; PANEL]; ROWS] {
    let mut sums = [[simd.splat(0.0); PANEL]; ROWS];
    let runs = tiles.chunks_exact(ROWS * S::RUN);
    for (tiles, kernel) in runs.zip(kernel.chunks_exact(S::RUN * PANEL)) {
        for channel in 0..S::RUN {
            let weights = [
                simd.load(&kernel[channel * PANEL]),
                simd.load(&kernel[channel * PANEL + 1]),
            ];
            for (tile, sums) in sums.iter_mut().enumerate() {
                let value = simd.splat(tiles[tile * S::RUN + channel]);
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum = simd.mul_add(value, weight, *sum);
                }
            }
        }
    }
    sums
}

/// `A' products A`: the outputs of the window, from the products at `offset` of each place.
#[inline(always)]
fn transform_back<S: Simd>(simd: S, products: &[S::Stored], offset: usize) -> [S::Vector; 4] {
    let mut upper = [simd.splat(0.0); 4];
    let mut lower = upper;
    for column in 0..4 {
        let mut values = [simd.splat(0.0); 4];
        for (row, value) in values.iter_mut().enumerate() {
            *value = simd.load(&products[(4 * row + column) * ROWS * PANEL + offset]);
        }
        [upper[column], lower[column]] = sums(simd, values);
    }
    let [a, b] = sums(simd, upper);
    let [c, d] = sums(simd, lower);
    [a, b, c, d]
}

/// `A'` times a column.
#[inline(always)]
fn sums<S: Simd>(simd: S, [a, b, c, d]: [S::Vector; 4]) -> [S::Vector; 2] {
    [simd.add(simd.add(a, b), c), simd.sub(simd.sub(b, c), d)]
}
