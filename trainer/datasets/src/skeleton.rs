//! Lines of a picture, thinned until they are one pixel wide.

use image::GrayImage;

/// A pixel's place in a [`Skeleton`].
pub type Pixel = usize;

/// Pixels that are set or not, with a border of unset ones all round.
pub struct Skeleton {
    width: usize,
    set: Vec<bool>,
}

impl Skeleton {
    /// The pixels of a picture from a level on (1 to 255), thinned.
    pub fn of(picture: &GrayImage, level: u8) -> Self {
        let width = picture.width() as usize + 2;
        let mut set = vec![false; width * (picture.height() as usize + 2)];
        for (x, y, pixel) in picture.enumerate_pixels() {
            set[(y as usize + 1) * width + x as usize + 1] = pixel[0] >= level.max(1);
        }
        let mut skeleton = Self { width, set };
        skeleton.thin();
        skeleton
    }

    /// The set pixels, row by row.
    pub fn pixels(&self) -> impl Iterator<Item = Pixel> {
        (0..self.set.len()).filter(|&pixel| self.set[pixel])
    }

    /// Column and row of a pixel in the picture.
    pub fn place(&self, pixel: Pixel) -> (u32, u32) {
        let (column, row) = (pixel % self.width - 1, pixel / self.width - 1);
        (column as u32, row as u32)
    }

    /// Unsets a pixel.
    pub fn remove(&mut self, pixel: Pixel) {
        self.set[pixel] = false;
    }

    /// The set pixels that a line continues to: those at the side, above and below, and those at a corner where there is no way round
    /// it. With this, a line's pixel has two of them even where the line has a step.
    pub fn next_to(&self, pixel: Pixel) -> impl Iterator<Item = Pixel> + use<> {
        let ring = self.ring(pixel);
        let set = ring.map(|pixel| self.set[pixel]);
        (0..8)
            .filter(move |&at| {
                let is_corner = at % 2 == 1;
                set[at] && !(is_corner && (set[at - 1] || set[(at + 1) % 8]))
            })
            .map(move |at| ring[at])
    }

    /// The eight pixels round a set one, clockwise from the one above.
    fn ring(&self, pixel: Pixel) -> [Pixel; 8] {
        let (above, below) = (pixel - self.width, pixel + self.width);
        [
            above,
            above + 1,
            pixel + 1,
            below + 1,
            below,
            below - 1,
            pixel - 1,
            above - 1,
        ]
    }

    /// Thins by Z. Guo and R. W. Hall, "Parallel thinning with two-subiteration algorithms", Communications of the ACM 32 (1989).
    ///
    /// Zhang and Suen's better known way (1984) loses squares of two by two and lines aslant that are two pixels thick.
    fn thin(&mut self) {
        let mut left: Vec<Pixel> = self.pixels().collect();
        loop {
            let before = left.len();
            for turn in [0, 4] {
                let spare: Vec<Pixel> = left
                    .iter()
                    .copied()
                    .filter(|&pixel| {
                        // Most pixels of a thick line are inside of it.
                        let beside = [pixel - self.width, pixel - 1, pixel + 1, pixel + self.width];
                        if beside.iter().all(|&pixel| self.set[pixel]) {
                            return false;
                        }
                        let mut ring = self.ring(pixel).map(|pixel| self.set[pixel]);
                        ring.rotate_left(turn);
                        is_spare(ring)
                    })
                    .collect();
                for pixel in spare {
                    self.set[pixel] = false;
                }
                left.retain(|&pixel| self.set[pixel]);
            }
            if left.len() == before {
                return;
            }
        }
    }
}

/// Whether a pixel with these round it, from the one above on, lies at the right or lower side of a line and can go without the line
/// being cut or shortened.
fn is_spare(ring: [bool; 8]) -> bool {
    let [above, above_right, right, below_right, ..] = ring;
    // Pieces that its neighbours would fall into, and how thick these are.
    let pieces = (0..4).filter(|&at| {
        let at = 2 * at;
        !ring[at] && (ring[at + 1] || ring[(at + 2) % 8])
    });
    let pairs = |first: usize| {
        (0..4).filter(move |pair| ring[(2 * pair + first) % 8] || ring[(2 * pair + first + 1) % 8])
    };
    let thickness = pairs(0).count().min(pairs(1).count());
    pieces.count() == 1
        && (2..=3).contains(&thickness)
        && !((above || above_right || !below_right) && right)
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    fn thinned(width: u32, height: u32, is_set: impl Fn(u32, u32) -> bool) -> Skeleton {
        let picture =
            GrayImage::from_fn(width, height, |x, y| Luma([u8::from(is_set(x, y)) * 255]));
        Skeleton::of(&picture, 128)
    }

    #[test]
    fn a_bar_becomes_its_middle() {
        let bar = thinned(30, 11, |x, y| (3..27).contains(&x) && (3..8).contains(&y));
        let places: Vec<_> = bar.pixels().map(|pixel| bar.place(pixel)).collect();
        assert!(places.iter().all(|(_, row)| *row == 5), "{places:?}");
        assert!((18..=24).contains(&places.len()), "{places:?}");
        let ends = bar
            .pixels()
            .filter(|&pixel| bar.next_to(pixel).count() == 1)
            .count();
        assert_eq!(ends, 2);
    }

    #[test]
    fn small_things_stay_and_nothing_stays_nothing() {
        for side in 1..8 {
            let block = thinned(10, 10, |x, y| x < side && y < side);
            assert!((1..=2).contains(&block.pixels().count()), "{side}");
        }
        assert_eq!(thinned(5, 5, |_, _| false).pixels().count(), 0);
        assert_eq!(thinned(0, 0, |_, _| true).pixels().count(), 0);
    }

    #[test]
    fn a_filled_picture_is_thinned_up_to_its_border() {
        let all = thinned(12, 12, |_, _| true);
        assert!((1..24).contains(&all.pixels().count()));
    }

    #[test]
    fn steps_of_a_line_have_two_neighbours() {
        let stairs = thinned(12, 12, |x, y| x == y || x == y + 1);
        let ends = stairs
            .pixels()
            .filter(|&pixel| stairs.next_to(pixel).count() != 2)
            .count();
        assert_eq!(ends, 2);
    }
}
