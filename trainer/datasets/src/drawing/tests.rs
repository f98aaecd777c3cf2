use image::codecs::jpeg::JpegEncoder;
use image::{Luma, imageops};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};
use shared::drawing::{Drawing, Point, Stroke, rasterise};
use tiny_skia::{
    FillRule, LineCap, LineJoin, Mask as Surface, PathBuilder, Stroke as Pen, Transform,
};

use super::*;

/// Drawings of the repository's own, in a box of 256.
fn drawings() -> Vec<Drawing> {
    [
        include_str!("../../../../shared/drawings/horse.json"),
        include_str!("../../../../shared/drawings/cat.json"),
        include_str!("../../../../shared/drawings/plane.json"),
        include_str!("../../../../shared/drawings/spider.json"),
    ]
    .map(|file| serde_json::from_str(file).unwrap())
    .to_vec()
}

/// A sheet of so many pixels with a drawing at `left`, `top`, so many times as large as its strokes; `paper` and `ink` are levels.
struct Sheet {
    size: (u32, u32),
    left: f32,
    top: f32,
    times: f32,
    pen: f32,
    paper: u8,
    ink: u8,
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            size: (500, 500),
            left: 60.0,
            top: 50.0,
            times: 1.5,
            pen: 3.0,
            paper: 255,
            ink: 0,
        }
    }
}

impl Sheet {
    fn draw(&self, drawing: &Drawing) -> GrayImage {
        let (width, height) = self.size;
        let mut covered = Surface::new(width, height).unwrap();
        let mut path = PathBuilder::new();
        for stroke in drawing.strokes() {
            let mut points = stroke.points().iter().map(|point| {
                (
                    self.left + point.x * self.times,
                    self.top + point.y * self.times,
                )
            });
            let (x, y) = points.next().unwrap();
            path.move_to(x, y);
            path.line_to(x, y);
            points.for_each(|(x, y)| path.line_to(x, y));
        }
        let pen = Pen {
            width: self.pen,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Pen::default()
        };
        let outline = path.finish().unwrap().stroke(&pen, 1.0).unwrap();
        covered.fill_path(&outline, FillRule::Winding, true, Transform::identity());
        let (paper, ink) = (f32::from(self.paper), f32::from(self.ink));
        let levels = covered
            .data()
            .iter()
            .map(|covered| (paper + (ink - paper) * f32::from(*covered) / 255.0).round() as u8);
        GrayImage::from_raw(width, height, levels.collect()).unwrap()
    }
}

/// The mean difference of two pictures, in levels.
fn difference(one: &GrayImage, other: &GrayImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let differences = one
        .iter()
        .zip(other.iter())
        .map(|(one, other)| f64::from(one.abs_diff(*other)));
    differences.sum::<f64>() / one.as_raw().len() as f64
}

/// Reads each sheet and expects what the page makes of its strokes, but for `most` levels a pixel.
fn as_on_the_page(most: f64, sheet: impl Fn(&Drawing) -> GrayImage) {
    for drawing in drawings() {
        let page = rasterise(&drawing);
        let fitted = bitmap_from_sheet(&sheet(&drawing));
        assert!(!fitted.is_empty);
        let found = difference(&page, &fitted.bitmap);
        assert!(found < most, "{found} levels");
    }
}

/// Adds light from the upper left and grain of so many levels.
fn photographed(mut sheet: GrayImage, grain: i16) -> GrayImage {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let (width, height) = sheet.dimensions();
    for (x, y, level) in sheet.enumerate_pixels_mut() {
        let across = x as f32 / width as f32;
        let down = y as f32 / height as f32;
        let light = 1.0 - 0.35 * across * across - 0.15 * down;
        let grain = random.random_range(-grain..=grain);
        level.0[0] = (f32::from(level.0[0]) * light + f32::from(grain)).round() as u8;
    }
    sheet
}

#[test]
fn lines_come_out_as_wide_as_the_page_s_pen_however_thin_or_thick() {
    for pen in [1.0, 3.0, 12.0, 24.0] {
        as_on_the_page(6.0, |drawing| {
            Sheet {
                pen,
                ..Sheet::default()
            }
            .draw(drawing)
        });
    }
    let marker = |drawing: &Drawing| {
        Sheet {
            pen: 40.0,
            ..Sheet::default()
        }
        .draw(drawing)
    };
    as_on_the_page(14.0, marker);
}

#[test]
fn thin_lines_on_a_large_sheet_are_as_light_as_the_page_s() {
    let sheet = Sheet {
        size: (1000, 1000),
        times: 3.0,
        ..Sheet::default()
    };
    for drawing in drawings() {
        let fitted = bitmap_from_sheet(&sheet.draw(&drawing)).bitmap;
        let light = |picture: &GrayImage| picture.iter().filter(|level| **level > 230).count();
        let page = light(&rasterise(&drawing));
        assert!(
            light(&fitted).abs_diff(page) < page / 4,
            "{} {page}",
            light(&fitted)
        );
    }
}

#[test]
fn light_ink_on_dark_paper_is_not_inverted() {
    let dark = Sheet {
        paper: 0,
        ink: 255,
        ..Sheet::default()
    };
    for drawing in drawings() {
        let light = bitmap_from_sheet(&Sheet::default().draw(&drawing));
        let dark = bitmap_from_sheet(&dark.draw(&drawing));
        assert!(light.inverted && !dark.inverted);
        assert!(difference(&light.bitmap, &dark.bitmap) < 0.2);
    }
}

#[test]
fn small_sheets_and_small_drawings_on_large_ones() {
    let small = Sheet {
        size: (64, 64),
        left: 7.0,
        top: 7.0,
        times: 0.2,
        ..Sheet::default()
    };
    as_on_the_page(12.0, |drawing| small.draw(drawing));
    let corner = Sheet {
        size: (1500, 900),
        left: 1100.0,
        top: 20.0,
        times: 1.0,
        ..Sheet::default()
    };
    as_on_the_page(6.0, |drawing| corner.draw(drawing));
}

#[test]
fn cropped_to_the_ink_is_the_same() {
    as_on_the_page(6.0, |drawing| {
        let sheet = Sheet {
            pen: 12.0,
            ..Sheet::default()
        }
        .draw(drawing);
        let bounds = mask::bounds(&GrayImage::from_fn(500, 500, |x, y| {
            Luma([255 - sheet.get_pixel(x, y).0[0]])
        }));
        let mask::Bounds {
            left,
            top,
            right,
            bottom,
        } = bounds.unwrap();
        imageops::crop_imm(&sheet, left, top, right - left, bottom - top).to_image()
    });
}

#[test]
fn faint_squares_of_the_paper_are_no_ink() {
    as_on_the_page(6.0, |drawing| {
        let pen = Sheet {
            pen: 5.0,
            ..Sheet::default()
        };
        let mut sheet = pen.draw(drawing);
        for (x, y, level) in sheet.enumerate_pixels_mut() {
            if x % 25 < 2 || y % 25 < 2 {
                level.0[0] = level.0[0].min(200);
            }
        }
        sheet
    });
}

#[test]
fn uneven_light_grain_and_jpeg_are_no_ink() {
    let pencil = Sheet {
        paper: 230,
        ink: 120,
        ..Sheet::default()
    };
    as_on_the_page(7.0, |drawing| photographed(pencil.draw(drawing), 8));
    as_on_the_page(7.0, |drawing| {
        let mut bytes = Vec::new();
        let sheet = photographed(pencil.draw(drawing), 4);
        JpegEncoder::new_with_quality(&mut bytes, 30)
            .encode_image(&sheet)
            .unwrap();
        image::load_from_memory(&bytes).unwrap().into_luma8()
    });
}

#[test]
fn the_table_the_scanner_s_lid_and_dust_are_no_ink() {
    let paper = Sheet {
        left: 110.0,
        top: 110.0,
        times: 1.0,
        ..Sheet::default()
    };
    as_on_the_page(6.0, |drawing| {
        let mut sheet = paper.draw(drawing);
        for (x, y, level) in sheet.enumerate_pixels_mut() {
            if x < 70 + y / 40 || y > 440 || x > 460 {
                level.0[0] = 60;
            }
        }
        sheet
    });
    as_on_the_page(6.0, |drawing| {
        let mut sheet = paper.draw(drawing);
        for (x, y, level) in sheet.enumerate_pixels_mut() {
            if x < 9 || y > 494 {
                level.0[0] = 90;
            }
            if (x, y) == (440, 60) || (x, y) == (60, 450) {
                level.0[0] = 20;
            }
        }
        sheet
    });
}

#[test]
fn a_sheet_without_ink_is_empty() {
    let blank = |level| GrayImage::from_pixel(300, 200, Luma([level]));
    for sheet in [
        blank(255),
        blank(0),
        photographed(blank(230), 0),
        photographed(blank(200), 10),
    ] {
        let fitted = bitmap_from_sheet(&sheet);
        assert!(fitted.is_empty);
        assert_eq!(fitted.bitmap, GrayImage::new(28, 28));
    }
    assert!(bitmap_from_sheet(&GrayImage::new(0, 0)).is_empty);
}

#[test]
fn filled_shapes_stay_filled_and_a_dot_stays_a_dot() {
    let disc = |radius: f32| {
        GrayImage::from_fn(400, 400, |x, y| {
            let inside = (x as f32 - 200.0).hypot(y as f32 - 180.0) < radius;
            Luma([if inside { 0 } else { 255 }])
        })
    };
    let filled = bitmap_from_sheet(&disc(110.0)).bitmap;
    assert!(
        (12..16)
            .all(|at| filled.get_pixel(at, at).0[0] > 250 && filled.get_pixel(3, at).0[0] > 200)
    );
    let mut dot = Drawing::default();
    dot.begin(Point::from((5.0, 5.0)));
    assert!(difference(&bitmap_from_sheet(&disc(4.0)).bitmap, &rasterise(&dot)) < 0.3);
}

#[test]
fn larger_bitmaps_of_quick_draw_are_only_resized() {
    for drawing in drawings() {
        let bitmap = rasterise(&drawing);
        for side in [32, 56, 112, 280] {
            let large = imageops::resize(&bitmap, side, side, imageops::FilterType::Triangle);
            let fitted = bitmap_from_sheet(&large);
            assert!(fitted.is_as_on_the_page && !fitted.inverted);
            assert_eq!(fitted.bitmap, resize_grey(&large, 32, 32));
        }
    }
    assert!(!bitmap_from_sheet(&Sheet::default().draw(&drawings()[0])).is_as_on_the_page);
}

fn strokes() -> impl Strategy<Value = Drawing> {
    let place = (0.0..255.0_f32, 0.0..255.0_f32);
    prop::collection::vec(prop::collection::vec(place, 2..6), 1..4).prop_map(|strokes| {
        let strokes = strokes
            .into_iter()
            .map(|points| Stroke::from(points.into_iter().map(Point::from).collect::<Vec<_>>()));
        strokes.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn place_size_and_pen_do_not_matter(
        drawing in strokes(),
        left in 10.0..90.0_f32,
        times in 1.0..1.4_f32,
        pen in 2.0..12.0_f32,
    ) {
        let wide = drawing.strokes().iter().flat_map(Stroke::points);
        prop_assume!(wide.clone().any(|point| (point.x - drawing.strokes()[0].points()[0].x).abs() > 60.0));
        let one = bitmap_from_sheet(&Sheet::default().draw(&drawing)).bitmap;
        let other = bitmap_from_sheet(&Sheet { left, times, pen, ..Sheet::default() }.draw(&drawing)).bitmap;
        prop_assert!(difference(&one, &other) < 12.0);
    }

    #[test]
    fn any_picture_keeps_the_margin(
        (width, height, levels) in (1..40_u32, 1..40_u32).prop_flat_map(|(width, height)| {
            (Just(width), Just(height), prop::collection::vec(any::<u8>(), (width * height) as usize))
        }),
        contrast in 0..8_u8,
    ) {
        let levels = levels.iter().map(|level| level.saturating_mul(contrast)).collect();
        let fitted = bitmap_from_sheet(&GrayImage::from_raw(width, height, levels).unwrap());
        prop_assert_eq!(fitted.bitmap.dimensions(), (28, 28));
        prop_assert_eq!(fitted.is_empty, fitted.bitmap.iter().all(|level| *level == 0));
        let outer = fitted.bitmap.enumerate_pixels().filter(|(x, y, _)| [0, 27].contains(x) || [0, 27].contains(y));
        prop_assert!(outer.map(|(_, _, level)| level.0[0]).max() < Some(64));
    }
}
