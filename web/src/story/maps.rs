//! Pictures of feature maps.

use image::{Rgb, RgbImage};

use super::network::Layer;

/// A pixel before pooling is drawn as so many, so that the one that wins has room for a frame.
const ZOOM: usize = 8;
/// The frame's colour; the maps are white on black whatever the page's colours are.
const FRAME: [u8; 3] = [0xff, 0x8f, 0x5a];
/// The colour between maps.
const BETWEEN: [u8; 3] = [0x50, 0x50, 0x58];

/// How many maps stand in a row.
pub fn columns(channels: usize) -> usize {
    if channels > 64 { 16 } else { 8 }
}

fn level(value: f32, most: f32) -> [u8; 3] {
    [(value.max(0.0) / most.max(f32::MIN_POSITIVE) * 255.0).round() as u8; 3]
}

fn largest(values: &[f32]) -> f32 {
    values.iter().copied().fold(0.0, f32::max)
}

/// All maps after pooling, in rows, with a line between them.
pub fn atlas(layer: &Layer) -> RgbImage {
    let (side, columns) = (layer.side / 2, columns(layer.channels));
    let gap = (side / 8).max(1);
    // A map of one pixel has an edge of its own too.
    let (zoom, most) = (if side < 4 { 4 } else { 1 }, largest(&layer.pooled));
    let pitch = side * zoom + gap;
    let rows = layer.channels.div_ceil(columns);
    RgbImage::from_fn((columns * pitch) as u32, (rows * pitch) as u32, |x, y| {
        let (x, y) = (x as usize, y as usize);
        let (inner_x, inner_y) = (x % pitch / zoom, y % pitch / zoom);
        let map = y / pitch * columns + x / pitch;
        let is_map = inner_x < side && inner_y < side && map < layer.channels;
        Rgb(if is_map {
            level(layer.map(map)[inner_y * side + inner_x], most)
        } else {
            BETWEEN
        })
    })
}

/// A map before pooling, enlarged; the pixel of each window of four that wins has a frame, where any is above 0.
pub fn winners(layer: &Layer, map: usize) -> RgbImage {
    let pixels = layer.side * layer.side;
    let sums = &layer.sums[map * pixels..][..pixels];
    let most = largest(sums);
    let length = (layer.side * ZOOM) as u32;
    RgbImage::from_fn(length, length, |x, y| {
        let (x, y) = (x as usize, y as usize);
        let (column, row) = (x / ZOOM, y / ZOOM);
        let sum = sums[row * layer.side + column];
        let winner = layer.shown_winner(map, (column / 2, row / 2), most);
        let is_winner = winner == Some(row % 2 * 2 + column % 2);
        let is_rim = |at: usize| matches!(at % ZOOM, 0 | 7);
        Rgb(if is_winner && (is_rim(x) || is_rim(y)) {
            FRAME
        } else {
            level(sum, most)
        })
    })
}

/// A map after pooling.
pub fn pooled(layer: &Layer, map: usize) -> RgbImage {
    let (side, values) = (layer.side / 2, layer.map(map));
    let most = largest(values);
    RgbImage::from_fn(side as u32, side as u32, |x, y| {
        Rgb(level(values[y as usize * side + x as usize], most))
    })
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn layer() -> Layer {
        Layer {
            side: 4,
            channels: 1,
            sums: vec![
                1.0, 0.0, -1.0, -1.0, //
                0.0, 0.0, -1.0, -2.0, //
                0.0, 0.0, 0.0, 0.0, //
                0.0, 2.0, 0.0, 0.0,
            ],
            pooled: vec![1.0, 0.0, 2.0, 0.0],
        }
    }

    #[test]
    fn the_winner_of_each_window_has_a_frame_unless_relu_cuts_it() {
        let picture = winners(&layer(), 0);
        let corner = |column: u32, row: u32| picture.get_pixel(column * 8, row * 8).0;
        assert_eq!((corner(0, 0), corner(1, 3)), (FRAME, FRAME));
        assert_eq!(
            (corner(1, 0), corner(2, 0), corner(2, 2)),
            ([0; 3], [0; 3], [0; 3])
        );
        assert_eq!(picture.get_pixel(1, 1).0, [128; 3]);
    }

    #[test]
    fn a_map_after_pooling_is_as_bright_as_its_values() {
        let picture = pooled(&layer(), 0);
        let levels: Vec<u8> = picture.pixels().map(|pixel| pixel.0[0]).collect();
        assert_eq!(levels, [128, 0, 255, 0]);
    }
}
