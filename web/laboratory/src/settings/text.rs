//! Settings as text for a link: `1` for the version, then a letter and a value for each setting that differs from version 1's
//! defaults, as in `1,dm,a20,vr,lc0.5`. All characters may stand in a URL's fragment as they are.

use std::fmt::Write;

use shared::dann::Variant;

use super::{Checked, Drawn, Lambda, LinkError, Settings, SettingsError};
use crate::data::{DrawnPoint, Point, Scene};

/// Longer than the longest text that [`encode`] writes.
const LONGEST: usize = 5000;
/// Steps of a drawn coordinate from -1 to 1.
const GRID: u32 = 511;
/// Digits of six bits, as in base64 for URLs.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const SCENES: [(&str, Scene); 4] = [
    ("m", Scene::Moons),
    ("b", Scene::Blobs),
    ("x", Scene::Swapped),
    ("t", Scene::Three),
];

const VARIANTS: [(&str, Variant); 4] = [
    ("t", Variant::TwoStep),
    ("r", Variant::Reversal),
    ("c", Variant::Confusion),
    ("s", Variant::SourceOnly),
];

const FLAGS: [(&str, bool); 2] = [("0", false), ("1", true)];

/// What a text of version 1 leaves out. It stays as it is for ever, or old links would change their meaning.
fn version_1() -> Settings {
    Settings {
        scene: Scene::Moons,
        change: 35.0,
        noise: 0.06,
        points: 200,
        share: None,
        drawn: None,
        seed: 0,
        width: 16,
        hidden_predictor: false,
        variant: Variant::TwoStep,
        lambda: Lambda::Paper,
        learning_rate: 0.01,
        domain_steps: 1,
        steps: 1000,
        im_weight: 0.0,
        consistency_weight: 0.0,
    }
}

/// Settings as text, under 200 characters without drawn points. Drawn points are moved to the nearest of 512 x 512 places.
pub fn encode(settings: &Checked) -> String {
    let plain = version_1();
    let mut text = String::from("1");
    let mut field = |letter: char, value: String, plain: String| {
        if value != plain {
            text.extend([',', letter]);
            text += &value;
        }
    };
    let name = |scene| named(&SCENES, scene).to_owned();
    field('d', name(settings.scene), name(plain.scene));
    field('a', settings.change.to_string(), plain.change.to_string());
    field('n', settings.noise.to_string(), plain.noise.to_string());
    field('p', settings.points.to_string(), plain.points.to_string());
    let share = |settings: &Settings| settings.share.map(|share| share.to_string());
    field(
        'q',
        share(settings).unwrap_or_default(),
        share(&plain).unwrap_or_default(),
    );
    field('s', settings.seed.to_string(), plain.seed.to_string());
    field('w', settings.width.to_string(), plain.width.to_string());
    let flag = |set| named(&FLAGS, set).to_owned();
    field(
        'h',
        flag(settings.hidden_predictor),
        flag(plain.hidden_predictor),
    );
    let name = |variant| named(&VARIANTS, variant).to_owned();
    field('v', name(settings.variant), name(plain.variant));
    field('l', lambda(settings.lambda), lambda(plain.lambda));
    let rate = |settings: &Settings| settings.learning_rate.to_string();
    field('r', rate(settings), rate(&plain));
    let steps = |settings: &Settings| settings.domain_steps.to_string();
    field('k', steps(settings), steps(&plain));
    field('e', settings.steps.to_string(), plain.steps.to_string());
    let weight = |settings: &Settings| settings.im_weight.to_string();
    field('i', weight(settings), weight(&plain));
    let weight = |settings: &Settings| settings.consistency_weight.to_string();
    field('c', weight(settings), weight(&plain));
    if let Some(drawn) = &settings.drawn {
        field('f', points(&drawn.source), String::new());
        field('g', points(&drawn.target), String::new());
    }
    text
}

/// The settings that a text means.
///
/// # Errors
/// When it is no such text, or a value is out of its range.
pub fn decode(text: &str) -> Result<Checked, SettingsError> {
    if text.len() > LONGEST {
        return Err(LinkError::TooLong { most: LONGEST }.into());
    }
    let mut fields = text.split(',');
    let version = fields.next().unwrap_or_default();
    if version != "1" {
        return Err(LinkError::Version(shortened(version)).into());
    }
    let mut settings = version_1();
    let mut seen = String::new();
    let mut drawn = (None, None);
    for field in fields {
        let mut characters = field.chars();
        let Some(letter) = characters.next() else {
            return Err(LinkError::Nothing.into());
        };
        if seen.contains(letter) {
            return Err(LinkError::Twice(letter.into()).into());
        }
        seen.push(letter);
        let value = characters.as_str();
        match letter {
            'd' => settings.scene = meant(&SCENES, letter, value)?,
            'a' => settings.change = number(letter, value)?,
            'n' => settings.noise = number(letter, value)?,
            'p' => settings.points = number(letter, value)?,
            'q' => settings.share = Some(number(letter, value)?),
            's' => settings.seed = number(letter, value)?,
            'w' => settings.width = number(letter, value)?,
            'h' => settings.hidden_predictor = meant(&FLAGS, letter, value)?,
            'v' => settings.variant = meant(&VARIANTS, letter, value)?,
            'l' => {
                settings.lambda = match value {
                    "g" => Lambda::Log,
                    "p" => Lambda::Paper,
                    _ => Lambda::Constant(number(letter, value)?),
                }
            }
            'r' => settings.learning_rate = number(letter, value)?,
            'k' => settings.domain_steps = number(letter, value)?,
            'e' => settings.steps = number(letter, value)?,
            'i' => settings.im_weight = number(letter, value)?,
            'c' => settings.consistency_weight = number(letter, value)?,
            'f' => drawn.0 = Some(points_from(value)?),
            'g' => drawn.1 = Some(points_from(value)?),
            _ => return Err(LinkError::Unknown(letter.into()).into()),
        }
    }
    settings.drawn = match drawn {
        (None, None) => None,
        (source, target) => Some(Drawn {
            source: source.unwrap_or_default(),
            target: target.unwrap_or_default(),
        }),
    };
    settings.check()
}

fn named<T: PartialEq>(names: &[(&'static str, T)], value: T) -> &'static str {
    let found = names.iter().find(|(_, one)| *one == value);
    found.map_or("", |(name, _)| name)
}

fn meant<T: Copy>(names: &[(&str, T)], letter: char, value: &str) -> Result<T, LinkError> {
    let found = names.iter().find(|(name, _)| *name == value);
    let (_, meant) = found.ok_or_else(|| no_value(letter, value))?;
    Ok(*meant)
}

fn number<T: std::str::FromStr>(letter: char, value: &str) -> Result<T, LinkError> {
    value.parse().map_err(|_| no_value(letter, value))
}

/// A value is none that the name before it can have.
pub(crate) fn no_value(name: impl Into<String>, value: &str) -> LinkError {
    LinkError::Value {
        name: name.into(),
        value: shortened(value),
    }
}

/// A part of a text as it is quoted in an error.
pub(crate) fn shortened(value: &str) -> String {
    value.chars().take(20).collect()
}

fn lambda(lambda: Lambda) -> String {
    match lambda {
        Lambda::Constant(value) => value.to_string(),
        Lambda::Log => "g".to_owned(),
        Lambda::Paper => "p".to_owned(),
    }
}

/// Four characters a point: 9 bits of each coordinate in three, and its class, or `_` where it has none.
fn points(points: &[DrawnPoint]) -> String {
    let mut text = String::new();
    for DrawnPoint { at, class } in points {
        let [x, y] = at.map(|value| ((value + 1.0) / 2.0 * GRID as f32).round() as u32);
        let bits = x << 9 | y;
        for shift in [12, 6, 0] {
            text.push(char::from(DIGITS[(bits >> shift & 63) as usize]));
        }
        // Writing to a string cannot fail.
        let _ = match class {
            Some(class) => write!(text, "{class}"),
            None => write!(text, "_"),
        };
    }
    text
}

fn points_from(text: &str) -> Result<Vec<DrawnPoint>, LinkError> {
    let chunks = text.as_bytes().chunks_exact(4);
    if !chunks.remainder().is_empty() {
        return Err(LinkError::Points);
    }
    let mut points = Vec::with_capacity(chunks.len());
    for chunk in chunks {
        let mut bits = 0;
        for character in &chunk[..3] {
            let Some(digit) = DIGITS.iter().position(|digit| digit == character) else {
                return Err(LinkError::Points);
            };
            bits = bits << 6 | digit as u32;
        }
        let class = match chunk[3] {
            digit @ b'0'..=b'9' => Some(digit - b'0'),
            b'_' => None,
            _ => return Err(LinkError::Points),
        };
        let coordinate = |steps: u32| steps as f32 / GRID as f32 * 2.0 - 1.0;
        let at: Point = [coordinate(bits >> 9), coordinate(bits & GRID)];
        points.push(DrawnPoint { at, class });
    }
    Ok(points)
}
