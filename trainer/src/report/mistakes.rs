//! Doodles that were classified wrongly.

use image::{DynamicImage, GrayImage};
use maud::html;
use shared::classes::{ClassId, ClassNames};

use super::{numbers::percent, page::Section};
use crate::{
    evaluation::Prediction,
    figures::{FigureError, data_address},
};

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

/// The pictures, each with its label, the prediction and the confidence.
pub(super) fn section(mistakes: &[Mistake], classes: &ClassNames) -> Result<Section, FigureError> {
    let name = |class: ClassId| classes.name(class).unwrap_or("?");
    let pictures: Vec<String> = mistakes
        .iter()
        .map(|mistake| data_address(&DynamicImage::from(mistake.picture.clone()).into_rgb8()))
        .collect::<Result<_, _>>()?;
    Ok(Section {
        id: "mistakes",
        title: "The most confident mistakes",
        body: html! {
            p { "Doodles that were classified wrongly, the most confident first: label, prediction and confidence." }
            ul.mistakes role="list" {
                @for (mistake, picture) in mistakes.iter().zip(&pictures) {
                    li {
                        img src=(picture) alt={ "Doodle " (mistake.id) } width=(mistake.picture.width()) height=(mistake.picture.height());
                        p {
                            (name(mistake.label)) " \u{2192} " strong { (name(mistake.prediction)) }
                            span.number { (percent(f64::from(mistake.confidence))) }
                            span.number { "doodle " (mistake.id) }
                        }
                    }
                }
            }
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_says_its_label_its_prediction_and_its_number() {
        let mistake = Mistake {
            id: 7,
            picture: GrayImage::new(28, 28),
            label: ClassId(0),
            prediction: ClassId(1),
            confidence: 0.987,
        };
        let names = ["<the Great Wall of China>", "cat"].map(String::from);
        let classes = ClassNames::new(names.to_vec()).unwrap();
        let html = section(&[mistake], &classes).unwrap().body.into_string();
        assert!(
            html.contains("&lt;the Great Wall of China&gt; \u{2192} <strong>cat</strong>"),
            "{html}"
        );
        assert!(
            html.contains("98.7 %</span>")
                && html.contains("doodle 7</span>")
                && html.contains("src=\"data:image/png")
        );
    }

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
