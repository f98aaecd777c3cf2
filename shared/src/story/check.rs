//! What must hold between the parts of a story, whether it is read or written.

use image::GrayImage;

use super::{Curve, Origin, POSITION_MAX, Position, Story, StoryError};

impl Story {
    /// Refuses a story whose parts do not fit each other.
    pub(super) fn check(&self) -> Result<(), StoryError> {
        self.check_points()?;
        self.check_frames()?;
        for curve in &self.curves {
            check_curve(curve)?;
        }
        if let Some(measured) = &self.measured {
            let (cells, classes) = (measured.confusion.len(), self.classes.len());
            if cells != classes * classes {
                return refuse(format!(
                    "{cells} cells of a confusion matrix of {classes} classes"
                ));
            }
            if measured.pictures() == 0 {
                return refuse("a confusion matrix of no pictures".to_owned());
            }
        }
        Ok(())
    }

    fn check_points(&self) -> Result<(), StoryError> {
        if self.points.is_empty() {
            return refuse("there are no points".to_owned());
        }
        if !self.points.is_sorted_by_key(|point| point.origin) {
            return refuse(
                "points are not in the order of photos, doodles, shown doodles".to_owned(),
            );
        }
        if let Some(point) = self
            .points
            .iter()
            .find(|point| self.classes.name(point.class).is_none())
        {
            return refuse(format!(
                "a point of class {}, and there are {} classes",
                point.class,
                self.classes.len()
            ));
        }
        let shown = self
            .points
            .iter()
            .filter(|point| point.origin == Origin::Shown)
            .count();
        if shown != self.pictures.len() {
            return refuse(format!(
                "{shown} shown doodles and {} pictures",
                self.pictures.len()
            ));
        }
        let side = self.pictures.first().map_or(28, GrayImage::width);
        if ![28, 32].contains(&side)
            || self
                .pictures
                .iter()
                .any(|picture| picture.dimensions() != (side, side))
        {
            return refuse("pictures are not all 28x28 or all 32x32".to_owned());
        }
        Ok(())
    }

    fn check_frames(&self) -> Result<(), StoryError> {
        if self.frames.is_empty() {
            return refuse("there are no frames".to_owned());
        }
        if !self.frames.is_sorted_by(|a, b| a.epoch < b.epoch) {
            return refuse("the frames' epochs do not ascend".to_owned());
        }
        let frames = self.frames.iter().map(|frame| &frame.positions);
        for positions in frames.chain(&self.shipped_map) {
            self.check_positions(positions)?;
        }
        Ok(())
    }

    fn check_positions(&self, positions: &[Position]) -> Result<(), StoryError> {
        if positions.len() != self.points.len() {
            return refuse(format!(
                "{} positions of {} points",
                positions.len(),
                self.points.len()
            ));
        }
        match positions
            .iter()
            .flatten()
            .find(|value| **value > POSITION_MAX)
        {
            Some(value) => refuse(format!("position {value} is above {POSITION_MAX}")),
            None => Ok(()),
        }
    }
}

fn check_curve(Curve { name, values }: &Curve) -> Result<(), StoryError> {
    if values.is_empty() {
        return refuse(format!("curve {name:?} has no values"));
    }
    if !values.is_sorted_by(|a, b| a.0 < b.0) {
        return refuse(format!("the epochs of curve {name:?} do not ascend"));
    }
    if !values.iter().all(|(_, value)| value.is_finite()) {
        return refuse(format!(
            "curve {name:?} has a value that is infinite or not a number"
        ));
    }
    Ok(())
}

fn refuse(what: String) -> Result<(), StoryError> {
    Err(StoryError::Inconsistent(what))
}
