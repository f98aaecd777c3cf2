//! Where the crop box goes when it is moved and sized. All in pixels of the photo.

use protocol::photo::Crop;

/// The smallest side of a crop, where the photo is not smaller itself.
const LEAST: u32 = 16;

/// A corner of the crop box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    /// Left and top.
    TopLeft,
    /// Right and top.
    TopRight,
    /// Left and bottom.
    BottomLeft,
    /// Right and bottom.
    BottomRight,
}

impl Corner {
    /// All corners.
    pub const ALL: [Self; 4] = [
        Self::TopLeft,
        Self::TopRight,
        Self::BottomLeft,
        Self::BottomRight,
    ];

    /// Its name in the style.
    pub fn id(self) -> &'static str {
        match self {
            Self::TopLeft => "top-left",
            Self::TopRight => "top-right",
            Self::BottomLeft => "bottom-left",
            Self::BottomRight => "bottom-right",
        }
    }

    fn is_left(self) -> bool {
        matches!(self, Self::TopLeft | Self::BottomLeft)
    }

    fn is_top(self) -> bool {
        matches!(self, Self::TopLeft | Self::TopRight)
    }
}

/// The crop moved by so many pixels, as far as a photo of `size` reaches.
pub fn moved(crop: Crop, size: (u32, u32), (right, down): (i32, i32)) -> Crop {
    Crop {
        left: crop.left.saturating_add_signed(right),
        top: crop.top.saturating_add_signed(down),
        side: crop.side,
    }
    .within(size)
}

/// The crop with a side longer by so many pixels, about its middle.
pub fn grown(crop: Crop, size: (u32, u32), by: i32) -> Crop {
    let side = clamped(crop.side.saturating_add_signed(by), size);
    let half = (side as i32 - crop.side as i32) / 2;
    Crop {
        left: crop.left.saturating_add_signed(-half),
        top: crop.top.saturating_add_signed(-half),
        side,
    }
    .within(size)
}

/// The crop with one corner dragged by so many pixels, right and down; the corner across from it stays.
pub fn dragged(crop: Crop, size: (u32, u32), corner: Corner, (right, down): (i32, i32)) -> Crop {
    let outward = |is_start: bool, by: i32| if is_start { -by } else { by };
    let across = outward(corner.is_left(), right);
    let along = outward(corner.is_top(), down);
    let (end_x, end_y) = (crop.left + crop.side, crop.top + crop.side);
    let room_x = if corner.is_left() {
        end_x
    } else {
        size.0 - crop.left
    };
    let room_y = if corner.is_top() {
        end_y
    } else {
        size.1 - crop.top
    };
    let side = crop.side.saturating_add_signed((across + along) / 2);
    let side = clamped(side, (room_x, room_y));
    Crop {
        left: if corner.is_left() {
            end_x - side
        } else {
            crop.left
        },
        top: if corner.is_top() {
            end_y - side
        } else {
            crop.top
        },
        side,
    }
}

fn clamped(side: u32, (width, height): (u32, u32)) -> u32 {
    let most = width.min(height);
    side.clamp(LEAST.min(most), most)
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    const SIZE: (u32, u32) = (100, 60);

    fn crop(left: u32, top: u32, side: u32) -> Crop {
        Crop { left, top, side }
    }

    #[test]
    fn it_moves_no_further_than_the_photo() {
        assert_eq!(moved(crop(10, 10, 40), SIZE, (5, -3)), crop(15, 7, 40));
        assert_eq!(moved(crop(10, 10, 40), SIZE, (-50, 50)), crop(0, 20, 40));
        assert_eq!(moved(crop(20, 0, 60), SIZE, (900, 900)), crop(40, 0, 60));
    }

    #[test]
    fn it_grows_and_shrinks_about_its_middle() {
        assert_eq!(grown(crop(30, 10, 30), SIZE, 10), crop(25, 5, 40));
        assert_eq!(grown(crop(30, 10, 30), SIZE, -10), crop(35, 15, 20));
        assert_eq!(grown(crop(30, 10, 30), SIZE, -90), crop(37, 17, 16));
        assert_eq!(grown(crop(0, 0, 50), SIZE, 90), crop(0, 0, 60));
        // A photo that is smaller than the smallest crop.
        assert_eq!(grown(crop(0, 0, 8), (9, 8), -5), crop(0, 0, 8));
    }

    #[test]
    fn the_corner_across_from_the_dragged_one_stays() {
        let start = crop(20, 10, 30);
        let by = |corner, way| dragged(start, SIZE, corner, way);
        assert_eq!(by(Corner::BottomRight, (10, 10)), crop(20, 10, 40));
        assert_eq!(by(Corner::TopLeft, (10, 10)), crop(30, 20, 20));
        assert_eq!(by(Corner::TopRight, (-8, 8)), crop(20, 18, 22));
        assert_eq!(by(Corner::BottomLeft, (6, -6)), crop(26, 10, 24));
        // As far as the photo reaches, and no smaller than it may be.
        assert_eq!(by(Corner::BottomRight, (90, 90)), crop(20, 10, 50));
        assert_eq!(by(Corner::TopLeft, (-90, -90)), crop(10, 0, 40));
        assert_eq!(by(Corner::TopLeft, (90, 90)), crop(34, 24, 16));
    }
}
