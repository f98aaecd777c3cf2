//! The answer with the visitor's own classes in it.

use shared::classes::ClassNames;

use super::class::OwnClass;
use super::means::blend;
use crate::engines::machine::LatestAnswer;

/// The probabilities of the network's classes and then of the own ones, together 1. Without features, or where there are no own
/// classes, they are the network's.
pub fn probabilities(network: &[f32], features: &[f32], classes: &[OwnClass]) -> Vec<f32> {
    if features.is_empty() {
        return network.to_vec();
    }
    let belongings: Vec<f32> = classes
        .iter()
        .map(|class| class.belonging(features))
        .collect();
    blend(network, &belongings)
}

/// The answer with the probabilities of the own classes after those of the network's; its logits stay the network's.
pub fn join(latest: &LatestAnswer, classes: &[OwnClass]) -> LatestAnswer {
    let mut latest = latest.clone();
    if let Some(answer) = &mut latest.answer {
        answer.probabilities = probabilities(&answer.probabilities, &answer.features, classes);
    }
    latest
}

/// The names of the network's classes and then of the own ones; the network's alone where they don't fit together.
pub fn names(network: &ClassNames, classes: &[OwnClass]) -> ClassNames {
    let own = classes.iter().map(|class| class.name().to_string());
    let all = network.names().iter().cloned().chain(own).collect();
    ClassNames::new(all).unwrap_or_else(|_| network.clone())
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::super::class::tests::{class, examples};
    use super::*;

    #[test]
    fn a_drawing_like_an_own_class_s_examples_is_called_by_its_name() {
        let classes = [class("star", 0), class("tree", 4)];
        let network = [0.9, 0.1];
        let like_star = &examples(0)[2].features;
        let answer = probabilities(&network, like_star, &classes);
        assert!(answer[2] > 0.5 && answer[3] < 0.01, "{answer:?}");
        assert!((answer.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        let unlike = &examples(2)[2].features;
        let answer = probabilities(&network, unlike, &classes);
        assert!(answer[0] > 0.89, "{answer:?}");
        assert_eq!(probabilities(&network, &[], &classes), network);
    }

    #[test]
    fn own_names_follow_the_network_s() {
        let network = ClassNames::default();
        let all = names(&network, &[class("star", 0)]);
        assert_eq!(all.names()[10], "star");
        assert_eq!(names(&network, &[class("cat", 0)]), network);
    }
}
