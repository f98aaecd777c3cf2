//! The whole laboratory in the page's address, such as `#lab=1,dm,a20`.

use laboratory::{Checked, Settings, decode, encode};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::state::Laboratory;
use super::text;
use crate::language::both;
use crate::views::View;

/// The settings in an address such as `#lab=1,dm`: none where it holds none, and why where they cannot be read.
pub fn settings_in(hash: &str) -> Option<Result<Checked, laboratory::SettingsError>> {
    let code = hash.strip_prefix("#lab=")?;
    // Some programs encode the commas of an address that they pass on.
    Some(decode(&code.replace("%2C", ",").replace("%2c", ",")))
}

/// The settings that the address names, or the default ones.
pub fn first_settings() -> Option<Checked> {
    let hash = window().location().hash().unwrap_or_default();
    let named = settings_in(&hash).and_then(Result::ok);
    named.or_else(|| Settings::default().check().ok())
}

/// Keeps address and settings in step, as long as the laboratory is in front of `view` and the current reactive owner lives.
pub fn follow(laboratory: Laboratory, view: RwSignal<View>) {
    let open = move || {
        let hash = window().location().hash().unwrap_or_default();
        match settings_in(&hash) {
            None => {}
            Some(Ok(settings)) if settings == laboratory.settings.get_untracked() => {}
            Some(Ok(settings)) => {
                laboratory.lesson.set(None);
                laboratory.lesson_run.set(None);
                laboratory.settings.set(settings);
            }
            Some(Err(error)) => laboratory
                .problem
                .set(Some(both(|| text::bad_link(&error)))),
        }
    };
    open();
    let changed = window_event_listener(leptos::ev::hashchange, move |_| open());
    on_cleanup(move || changed.remove());
    Effect::new(move |before: Option<()>| {
        let settings = encode(&laboratory.settings.read());
        // Not by the view: an address that was just opened must not be replaced before it is read.
        if before.is_some() && view.get_untracked() == View::Laboratory {
            replace(&format!("lab={settings}"));
        }
    });
}

/// The address of what is shown now.
pub fn address(laboratory: Laboratory) -> String {
    let settings = encode(&laboratory.settings.read_untracked());
    crate::share::link::address(&format!("lab={settings}"))
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
    fn the_address_names_settings() {
        let settings = settings_in("#lab=1,a20").unwrap().unwrap();
        assert_eq!(settings.change, 20.0);
        assert_eq!(settings_in("#lab=1%2Ca20").unwrap().unwrap(), settings);
        assert_eq!(encode(&settings), "1,a20");
    }

    #[test]
    fn a_page_within_another_says_so() {
        assert!(is_embedded("?embed") && is_embedded("?a=1&embed=1"));
        assert!(!is_embedded("") && !is_embedded("?embedded"));
    }

    #[test]
    fn another_address_names_none_and_a_hostile_one_is_an_error() {
        assert!(settings_in("#lab").is_none());
        assert!(settings_in("#draw=AQAB").is_none());
        for hash in [
            "#lab=",
            "#lab=2",
            "#lab=1,a9e99",
            "#lab=1,f\u{1F600}",
            "#lab=1,,",
        ] {
            assert!(settings_in(hash).unwrap().is_err(), "{hash}");
        }
    }
}
