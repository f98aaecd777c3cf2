//! Drawing on the page by real input events.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use shared::drawing::Drawing;
use thirtyfour::common::command::{Actions, Command};

use super::page::Page;

/// Side of the box in which the stored drawings are.
const BOX: f64 = 256.0;

/// What draws, by its name in the WebDriver standard.
#[derive(Clone, Copy)]
pub enum Pen {
    /// A mouse with its left button.
    Mouse,
    /// A finger.
    Touch,
}

/// Where something is in the window, in CSS pixels.
#[derive(Debug, Deserialize)]
pub struct Area {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Page<'_> {
    /// Brings the whole sheet into the window.
    pub async fn sheet(&self) -> Result<Area> {
        self.sheet_of("draw-canvas").await
    }

    async fn sheet_of(&self, id: &str) -> Result<Area> {
        let script = "const sheet = document.getElementById(arguments[0]);
            sheet.scrollIntoView({ block: 'center' });
            const { left, top, width, height } = sheet.getBoundingClientRect();
            return { left, top, width, height };";
        self.run(script, json!([id])).await
    }

    /// Draws a stored drawing on the sheet, stroke by stroke, until the model sees all of it.
    pub async fn draw(&self, drawing: &Drawing, pen: Pen) -> Result<()> {
        self.draw_on("draw-canvas", drawing, pen).await
    }

    /// The same on the canvas of an id.
    pub async fn draw_on(&self, id: &str, drawing: &Drawing, pen: Pen) -> Result<()> {
        let sheet = self.sheet_of(id).await?;
        let strokes = drawing.strokes().iter().map(|stroke| {
            let points = stroke.points().iter();
            points
                .map(|point| sheet.place(f64::from(point.x) / BOX, f64::from(point.y) / BOX))
                .collect::<Vec<_>>()
        });
        for places in strokes {
            self.stroke(&places, pen).await?;
        }
        self.frames().await
    }

    /// Waits until what the model sees has followed the drawing, which takes a frame of the screen.
    pub async fn frames(&self) -> Result<()> {
        let script = "return new Promise((tell) =>
            requestAnimationFrame(() => requestAnimationFrame(() => tell(true))));";
        let _: bool = self.run(script, json!([])).await?;
        Ok(())
    }

    /// Presses at the first of some places in the window, moves to the others, and lets go.
    pub async fn stroke(&self, places: &[(i64, i64)], pen: Pen) -> Result<()> {
        let mut actions: Vec<Value> = places
            .iter()
            .map(|(x, y)| json!({ "type": "pointerMove", "duration": 0, "x": x, "y": y }))
            .collect();
        actions.insert(1, json!({ "type": "pointerDown", "button": 0 }));
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        let kind = match pen {
            Pen::Mouse => "mouse",
            Pen::Touch => "touch",
        };
        let pointer = json!([{
            "type": "pointer",
            "id": kind,
            "parameters": { "pointerType": kind },
            "actions": actions,
        }]);
        let command = Command::PerformActions(Actions::from(pointer));
        let drawn = self.browser.cmd(command).await;
        drawn.context("a stroke could not be drawn")?;
        Ok(())
    }
}

impl Area {
    /// The pixel at fractions of the width and the height.
    fn place(&self, across: f64, down: f64) -> (i64, i64) {
        let x = self.left + self.width * across;
        let y = self.top + self.height * down;
        (x.round() as i64, y.round() as i64)
    }
}
