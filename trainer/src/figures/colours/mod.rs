//! The page's colours, for figures: those that it has on light ground.

use plotters::style::RGBColor;

/// Text and axes.
pub const INK: RGBColor = RGBColor(0x1d, 0x1b, 0x18);
/// Text of less weight.
pub const QUIET: RGBColor = RGBColor(0x62, 0x5b, 0x4f);
/// Lines of a grid.
pub const LINE: RGBColor = RGBColor(0xd8, 0xcf, 0xbd);
/// The ground.
pub const SHEET: RGBColor = RGBColor(0xff, 0xfd, 0xf8);
/// The ground of what is empty.
pub const WELL: RGBColor = RGBColor(0xef, 0xe9, 0xdc);
/// Photos, the source domain.
pub const SOURCE: RGBColor = RGBColor(0x1d, 0x4e, 0xd8);
/// Doodles, the target domain.
pub const TARGET: RGBColor = RGBColor(0xb8, 0x3b, 0x0a);
/// What is correct.
pub const RIGHT: RGBColor = RGBColor(0x2f, 0x7d, 0x46);
/// What is not.
pub const WRONG: RGBColor = RGBColor(0x86, 0x28, 0x5a);

/// The colours and their names in the page's style, where other grounds have others.
pub const TOKENS: [(&str, RGBColor); 9] = [
    ("--ink", INK),
    ("--quiet", QUIET),
    ("--line", LINE),
    ("--sheet", SHEET),
    ("--well", WELL),
    ("--source", SOURCE),
    ("--target", TARGET),
    ("--right", RIGHT),
    ("--wrong", WRONG),
];

/// The colours of classes as the page's story has them: `--class-0` to `--class-9`, on light and on dark ground.
///
/// A search (simulated annealing) made the least distance of two of them as large as it could, to the eye and to those who lack one
/// kind of cone, with hues shared by both grounds and a contrast of 3:1 to each; the tests measure what it found.
pub const CLASS_STYLE: &str = include_str!("../../../../web/src/story/classes.css");

/// Those on light ground.
pub const CLASS_COLOURS: [RGBColor; 10] = [
    RGBColor(0xdb, 0x6f, 0x6d),
    RGBColor(0x8d, 0x56, 0x07),
    RGBColor(0x6b, 0x90, 0x06),
    RGBColor(0x12, 0x41, 0x04),
    RGBColor(0x18, 0x97, 0xb8),
    RGBColor(0x39, 0x00, 0xcb),
    RGBColor(0x67, 0x5c, 0xb5),
    RGBColor(0xb4, 0x58, 0xfb),
    RGBColor(0xbb, 0x13, 0x88),
    RGBColor(0x70, 0x29, 0x48),
];

/// The colour of a class; beyond ten they come again, darker.
pub fn class_colour(class: usize) -> RGBColor {
    let RGBColor(r, g, b) = CLASS_COLOURS[class % CLASS_COLOURS.len()];
    let darker =
        |level: u8| (f32::from(level) * 0.6_f32.powi((class / CLASS_COLOURS.len()) as i32)) as u8;
    RGBColor(darker(r), darker(g), darker(b))
}

/// A colour as HTML and SVG have it.
pub fn hex(RGBColor(r, g, b): RGBColor) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// From one colour (0) to another (1).
pub fn mixed(from: RGBColor, to: RGBColor, share: f64) -> RGBColor {
    let level = |from: u8, to: u8| {
        let (from, to) = (f64::from(from), f64::from(to));
        (from + (to - from) * share).round() as u8
    };
    RGBColor(
        level(from.0, to.0),
        level(from.1, to.1),
        level(from.2, to.2),
    )
}

#[cfg(test)]
mod tests;
