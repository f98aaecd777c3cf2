//! The dialog that shows what is shared, and the ways to share it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, MouseEvent};

use super::card::Card;
use super::outlets::{self, Letter};
use super::text;
use crate::close::{CLOSE, CROSS};
use crate::download::download;
use crate::language::{Sentence, Text, both, said};
use crate::part::{later, part};
use crate::state::use_state;
use crate::views::View;

/// Closes the dialog.
type Close = Callback<()>;

part!(
    /// The dialog.
    share: fn(Shared, Close) -> AnyView = |what, close| view! { <Dialog what=what close=close /> }.into_any()
);

/// What is shared.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The title of the dialog.
    pub title: Text,
    /// What the link holds.
    pub note: Text,
    /// The picture.
    pub card: Card,
    /// The link, or why there is none.
    pub link: Result<String, Sentence>,
    /// The name of the picture's file.
    pub file: &'static str,
}

/// The button that opens the dialog, and the dialog.
#[component]
pub fn Share(
    /// The button's id.
    id: &'static str,
    /// Whether the button is a symbol instead of a word.
    #[prop(optional)]
    is_icon: bool,
    /// Whether there is nothing to share.
    #[prop(into)]
    disabled: Signal<bool>,
    /// What is shared, as the dialog opens, which is later than the press where its program has to be fetched.
    prepare: impl Fn() -> Shared + Send + Sync + 'static,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let close = Callback::new(move |()| is_open.set(false));
    let prepare = StoredValue::new(prepare);
    let prepared = move || untrack(move || prepare.with_value(|prepare| prepare()));
    view! {
        <button
            type="button"
            id=id
            class:plain=is_icon
            class:icon=is_icon
            title=is_icon.then_some(text::SHARE)
            aria-label=is_icon.then_some(text::SHARE)
            aria-haspopup="dialog"
            disabled=disabled
            on:click=move |_| is_open.set(true)
        >
            {if is_icon { view! { <Symbol /> }.into_any() } else { text::SHARE.into_any() }}
        </button>
        {later(is_open.into(), format!("#{id}"), share, move |dialog: fn(Shared, Close) -> AnyView| {
            (move || is_open.get().then(|| dialog(prepared(), close))).into_any()
        })}
    }
}

/// An arrow out of a box.
#[component]
fn Symbol() -> impl IntoView {
    view! {
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 15V4M8 8l4-4 4 4M6 12v7h12v-7" />
        </svg>
    }
}

#[component]
fn Dialog(what: Shared, close: Close) -> impl IntoView {
    let (dialog, canvas) = (
        NodeRef::<html::Dialog>::new(),
        NodeRef::<html::Canvas>::new(),
    );
    let picture = RwSignal::new_local(None::<Blob>);
    let told = RwSignal::new(Sentence::default());
    let (card, link, file) = (what.card, what.link, what.file);
    let no_picture = match link {
        Ok(_) => text::NO_PICTURE,
        Err(_) => text::NO_PICTURE_NOR_LINK,
    };
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            // Refused only for a dialog that is open or not on the page.
            let _ = dialog.show_modal();
        }
    });
    let view = use_state().view;
    Effect::new(move |before: Option<View>| {
        let view = view.get();
        // It is hidden with the view that it belongs to, and would still keep every press from the page.
        if before.is_some_and(|before| before != view)
            && let Some(dialog) = dialog.get_untracked()
        {
            dialog.close();
        }
        view
    });
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        let is_painted = card.paint(&canvas).is_some();
        spawn_local(async move {
            match outlets::png(&canvas).await {
                Ok(png) if is_painted => drop(picture.try_set(Some(png))),
                _ => drop(told.try_set(both(no_picture))),
            }
        });
    });

    let say = move |what: Text, done: Option<Text>, result: Result<(), JsValue>| {
        let sentence = match result {
            Ok(()) => done.map(both).unwrap_or_default(),
            Err(error) => both(|| text::refused(what(), &outlets::said(&error))),
        };
        // The dialog may be closed by now.
        let _ = told.try_set(sentence);
    };
    let address = StoredValue::new(link.clone().ok());
    let send = move |_| {
        let letter = Letter {
            title: text::SUBJECT().into(),
            link: address.get_value(),
            picture: picture.get_untracked(),
            file,
        };
        spawn_local(async move { say(text::SEND, None, outlets::send(&letter).await) });
    };
    let copy_link = move |_| {
        if let Some(address) = address.get_value() {
            spawn_local(async move {
                let result = outlets::copy_text(&address).await;
                say(text::COPY_LINK, Some(text::LINK_COPIED), result);
            });
        }
    };
    let copy_picture = move |_| {
        if let Some(picture) = picture.get_untracked() {
            spawn_local(async move {
                let result = outlets::copy_picture(&picture).await;
                say(text::COPY_PICTURE, Some(text::PICTURE_COPIED), result);
            });
        }
    };
    let save = move |_| {
        if let Some(picture) = picture.get_untracked() {
            told.set(match download(&picture, file) {
                Ok(()) => both(text::PICTURE_SAVED),
                Err(error) => both(|| text::not_saved(&outlets::said(&error))),
            });
        }
    };
    let click = move |event: MouseEvent| {
        // A click on the dialog itself is one beside what is in it.
        if let Some(dialog) = dialog.get_untracked()
            && event.target().as_ref() == Some(dialog.as_ref())
        {
            dialog.close();
        }
    };
    let close_button = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let has_picture = move || picture.read().is_some();
    let (has_link, reason) = (link.is_ok(), link.err());
    let can_send = outlets::can_send();
    view! {
        <dialog node_ref=dialog class="share" aria-labelledby="share-title" on:close=move |_| close.run(()) on:click=click>
            <div class="share-body">
                <div class="share-head">
                    <h2 id="share-title">{what.title}</h2>
                    <button
                        type="button"
                        id="share-close"
                        class="plain icon"
                        aria-label=CLOSE
                        inner_html=CROSS
                        on:click=close_button
                    ></button>
                </div>
                <canvas node_ref=canvas id="share-card" role="img" aria-label=text::PREVIEW></canvas>
                <p class="share-note">{move || reason.as_ref().map_or_else(what.note, said).to_string()}</p>
                <div class="share-ways">
                    {can_send.then(|| view! {
                        <button type="button" id="share-send" class="main" on:click=send>{text::SEND}</button>
                    })}
                    <button
                        type="button"
                        id="share-copy-link"
                        class:main=!can_send
                        hidden=!(has_link && outlets::can_copy())
                        on:click=copy_link
                    >
                        {text::COPY_LINK}
                    </button>
                    <button
                        type="button"
                        id="share-copy-picture"
                        hidden=!outlets::can_copy_pictures()
                        disabled=move || !has_picture()
                        on:click=copy_picture
                    >
                        {text::COPY_PICTURE}
                    </button>
                    <button type="button" id="share-save" disabled=move || !has_picture() on:click=save>
                        {text::SAVE_PICTURE}
                    </button>
                </div>
                <p id="share-said" role="status">{move || said(&told.read()).to_string()}</p>
            </div>
        </dialog>
    }
}
