use laboratory::{Checked, Diverged, Measured, Session, decode};
use protocol::laboratory::{Frame, Numbers, Reply, Request, Trained};
use shared::dann::LossName;

/// Cells along each side of a frame's grids.
const SIDE: usize = 48;
/// The most steps of one request: the page has to hear of the run now and then.
const LONGEST: u32 = 500;

/// The run that the worker keeps; none before the first settings.
#[derive(Default)]
pub struct Run(Option<Session>);

impl Run {
    /// The answer to a request.
    pub fn answer(&mut self, request: Request) -> Reply {
        match request {
            Request::Begin { settings } => self.with(&settings, |run, settings| {
                shown(run.insert(Session::new(settings)), true)
            }),
            Request::Set { settings } => self.with(&settings, |run, settings| match run {
                Some(session) => {
                    let continues = session.edit(settings);
                    shown(session, !continues)
                }
                none => shown(none.insert(Session::new(settings)), true),
            }),
            Request::Step { trained, count } => match &mut self.0 {
                Some(session) => train(session, trained, count),
                None => Reply::Refused {
                    reason: "there are no settings to train with".into(),
                },
            },
        }
    }

    /// What becomes of the run with other settings, where they are settings; else it stays.
    fn with(
        &mut self,
        settings: &str,
        change: impl FnOnce(&mut Option<Session>, Checked) -> Reply,
    ) -> Reply {
        match decode(settings) {
            Ok(settings) => change(&mut self.0, settings),
            Err(error) => Reply::Refused {
                reason: error.to_string(),
            },
        }
    }
}

fn train(session: &mut Session, trained: Trained, count: u32) -> Reply {
    let mut numbers = Vec::new();
    for _ in 0..count.clamp(1, LONGEST) {
        let measured = match trained {
            Trained::All => session.step(),
            Trained::Domain => session.step_domain_only(),
            Trained::Classifier => session.step_classifier_only(),
        };
        match measured {
            Ok(measured) => numbers.push(numbers_of(&measured)),
            Err(Diverged { step }) => return Reply::Diverged { step },
        }
    }
    Reply::Frame(frame(session, false, numbers))
}

fn shown(session: &Session, is_new: bool) -> Reply {
    match session.measured() {
        Ok(measured) => Reply::Frame(frame(session, is_new, vec![numbers_of(&measured)])),
        Err(Diverged { step }) => Reply::Diverged { step },
    }
}

fn frame(session: &Session, is_new: bool, numbers: Vec<Numbers>) -> Frame {
    let view = session.view(SIDE);
    let arrows = view.arrows.iter();
    Frame {
        is_new,
        numbers,
        features: [view.source, view.target].concat().concat(),
        arrows: arrows
            .flat_map(|arrow| [arrow.gradient, arrow.received].concat())
            .collect(),
        bounds: [view.domains.bounds.least, view.domains.bounds.greatest].concat(),
        side: SIDE as u32,
        classes: view.classes.values,
        domains: view.domains.values,
        boundary: view.boundary.into_flattened().concat(),
    }
}

fn numbers_of(measured: &Measured) -> Numbers {
    let or_nan = |value: Option<f32>| value.unwrap_or(f32::NAN);
    let class = measured
        .losses
        .iter()
        .find(|loss| loss.name == LossName::Class);
    Numbers {
        step: measured.steps as f32,
        lambda: measured.lambda as f32,
        domain_loss: or_nan(measured.domain_loss),
        feature_loss: or_nan(measured.feature_loss),
        class_loss: or_nan(class.map(|loss| loss.value)),
        source_accuracy: measured.source_accuracy,
        target_accuracy: or_nan(measured.target_accuracy),
        domain_accuracy: measured.domain_accuracy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame_of(reply: Reply) -> Frame {
        match reply {
            Reply::Frame(frame) => frame,
            other => panic!("{other:?}"),
        }
    }

    fn set(run: &mut Run, settings: &str) -> Reply {
        let settings = settings.into();
        run.answer(Request::Set { settings })
    }

    #[test]
    fn a_frame_holds_what_the_page_draws() {
        let mut run = Run::default();
        let frame = frame_of(set(&mut run, "1,p20"));
        assert!(frame.is_new);
        assert_eq!(frame.features.len(), 2 * 40);
        assert_eq!(frame.arrows.len(), 4 * 40);
        assert_eq!(frame.classes.len(), SIDE * SIDE * 2);
        assert_eq!(frame.domains.len(), SIDE * SIDE);
        assert!(frame.boundary.len().is_multiple_of(4));
        let count = 3;
        let trained = Trained::All;
        let frame = frame_of(run.answer(Request::Step { trained, count }));
        let steps: Vec<f32> = frame.numbers.iter().map(|numbers| numbers.step).collect();
        assert_eq!(steps, [1.0, 2.0, 3.0]);
        assert!(!frame.is_new);
    }

    #[test]
    fn a_run_continues_where_only_the_step_changes_and_begins_anew_with_other_data() {
        let mut run = Run::default();
        set(&mut run, "1,p20");
        let trained = Trained::All;
        run.answer(Request::Step { trained, count: 2 });
        let same = frame_of(set(&mut run, "1,p20,l0.5"));
        assert!(!same.is_new);
        assert_eq!(same.numbers[0].step, 2.0);
        let other = frame_of(set(&mut run, "1,p22"));
        assert!(other.is_new);
        assert_eq!(other.numbers[0].step, 0.0);
        run.answer(Request::Step { trained, count: 1 });
        let settings = "1,p22".into();
        let begun = frame_of(run.answer(Request::Begin { settings }));
        assert!(begun.is_new);
        assert_eq!(begun.numbers[0].step, 0.0);
    }

    #[test]
    fn settings_that_are_none_are_refused_and_the_run_stays() {
        let mut run = Run::default();
        let (trained, count) = (Trained::All, 1);
        let early = run.answer(Request::Step { trained, count });
        assert!(matches!(early, Reply::Refused { .. }));
        set(&mut run, "1,p20");
        for settings in ["", "2", "1,p1", "1,q7"] {
            assert!(matches!(set(&mut run, settings), Reply::Refused { .. }));
        }
        let trained = Trained::Domain;
        let frame = frame_of(run.answer(Request::Step { trained, count: 1 }));
        assert_eq!(frame.features.len(), 2 * 40);
    }
}
