use super::*;
use crate::data::{DrawnPoint, Scene};
use crate::settings::{Drawn, Lambda, Settings};

fn checked(settings: Settings) -> Checked {
    settings.check().unwrap()
}

fn small() -> Settings {
    Settings {
        points: 40,
        width: 8,
        steps: 50,
        consistency_weight: 0.5,
        im_weight: 0.1,
        domain_steps: 2,
        ..Settings::default()
    }
}

fn curve(session: &mut Session, steps: usize) -> Vec<Measured> {
    (0..steps).map(|_| session.step().unwrap()).collect()
}

#[test]
fn the_same_settings_give_the_same_curve_to_the_bit() {
    for variant in [
        Variant::TwoStep,
        Variant::Reversal,
        Variant::Confusion,
        Variant::SourceOnly,
    ] {
        let settings = Settings { variant, ..small() };
        let mut one = Session::new(checked(settings.clone()));
        let first = curve(&mut one, 20);
        let mut other = Session::new(checked(settings.clone()));
        assert_eq!(curve(&mut other, 20), first);
        assert_eq!(one.view(8), other.view(8));
        one.reset();
        assert_eq!(one.steps(), 0);
        assert_eq!(curve(&mut one, 20), first);
        let mut another = Session::new(checked(Settings {
            seed: 1,
            ..settings
        }));
        assert_ne!(curve(&mut another, 20), first);
    }
}

#[test]
fn each_step_names_the_losses_that_it_learned_from() {
    let names = |variant| {
        let settings = Settings { variant, ..small() };
        let measured = Session::new(checked(settings)).step().unwrap();
        let names = measured.losses.iter().map(|loss| loss.name);
        (names.collect::<Vec<_>>(), measured.domain_loss.is_some())
    };
    let target = [LossName::InformationMaximisation, LossName::Consistency];
    let with = |adversary| [&[LossName::Class], &target[..], &[adversary]].concat();
    assert_eq!(names(Variant::TwoStep), (with(LossName::Domain), true));
    assert_eq!(names(Variant::Reversal), (with(LossName::Domain), true));
    assert_eq!(names(Variant::Confusion), (with(LossName::Confusion), true));
    assert_eq!(names(Variant::SourceOnly), (vec![LossName::Class], false));
}

#[test]
fn modules_can_learn_alone() {
    let mut session = Session::new(checked(small()));
    let before = session.view(4);
    let measured = session.step_domain_only().unwrap();
    assert!(measured.domain_loss.is_some() && measured.feature_loss.is_none());
    let after = session.view(4);
    assert_eq!(
        (&before.source, &before.classes),
        (&after.source, &after.classes)
    );
    assert_ne!(before.domains, after.domains);
    let measured = session.step_classifier_only().unwrap();
    assert!(measured.feature_loss.is_some());
    assert_ne!(session.view(4).source, after.source);
    assert_eq!(measured.steps, 2);
    // D's loss as it is held: what D itself reports before its next update.
    let held = measured.domain_loss.unwrap();
    let own = session.step_domain_only().unwrap().domain_loss.unwrap();
    assert!((held - own).abs() < 1e-5, "{held} {own}");
}

#[test]
fn an_edit_continues_where_shapes_stay() {
    let mut session = Session::new(checked(small()));
    curve(&mut session, 5);
    let noisier = Settings {
        noise: 0.2,
        change: 50.0,
        lambda: Lambda::Constant(2.0),
        variant: Variant::Confusion,
        ..small()
    };
    let target = session.data().target.clone();
    let features = session.networks.for_inference().features(&target);
    assert!(session.edit(checked(noisier.clone())));
    assert_eq!(session.steps(), 5);
    assert_ne!(session.data().target, target);
    assert_eq!(session.networks.for_inference().features(&target), features);
    assert_eq!(session.step().unwrap().lambda, 2.0);
    for other in [
        Settings {
            width: 9,
            ..noisier.clone()
        },
        Settings {
            seed: 3,
            ..noisier.clone()
        },
        Settings {
            points: 50,
            ..noisier.clone()
        },
        Settings {
            hidden_predictor: true,
            ..noisier.clone()
        },
        Settings {
            scene: Scene::Three,
            ..noisier
        },
    ] {
        curve(&mut session, 2);
        assert!(!session.edit(checked(other)));
        assert_eq!(session.steps(), 0);
    }
}

#[test]
fn drawn_points_are_trained_on_and_unknown_labels_count_for_nothing() {
    let point = |x: f32, y: f32, class| DrawnPoint { at: [x, y], class };
    let drawn = |known| Drawn {
        source: vec![point(-0.5, 0.5, Some(0)), point(0.5, -0.5, Some(2))],
        target: vec![
            point(-0.4, 0.6, known),
            point(0.9, 0.1, None),
            point(0.2, 0.2, None),
        ],
    };
    let session = |known| {
        Session::new(checked(Settings {
            drawn: Some(drawn(known)),
            variant: Variant::SourceOnly,
            ..small()
        }))
    };
    let mut one = session(None);
    assert_eq!(one.data().classes, 3);
    let measured = curve(&mut one, 50).pop().unwrap();
    assert_eq!(
        (measured.source_accuracy, measured.target_accuracy),
        (1.0, None)
    );
    let measured = curve(&mut session(Some(0)), 50).pop().unwrap();
    assert_eq!(measured.target_accuracy, Some(1.0));
}

#[test]
fn a_run_that_diverges_is_noticed_and_can_start_again() {
    let mut session = Session::new(checked(small()));
    session.step().unwrap();
    session.data.target[0] = [f32::NAN, 0.0];
    let diverged = session.step().unwrap_err();
    assert_eq!(diverged, Diverged { step: 2 });
    assert!(
        diverged
            .to_string()
            .contains("in step 2: lower the learning rate")
    );
    session.reset();
    assert!(session.step().is_ok());
}
