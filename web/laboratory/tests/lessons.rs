//! Every claim of every lesson, on five seeds.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

use laboratory::lessons::claims::{Claim, Comparison, Outcome, Over, Quantity};
use laboratory::lessons::{LessonId, RunId};

fn values(outcomes: &[Outcome], quantity: Quantity) -> Vec<f32> {
    let values = outcomes.iter().map(|outcome| outcome.get(quantity));
    values.collect::<Option<Vec<f32>>>().unwrap()
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values[values.len() / 2]
}

/// Trains each run with five seeds, and asserts what the lesson claims of it, and of the runs beside each other.
fn holds(id: LessonId) {
    let lesson = id.lesson();
    let mut all: Vec<(RunId, Vec<Outcome>)> = Vec::new();
    for run in &lesson.runs {
        let outcomes: Vec<_> = (0..5).map(|seed| run.train(seed).unwrap()).collect();
        let mut claims = 0;
        for claim in id.claims().iter().filter(|claim| claim.run == run.id) {
            let Claim {
                quantity,
                over,
                range: [least, greatest],
                ..
            } = *claim;
            let values = values(&outcomes, quantity);
            println!("{:?}, {quantity:?}: {values:.3?}", run.id);
            let judged = match over {
                Over::Each => values.clone(),
                Over::Median => vec![median(values.clone())],
            };
            assert!(
                judged
                    .iter()
                    .all(|value| (least..=greatest).contains(value)),
                "{id:?}, {:?}: {quantity:?} is {judged:?} of {values:?}, claimed {least} to {greatest}",
                run.id
            );
            claims += 1;
        }
        assert!(claims > 0, "{id:?} claims nothing of {:?}", run.id);
        all.push((run.id, outcomes));
    }
    for comparison in id.comparisons() {
        let Comparison {
            quantity,
            larger,
            smaller,
            by,
        } = comparison;
        let of = |wanted| {
            let (_, outcomes) = all.iter().find(|(run, _)| *run == wanted).unwrap();
            median(values(outcomes, quantity))
        };
        let (more, less) = (of(larger), of(smaller));
        println!("{quantity:?}: {larger:?} {more:.3}, {smaller:?} {less:.3}");
        assert!(
            more - less >= by,
            "{id:?}: {quantity:?} is {more} with {larger:?} and {less} with {smaller:?}, claimed to be {by} apart"
        );
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
fn a_large_lambda_from_the_first_step_leaves_nothing_to_classify_by() {
    holds(LessonId::LambdaTooLarge);
}

#[test]
fn minus_the_domain_loss_wants_a_domain_classifier_that_is_confidently_wrong() {
    holds(LessonId::ConfidentlyWrong);
}

#[test]
fn alignment_harms_where_shares_differ() {
    holds(LessonId::UnequalShares);
}

#[test]
fn consistency_helps_more_than_the_adversary() {
    holds(LessonId::Consistency);
}

/// Each phase continues the one before, and each lesson can be made a link.
#[test]
fn every_lesson_can_be_run_and_linked() {
    for id in LessonId::ALL {
        let lesson = id.lesson();
        assert!(!lesson.runs.is_empty());
        for run in &lesson.runs {
            let settings: Vec<_> = run
                .phases
                .iter()
                .map(|phase| phase.settings.clone())
                .collect();
            let checked: Vec<_> = settings
                .into_iter()
                .map(|one| one.check().unwrap())
                .collect();
            for pair in checked.windows(2) {
                assert!(pair[0].continues_with(&pair[1]), "{id:?}, {:?}", run.id);
            }
            for one in &checked {
                let text = laboratory::encode(one);
                assert_eq!(laboratory::decode(&text).as_ref(), Ok(one), "{text}");
            }
        }
    }
}
