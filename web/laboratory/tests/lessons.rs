//! Every claim of every lesson, on five seeds.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use laboratory::lessons::{LessonId, Run};

/// Trains each run with five seeds, and asserts what the lesson claims of it.
fn holds(id: LessonId) {
    let lesson = id.lesson();
    for run in &lesson.runs {
        for seed in 0..5 {
            let outcome = run.train(seed).unwrap();
            for claim in lesson.claims.iter().filter(|claim| claim.run == run.id) {
                let value = outcome.get(claim.quantity).unwrap();
                println!("{:?}, seed {seed}: {:?} {value}", run.id, claim.quantity);
                assert!(
                    (claim.range[0]..=claim.range[1]).contains(&value),
                    "{id:?}, {:?}, seed {seed}: {:?} is {value}, claimed {:?}",
                    run.id,
                    claim.quantity,
                    claim.range
                );
            }
        }
    }
}

#[test]
fn without_adaptation_part_of_the_target_is_lost() {
    holds(LessonId::SourceOnly);
}

#[test]
fn the_adversary_aligns_the_moons() {
    holds(LessonId::Alignment);
}

#[test]
fn lambda_too_early_leaves_nothing_to_classify_by() {
    holds(LessonId::LambdaTooEarly);
}

#[test]
fn minus_the_domain_loss_wants_a_domain_classifier_that_is_confidently_wrong() {
    holds(LessonId::ConfidentlyWrong);
}

#[test]
fn alignment_harms_where_shares_differ_and_cannot_see_exchanged_classes() {
    holds(LessonId::UnequalShares);
}

#[test]
fn consistency_helps_where_the_adversary_is_unreliable() {
    holds(LessonId::Consistency);
    // The adversary fails for at least one of the five.
    let lesson = LessonId::Consistency.lesson();
    let target = |run: &Run, seed| {
        let outcome = run.train(seed).unwrap();
        outcome
            .get(laboratory::lessons::Quantity::TargetAccuracy)
            .unwrap()
    };
    let worst = (0..5).map(|seed| target(&lesson.runs[0], seed));
    assert!(worst.fold(1.0, f32::min) < 0.85);
}
