use super::*;
use crate::settings::{Lambda, Settings};

fn trained(variant: Variant) -> Session {
    let settings = Settings {
        points: 30,
        width: 8,
        variant,
        lambda: Lambda::Constant(0.5),
        ..Settings::default()
    };
    let mut session = Session::new(settings.check().unwrap());
    for _ in 0..20 {
        session.step().unwrap();
    }
    session
}

#[test]
fn grids_hold_probabilities_of_every_cell() {
    let view = trained(Variant::TwoStep).view(12);
    assert_eq!(
        (view.source.len(), view.target.len(), view.arrows.len()),
        (30, 30, 60)
    );
    assert_eq!(view.classes.values.len(), 12 * 12 * 2);
    for cell in view.classes.values.chunks_exact(2) {
        assert!((cell[0] + cell[1] - 1.0).abs() < 1e-5, "{cell:?}");
    }
    assert_eq!(view.domains.values.len(), 12 * 12);
    assert!(
        view.domains
            .values
            .iter()
            .all(|value| (0.0..=1.0).contains(value))
    );
    let Bounds { least, greatest } = view.domains.bounds;
    assert!(!view.boundary.is_empty());
    let ends = view.boundary.as_flattened();
    for point in view.source.iter().chain(&view.target).chain(ends) {
        for axis in [0, 1] {
            assert!((least[axis]..=greatest[axis]).contains(&point[axis]));
        }
    }
}

/// The grid's cells are where the bounds say: the network itself, asked there, says the same.
#[test]
fn a_cell_says_what_the_network_says_at_its_centre() {
    let session = trained(Variant::TwoStep);
    let view = session.view(6);
    let networks = session.networks.for_inference();
    let cell = 2.0 * INPUT_REACH / 6.0;
    let centre = [-INPUT_REACH + 4.5 * cell, -INPUT_REACH + 1.5 * cell];
    let logits = networks.classes(&networks.features(&[centre]));
    let place = (6 + 4) * 2;
    for (ours, theirs) in probabilities(logits[0].clone())
        .iter()
        .zip(&view.classes.values[place..])
    {
        assert!((ours - theirs).abs() < 1e-5, "{ours} {theirs}");
    }
}

#[test]
fn arrows_are_the_slopes_of_the_losses() {
    for variant in [Variant::TwoStep, Variant::Reversal, Variant::Confusion] {
        let session = trained(variant);
        let view = session.view(1);
        let networks = session.networks.for_inference();
        let domain_loss = |point: Point, is_source: bool| {
            let logit = networks.domain_logits(&[point])[0];
            (1.0 + (if is_source { -logit } else { logit }).exp()).ln()
        };
        let step = 1e-2;
        // ReLU has corners, where a difference is no slope.
        let mut agree = 0;
        for index in [0, 7, 31, 44, 58] {
            let is_source = index < 30;
            let at = if is_source {
                view.source[index]
            } else {
                view.target[index - 30]
            };
            let arrow = view.arrows[index];
            let agrees = |axis: usize| {
                let slope = |loss: &dyn Fn(Point) -> f32| {
                    let moved = |by: f32| {
                        let mut point = at;
                        point[axis] += by;
                        loss(point)
                    };
                    (moved(step) - moved(-step)) / (2.0 * step)
                };
                let own = slope(&|point| domain_loss(point, is_source));
                let both =
                    slope(&|point| (domain_loss(point, true) + domain_loss(point, false)) / 2.0);
                let received = if variant == Variant::Confusion {
                    0.5 * both
                } else {
                    -0.5 * own
                };
                let close = |ours: f32, theirs: f32| (ours - theirs).abs() < 2e-3;
                close(arrow.gradient[axis], own) && close(arrow.received[axis], received)
            };
            agree += usize::from(agrees(0) && agrees(1));
        }
        assert!(agree >= 4, "{variant:?}: {agree} of 5");
        assert!(
            view.arrows
                .iter()
                .any(|arrow| arrow.gradient[0].abs() > 1e-2)
        );
    }
    let view = trained(Variant::SourceOnly).view(1);
    assert!(view.arrows.iter().all(|arrow| arrow.received == [0.0; 2]));
}

#[test]
fn points_that_are_all_alike_are_shown_as_such() {
    let Bounds { least, greatest } = Bounds::around(&[[5.0, 5.0], [5.0, 5.001]]);
    for axis in [0, 1] {
        assert!(greatest[axis] - least[axis] >= LEAST_SIDE);
        assert!((least[axis]..=greatest[axis]).contains(&5.0));
    }
}
