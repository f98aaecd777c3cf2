use super::*;

const PAGE: &str = include_str!("../../../../web/src/style/tokens.css");

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
