//! Parts of the page whose program is a file of its own, fetched when the part is first wanted.
//!
//! A published site is built with the feature `split`. Without it the page is one program, and every part is there at once.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::engines::page::reload_page;
use crate::engines::text::RELOAD;
use crate::focus::focus_on;
use crate::text;

/// A part's program could not be fetched: there is no network, or the site was updated meanwhile.
#[derive(Clone, Copy, Debug)]
pub struct NotLoaded;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// Defines an asynchronous function that fetches a part's program, once, and returns the function that makes its view.
macro_rules! part {
    ($(#[$doc:meta])* $name:ident: $type:ty = $function:expr) => {
        $(#[$doc])*
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($name, fallible, wasm_split_path = leptos::wasm_split)]
        pub fn $name() -> Result<$type, $crate::part::NotLoaded> {
            Ok($function)
        }

        $(#[$doc])*
        #[cfg(not(feature = "split"))]
        pub async fn $name() -> Result<$type, $crate::part::NotLoaded> {
            Ok($function)
        }
    };
}
pub(crate) use part;

/// How far a part is.
#[derive(Clone, Copy)]
enum Fetched<F> {
    /// It was not wanted yet.
    Unwanted,
    /// Its program is on its way.
    Loading,
    /// Its program is here.
    Loaded(F),
    /// Its program did not come.
    Failed,
}

/// The view of a part once it is wanted, or a sentence where its program does not come. `load` is a function defined
/// by [`part!`], `show` calls what it returns. `opener` is the selector of what the visitor wanted the part with.
pub fn later<F, Loading>(
    wanted: Signal<bool>,
    opener: impl Into<String>,
    load: impl Fn() -> Loading + Copy + Send + Sync + 'static,
    show: impl Fn(F) -> AnyView + Send + Sync + 'static,
) -> impl IntoView
where
    F: Copy + Send + Sync + 'static,
    Loading: Future<Output = Result<F, NotLoaded>> + 'static,
{
    let fetched = RwSignal::new(Fetched::Unwanted);
    let fetch = move || {
        fetched.set(Fetched::Loading);
        spawn_local(async move {
            let loaded = load().await;
            // The page may be gone.
            let _ = fetched.try_set(loaded.map_or(Fetched::Failed, Fetched::Loaded));
        });
    };
    let opener = StoredValue::new(opener.into());
    let fetch_again = move |_| {
        fetch();
        // This button goes away.
        focus_on(opener.get_value());
    };
    Effect::new(move |_| {
        if wanted.get() && matches!(*fetched.read_untracked(), Fetched::Unwanted) {
            fetch();
        }
    });
    move || match fetched.get() {
        Fetched::Unwanted => ().into_any(),
        Fetched::Loading => {
            view! { <p class="note" aria-busy="true">{text::PART_LOADING}</p> }.into_any()
        }
        Fetched::Loaded(part) => show(part),
        Fetched::Failed => view! {
            <p class="note" role="alert">
                {text::PART_NOT_LOADED} " "
                <button type="button" class="plain" on:click=fetch_again>{text::TRY_AGAIN}</button>
                " "
                <button type="button" class="plain" on:click=|_| reload_page()>{RELOAD}</button>
            </p>
        }
        .into_any(),
    }
}
