//! A small picture in each network's box of what the network does: where F puts the points, C's regions, D's prediction.

use image::{Rgba, RgbaImage};
use laboratory::data::DataSet;
use leptos::html;
use leptos::prelude::*;
use protocol::laboratory::Frame;

use super::paint::{domains, regions};
use super::palette::Palette;
use super::state::use_laboratory;
use crate::boxes::Network;
use crate::canvas::paint;
use crate::draw::looks::on_colours;
use crate::palette::Colour;

/// Pixels along each side of F's picture.
const SIDE: u32 = 96;
/// Pixels along each side of a source point in it; a target point has half as many.
const POINT: i64 = 4;
/// Nothing lies on the other two pictures, so that their colours may be strong.
const TINT: f32 = 0.85;

/// The small picture of a network. It says nothing that the planes do not say, so screen readers pass it over.
#[component]
pub fn SmallPicture(
    /// The network.
    network: Network,
) -> impl IntoView {
    let laboratory = use_laboratory();
    let node = NodeRef::<html::Canvas>::new();
    let looks = Trigger::new();
    on_colours(move || looks.notify());
    Effect::new(move |_| {
        looks.track();
        let Some(canvas) = node.get() else { return };
        let (frame, data) = (laboratory.frame.read(), laboratory.data.read());
        let is_revealed = laboratory.is_revealed.get();
        let palette = Palette::of(&canvas);
        let picture = frame.as_deref().and_then(|frame| match network {
            Network::Extractor => mapped(frame, &data, &palette, is_revealed),
            Network::Predictor => Some(cells(frame.side, regions(frame, &data, &palette, TINT)?)),
            Network::Domain => Some(cells(frame.side, domains(frame, &palette, TINT)?)),
        });
        if let Some(picture) = picture {
            paint(&canvas, &picture);
        }
    });
    view! { <canvas node_ref=node class="lab-picture" width="1" height="1" aria-hidden="true"></canvas> }
}

fn pixel([red, green, blue]: Colour) -> Rgba<u8> {
    Rgba([red, green, blue, 255])
}

/// Cells, whose rows come from the lowest y, as pixels.
fn cells(side: u32, colours: impl Iterator<Item = Colour>) -> RgbaImage {
    let mut picture = RgbaImage::new(side, side);
    for (colour, index) in colours.zip(0..side * side) {
        picture.put_pixel(index % side, side - 1 - index / side, pixel(colour));
    }
    picture
}

/// All points where F puts them; none where the data has changed since the frame was made.
fn mapped(
    frame: &Frame,
    data: &DataSet,
    palette: &Palette,
    is_revealed: bool,
) -> Option<RgbaImage> {
    let [left, bottom, right, top] = <[f32; 4]>::try_from(frame.bounds.as_slice()).ok()?;
    let (points, _) = frame.features.as_chunks::<2>();
    let known = data.source_labels.iter().map(|class| Some(*class));
    let hidden = data.target_labels.iter();
    let classes = known.chain(hidden.map(|class| class.filter(|_| is_revealed)));
    if points.len() != data.source.len() + data.target.len() {
        return None;
    }
    let mut picture = RgbaImage::from_pixel(SIDE, SIDE, pixel(palette.paper));
    for (index, ([x, y], class)) in points.iter().zip(classes).enumerate() {
        // Rings lie above, as in the planes, and are smaller, so that they do not hide what is below.
        let size = if index < data.source.len() {
            POINT
        } else {
            POINT / 2
        };
        let place = |share: f32| (share * SIDE as f32) as i64 - size / 2;
        let column = place((x - left) / (right - left));
        let row = place((top - y) / (top - bottom));
        let colour = pixel(palette.class(class));
        for (x, y) in (0..size * size).map(|at| (column + at % size, row + at / size)) {
            let side = i64::from(SIDE);
            if (0..side).contains(&x) && (0..side).contains(&y) {
                picture.put_pixel(x as u32, y as u32, colour);
            }
        }
    }
    Some(picture)
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    const PALETTE: Palette = Palette {
        paper: [255; 3],
        ink: String::new(),
        quiet: [9; 3],
        classes: [[200, 0, 0], [0, 200, 0], [0, 0, 200]],
        source: [0, 0, 255],
        target: [255, 0, 0],
    };

    fn two_points() -> (Frame, DataSet) {
        let frame = Frame {
            features: vec![0.1, 0.1, 0.9, 0.9],
            bounds: vec![0.0, 0.0, 1.0, 1.0],
            side: 2,
            classes: vec![1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0],
            ..Frame::default()
        };
        let data = DataSet {
            classes: 2,
            source: vec![[0.0; 2]],
            source_labels: vec![0],
            target: vec![[0.0; 2]],
            target_labels: vec![Some(1)],
        };
        (frame, data)
    }

    #[test]
    fn points_lie_where_f_puts_them_and_hidden_labels_have_no_colour() {
        let (frame, data) = two_points();
        let (low, high) = (9, 86);
        let picture = mapped(&frame, &data, &PALETTE, false).unwrap();
        assert_eq!(picture[(low, high)], Rgba([200, 0, 0, 255]));
        assert_eq!(picture[(high, low)], Rgba([9, 9, 9, 255]));
        assert_eq!(picture[(low, low)], Rgba([255; 4]));
        let revealed = mapped(&frame, &data, &PALETTE, true).unwrap();
        assert_eq!(revealed[(high, low)], Rgba([0, 200, 0, 255]));
    }

    #[test]
    fn a_frame_of_other_data_has_no_picture() {
        let (frame, mut data) = two_points();
        data.classes = 3;
        data.source.push([0.0; 2]);
        data.source_labels.push(0);
        assert!(mapped(&frame, &data, &PALETTE, false).is_none());
        assert!(regions(&frame, &data, &PALETTE, TINT).is_none());
    }

    #[test]
    fn the_lowest_cells_are_at_the_bottom() {
        let (frame, data) = two_points();
        let picture = cells(2, regions(&frame, &data, &PALETTE, 1.0).unwrap());
        assert_eq!(picture[(0, 1)], Rgba([200, 0, 0, 255]));
        assert_eq!(picture[(1, 0)], Rgba([0, 200, 0, 255]));
    }
}
