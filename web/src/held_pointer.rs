//! What one pointer at a time drags.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use web_sys::Element;

/// The pointer that holds an element, if any; copies are the same.
#[derive(Clone, Copy)]
pub struct HeldPointer(StoredValue<Option<i32>>);

impl HeldPointer {
    /// None, belonging to the current reactive owner.
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// Has the pointer that pressed its main button hold an element; whether it does. A second finger does not take what the first one
    /// drags.
    pub fn take(self, element: &Element, event: &PointerEvent) -> bool {
        let pointer = event.pointer_id();
        let is_free = self.0.get_value().is_none_or(|held| held == pointer);
        if event.button() != 0 || !is_free {
            return false;
        }
        // Refused only for a pointer that is gone already.
        let _ = element.set_pointer_capture(pointer);
        self.0.set_value(Some(pointer));
        true
    }

    /// Whether a pointer that moves drags the element. One whose release was not heard has let it go.
    pub fn drags(self, event: &PointerEvent) -> bool {
        let is_pressed = event.buttons() & 1 != 0;
        if !is_pressed {
            self.release(event);
        }
        self.0.get_value() == Some(event.pointer_id())
    }

    /// A pointer was released, or the browser took it.
    pub fn release(self, event: &PointerEvent) {
        let held = |held: &i32| *held != event.pointer_id();
        self.0
            .update_value(|pointer| *pointer = pointer.filter(held));
    }

    /// A pointer is no longer captured.
    pub fn lose(self, event: &PointerEvent) {
        // A part of the element may lose a finger to the whole.
        if event.target() == event.current_target() {
            self.release(event);
        }
    }
}
