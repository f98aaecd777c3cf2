//! The lessons: each asks a question, and its runs answer it.

use laboratory::lessons::{Lesson, LessonId, Measure};
use leptos::prelude::*;

use super::done::Done;
use super::lesson_text::{run_name, text_of};
use super::planes::RunPicture;
use super::play;
use super::state::{Laboratory, use_laboratory};
use super::text;
use crate::language::Text;

/// The numbered strip, and the lesson that is open.
#[component]
pub fn Lessons() -> impl IntoView {
    let laboratory = use_laboratory();
    let tab = move |(index, id): (usize, LessonId)| {
        let is_open = move || laboratory.lesson.get() == Some(id);
        view! {
            <li>
                <button
                    type="button"
                    id=format!("lab-lesson-{}", index + 1)
                    aria-pressed=move || is_open().to_string()
                    on:click=move |_| open(laboratory, id)
                >
                    <span class="number">{index + 1}</span>
                    " "
                    {text_of(id).title}
                </button>
            </li>
        }
    };
    let free = move || laboratory.lesson.read().is_none();
    view! {
        <nav class="lab-lessons" aria-label=text::LESSONS>
            <ol role="list">
                {LessonId::ALL.into_iter().enumerate().map(tab).collect_view()}
                <li>
                    <button
                        type="button"
                        id="lab-free"
                        aria-pressed=move || free().to_string()
                        on:click=move |_| leave(laboratory)
                    >
                        {text::FREE}
                    </button>
                </li>
            </ol>
        </nav>
        {move || laboratory.lesson.get().map(|id| view! { <OpenLesson lesson=id.lesson() /> })}
    }
}

/// Opens a lesson: its first run before the first step, nothing answered, nothing revealed.
fn open(laboratory: Laboratory, id: LessonId) {
    laboratory.paint.set(None);
    laboratory.given_answer.set(None);
    laboratory.done.update(|done| done.clear());
    laboratory.lesson.set(Some(id));
    laboratory.lesson_run.set(Some(0));
    play::restart(laboratory);
}

/// Leaves the lesson; what its last run left stays.
fn leave(laboratory: Laboratory) {
    let phases = untrack(move || laboratory.phases());
    let has_begun = untrack(move || laboratory.has_begun());
    if has_begun && phases.is_some_and(|phases| phases.len() > 1) {
        // Settings alone do not describe it.
        laboratory.is_repeatable.set(false);
    }
    laboratory.lesson.set(None);
    laboratory.lesson_run.set(None);
}

#[component]
fn OpenLesson(lesson: Lesson) -> impl IntoView {
    let laboratory = use_laboratory();
    let text = text_of(lesson.id);
    let count = lesson.runs.len();
    let right_answer = lesson.right_answer;
    let is_answered = Memo::new(move |_| laboratory.done.read().len() == count);
    let choose = move |choice: usize| {
        laboratory.given_answer.set(Some(choice));
        // What the runs left, if they were made before, stays.
        if !is_answered.get_untracked() {
            laboratory.done.update(|done| done.clear());
            play::start_run(laboratory, 0);
        }
    };
    let option = move |(choice, name): (usize, Text)| {
        let is_chosen = move || laboratory.given_answer.get() == Some(choice);
        let is_right = move || is_answered.get() && choice == right_answer;
        // While the runs train, the planes need the room more than what was not chosen.
        let is_left_out =
            move || laboratory.given_answer.read().is_some() && !is_chosen() && !is_right();
        let tick = move || {
            is_right().then(|| view! { <span class="lab-right" role="img" aria-label=text::RIGHT_ANSWER>"✓"</span> })
        };
        view! {
            <button
                type="button"
                id=format!("lab-answer-{}", choice + 1)
                aria-pressed=move || is_chosen().to_string()
                hidden=is_left_out
                on:click=move |_| choose(choice)
            >
                {name} {tick}
            </button>
        }
    };
    let run = move |(index, name): (usize, Text)| {
        let is_shown = move || laboratory.lesson_run.get() == Some(index);
        let measured = move || {
            let done = laboratory.done.read();
            done.get(&index).map(|done| measured(lesson.measure, done))
        };
        let picture = move || {
            let done = laboratory.done.read().get(&index).cloned();
            done.map(|done| view! { <RunPicture done=done /> })
        };
        view! {
            <li>
                <button
                    type="button"
                    id=format!("lab-run-{}", index + 1)
                    aria-pressed=move || is_shown().to_string()
                    disabled=move || laboratory.given_answer.read().is_none()
                    on:click=move |_| play::start_run(laboratory, index)
                >
                    {name} " " <span class="number">{measured}</span>
                </button>
                <span class="lab-left">{picture}</span>
            </li>
        }
    };
    let verdict = move || {
        is_answered.get().then(|| {
            // Whoever runs the lesson without an answer is not judged.
            let judged = laboratory.given_answer.get().map(|given| {
                let begun = if given == right_answer {
                    text::RIGHT
                } else {
                    text::WRONG
                };
                view! { <strong>{begun}</strong> " " }
            });
            view! { <p class="lab-verdict" id="lab-verdict">{judged} {text.explanation}</p> }
        })
    };
    let is_under_way = move || laboratory.given_answer.read().is_some() || laboratory.has_begun();
    let names = lesson.runs.iter().map(|run| run_name(run.id));
    view! {
        <section class="lab-lesson" aria-label=text.title>
            <div class="lab-asked">
                <p>{text.scene}</p>
                <p class="lab-question">{text.question}</p>
                <div class="lab-answers" role="group" aria-label=text.question>
                    {text.answers.into_iter().enumerate().map(option).collect_view()}
                </div>
                <p class="lab-hint" hidden=is_under_way>{text::ANSWER_FIRST}</p>
            </div>
            <div class="lab-answered">
                <ol class="lab-runs" role="list" aria-label=text::RUNS>{names.enumerate().map(run).collect_view()}</ol>
                <div role="status">{verdict}</div>
            </div>
        </section>
    }
}

/// What a run of a lesson left, by the measure that answers the lesson's question.
fn measured(measure: Measure, done: &Done) -> String {
    let (name, value) = match measure {
        Measure::SourceAccuracy => (
            text::SOURCE_ACCURACY(),
            text::percent(done.last.source_accuracy),
        ),
        Measure::TargetAccuracy => (
            text::TARGET_ACCURACY(),
            text::percent(done.last.target_accuracy),
        ),
        Measure::Separation => (text::SEPARATION(), format!("{:.1}", done.separation())),
    };
    format!("{name} {value}")
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn every_lesson_can_be_run_and_has_a_right_answer() {
        for id in LessonId::ALL {
            let lesson = id.lesson();
            assert!(lesson.right_answer < text_of(id).answers.len(), "{id:?}");
            for run in &lesson.runs {
                assert!(!run_name(run.id)().is_empty());
                for phase in &run.phases {
                    assert!(
                        phase.settings.clone().check().is_ok(),
                        "{id:?} {:?}",
                        run.id
                    );
                }
            }
        }
    }
}
