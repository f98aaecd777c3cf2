//! The whole laboratory in the page's address, such as `#lab=1,dm,a20`.

use laboratory::state::Subject;
use laboratory::{Checked, Settings, SettingsError, State};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::refusal::why;
use super::state::Laboratory;
use super::{play, text};
use crate::fragment::fragment;
use crate::language::both;
use crate::views::View;

/// The state in an address such as `#lab=1,dm` or `#lab=alignment`: none where it holds none, and why where it cannot be read.
pub fn state_in(hash: &str) -> Option<Result<State, SettingsError>> {
    let fragment = fragment(hash)?;
    Some(State::decode(fragment.strip_prefix("lab=")?))
}

/// The settings that the address names, or the default ones.
pub fn first_settings() -> Option<Checked> {
    let hash = window().location().hash().unwrap_or_default();
    let named = state_in(&hash).and_then(|state| state.ok()?.subject.settings().ok());
    named.or_else(|| Settings::default().check().ok())
}

/// Keeps address and state in step, as long as the laboratory is in front and the current reactive owner lives.
pub fn follow(laboratory: Laboratory) {
    let open = move |hash: String| match state_in(&hash) {
        None => {}
        Some(Ok(state)) if state == untrack(move || play::state(laboratory)) => {}
        Some(Ok(state)) => play::open(laboratory, &state),
        Some(Err(error)) => laboratory
            .bad_link
            .set(Some(both(|| text::bad_link(&why(&error))))),
    };
    let hash = || window().location().hash().unwrap_or_default();
    open(hash());
    let changed = window_event_listener(leptos::ev::hashchange, move |_| {
        let hash = hash();
        // A tab leads to the view's own address. A laboratory just opened needs no other.
        if is_plain(&hash) {
            let state = untrack(move || play::state(laboratory));
            if Some(&state) != just_opened().as_ref() {
                replace(&format!("lab={}", state.encode()));
            }
        }
        open(hash);
    });
    on_cleanup(move || changed.remove());
    let state = Memo::new(move |_| play::state(laboratory));
    Effect::new(move |before: Option<()>| {
        let code = state.read().encode();
        // Not by the view: an address that was just opened must not be replaced before it is read.
        if before.is_some() && laboratory.view.get_untracked() == View::Laboratory {
            replace(&format!("lab={code}"));
        }
    });
}

/// Whether an address names the laboratory and no state.
fn is_plain(hash: &str) -> bool {
    View::at(hash) == Some(View::Laboratory) && state_in(hash).is_none()
}

/// The state of a laboratory just opened.
fn just_opened() -> Option<State> {
    let settings = Settings::default().check().ok()?;
    let lesson = None;
    Some(State::of(Subject::Settings { settings, lesson }))
}

/// The address of what is shown now.
pub fn address(laboratory: Laboratory) -> String {
    let code = untrack(move || play::state(laboratory)).encode();
    crate::share::link::address(&format!("lab={code}"))
}

/// The element that shows the laboratory as it is now within another page.
pub fn frame(laboratory: Laboratory) -> String {
    framed(&address(laboratory), text::LABORATORY())
}

fn framed(address: &str, title: &str) -> String {
    let (page, fragment) = address.split_once('#').unwrap_or((address, ""));
    let page = page.split('?').next().unwrap_or_default();
    let fragment = fragment.replace('&', "&amp;");
    format!(
        r#"<iframe src="{page}?embed#{fragment}" title="{title}" width="100%" height="900"></iframe>"#
    )
}

/// Gives a page whose address has `?embed` its own style, such as one within a lesson's own page: the laboratory stands there alone.
pub fn note_embedded() {
    let search = window().location().search().unwrap_or_default();
    if is_embedded(&search)
        && let Some(body) = document().body()
    {
        // Refused only for a name that is none.
        let _ = body.set_attribute("data-embed", "");
    }
}

fn is_embedded(search: &str) -> bool {
    let mut names = search.trim_start_matches('?').split('&');
    names.any(|name| name == "embed" || name.starts_with("embed="))
}

fn replace(fragment: &str) {
    if let Ok(history) = window().history() {
        let address = crate::share::link::address(fragment);
        // Refused in a sandboxed frame, whose address nobody sees.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_address_names_a_state() {
        let state = state_in("#lab=1,a20&until=400").unwrap().unwrap();
        assert_eq!(state.subject.settings().unwrap().change, 20.0);
        for encoded in ["1%2Ca20%26until%3D400", "1%2ca20%26until%3d400"] {
            let hash = format!("#lab={encoded}");
            assert_eq!(state_in(&hash).unwrap().unwrap(), state, "{encoded}");
        }
        assert_eq!(state.encode(), "1,a20&until=400");
    }

    #[test]
    fn a_page_within_another_says_so() {
        assert!(is_embedded("?embed") && is_embedded("?a=1&embed=1"));
        assert!(!is_embedded("") && !is_embedded("?embedded"));
    }

    #[test]
    fn a_frame_shows_the_same_state_alone() {
        let code = framed("https://e.org/a/?lang=en#lab=1,a20&until=9", "Lab");
        let wanted = r#"<iframe src="https://e.org/a/?embed#lab=1,a20&amp;until=9" title="Lab""#;
        assert!(code.starts_with(wanted), "{code}");
    }

    #[test]
    fn another_address_names_none_and_a_hostile_one_is_an_error() {
        assert!(is_plain("#lab") && !is_plain("#lab=1") && !is_plain("#draw") && !is_plain(""));
        assert!(state_in("#lab").is_none());
        assert!(state_in("#draw=AQAB").is_none());
        for hash in [
            "#lab=",
            "#lab=2",
            "#lab=1,a9e99",
            "#lab=1,f\u{1F600}",
            "#lab=1,,",
            "#lab=alignments",
            "#lab=alignment&run=9",
            "#lab=1&until=1e9",
            "#lab=1&\u{1F600}",
        ] {
            assert!(state_in(hash).unwrap().is_err(), "{hash}");
        }
    }
}
