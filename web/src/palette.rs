//! The colours of the page's style, for what is painted on canvases.

use leptos::prelude::window;
use web_sys::{CssStyleDeclaration, Element};

/// A red, green and blue level, each 0 to 255.
pub type Colour = [u8; 3];

/// The style's tokens as they hold for an element now.
pub struct Tokens(Option<CssStyleDeclaration>);

impl Tokens {
    /// Those of an element.
    pub fn of(element: &Element) -> Self {
        Self(window().get_computed_style(element).ok().flatten())
    }

    /// A token's colour, as a canvas takes it.
    pub fn text(&self, name: &str) -> String {
        self.value(name).unwrap_or_else(|| "CanvasText".into())
    }

    /// A token's colour as levels: black where it is not written as `#rrggbb`.
    pub fn colour(&self, name: &str) -> Colour {
        let value = self.value(name);
        value.and_then(|value| from_hex(&value)).unwrap_or_default()
    }

    fn value(&self, name: &str) -> Option<String> {
        let value = self.0.as_ref()?.get_property_value(name).ok()?;
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    }
}

/// A colour as a canvas takes it.
pub fn css([red, green, blue]: Colour) -> String {
    format!("rgb({red} {green} {blue})")
}

/// The colour of `#rrggbb`, as the style's tokens are written.
fn from_hex(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = value.to_be_bytes();
    Some([red, green, blue])
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn tokens_are_read_as_colours() {
        assert_eq!(from_hex("#1d4ed8"), Some([0x1d, 0x4e, 0xd8]));
        for text in ["", "#123", "1d4ed8", "#gggggg", "#1d4ed8ff"] {
            assert_eq!(from_hex(text), None, "{text}");
        }
    }
}
