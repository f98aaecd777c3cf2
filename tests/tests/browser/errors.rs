//! What goes wrong is told in a sentence.

use std::fs;

use anyhow::{Result, ensure};
use image::GrayImage;
use serde_json::json;
use tempfile::TempDir;
use tests::drawings::drawings;

use super::page::{Page, SOON};
use super::pen::Pen;
use super::visit::{Settings, visit};

const WEIGHTS: &str = "assets/weights/edgewise.safetensors";

#[tokio::test]
async fn a_file_that_is_no_picture_is_named() -> Result<()> {
    visit(Settings::default(), async |page| {
        let folder = TempDir::new()?;
        let file = folder.path().join("notes.txt");
        fs::write(&file, "Dear diary")?;
        page.choose(&file).await?;
        requires_sentence(page, &["notes.txt", "not a picture", "PNG"]).await
    })
    .await
}

#[tokio::test]
async fn without_its_weights_the_page_says_so_and_still_draws() -> Result<()> {
    let settings = Settings {
        lost: Some(WEIGHTS),
        ..Settings::default()
    };
    visit(settings, async |page| {
        requires_sentence(page, &["weights are missing", WEIGHTS, "404", "still draw"]).await?;
        let (class, drawing) = &drawings()[0];
        page.draw(drawing, Pen::Mouse).await?;
        let seen = page.grey("seen-28").await?;
        ensure!(
            seen != GrayImage::new(28, 28),
            "the {class} was drawn, but the page sees nothing"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_browser_without_vector_instructions_is_told_what_it_lacks() -> Result<()> {
    let settings = Settings {
        script: Some("WebAssembly.validate = () => false;"),
        ..Settings::default()
    };
    visit(settings, async |page| {
        requires_sentence(page, &["too old", "SIMD"]).await?;
        let engine: String = page
            .run("return document.body.dataset.engine", json!([]))
            .await?;
        ensure!(
            engine == "failed",
            "the page is marked {engine:?} instead of \"failed\""
        );
        Ok(())
    })
    .await
}

/// Waits for an error that can be seen, and requires all of `parts` in it.
async fn requires_sentence(page: &Page<'_>, parts: &[&str]) -> Result<()> {
    let sentence = page
        .wait("an error in a sentence", SOON, async || {
            let text = page.text("#error").await?;
            Ok((!text.is_empty()).then_some(text))
        })
        .await?;
    for part in parts {
        ensure!(
            sentence.contains(part),
            "the error does not mention {part:?}: {sentence}"
        );
    }
    ensure!(
        sentence.ends_with('.'),
        "the error is not a sentence: {sentence}"
    );
    Ok(())
}
