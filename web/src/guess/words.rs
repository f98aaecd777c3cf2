//! A guess in words.

use shared::classes::{ClassId, ClassNames};

/// From this probability on the guess is called one.
const SURE: f32 = 0.5;

/// From this probability on a class is worth naming in a doubt.
const WORTH_NAMING: f32 = 0.2;

/// How sure the network is, and of what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Guess {
    /// One class leads clearly.
    Sure {
        /// The class.
        class: ClassId,
        /// Its probability, 0 to 1.
        probability: f32,
    },
    /// Two come into question.
    Either(ClassId, ClassId),
    /// None stands out.
    NoIdea,
}

impl Guess {
    /// The guess from one probability a class.
    pub fn from_probabilities(probabilities: &[f32]) -> Self {
        let mut ranked: Vec<(ClassId, f32)> = (0..=u8::MAX)
            .map(ClassId)
            .zip(probabilities.iter().copied())
            .collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        match ranked[..] {
            [(class, probability), ..] if probability >= SURE => Self::Sure { class, probability },
            [(first, _), (second, probability), ..] if probability >= WORTH_NAMING => {
                Self::Either(first, second)
            }
            _ => Self::NoIdea,
        }
    }

    /// The headline: "I think it’s a cat", or "My guess: unicorn" where the article is not known.
    pub fn headline(self, classes: &ClassNames) -> String {
        match self {
            Self::Sure { class, .. } => {
                let name = name(classes, class);
                match article(name) {
                    Some(article) => format!("I think it’s {article} {name}"),
                    None => format!("My guess: {name}"),
                }
            }
            Self::Either(first, second) => {
                format!(
                    "Not sure: {} or {}?",
                    name(classes, first),
                    name(classes, second)
                )
            }
            Self::NoIdea => "No idea yet".into(),
        }
    }

    /// What follows the headline: ", 87% sure".
    pub fn confidence(self) -> String {
        match self {
            Self::Sure { probability, .. } => format!(", {}\u{a0}sure", percent(probability)),
            Self::Either(..) | Self::NoIdea => String::new(),
        }
    }
}

/// A probability as "87%"; rounded, but 100 only where nothing else is left.
pub fn percent(probability: f32) -> String {
    let rounded = (probability * 100.0).round();
    let rounded = if probability < 1.0 {
        rounded.min(99.0)
    } else {
        rounded
    };
    format!("{rounded:.0}%")
}

fn name(classes: &ClassNames, class: ClassId) -> &str {
    classes.name(class).unwrap_or("thing without a name")
}

/// The article of a class that Edgewise is trained on. Of others it is not known, and letters do not tell it: "an hour",
/// "a unicorn", "scissors".
fn article(name: &str) -> Option<&'static str> {
    match name {
        "apple" => Some("an"),
        "horse" | "bed" | "clock" | "cat" | "plane" | "television" | "dog" | "dolphin"
        | "spider" => Some("a"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn words(probabilities: &[f32]) -> String {
        let guess = Guess::from_probabilities(probabilities);
        let words = guess.headline(&ClassNames::default()) + &guess.confidence();
        words.replace('\u{a0}', " ")
    }

    #[test]
    fn a_clear_lead_is_called() {
        let cat = [0.0, 0.0, 0.0, 0.0, 0.87, 0.0, 0.0, 0.13, 0.0, 0.0];
        assert_eq!(words(&cat), "I think it’s a cat, 87% sure");
        let apple = [0.0, 0.1, 0.0, 0.9, 0.0];
        assert_eq!(words(&apple), "I think it’s an apple, 90% sure");
    }

    #[test]
    fn every_class_that_edgewise_is_trained_on_has_its_article() {
        for name in ClassNames::default().names() {
            let expected = if name == "apple" { "an" } else { "a" };
            assert_eq!(article(name), Some(expected), "{name}");
        }
    }

    #[test]
    fn other_classes_are_named_without_an_article() {
        for name in ["unicorn", "hour", "scissors", "Äpfel", "T-shirt"] {
            let classes = ClassNames::new(vec![name.into(), "cat".into()]).unwrap();
            let guess = Guess::from_probabilities(&[0.9, 0.1]);
            assert_eq!(guess.headline(&classes), format!("My guess: {name}"));
        }
    }

    #[test]
    fn two_close_ones_are_a_doubt() {
        let either = [0.05, 0.05, 0.0, 0.0, 0.46, 0.0, 0.0, 0.42, 0.02, 0.0];
        assert_eq!(words(&either), "Not sure: cat or dog?");
    }

    #[test]
    fn an_even_spread_is_no_idea() {
        assert_eq!(words(&[0.1; 10]), "No idea yet");
        assert_eq!(words(&[]), "No idea yet");
    }

    #[test]
    fn nearly_certain_is_not_certain() {
        assert_eq!(percent(0.9999), "99%");
        assert_eq!(percent(1.0), "100%");
        assert_eq!(percent(0.004), "0%");
    }
}
