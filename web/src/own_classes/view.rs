//! Where the visitor adds, sees and forgets classes.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use super::class::{EXAMPLES, LONGEST_NAME, OwnClass};
use super::shelf::Shelf;
use super::text;
use crate::doodle::Doodle;
use crate::focus::focus_on;
use crate::language::said;
use crate::part::{later, part};

/// How many examples there are, right before the buttons that add some.
const PROGRESS: &str = "#own-progress";

part!(
    /// What is inside the fold.
    own_classes: fn() -> AnyView = || view! { <Inside /> }.into_any()
);

/// The own classes, folded away until they are asked for.
#[component]
pub fn OwnClasses() -> impl IntoView {
    let fold = NodeRef::<html::Details>::new();
    let is_open = RwSignal::new(false);
    let toggle = move |_| {
        if let Some(fold) = fold.get_untracked() {
            is_open.set(fold.open());
        }
    };
    view! {
        <details class="own" id="own-classes" node_ref=fold on:toggle=toggle>
            <summary>{text::TITLE}</summary>
            {later(is_open.into(), "#own-classes > summary", own_classes, |view| view())}
        </details>
    }
}

#[component]
fn Inside() -> impl IntoView {
    let shelf = expect_context::<Shelf>();
    let is_empty = Memo::new(move |_| shelf.classes.read().is_empty());
    view! {
        <div class="own-body">
            <p>{text::WHAT}</p>
            <Teach />
            <ul class="own-list" role="list" tabindex="-1" aria-label=text::LIST hidden=is_empty>
                {move || shelf.classes.get().into_iter().map(row).collect_view()}
            </ul>
            <Files />
            <p id="own-said" role="status">{move || said(&shelf.said.read()).to_string()}</p>
            <p>{text::WHERE}</p>
        </div>
    }
}

#[component]
fn Teach() -> impl IntoView {
    let shelf = expect_context::<Shelf>();
    let name = NodeRef::<html::Input>::new();
    let count = Memo::new(move |_| shelf.draft.read().examples().len());
    let is_begun = Memo::new(move |_| !shelf.draft.read().examples().is_empty());
    let is_full = Memo::new(move |_| shelf.draft.read().is_full());
    let has_no_room = Memo::new(move |_| shelf.is_full());
    let can_take = Memo::new(move |_| shelf.can_take());
    let finish = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(name) = name.get_untracked()
            && shelf.finish(&name.value())
        {
            name.set_value("");
        }
    };
    // The buttons that are used make room for others.
    Effect::new(move |before: Option<(bool, bool)>| {
        let now = (is_full.get(), is_begun.get());
        match (before, now) {
            (Some((false, _)), (true, _)) => focus_on("#own-name"),
            (Some((true, _)), (_, false)) => focus_on(PROGRESS),
            _ => {}
        }
        now
    });
    let slot = move |index: usize| {
        let drawing = Signal::derive(move || {
            let draft = shelf.draft.read();
            let example = draft.examples().get(index);
            example
                .map(|example| example.drawing.clone())
                .unwrap_or_default()
        });
        view! {
            <li class:done=move || { index < count.get() }><Doodle drawing=drawing /></li>
        }
    };
    view! {
        <form class="own-draft" class:begun=is_begun on:submit=finish>
            <ol class="own-examples" role="list" aria-label=text::EXAMPLES_LABEL>
                {(0..EXAMPLES).map(slot).collect_view()}
            </ol>
            <p class="own-progress" id="own-progress" tabindex="-1">{move || text::progress(count.get())}</p>
            <p id="own-full" hidden=move || !has_no_room.get()>{text::full}</p>
            <div class="own-buttons">
                <button type="button" id="own-take" class="main" hidden=is_full disabled=move || !can_take.get() on:click=move |_| shelf.take()>
                    {text::TAKE}
                </button>
                <button
                    type="button"
                    id="own-undo"
                    disabled=move || count.get() == 0
                    on:click=move |_| shelf.draft.update(|draft| draft.undo())
                >
                    {text::UNDO}
                </button>
            </div>
            <div class="own-buttons" hidden=move || !is_full.get()>
                <label class="own-name">
                    {text::NAME}
                    <input node_ref=name id="own-name" type="text" maxlength=LONGEST_NAME.to_string() autocomplete="off" />
                </label>
                <button type="submit" id="own-finish" class="main">{text::FINISH}</button>
            </div>
        </form>
    }
}

fn row(class: OwnClass) -> impl IntoView {
    let shelf = expect_context::<Shelf>();
    let name = class.name().to_string();
    let examples = class.examples().iter();
    let pictures = examples.map(|example| view! { <Doodle drawing=example.drawing.clone() /> });
    let (called, forgotten) = (name.clone(), name.clone());
    let forget = move |_| {
        shelf.forget(&forgotten);
        // This button goes away.
        focus_on(match shelf.classes.read_untracked().is_empty() {
            true => PROGRESS,
            false => ".own-list",
        });
    };
    view! {
        <li class="own-class" data-name=name.clone()>
            <strong><bdi>{name.clone()}</bdi></strong>
            <button
                type="button"
                class="plain"
                aria-label=move || text::forget_aloud(&called)
                on:click=forget
            >
                {text::FORGET}
            </button>
            <span class="own-examples">{pictures.collect_view()}</span>
        </li>
    }
}

#[component]
fn Files() -> impl IntoView {
    let shelf = expect_context::<Shelf>();
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            shelf.import(file);
        }
        // The same file may be chosen again.
        input.set_value("");
    };
    let is_empty = Memo::new(move |_| shelf.classes.read().is_empty());
    view! {
        <div class="own-buttons">
            <button type="button" id="own-export" disabled=is_empty on:click=move |_| shelf.export()>{text::EXPORT}</button>
            <input
                node_ref=input
                id="own-file"
                class="unseen"
                type="file"
                accept="application/json,.json"
                on:change=chosen
            />
            <label class="button" for="own-file">{text::IMPORT}</label>
        </div>
    }
}
