//! The page's answer, beside that of the same classifier run natively.

use std::time::Duration;

use anyhow::{Result, ensure};
use image::GrayImage;
use serde::Deserialize;
use serde_json::json;
use tests::predictor::{Predictor, top};

use super::page::Page;

/// How far a logit may be from the native one.
const TOLERANCE: f32 = 1e-3;

/// What the page shows of an answer.
#[derive(Debug, Deserialize)]
pub struct Answer {
    /// "cpu" or "gpu".
    pub engine: String,
    /// The id of the class whose bar is lit.
    top: String,
    logits: Vec<f32>,
}

impl Page<'_> {
    /// The answer to the newest question, once `engine` has given it.
    pub async fn answer(&self, engine: &str, limit: Duration) -> Result<Answer> {
        let script = "const answer = document.getElementById('guess');
            // A page that has only just been opened may not have its parts yet.
            if (!answer || answer.dataset.id !== document.body.dataset.asked || answer.dataset.engine !== arguments[0]) return null;
            return {
                engine: document.body.dataset.engine,
                top: document.querySelector('.bar.top').dataset.class,
                logits: Array.from(document.querySelectorAll('.bar'), (bar) => Number(bar.dataset.logit)),
            };";
        let what = format!("an answer of the engine {engine:?}");
        self.wait(&what, limit, async || {
            self.run(script, json!([engine])).await
        })
        .await
    }

    /// The site's own weights, run natively.
    pub fn predictor(&self) -> Predictor {
        let weights = self.site.file("assets/weights/edgewise.safetensors");
        Predictor::open(&weights.unwrap())
    }
}

impl Answer {
    /// Requires the logits and the answer that `predictor` gives for the same 32x32 `picture` of `what`.
    pub fn check(&self, predictor: &Predictor, picture: &GrayImage, what: &str) -> Result<()> {
        let expected = predictor.logits(picture);
        let differs = (0..self.logits.len().max(expected.len())).find(|&class| {
            let (ours, theirs) = (self.logits.get(class), expected.get(class));
            !matches!((ours, theirs), (Some(a), Some(b)) if (a - b).abs() < TOLERANCE)
        });
        ensure!(
            differs.is_none(),
            "{what}: the engine {} differs in class {differs:?}: {:?} instead of {expected:?}",
            self.engine,
            self.logits,
        );
        let expected = top(&expected).to_string();
        ensure!(
            self.top == expected,
            "{what}: the bar of class {} is lit instead of {expected}'s",
            self.top
        );
        Ok(())
    }
}
