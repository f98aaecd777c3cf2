//! One message: a plain object with a `type`.

use js_sys::{Object, Reflect};
use thiserror::Error;
use wasm_bindgen::prelude::*;

use crate::sentence::Sentence;

/// Why a message is none.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MessageError {
    /// It is no object with a type.
    #[error("it has no `type`")]
    NoType,
    /// Nobody knows the type.
    #[error("its type `{0}` is unknown")]
    Type(String),
    /// A value is missing, or another than its name says.
    #[error("its `{0}` is missing or wrong")]
    Value(&'static str),
}

/// A message that is written or read.
pub struct Message(JsValue);

impl Message {
    /// A message that says its type alone.
    pub fn new(kind: &str) -> Self {
        Self(Object::new().into()).with("type", kind)
    }

    /// The message with one value more.
    pub fn with(self, name: &str, value: impl Into<JsValue>) -> Self {
        // A plain object takes every value.
        let _ = Reflect::set(&self.0, &name.into(), &value.into());
        self
    }

    /// Its type.
    pub fn kind(&self) -> Result<String, MessageError> {
        self.text("type").map_err(|_| MessageError::NoType)
    }

    /// An object of a class of the browser's.
    pub fn get<T: JsCast>(&self, name: &'static str) -> Result<T, MessageError> {
        let value = self.value(name).and_then(|value| value.dyn_into().ok());
        value.ok_or(MessageError::Value(name))
    }

    /// A text.
    pub fn text(&self, name: &'static str) -> Result<String, MessageError> {
        let value = self.value(name).and_then(|value| value.as_string());
        value.ok_or(MessageError::Value(name))
    }

    /// A sentence in both languages.
    pub fn sentence(&self, name: &'static str) -> Result<Sentence, MessageError> {
        let value = self.value(name).as_ref().and_then(Sentence::from_js);
        value.ok_or(MessageError::Value(name))
    }

    /// Yes or no.
    pub fn truth(&self, name: &'static str) -> Result<bool, MessageError> {
        let value = self.value(name).and_then(|value| value.as_bool());
        value.ok_or(MessageError::Value(name))
    }

    /// A number.
    pub fn number(&self, name: &'static str) -> Result<f64, MessageError> {
        let value = self.value(name).and_then(|value| value.as_f64());
        value.ok_or(MessageError::Value(name))
    }

    /// A whole number from 0 on.
    pub fn whole(&self, name: &'static str) -> Result<u32, MessageError> {
        let number = self.number(name)?;
        Some(number as u32)
            .filter(|whole| f64::from(*whole) == number)
            .ok_or(MessageError::Value(name))
    }

    fn value(&self, name: &str) -> Option<JsValue> {
        Reflect::get(&self.0, &name.into()).ok()
    }
}

impl From<JsValue> for Message {
    fn from(value: JsValue) -> Self {
        Self(value)
    }
}

impl From<Message> for JsValue {
    fn from(message: Message) -> Self {
        message.0
    }
}
