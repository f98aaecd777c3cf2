//! A guess in words.

use super::scores::Score;
use super::text;
use crate::language::class_name;
use crate::numbers::percent;

/// From this probability on the guess is called one.
const SURE: f32 = 0.5;

/// From this probability on one class alone is named, with doubt.
const PERHAPS: f32 = 0.3;

/// From this probability on a class is worth naming in a doubt.
const WORTH_NAMING: f32 = 0.2;

/// A guess as it is shown: "I think it’s a", "cat", "92% sure".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// What comes before the name; may be empty.
    pub lead: String,
    /// The name of the class, or what is said in its place: the largest text on the page.
    pub name: String,
    /// How sure the network is; may be empty.
    pub confidence: String,
}

impl Phrase {
    /// A sentence in place of a guess.
    pub fn sentence(name: &str) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// What is said of the scores, the highest first, and of a drawing of something else.
    pub fn of(scores: &[Score], is_unknown: bool) -> Self {
        match is_unknown {
            true => Self::unknown(scores.len()),
            false => Self::from_scores(scores),
        }
    }

    /// The guess from the scores, the highest first.
    pub fn from_scores(scores: &[Score]) -> Self {
        match scores {
            [first, ..] if first.probability >= SURE => Self::one(first, text::i_think),
            [first, second, ..] if second.probability >= WORTH_NAMING => Self {
                lead: text::NOT_SURE().into(),
                name: text::either(class_name(&first.name), class_name(&second.name)),
                ..Self::default()
            },
            [first, ..] if first.probability >= PERHAPS => Self::one(first, text::perhaps),
            _ => Self::sentence(text::NO_IDEA()),
        }
    }

    /// One class is named, after `lead` with its article where that is known.
    fn one(score: &Score, lead: fn(&str) -> String) -> Self {
        Self {
            lead: match article(&score.name) {
                Some(article) => lead(article),
                None => text::MY_GUESS().into(),
            },
            name: class_name(&score.name).into(),
            confidence: text::sure(&percent(score.probability)),
        }
    }

    /// In place of a guess: the drawing shows none of so many classes.
    pub fn unknown(classes: usize) -> Self {
        Self {
            lead: text::LOOKS_LIKE().into(),
            name: text::none_of(classes),
            ..Self::default()
        }
    }

    /// How wide the name is, in letters; a Chinese character is as wide as two.
    pub fn width(&self) -> usize {
        let is_wide = |sign: char| sign >= '\u{2e80}';
        let letters = self.name.chars();
        letters.map(|sign| 1 + usize::from(is_wide(sign))).sum()
    }

    /// Whether it names one class with its confidence.
    pub fn states_confidence(&self) -> bool {
        !self.confidence.is_empty()
    }

    /// What is said aloud: all but the confidence, which changes all the time.
    pub fn spoken(&self) -> String {
        format!("{} {}", self.lead, self.name).trim_start().into()
    }
}

/// The article of a class that Edgewise is trained on. Of others it is not known, and letters do not tell it: "an hour",
/// "a unicorn", "scissors".
pub fn article(name: &str) -> Option<&'static str> {
    match name {
        "apple" => Some("an"),
        "horse" | "bed" | "clock" | "cat" | "plane" | "television" | "dog" | "dolphin"
        | "spider" => Some("a"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use shared::classes::ClassNames;
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn words(scores: &[(&str, f32)]) -> String {
        let scores: Vec<Score> = scores
            .iter()
            .map(|&(name, probability)| Score {
                name: name.into(),
                probability,
            })
            .collect();
        let words = Phrase::from_scores(&scores);
        let all = [&words.lead, &words.name, &words.confidence];
        let all: Vec<&str> = all.iter().map(|part| part.as_str()).collect();
        all.join(" ").trim().replace('\u{a0}', " ")
    }

    #[test]
    fn a_clear_lead_is_called() {
        assert_eq!(
            words(&[("cat", 0.87), ("dog", 0.13)]),
            "I think it’s a cat 87% sure"
        );
        assert_eq!(words(&[("apple", 0.9)]), "I think it’s an apple 90% sure");
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
            let expected = format!("My guess: {name} 90% sure");
            assert_eq!(words(&[(name, 0.9), ("cat", 0.1)]), expected);
        }
    }

    #[test]
    fn a_chinese_character_is_as_wide_as_two_letters() {
        assert_eq!(Phrase::sentence("cat").width(), 3);
        assert_eq!(Phrase::sentence("電視還是海豚？").width(), 14);
    }

    #[test]
    fn two_close_ones_are_a_doubt() {
        let either = [("cat", 0.46), ("dog", 0.42), ("bed", 0.05)];
        assert_eq!(words(&either), "Not sure: cat or dog?");
    }

    #[test]
    fn a_weak_lead_is_called_with_doubt() {
        let weak = [("dog", 0.41), ("spider", 0.16), ("cat", 0.13)];
        assert_eq!(words(&weak), "Perhaps it’s a dog 41% sure");
        assert_eq!(words(&[("dog", 0.29), ("cat", 0.1)]), "No idea yet");
    }

    #[test]
    fn an_even_spread_is_no_idea() {
        assert_eq!(words(&[("cat", 0.1); 10]), "No idea yet");
        assert_eq!(words(&[]), "No idea yet");
    }
}
