//! The lessons: each asks a question, and its runs answer it.

use laboratory::lessons::{Lesson, LessonId};
use leptos::prelude::*;

use super::lesson_text::{run_name, text_of};
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

/// Opens a lesson: its first run before the first step, nothing guessed, nothing revealed.
fn open(laboratory: Laboratory, id: LessonId) {
    laboratory.given_answer.set(None);
    laboratory.done.update(|done| done.clear());
    laboratory.lesson.set(Some(id));
    laboratory.lesson_run.set(Some(0));
    play::restart(laboratory);
}

/// Leaves the lesson; what its last run left stays.
fn leave(laboratory: Laboratory) {
    let phases = untrack(move || laboratory.phases());
    let has_begun = untrack(move || laboratory.last()).is_some_and(|last| last.step > 0.0);
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
    let choose = move |choice: usize| {
        laboratory.given_answer.set(Some(choice));
        laboratory.done.update(|done| done.clear());
        play::start_run(laboratory, 0);
    };
    let option = move |(choice, name): (usize, Text)| {
        let is_chosen = move || laboratory.given_answer.get() == Some(choice);
        view! {
            <button
                type="button"
                id=format!("lab-answer-{}", choice + 1)
                aria-pressed=move || is_chosen().to_string()
                on:click=move |_| choose(choice)
            >
                {name}
            </button>
        }
    };
    let run = move |(index, name): (usize, Text)| {
        let is_shown = move || laboratory.lesson_run.get() == Some(index);
        let accuracy = move || {
            let done = laboratory.done.read();
            done.get(&index)
                .map(|last| text::percent(last.target_accuracy))
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
                    {name} " " <span class="number">{accuracy}</span>
                </button>
            </li>
        }
    };
    let is_answered = Memo::new(move |_| laboratory.done.read().len() == count);
    let verdict = move || {
        is_answered.get().then(|| {
            let is_right = laboratory.given_answer.get() == Some(right_answer);
            let begun = if is_right { text::RIGHT } else { text::WRONG };
            view! { <p class="lab-verdict" id="lab-verdict"><strong>{begun}</strong> " " {text.explanation}</p> }
        })
    };
    let names = lesson.runs.iter().map(|run| run_name(run.id));
    view! {
        <section class="lab-lesson" aria-label=text.title>
            <p>{text.scene}</p>
            <p class="lab-question">{text.question}</p>
            <div class="lab-answers" role="group" aria-label=text.question>
                {text.answers.into_iter().enumerate().map(option).collect_view()}
            </div>
            <ol class="lab-runs" role="list" aria-label=text::RUNS>{names.enumerate().map(run).collect_view()}</ol>
            <div role="status">{verdict}</div>
        </section>
    }
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
