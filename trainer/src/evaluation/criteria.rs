//! How good a classifier of the target domain looks to somebody without a label of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Guess;

/// What guesses about unlabelled pictures say about the classifier that made them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Criteria {
    /// How evenly the classes are guessed: entropy of the mean guess as a share of the greatest there is, 0 to 1.
    pub balance: f64,
    /// How unsure a guess is on average: mean entropy in nats, from 0 to the logarithm of the number of classes.
    pub entropy: f64,
    /// What a guess says on average, in nats: the entropy of the mean guess minus the mean entropy (information
    /// maximisation; Shi and Sha, ICML 2012).
    pub information: f64,
    /// The share of pictures that are named the same when mirrored, 0 to 1.
    pub agreement: f64,
}

impl Criteria {
    /// From the guesses about pictures and about the same pictures mirrored, in the same order. Zeros where there are none.
    pub fn new(guesses: &[Guess], mirrored: &[Guess]) -> Self {
        let Some(classes) = guesses.first().map(|guess| guess.probabilities.len()) else {
            return Self::default();
        };
        let count = guesses.len() as f64;
        let mut mean = vec![0.0; classes];
        let mut sum = 0.0;
        for guess in guesses {
            for (mean, probability) in mean.iter_mut().zip(&guess.probabilities) {
                *mean += f64::from(*probability) / count;
            }
            sum += entropy(guess.probabilities.iter().copied().map(f64::from));
        }
        let spread = entropy(mean.into_iter());
        let same = guesses
            .iter()
            .zip(mirrored)
            .filter(|(one, other)| one.class == other.class);
        Self {
            balance: spread / (classes.max(2) as f64).ln(),
            entropy: sum / count,
            information: spread - sum / count,
            agreement: same.count() as f64 / count,
        }
    }
}

/// In nats.
fn entropy(probabilities: impl Iterator<Item = f64>) -> f64 {
    let terms = probabilities.map(|p| if p > 0.0 { -p * p.ln() } else { 0.0 });
    terms.sum()
}

impl fmt::Display for Criteria {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "balance {:.4}, entropy {:.4}, information {:.4}, agreement {:.4}",
            self.balance, self.entropy, self.information, self.agreement
        )
    }
}

#[cfg(test)]
mod tests {
    use shared::classes::ClassId;

    use super::*;

    fn guess(probabilities: [f32; 2]) -> Guess {
        Guess {
            class: ClassId(u8::from(probabilities[1] > probabilities[0])),
            probabilities: probabilities.to_vec(),
        }
    }

    #[test]
    fn sure_balanced_and_steady_is_best() {
        let guesses = [[1.0, 0.0], [0.0, 1.0]].map(guess);
        let best = Criteria::new(&guesses, &guesses);
        assert!((best.balance - 1.0).abs() < 1e-9 && (best.agreement - 1.0).abs() < 1e-9);
        assert!((best.information - 2.0_f64.ln()).abs() < 1e-9 && best.entropy == 0.0);

        let collapsed = [[1.0, 0.0], [1.0, 0.0]].map(guess);
        let worst = Criteria::new(&collapsed, &guesses);
        assert_eq!((worst.balance, worst.information), (0.0, 0.0));
        assert_eq!(worst.agreement, 0.5);

        let unsure = [[0.5, 0.5], [0.5, 0.5]].map(guess);
        let unsure = Criteria::new(&unsure, &unsure);
        assert!(unsure.information.abs() < 1e-9 && (unsure.balance - 1.0).abs() < 1e-9);
        assert_eq!(Criteria::new(&[], &[]), Criteria::default());
    }
}
