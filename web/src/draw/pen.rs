//! Pointers, and the one that draws or erases.

use shared::drawing::Point;

/// What a pointer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// A mouse, a touchpad, or what the browser doesn't know.
    Mouse,
    /// A finger, or the palm of a hand.
    Finger,
    /// A stylus.
    Stylus,
}

impl Device {
    /// By the `pointerType` of an event.
    pub fn of(pointer_type: &str) -> Self {
        match pointer_type {
            "touch" => Self::Finger,
            "pen" => Self::Stylus,
            _ => Self::Mouse,
        }
    }
}

/// The pointer that draws or erases, and where it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    pub(super) pointer: i32,
    pub(super) device: Device,
    /// On or off the sheet.
    pub(super) at: Point,
    /// How many changes its erasing has made so far; nothing where it draws.
    pub(super) erased: Option<usize>,
}

impl Pen {
    /// A pointer that goes down to draw.
    pub(super) fn new(pointer: i32, device: Device, at: Point) -> Self {
        Self {
            pointer,
            device,
            at,
            erased: None,
        }
    }

    /// A pointer that goes down to erase.
    pub(super) fn eraser(pointer: i32, device: Device, at: Point) -> Self {
        Self {
            erased: Some(0),
            ..Self::new(pointer, device, at)
        }
    }
}

/// What an event says about its pointer.
#[derive(Clone, Copy, Debug)]
pub struct Pointer {
    /// Its id.
    pub id: i32,
    /// What it is.
    pub device: Device,
    /// Whether it is the only one of its kind that is down, or the first of several.
    pub is_primary: bool,
    /// Whether its main button is held: the left one of a mouse, or the tip of a finger or a stylus, or its eraser.
    pub is_pressed: bool,
    /// The time of the event in milliseconds.
    pub time: f64,
}
