use image::{GrayImage, imageops};
use shared::picture::resize_grey;

use super::levels::{Histogram, grain, opened};
use super::mask::{Bounds, Mask, bounds};
use super::paper::{Paper, Region};

/// Larger side of the pictures in which ink is looked for, in pixels.
const SIDE: u32 = 256;
/// The most that a small drawing is enlarged for it.
const MOST_ENLARGED: f64 = 32.0;
/// Lines are thinner than this share of the sheet; what is wider is a filled area, or a shadow.
const THIN: f64 = 0.2;
/// A table or a shadow is wider than this share of the picture: no pen is.
const TABLE: f64 = 0.08;
/// Least contrast of lines, in levels.
const FAINTEST_LINE: f64 = 6.0;
/// Least contrast of filled areas where there are no lines, in levels; less is a shadow.
const FAINTEST_AREA: f64 = 24.0;
/// Least contrast of filled areas, as a share of that of the lines.
const AS_LINES: f64 = 0.75;
/// Least contrast, in standard deviations of the paper's grain.
const ABOVE_GRAIN: f64 = 6.0;
/// A sheet of paper fills so much of the box round it, in spite of the lines on it.
const SHEET: f64 = 0.8;

/// The ink of a drawing, cropped with a margin.
pub(super) struct Ink {
    /// 255 where there is ink, else 0.
    pub mask: GrayImage,
    /// The part of the sheet that the mask shows.
    pub region: Region,
    /// The larger side of the whole sheet, in pixels of the mask.
    pub sheet: f64,
    /// Whether the sheet is square.
    pub is_square: bool,
}

/// Finds the ink of a sheet, and says whether it was dark on light.
pub(super) fn find(sheet: &GrayImage) -> (Option<Ink>, bool) {
    if sheet.is_empty() {
        return (None, false);
    }
    let larger = larger_side(sheet);
    let overview = scaled(sheet, (f64::from(SIDE) / larger).min(1.0));
    let (paper, is_light) = paper(&overview);
    let mut look = Look {
        paper,
        is_light,
        grain: grain(&overview),
        table: Mask::empty(&overview),
    };
    look.table = look.find_table(&overview);
    let mut seen = look.parts(&overview, Region::SHEET, larger_side(&overview));
    let rims = seen.lines.remove_rims();
    let mut ink = seen.lines.with(&seen.areas);
    ink.remove_specks();
    (look.closer(sheet, &ink, &rims), is_light)
}

/// The paper of a sheet, and whether it's lighter than the ink.
fn paper(overview: &GrayImage) -> (Paper, bool) {
    let middle = Histogram::of(overview.iter().copied()).median();
    let flat = Paper::of(overview, middle);
    // Moved so that what is darker fits into bytes as well.
    let flat: Vec<u8> = flat
        .lighter(overview, Region::SHEET)
        .map(|lighter| (128.0 + lighter).round() as u8)
        .collect();
    let split = Histogram::of(flat.iter().copied()).split();
    let light = Mask::from_level(overview.dimensions(), &flat, split.saturating_add(1));
    let is_light = is_paper(&light);
    let of_paper = overview.iter().zip(light.0.iter());
    let of_paper = of_paper.filter(|(_, light)| (**light > 0) == is_light);
    let level = Histogram::of(of_paper.map(|(level, _)| *level)).median();
    (Paper::of(overview, level), is_light)
}

/// Whether what is light on a sheet is the paper. It's what the border is; but most of the sheet may be paper with the table around
/// it, which fills its rectangle as no drawing does.
fn is_paper(light: &Mask) -> bool {
    let (right, bottom) = (light.0.width() - 1, light.0.height() - 1);
    let is_outer = |x: u32, y: u32| [0, right].contains(&x) || [0, bottom].contains(&y);
    let places = || {
        light
            .0
            .enumerate_pixels()
            .map(|(x, y, light)| (x, y, light.0[0] > 0))
    };
    let outer = places().filter(|(x, y, _)| is_outer(*x, *y));
    let (mut light_outer, mut dark_outer) = (0, 0);
    for (.., is_light) in outer {
        *(if is_light {
            &mut light_outer
        } else {
            &mut dark_outer
        }) += 1;
    }
    let of_border = light_outer > dark_outer;
    let other = || places().filter(|(.., is_light)| *is_light != of_border);
    let count = other().count();
    let box_of = Bounds::of(other().map(|(x, y, _)| (x, y)));
    let is_sheet = 2 * count > light.0.as_raw().len()
        && box_of.is_some_and(|bounds| count as f64 > SHEET * f64::from(bounds.area()));
    of_border != is_sheet
}

/// How ink is told from paper.
struct Look {
    paper: Paper,
    is_light: bool,
    /// The standard deviation of the paper's noise, in levels.
    grain: f64,
    /// Where the sheet ends within the picture, as seen in its overview.
    table: Mask,
}

impl Look {
    /// What is as dark as ink, but wide and along a good part of the border: the table beside the paper, or the shadow of who took
    /// the photo.
    fn find_table(&self, overview: &GrayImage) -> Mask {
        let contrast = self.contrast(overview, Region::SHEET);
        let reach = (TABLE / 2.0 * larger_side(overview)).ceil() as usize;
        let wide = opened(&contrast, overview.width() as usize, reach);
        let level = Histogram::of(wide.iter().copied()).upper(FAINTEST_AREA);
        let mut wide = match level {
            Some((level, _)) => {
                Mask::from_level(overview.dimensions(), &wide, level.saturating_add(1))
            }
            None => Mask::empty(overview),
        };
        wide.remove_table()
    }

    /// How much each pixel of a part of the sheet differs from the paper in the direction of ink, 0 to 255.
    fn contrast(&self, picture: &GrayImage, region: Region) -> Vec<u8> {
        let sign = if self.is_light { -1.0 } else { 1.0 };
        let lighter = self.paper.lighter(picture, region);
        lighter
            .map(|lighter| (sign * lighter).round() as u8)
            .collect()
    }

    /// The ink of a part of the sheet at any scale; `sheet` is the larger side of the whole, in pixels of the picture.
    fn parts(&self, picture: &GrayImage, region: Region, sheet: f64) -> Parts {
        let mut contrast = self.contrast(picture, region);
        let opened = |contrast: &[u8], share: f64| {
            opened(
                contrast,
                picture.width() as usize,
                (share / 2.0 * sheet).ceil() as usize,
            )
        };
        if !self.table.is_empty() {
            let table = self.table.part(region, picture.dimensions());
            let wide = opened(&contrast, TABLE);
            for (place, contrast) in contrast
                .iter_mut()
                .enumerate()
                .filter(|(place, _)| table.0.as_raw()[*place] > 0)
            {
                *contrast -= wide[place];
            }
        }
        let areas = opened(&contrast, THIN);
        let lines: Vec<u8> = contrast
            .iter()
            .zip(&areas)
            .map(|(all, area)| all - area)
            .collect();
        let least = ABOVE_GRAIN * self.grain;
        let mask = |levels: &[u8], least: u8| Mask::from_level(picture.dimensions(), levels, least);
        let of_lines = Histogram::of(lines.iter().copied()).upper(FAINTEST_LINE.max(least));
        if let Some((line, strength)) = of_lines {
            return Parts {
                lines: mask(&lines, line.saturating_add(1)),
                areas: mask(&areas, (AS_LINES * strength).ceil() as u8),
            };
        }
        let of_all = Histogram::of(contrast.iter().copied()).upper(FAINTEST_AREA.max(least));
        Parts {
            lines: mask(&[], 1),
            areas: of_all.map_or_else(
                || mask(&[], 1),
                |(area, _)| mask(&contrast, area.saturating_add(1)),
            ),
        }
    }

    /// The ink that was seen in an overview, now so near that it fills the mask, without the `rims` seen there.
    fn closer(&self, sheet: &GrayImage, ink: &Mask, rims: &Mask) -> Option<Ink> {
        let around = bounds(&ink.0)?;
        let scale = f64::from(sheet.width()) / f64::from(ink.0.width());
        // Ends of lines may be too faint for the overview.
        let margin = 0.05 * f64::from(around.larger()) + 2.0;
        let place = |at: u32, off: f64, side: u32| {
            ((f64::from(at) + off) * scale).clamp(0.0, f64::from(side)) as u32
        };
        let left = place(around.left, -margin, sheet.width());
        let top = place(around.top, -margin, sheet.height());
        let width = place(around.right, margin, sheet.width()).max(left + 1) - left;
        let height = place(around.bottom, margin, sheet.height()).max(top + 1) - top;
        let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole);
        let region = Region {
            left: share(left, sheet.width()),
            top: share(top, sheet.height()),
            width: share(width, sheet.width()),
            height: share(height, sheet.height()),
        };
        let zoom = (f64::from(SIDE) / (f64::from(around.larger()) * scale)).min(MOST_ENLARGED);
        let near = imageops::crop_imm(sheet, left, top, width, height).to_image();
        let near = scaled(&near, zoom);
        let whole = larger_side(sheet) * zoom;
        let parts = self.parts(&near, region, whole);
        let rims = rims.part(region, near.dimensions());
        let mut mask = parts.lines.with(&parts.areas).without(&rims);
        mask.remove_specks();
        bounds(&mask.0).map(|_| Ink {
            mask: mask.0,
            region,
            sheet: whole,
            is_square: sheet.width() == sheet.height(),
        })
    }
}

/// Ink by kind.
struct Parts {
    /// What is thinner than [`THIN`] of the sheet.
    lines: Mask,
    /// What is wider, and as dark as the lines.
    areas: Mask,
}

fn larger_side(picture: &GrayImage) -> f64 {
    f64::from(picture.width().max(picture.height()))
}

/// The picture with its sides so many times as long, at least a pixel.
fn scaled(picture: &GrayImage, times: f64) -> GrayImage {
    let side = |side: u32| ((f64::from(side) * times).round() as u32).max(1);
    resize_grey(picture, side(picture.width()), side(picture.height()))
}
