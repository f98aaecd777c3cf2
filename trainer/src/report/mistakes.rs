use image::GrayImage;
use shared::classes::ClassId;

use crate::evaluation::Guess;

/// A picture that was named wrongly.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    /// The picture's number.
    pub id: u64,
    /// The picture.
    pub picture: GrayImage,
    /// What it shows.
    pub label: ClassId,
    /// What it was taken for.
    pub guess: ClassId,
    /// How surely, 0 to 1.
    pub certainty: f32,
}

/// At most `count` of the mistakes, the surest first; of equals the one with the lower number.
pub fn most_confident(mut mistakes: Vec<Mistake>, count: usize) -> Vec<Mistake> {
    mistakes.sort_by(|one, other| {
        let surer = other.certainty.total_cmp(&one.certainty);
        surer.then(one.id.cmp(&other.id))
    });
    mistakes.truncate(count);
    mistakes
}

impl Mistake {
    /// The guess about a picture, where it is wrong.
    pub fn of(id: u64, picture: &GrayImage, label: ClassId, guess: &Guess) -> Option<Self> {
        (guess.class != label).then(|| Self {
            id,
            picture: picture.clone(),
            label,
            guess: guess.class,
            certainty: guess.confidence(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(class: u8, certainty: f32) -> Guess {
        let mut probabilities = vec![(1.0 - certainty) / 2.0; 3];
        probabilities[usize::from(class)] = certainty;
        Guess {
            class: ClassId(class),
            probabilities,
        }
    }

    #[test]
    fn the_surest_mistakes_come_first() {
        let picture = GrayImage::new(28, 28);
        let guesses = [(0, 0.9), (1, 0.99), (2, 0.7), (2, 0.99)];
        let mistakes = guesses
            .iter()
            .enumerate()
            .filter_map(|(id, (class, certainty))| {
                Mistake::of(id as u64, &picture, ClassId(0), &guess(*class, *certainty))
            });
        let first = most_confident(mistakes.collect(), 2);
        assert_eq!(
            first.iter().map(|mistake| mistake.id).collect::<Vec<_>>(),
            [1, 3]
        );
    }
}
