//! Running and pausing.

use std::time::Duration;

use laboratory::lessons::{LessonId, Mode, Phase};
use laboratory::state::{Start, State, Subject};
use leptos::prelude::*;
use protocol::laboratory::Trained;

use super::state::Laboratory;
use crate::share::opened::moves_less;
use crate::views::View;

/// Where less is to move, the picture changes once in so long, after so many steps.
const STILL: Duration = Duration::from_millis(1000);
const STEPS_WHILE_STILL: u32 = 50;

/// The end of a lesson's run stays so long before the next one begins.
const BETWEEN_RUNS: Duration = Duration::from_millis(1500);

/// Pauses the run when another view comes to the front, as long as the current reactive owner lives.
pub fn pause_behind_other_views(laboratory: Laboratory) {
    Effect::new(move |_| {
        if laboratory.view.get() != View::Laboratory {
            pause(laboratory);
        }
    });
}

/// Lets steps follow each other until the run is over. After a run that is over comes the lesson's next one, or itself anew.
pub fn run(laboratory: Laboratory) {
    laboratory.until.set(None);
    if untrack(move || laboratory.is_over()) {
        if let Some(next) = next_run(laboratory) {
            return start_run(laboratory, next);
        }
        restart(laboratory);
        // The answer to that continues the run.
        laboratory.is_running.set(true);
    } else {
        laboratory.is_running.set(true);
        request_steps(laboratory);
    }
}

/// Begins the run that is shown anew.
pub fn restart(laboratory: Laboratory) {
    let first = untrack(move || laboratory.phases()).and_then(|phases| {
        let phase = phases.into_iter().next()?;
        phase.settings.check().ok()
    });
    laboratory.begin(first.unwrap_or_else(|| laboratory.settings.get_untracked()));
}

/// Stops.
pub fn pause(laboratory: Laboratory) {
    laboratory.until.set(None);
    laboratory.is_running.set(false);
}

/// Stops, and makes one step. One that the run itself would not make next leaves it a run that no link describes.
pub fn step_once(laboratory: Laboratory, what: Trained) {
    pause(laboratory);
    if untrack(move || next_trained(laboratory)) != Some(what) {
        laboratory.is_repeatable.set(false);
    }
    laboratory.step_next(what);
}

/// Shows the state that a link holds.
pub fn open(laboratory: Laboratory, state: &State) {
    let run = match state.subject {
        Subject::Settings { .. } => None,
        Subject::Lesson { run, .. } => Some(run),
    };
    // A link is checked when it is read.
    let Ok(settings) = state.subject.settings() else {
        return;
    };
    laboratory.paint.set(None);
    laboratory.done.update(|done| done.clear());
    laboratory.lesson.set(state.subject.lesson());
    laboratory.lesson_run.set(run);
    laboratory.given_answer.set(state.answer);
    laboratory.speed.set(state.speed);
    laboratory.has_arrows.set(state.arrows);
    laboratory.begin(settings);
    laboratory.is_revealed.set(state.labels);
    // The answer to that continues the run.
    laboratory.is_running.set(state.start != Start::Waiting);
    if let Start::Until(step) = state.start {
        laboratory.until.set(Some(step));
    }
}

/// The state that a link to what is shown holds; whatever reactive place asks follows it.
pub fn state(laboratory: Laboratory) -> State {
    let lesson = laboratory.lesson.get();
    let subject = match (lesson, laboratory.lesson_run.get()) {
        (Some(lesson), Some(run)) => Subject::Lesson { lesson, run },
        _ => Subject::Settings {
            settings: laboratory.settings.get(),
            lesson,
        },
    };
    let last = subject.steps();
    let start = match (laboratory.is_running.get(), laboratory.until.get()) {
        (true, Some(step)) => Start::Until(step),
        (true, None) => Start::Running,
        (false, _) => match laboratory.last().map_or(0, |last| last.step as u32) {
            step if step > 0 && step <= last && laboratory.is_repeatable.get() => {
                Start::Until(step)
            }
            _ => Start::Waiting,
        },
    };
    State {
        answer: laboratory.given_answer.get().filter(|_| lesson.is_some()),
        start,
        speed: laboratory.speed.get(),
        labels: laboratory.is_revealed.get(),
        arrows: laboratory.has_arrows.get(),
        subject,
    }
}

/// Asks for the next steps of a run, or ends it.
pub fn request_steps(laboratory: Laboratory) {
    if untrack(move || laboratory.is_over()) {
        laboratory.is_running.set(false);
        finish(laboratory);
        return;
    }
    if left_until(laboratory) == Some(0) {
        return pause(laboratory);
    }
    let request = laboratory.requests.begin();
    let next = move |count: u32| {
        // The page may be gone, or the visitor may have stopped the run.
        let is_running = laboratory.is_running.try_get_untracked() == Some(true);
        if is_running && laboratory.requests.is_newest(request) {
            untrack(move || train(laboratory, count));
        }
    };
    if moves_less() {
        set_timeout(move || next(STEPS_WHILE_STILL), STILL);
    } else {
        let count = laboratory.speed.get_untracked();
        request_animation_frame(move || next(count));
    }
}

/// Trains at most so many steps, as far as settings and trained networks stay the same.
fn train(laboratory: Laboratory, count: u32) {
    let done = laboratory.last().map_or(0, |last| last.step as u32);
    let count = left_until(laboratory).map_or(count, |left| count.min(left));
    let Some(phases) = laboratory.phases() else {
        let left = laboratory.steps().saturating_sub(done).max(1);
        return laboratory.step(Trained::All, count.min(left));
    };
    let Some((phase, left)) = phase_at(&phases, done) else {
        return;
    };
    match phase.settings.clone().check() {
        // The answer to the other settings continues the run.
        Ok(settings) if settings != laboratory.settings.get() => laboratory.settings.set(settings),
        Ok(_) => laboratory.step(trained(phase.mode), count.min(left)),
        Err(error) => laboratory.refuse(&error),
    }
}

/// Steps that are left up to the one at which the run is to wait.
fn left_until(laboratory: Laboratory) -> Option<u32> {
    let done = untrack(move || laboratory.last()).map_or(0, |last| last.step as u32);
    let until = laboratory.until.get_untracked()?;
    Some(until.saturating_sub(done))
}

/// What the run itself trains in its next step; none where it is over.
fn next_trained(laboratory: Laboratory) -> Option<Trained> {
    let done = laboratory.last().map_or(0, |last| last.step as u32);
    match laboratory.phases() {
        Some(phases) => phase_at(&phases, done).map(|(phase, _)| trained(phase.mode)),
        None => (done < laboratory.steps()).then_some(Trained::All),
    }
}

/// The phase that the next step after so many belongs to, and its steps that are left.
fn phase_at(phases: &[Phase], done: u32) -> Option<(&Phase, u32)> {
    let mut before = 0;
    for phase in phases {
        let end = before + phase.steps;
        if done < end {
            return Some((phase, end - done));
        }
        before = end;
    }
    None
}

fn trained(mode: Mode) -> Trained {
    match mode {
        Mode::All => Trained::All,
        Mode::DomainOnly => Trained::Domain,
        Mode::ClassifierOnly => Trained::Classifier,
    }
}

/// What a run leaves: in a lesson its numbers, and the hidden labels once all runs are done.
fn finish(laboratory: Laboratory) {
    let lesson = laboratory.lesson.get_untracked().map(LessonId::lesson);
    let run = laboratory.lesson_run.get_untracked();
    laboratory.is_revealed.set(true);
    let (Some(lesson), Some(run)) = (lesson, run) else {
        return;
    };
    if let Some(left) = untrack(move || laboratory.left()) {
        laboratory.done.update(|done| {
            done.insert(run, left);
        });
    }
    if let Some(next) = next_run(laboratory) {
        set_timeout(
            move || {
                // The visitor may have gone on alone, or to another view.
                let is_here = laboratory.lesson.try_get_untracked() == Some(Some(lesson.id))
                    && laboratory.lesson_run.get_untracked() == Some(run)
                    && laboratory.view.get_untracked() == View::Laboratory
                    && !laboratory.is_running.get_untracked();
                if is_here {
                    start_run(laboratory, next);
                }
            },
            BETWEEN_RUNS,
        );
    }
}

/// The first run of the lesson that is not done, where one of its runs is shown.
fn next_run(laboratory: Laboratory) -> Option<usize> {
    laboratory.lesson_run.get_untracked()?;
    let runs = laboratory.lesson.get_untracked()?.lesson().runs.len();
    let done = laboratory.done.read_untracked();
    (0..runs).find(|run| !done.contains_key(run))
}

/// Shows one run of the lesson that is open, from its start.
pub fn start_run(laboratory: Laboratory, run: usize) {
    let Some(lesson) = laboratory.lesson.get_untracked().map(LessonId::lesson) else {
        return;
    };
    let settings = lesson.runs.get(run).and_then(|run| run.phases.first());
    let Some(Ok(settings)) = settings.map(|phase| phase.settings.clone().check()) else {
        return;
    };
    laboratory.lesson_run.set(Some(run));
    laboratory.begin(settings);
    laboratory.is_running.set(true);
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_step_belongs_to_the_phase_that_is_not_over() {
        let phase = |mode, steps| Phase {
            mode,
            steps,
            settings: laboratory::Settings::default(),
        };
        let phases = [phase(Mode::All, 3), phase(Mode::DomainOnly, 2)];
        let at = |done| phase_at(&phases, done).map(|(phase, left)| (phase.mode, left));
        assert_eq!(at(0), Some((Mode::All, 3)));
        assert_eq!(at(2), Some((Mode::All, 1)));
        assert_eq!(at(3), Some((Mode::DomainOnly, 2)));
        assert_eq!(at(5), None);
    }
}
