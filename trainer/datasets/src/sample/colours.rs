//! What figures and backgrounds are coloured with.

use rand::RngExt;
use rand::rngs::ChaCha8Rng;
use rand::seq::IndexedRandom;
use shared::classes::ClassId;

use super::canvas::{Colour, lightness};
use super::part::Tone;
use super::position::within;

const FUR: &[[u8; 3]] = &[
    [140, 75, 40],
    [95, 60, 35],
    [225, 220, 212],
    [38, 34, 34],
    [205, 155, 90],
    [140, 138, 136],
    [210, 130, 55],
];
const SKIN: &[[u8; 3]] = &[
    [115, 132, 148],
    [88, 112, 148],
    [62, 80, 98],
    [150, 160, 168],
];
const SHELL: &[[u8; 3]] = &[[28, 25, 25], [88, 52, 32], [122, 55, 32], [72, 70, 66]];
const FRUIT: &[[u8; 3]] = &[
    [190, 30, 35],
    [215, 60, 45],
    [110, 165, 50],
    [220, 190, 60],
    [140, 25, 40],
];
const GOODS: &[[u8; 3]] = &[
    [228, 226, 222],
    [190, 40, 40],
    [50, 90, 170],
    [135, 90, 55],
    [45, 45, 50],
    [70, 140, 90],
    [150, 155, 160],
    [215, 180, 70],
    [120, 70, 140],
];
/// Skies, lawns, sands, walls, floors, waters and nights.
const GROUNDS: &[[u8; 3]] = &[
    [150, 195, 235],
    [215, 230, 242],
    [95, 140, 60],
    [60, 92, 48],
    [205, 185, 140],
    [232, 228, 220],
    [170, 168, 165],
    [140, 105, 72],
    [92, 70, 55],
    [45, 100, 135],
    [30, 38, 55],
    [200, 150, 150],
];
/// The least difference in lightness between a figure's body and what is behind it.
const CONTRAST: f32 = 0.22;

/// The colours of one figure.
pub(super) struct Colours {
    body: Colour,
    pub accent: Colour,
    light: Colour,
    dark: Colour,
}

impl Colours {
    /// Colours that the class might have.
    pub fn draw(class: ClassId, random: &mut ChaCha8Rng) -> Self {
        let bodies = match class.0 {
            0 | 4 | 7 => FUR,
            3 => FRUIT,
            8 => SKIN,
            9 => SHELL,
            _ => GOODS,
        };
        let accents = match class.0 {
            3 => &[[70, 125, 45], [120, 150, 60]],
            0 | 4 | 7 => FUR,
            8 => SKIN,
            9 => SHELL,
            _ => GOODS,
        };
        Self {
            body: one_of(bodies, random),
            accent: one_of(accents, random),
            light: one_of(&[[235, 232, 225], [205, 215, 220]], random),
            dark: one_of(&[[25, 22, 22], [55, 42, 35]], random),
        }
    }

    pub fn of(&self, tone: Tone) -> Colour {
        match tone {
            Tone::Body => self.body,
            Tone::Far => self.body.map(|level| 0.7 * level),
            Tone::Accent => self.accent,
            Tone::Light => self.light,
            Tone::Dark => self.dark,
        }
    }

    /// A colour for what is behind, against which the body stands out.
    pub fn ground(&self, random: &mut ChaCha8Rng) -> Colour {
        let grounds: Vec<[u8; 3]> = GROUNDS
            .iter()
            .copied()
            .filter(|ground| (lightness(levels(*ground)) - lightness(self.body)).abs() > CONTRAST)
            .collect();
        one_of(&grounds, random)
    }
}

fn levels(colour: [u8; 3]) -> Colour {
    colour.map(|level| f32::from(level) / 255.0)
}

/// One of the colours, slightly changed; black where there are none.
fn one_of(colours: &[[u8; 3]], random: &mut ChaCha8Rng) -> Colour {
    let colour = colours.choose(random).copied().unwrap_or_default();
    let lit = random.random_range(0.88..1.08_f32);
    levels(colour).map(|level| (level * lit + within(random, 0.04)).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn every_body_has_grounds_against_which_it_stands_out() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        for class in (0..10).map(ClassId) {
            for _ in 0..100 {
                let colours = Colours::draw(class, &mut random);
                let ground = colours.ground(&mut random);
                let contrast = (lightness(ground) - lightness(colours.of(Tone::Body))).abs();
                assert!(contrast > 0.05, "class {class}: {contrast}");
            }
        }
    }
}
