//! What the page says, in each of its languages.

use js_sys::{Object, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

/// A sentence, or several, in both languages: the visitor may change the language while it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// In English.
    pub english: String,
    /// In Traditional Chinese, as it is written in Taiwan.
    pub chinese: String,
}

impl Sentence {
    /// What is said in each language.
    pub fn new(english: impl Into<String>, chinese: impl Into<String>) -> Self {
        Self {
            english: english.into(),
            chinese: chinese.into(),
        }
    }

    /// The sentence in a plain JavaScript object; nothing where it lacks a language.
    pub fn from_js(value: &JsValue) -> Option<Self> {
        let part = |name: &str| Reflect::get(value, &name.into()).ok()?.as_string();
        Some(Self {
            english: part("english")?,
            chinese: part("chinese")?,
        })
    }

    /// The sentence as a plain JavaScript object.
    pub fn to_js(&self) -> JsValue {
        let object = Object::new();
        for (name, text) in [("english", &self.english), ("chinese", &self.chinese)] {
            // A plain object takes any property.
            let _ = Reflect::set(&object, &name.into(), &text.into());
        }
        object.into()
    }
}
