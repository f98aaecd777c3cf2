//! The weights that are shipped.
#![cfg(not(target_family = "wasm"))]

use std::path::Path;

use shared::classes::ClassNames;
use shared::drawing::rasterise;
use shared::input::grey_from_doodle;
use tests::drawings::drawings;
use tests::guesser::{Guesser, top};

fn shipped() -> Guesser {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/weights/edgewise.safetensors");
    Guesser::open(&file)
}

#[test]
fn they_are_accepted_and_know_the_ten_classes() {
    assert_eq!(shipped().metadata.classes, ClassNames::default());
}

#[test]
fn they_guess_at_least_eight_of_the_ten_stored_drawings() {
    let guesser = shipped();
    let wrong: Vec<String> = drawings()
        .iter()
        .filter_map(|(class, drawing)| {
            let guess = top(&guesser.logits(&grey_from_doodle(&rasterise(drawing))));
            let guess = guesser.metadata.classes.name(guess).unwrap_or("nothing");
            (guess != class).then(|| format!("the {class} is taken for a {guess}"))
        })
        .collect();
    assert!(
        wrong.len() <= 2,
        "{} of 10 are wrong: {}",
        wrong.len(),
        wrong.join(", ")
    );
}
