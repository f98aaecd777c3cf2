//! A drawing of which every change can be undone and done again: a gesture of the pen, an erased stroke, a cleared sheet.

use shared::drawing::{Drawing, Point, Stroke};

use super::eraser;
use super::pen::{Device, Pen};
use super::sheet::{clip, is_on_sheet, onto_sheet};

/// Points nearer than this to the one before are left out, in units of the sheet.
const SPACING: f32 = 0.5;
/// The spacing doubles each time the drawing has grown by this many points, so an endless scribble stays within bounds.
const POINTS_TO_DOUBLE: usize = 8192;

/// The drawing, the pen on it, and what was changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    drawing: Drawing,
    /// The newest last.
    done: Vec<Change>,
    /// What was undone, the newest last; a new change forgets it.
    undone: Vec<Change>,
    /// The pen, while it is down.
    pub(super) pen: Option<Pen>,
    /// When a stylus was last seen, in milliseconds.
    pub(super) stylus_seen: Option<f64>,
    revision: u64,
}

/// A change of the drawing.
#[derive(Clone, Debug, PartialEq)]
enum Change {
    /// A gesture: what the pen draws from down to up. It has several strokes where it leaves the sheet and comes back.
    Drew {
        /// The number of strokes before it.
        before: usize,
        /// Its strokes, while it is undone.
        strokes: Vec<Stroke>,
    },
    /// Strokes taken away, each with its place among those before.
    Removed(Vec<(usize, Stroke)>),
}

impl Change {
    fn undo(&mut self, strokes: &mut Vec<Stroke>) {
        match self {
            Self::Drew {
                before,
                strokes: own,
            } => *own = strokes.split_off(*before),
            Self::Removed(removed) => {
                for (index, stroke) in removed {
                    strokes.insert(*index, stroke.clone());
                }
            }
        }
    }

    fn redo(&mut self, strokes: &mut Vec<Stroke>) {
        match self {
            Self::Drew { strokes: own, .. } => strokes.append(own),
            Self::Removed(removed) => {
                for (index, _) in removed.iter().rev() {
                    strokes.remove(*index);
                }
            }
        }
    }
}

impl History {
    /// A drawing with each of its strokes as a gesture of its own, drawn by hand.
    pub fn of(drawing: &Drawing) -> Self {
        let mut history = Self::default();
        for stroke in drawing.strokes() {
            let mut points = stroke.points().iter().copied();
            if let Some(first) = points.next() {
                history.begin(Pen::new(0, Device::Mouse, first));
                points.for_each(|point| {
                    history.extend(point);
                });
                history.end();
            }
        }
        history
    }

    /// What is on the sheet.
    pub fn drawing(&self) -> &Drawing {
        &self.drawing
    }

    /// Changes whenever the drawing changes in any way but by growing.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether the pen is down, to draw or to erase.
    pub fn is_drawing(&self) -> bool {
        self.pen.is_some()
    }

    /// Whether the pen is down to erase.
    pub fn is_erasing(&self) -> bool {
        self.pen.is_some_and(|pen| pen.erased.is_some())
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is something to do again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty() && self.pen.is_none()
    }

    /// Undoes the last change; a gesture under the pen is given up.
    pub fn undo(&mut self) {
        if self.give_up() {
            return;
        }
        if let Some(mut change) = self.done.pop() {
            self.rewrite(|strokes| change.undo(strokes));
            self.undone.push(change);
        }
    }

    /// Does again what was undone last. Nothing happens while the pen is down.
    pub fn redo(&mut self) {
        if self.can_redo()
            && let Some(mut change) = self.undone.pop()
        {
            self.rewrite(|strokes| change.redo(strokes));
            self.done.push(change);
        }
    }

    /// Empties the sheet. What the pen is just drawing is given up; the rest can be brought back by [`undo`](Self::undo).
    pub fn clear(&mut self) {
        self.give_up();
        self.stylus_seen = None;
        if self.remove(|_| true) {
            self.undone.clear();
        }
    }

    /// Empties the sheet for another drawing: nothing that was on it comes back.
    pub fn start_over(&mut self) {
        self.give_up();
        self.remove(|_| true);
        self.done.clear();
        self.undone.clear();
    }

    /// Puts another drawing on the sheet: what was there and then the strokes of this one can be taken back by [`undo`](Self::undo).
    pub fn replace(&mut self, drawing: Drawing) {
        self.clear();
        let strokes = drawing.into_strokes();
        let mut change = Change::Drew { before: 0, strokes };
        self.rewrite(|strokes| change.redo(strokes));
        self.done.push(change);
        self.undone.clear();
    }

    /// Moves the eraser, where it is down, and erases every stroke that passes near its way; says whether there was one.
    pub(super) fn erase(&mut self, to: Point) -> bool {
        let Some(from) = self.pen.map(|pen| pen.at).filter(|_| is_finite(to)) else {
            return false;
        };
        // What was undone is forgotten only at its end: it may be given up.
        let has_erased = self.remove(|stroke| eraser::touches(stroke, from, to));
        if let Some(pen) = &mut self.pen {
            pen.at = to;
            pen.erased = pen.erased.map(|erased| erased + usize::from(has_erased));
        }
        has_erased
    }

    /// Takes away the strokes that are `wanted`, as one change; says whether there was one.
    fn remove(&mut self, wanted: impl Fn(&Stroke) -> bool) -> bool {
        let strokes = self.drawing.strokes().iter().cloned().enumerate();
        let removed: Vec<_> = strokes.filter(|(_, stroke)| wanted(stroke)).collect();
        if removed.is_empty() {
            return false;
        }
        let mut change = Change::Removed(removed);
        self.rewrite(|strokes| change.redo(strokes));
        self.done.push(change);
        true
    }

    fn rewrite(&mut self, act: impl FnOnce(&mut Vec<Stroke>)) {
        let mut strokes = std::mem::take(&mut self.drawing).into_strokes();
        act(&mut strokes);
        self.drawing = strokes.into_iter().collect();
        self.revision += 1;
    }

    /// Puts the pen down.
    pub(super) fn begin(&mut self, pen: Pen) {
        // A press may lie a fraction of a pixel outside.
        let at = onto_sheet(pen.at);
        // What was undone is forgotten only at its end: it may be given up.
        self.done.push(Change::Drew {
            before: self.drawing.strokes().len(),
            strokes: Vec::new(),
        });
        self.drawing.begin(at);
        self.pen = Some(Pen { at, ..pen });
    }

    /// Moves the pen, where it is down; says whether that changed the drawing. Off the sheet it draws nothing.
    pub(super) fn extend(&mut self, point: Point) -> bool {
        let Some(pen) = &mut self.pen else {
            return false;
        };
        if !is_finite(point) {
            return false;
        }
        let from = std::mem::replace(&mut pen.at, point);
        let Some((enter, leave)) = clip(from, point) else {
            return false;
        };
        let spacing = self.spacing();
        let begins = !is_on_sheet(from);
        if begins {
            if !is_on_sheet(point) && distance(enter, leave) < spacing {
                return false;
            }
            self.drawing.begin(enter);
        }
        if self
            .last_point()
            .is_some_and(|last| distance(last, leave) < spacing)
        {
            return begins;
        }
        self.drawing.extend(leave);
        true
    }

    /// The last point of the last stroke.
    pub(super) fn last_point(&self) -> Option<Point> {
        self.drawing.strokes().last()?.points().last().copied()
    }

    /// Takes the pen up; what it has drawn or erased stays.
    pub(super) fn end(&mut self) {
        // An eraser that touched nothing has changed nothing.
        if self.pen.take().is_some_and(|pen| pen.erased != Some(0)) {
            self.undone.clear();
        }
    }

    /// Takes the pen up and its gesture back; says whether it was down.
    pub(super) fn give_up(&mut self) -> bool {
        let Some(pen) = self.pen.take() else {
            return false;
        };
        for _ in 0..pen.erased.unwrap_or(1) {
            if let Some(mut change) = self.done.pop() {
                self.rewrite(|strokes| change.undo(strokes));
            }
        }
        true
    }

    fn spacing(&self) -> f32 {
        let strokes = self.drawing.strokes().iter();
        let points: usize = strokes.map(|stroke| stroke.points().len()).sum();
        let doublings = points / POINTS_TO_DOUBLE;
        SPACING * 2.0_f32.powi(i32::try_from(doublings).unwrap_or(i32::MAX))
    }
}

/// Whether it is a place at all: on a sheet that is hidden there are none.
pub(super) fn is_finite(point: Point) -> bool {
    point.x.is_finite() && point.y.is_finite()
}

fn distance(one: Point, other: Point) -> f32 {
    f32::hypot(one.x - other.x, one.y - other.y)
}

#[cfg(test)]
mod tests;
