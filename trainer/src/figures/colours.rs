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
pub const CLASS_STYLE: &str = include_str!("../../../web/src/story/classes.css");

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
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../../../web/src/style/tokens.css");

    /// Two colours of figures are at least so far apart, in OKLab, for everybody ...
    const APART: f64 = 0.085;
    /// ... and so far for those who have all three kinds of cones.
    const APART_TO_MOST: f64 = 0.16;

    type Vector = [f64; 3];
    type Matrix = [Vector; 3];

    /// What who lacks one kind of cone sees of linear red, green and blue: Machado, Oliveira and Fernandes, "A Physiologically-based
    /// Model for Simulation of Color Vision Deficiency" (IEEE TVCG 2009), severity 1.
    const SIGHTS: [(&str, Matrix); 4] = [
        (
            "all cones",
            [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        ),
        (
            "protanopia",
            [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255528, -0.076749, -0.178779],
                [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ],
        ),
    ];

    /// OKLab of linear sRGB (Björn Ottosson, 2020).
    const CONES: Matrix = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ];
    const OPPONENTS: Matrix = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ];

    fn times(matrix: &Matrix, vector: Vector) -> Vector {
        matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
    }

    fn linear(RGBColor(r, g, b): RGBColor) -> Vector {
        [r, g, b].map(|level| {
            let level = f64::from(level) / 255.0;
            match level <= 0.04045 {
                true => level / 12.92,
                false => ((level + 0.055) / 1.055).powf(2.4),
            }
        })
    }

    fn oklab(linear: Vector) -> Vector {
        let cones = times(&CONES, linear.map(|level| level.clamp(0.0, 1.0)));
        times(&OPPONENTS, cones.map(f64::cbrt))
    }

    fn luminance(colour: RGBColor) -> f64 {
        times(&[[0.2126, 0.7152, 0.0722]; 3], linear(colour))[0]
    }

    fn contrast(one: RGBColor, other: RGBColor) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn least_distance(colours: &[RGBColor], sight: &Matrix) -> f64 {
        let seen: Vec<Vector> = colours
            .iter()
            .map(|colour| oklab(times(sight, linear(*colour))))
            .collect();
        let mut least = f64::MAX;
        for (number, one) in seen.iter().enumerate() {
            for other in &seen[..number] {
                let squares = one.iter().zip(other).map(|(a, b)| (a - b).powi(2));
                least = least.min(squares.sum::<f64>().sqrt());
            }
        }
        least
    }

    /// The value of a token in a part of a style.
    fn token(style: &str, name: &str) -> RGBColor {
        let (_, value) = style
            .split_once(&format!("{name}: #"))
            .unwrap_or_else(|| panic!("{name} is not in the style"));
        let level = |at: usize| u8::from_str_radix(&value[at..at + 2], 16).unwrap();
        RGBColor(level(0), level(2), level(4))
    }

    /// A style's parts for light and for dark ground.
    fn grounds(style: &str) -> (&str, &str) {
        style.split_once("prefers-color-scheme: dark").unwrap()
    }

    fn class_colours(style: &str) -> Vec<RGBColor> {
        (0..10)
            .map(|class| token(style, &format!("--class-{class}")))
            .collect()
    }

    #[test]
    fn figures_have_the_colours_of_the_page() {
        for (name, colour) in TOKENS {
            assert_eq!(token(grounds(PAGE).0, name), colour, "{name}");
        }
        assert_eq!(class_colours(grounds(CLASS_STYLE).0), CLASS_COLOURS);
    }

    #[test]
    fn the_colours_of_ten_classes_differ_for_everybody_on_light_and_on_dark() {
        let (light, dark) = grounds(CLASS_STYLE);
        for (style, ground) in [(light, grounds(PAGE).0), (dark, grounds(PAGE).1)] {
            let colours = class_colours(style);
            for (name, sight) in &SIGHTS {
                let least = least_distance(&colours, sight);
                println!("{name}: {least:.3}");
                assert!(least >= APART, "{name}: {least:.3}");
            }
            let least = least_distance(&colours, &SIGHTS[0].1);
            assert!(least >= APART_TO_MOST, "{least:.3}");
            for ground in ["--paper", "--sheet"].map(|name| token(ground, name)) {
                for colour in &colours {
                    let contrast = contrast(*colour, ground);
                    assert!(
                        contrast >= 3.0,
                        "{} on {}: {contrast:.2}",
                        hex(*colour),
                        hex(ground)
                    );
                }
            }
        }
    }

    #[test]
    fn distances_are_those_of_oklab() {
        let black_and_white = [RGBColor(0, 0, 0), RGBColor(255, 255, 255)];
        let distance = least_distance(&black_and_white, &SIGHTS[0].1);
        assert!((distance - 1.0).abs() < 1e-3, "{distance}");
        // Red and green that look alike where one kind of cone is lacking.
        let alike = [RGBColor(0xa3, 0x5b, 0x2c), RGBColor(0x70, 0x70, 0x2a)];
        assert!(least_distance(&alike, &SIGHTS[0].1) > 2.0 * least_distance(&alike, &SIGHTS[2].1));
    }

    #[test]
    fn colours_beyond_ten_differ_from_the_first() {
        let mut seen: Vec<String> = (0..30).map(|class| hex(class_colour(class))).collect();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 30);
    }
}
