use image::GrayImage;
use shared::classes::ClassId;

use crate::evaluation::Prediction;

/// A picture that was classified wrongly.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    /// The picture's number.
    pub id: u64,
    /// The picture.
    pub picture: GrayImage,
    /// What it shows.
    pub label: ClassId,
    /// The predicted class.
    pub prediction: ClassId,
    /// The probability of that class, 0 to 1.
    pub confidence: f32,
}

/// At most `count` of the mistakes, the most confident first; of equals the one with the lower number.
pub fn most_confident(mut mistakes: Vec<Mistake>, count: usize) -> Vec<Mistake> {
    mistakes.sort_by(|one, other| {
        let confidence = other.confidence.total_cmp(&one.confidence);
        confidence.then(one.id.cmp(&other.id))
    });
    mistakes.truncate(count);
    mistakes
}

impl Mistake {
    /// A prediction about a picture, where it is wrong.
    pub fn of(
        id: u64,
        picture: &GrayImage,
        label: ClassId,
        prediction: &Prediction,
    ) -> Option<Self> {
        (prediction.class != label).then(|| Self {
            id,
            picture: picture.clone(),
            label,
            prediction: prediction.class,
            confidence: prediction.confidence(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prediction(class: u8, confidence: f32) -> Prediction {
        let mut probabilities = vec![(1.0 - confidence) / 2.0; 3];
        probabilities[usize::from(class)] = confidence;
        Prediction {
            class: ClassId(class),
            probabilities,
        }
    }

    #[test]
    fn the_most_confident_mistakes_come_first() {
        let picture = GrayImage::new(28, 28);
        let predictions = [(0, 0.9), (1, 0.99), (2, 0.7), (2, 0.99)];
        let mistakes = predictions
            .iter()
            .enumerate()
            .filter_map(|(id, (class, confidence))| {
                Mistake::of(
                    id as u64,
                    &picture,
                    ClassId(0),
                    &prediction(*class, *confidence),
                )
            });
        let first = most_confident(mistakes.collect(), 2);
        assert_eq!(
            first.iter().map(|mistake| mistake.id).collect::<Vec<_>>(),
            [1, 3]
        );
    }
}
