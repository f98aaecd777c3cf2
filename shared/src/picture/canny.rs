use image::GrayImage;
use serde::{Deserialize, Serialize};

/// tan(22.5 degrees) in 15-bit fixed point, the border between the horizontal and the diagonal directions.
const TAN_22_5: i32 = 13_573;

/// Hysteresis thresholds of [`canny`], on the gradient's L1 magnitude (0 to 2040).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CannyThresholds {
    /// Above it, a pixel that touches an edge belongs to the edge.
    pub low: f64,
    /// Above it, a pixel is an edge by itself.
    pub high: f64,
}

impl CannyThresholds {
    /// Four pairs from busy to sparse; the third is the default.
    pub const PRESETS: [Self; 4] = [
        Self::new(50.0, 100.0),
        Self::new(150.0, 200.0),
        Self::new(170.0, 300.0),
        Self::new(250.0, 300.0),
    ];

    /// Thresholds in either order.
    pub const fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    /// The thresholds in order, rounded down, as OpenCV does.
    fn whole(self) -> (i32, i32) {
        let (low, high) = (self.low.floor() as i32, self.high.floor() as i32);
        (low.min(high), low.max(high))
    }
}

impl Default for CannyThresholds {
    fn default() -> Self {
        Self::PRESETS[2]
    }
}

/// The edges of a grey picture, 255 on 0, as OpenCV's `Canny(grey, low, high)` with its defaults: no blur, Sobel 3x3
/// with replicated borders, L1 magnitude, non-maximum suppression in four directions, hysteresis over eight neighbours.
///
/// Source: J. Canny, "A Computational Approach to Edge Detection", 1986, in OpenCV's integer form.
pub fn canny(grey: &GrayImage, thresholds: CannyThresholds) -> GrayImage {
    let mut edges = GrayImage::new(grey.width(), grey.height());
    if edges.is_empty() {
        return edges;
    }
    let gradient = Gradient::of(grey);
    let mut marks = gradient.ridges(thresholds);
    trace(&mut marks, gradient.stride);
    let width = grey.width() as usize;
    for (row, marks) in edges
        .chunks_exact_mut(width)
        .zip(marks.chunks_exact(gradient.stride).skip(1))
    {
        for (level, &mark) in row.iter_mut().zip(&marks[1..]) {
            *level = if mark == STRONG { 255 } else { 0 };
        }
    }
    edges
}

const NONE: u8 = 0;
const WEAK: u8 = 1;
const STRONG: u8 = 2;

/// Sobel derivatives, and their L1 magnitude in a frame of zeros one pixel wide.
struct Gradient {
    dx: Vec<i16>,
    dy: Vec<i16>,
    magnitude: Vec<i16>,
    /// Width of the picture with its frame.
    stride: usize,
}

impl Gradient {
    fn of(grey: &GrayImage) -> Self {
        let (width, height) = (grey.width() as usize, grey.height() as usize);
        let stride = width + 2;
        let mut gradient = Self {
            dx: vec![0; width * height],
            dy: vec![0; width * height],
            magnitude: vec![0; stride * (height + 2)],
            stride,
        };
        let levels = grey.as_raw();
        let row = |y: usize| &levels[y * width..][..width];
        let (mut smooth, mut slope) = (vec![0; stride], vec![0; stride]);
        for y in 0..height {
            let (above, here, below) = (
                row(y.saturating_sub(1)),
                row(y),
                row((y + 1).min(height - 1)),
            );
            for x in 0..width {
                let [above, here, below] = [above[x], here[x], below[x]].map(i16::from);
                smooth[x + 1] = above + 2 * here + below;
                slope[x + 1] = below - above;
            }
            for column in [&mut smooth, &mut slope] {
                column[0] = column[1];
                column[width + 1] = column[width];
            }
            let dx = &mut gradient.dx[y * width..][..width];
            let dy = &mut gradient.dy[y * width..][..width];
            let magnitude = &mut gradient.magnitude[(y + 1) * stride + 1..][..width];
            for x in 0..width {
                dx[x] = smooth[x + 2] - smooth[x];
                dy[x] = slope[x] + 2 * slope[x + 1] + slope[x + 2];
                magnitude[x] = dx[x].abs() + dy[x].abs();
            }
        }
        gradient
    }

    /// Marks, in the frame, the pixels over the thresholds that no neighbour across the edge exceeds.
    fn ridges(&self, thresholds: CannyThresholds) -> Vec<u8> {
        let (low, high) = thresholds.whole();
        let stride = self.stride;
        let width = stride - 2;
        let mut marks = vec![NONE; self.magnitude.len()];
        for (y, (dx, dy)) in self
            .dx
            .chunks_exact(width)
            .zip(self.dy.chunks_exact(width))
            .enumerate()
        {
            let rows = &self.magnitude[y * stride..][..3 * stride];
            let (above, rest) = rows.split_at(stride);
            let (here, below) = rest.split_at(stride);
            let marks = &mut marks[(y + 1) * stride..][..stride];
            for x in 1..=width {
                let magnitude = here[x];
                if i32::from(magnitude) <= low {
                    continue;
                }
                let (dx, dy) = (i32::from(dx[x - 1]), i32::from(dy[x - 1]));
                let (run, rise) = (dx.abs(), dy.abs() << 15);
                let flat = run * TAN_22_5;
                // The sharper comparison goes to one side only, so that of two equal neighbours one stays.
                let ridge = if rise < flat {
                    magnitude > here[x - 1] && magnitude >= here[x + 1]
                } else if rise > flat + (run << 16) {
                    magnitude > above[x] && magnitude >= below[x]
                } else if (dx ^ dy) < 0 {
                    magnitude > above[x + 1] && magnitude > below[x - 1]
                } else {
                    magnitude > above[x - 1] && magnitude > below[x + 1]
                };
                if ridge {
                    marks[x] = if i32::from(magnitude) > high {
                        STRONG
                    } else {
                        WEAK
                    };
                }
            }
        }
        marks
    }
}

/// Makes strong every weak mark that strong ones lead to. The frame is never marked, so no neighbour falls outside.
fn trace(marks: &mut [u8], stride: usize) {
    let mut open: Vec<usize> = (0..marks.len())
        .filter(|&place| marks[place] == STRONG)
        .collect();
    while let Some(place) = open.pop() {
        for row in [place - stride, place, place + stride] {
            for neighbour in [row - 1, row, row + 1] {
                if marks[neighbour] == WEAK {
                    marks[neighbour] = STRONG;
                    open.push(neighbour);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
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
        (1..24u32, 1..24u32).prop_flat_map(|(width, height)| {
            prop::collection::vec(any::<u8>(), (width * height) as usize)
                .prop_map(move |levels| GrayImage::from_raw(width, height, levels).unwrap())
        })
    }

    proptest! {
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
}
