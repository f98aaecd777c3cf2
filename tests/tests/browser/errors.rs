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

/// A WebAssembly module with nothing in it: what a page meets whose program is of another version.
const OTHER_PROGRAM: &[u8] = b"\0asm\x01\0\0\0";

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
        // A hash follows in the name.
        let (name, _) = WEIGHTS.rsplit_once('.').unwrap();
        requires_sentence(page, &["weights are missing", name, "404", "still draw"]).await?;
        page.find("#engine-retry").await?;
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
            "the page says {engine:?} instead of \"failed\""
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_web_page_in_the_place_of_the_weights_is_told() -> Result<()> {
    let settings = Settings {
        replaced: Some((WEIGHTS, b"<!doctype html><p>Welcome".to_vec())),
        ..Settings::default()
    };
    visit(settings, async |page| {
        requires_sentence(page, &["weights are missing", "a web page instead"]).await
    })
    .await
}

#[tokio::test]
async fn a_page_whose_program_is_gone_asks_for_a_reload_once() -> Result<()> {
    let settings = Settings {
        lost: Some("app/web_bg.wasm"),
        ..Settings::default()
    };
    visit(settings, async |page| {
        requires_sentence(page, &["was updated while you were here"]).await?;
        page.click("#reload").await?;
        page.wait(
            "the page to say that a reload did not help",
            SOON,
            async || {
                let text = page.text("#error").await;
                let is_told = text.is_ok_and(|text| text.contains("incomplete"));
                Ok(is_told.then_some(()))
            },
        )
        .await?;
        requires_sentence(page, &["incomplete", "app/web_bg", "404"]).await
    })
    .await
}

#[tokio::test]
async fn a_page_with_a_program_of_another_version_asks_for_a_reload() -> Result<()> {
    let settings = Settings {
        replaced: Some(("app/web_bg.wasm", OTHER_PROGRAM.to_vec())),
        ..Settings::default()
    };
    visit(settings, async |page| {
        requires_sentence(page, &["was updated while you were here"]).await?;
        page.find("#reload").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_engine_with_files_of_another_version_asks_for_a_reload() -> Result<()> {
    let program = "workers/cpu-relaxed_bg.wasm";
    for (lost, replaced) in [
        (Some("workers/worker.js"), None),
        (Some(program), None),
        (None, Some((program, OTHER_PROGRAM.to_vec()))),
    ] {
        let settings = Settings {
            lost,
            replaced,
            ..Settings::default()
        };
        visit(settings, async |page| {
            requires_sentence(page, &["was updated while you were here", "still draw"]).await?;
            page.find("#engine-reload").await?;
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_page_opened_from_disk_says_that_it_needs_a_server() -> Result<()> {
    let settings = Settings {
        expects_errors: true,
        ..Settings::default()
    };
    visit(settings, async |page| {
        let index = page.site.files.join("index.html").canonicalize()?;
        page.go_to(&format!("file://{}", index.display())).await?;
        requires_sentence(
            page,
            &["opened as a file", "web server", "cargo xtask demo"],
        )
        .await
    })
    .await
}

#[tokio::test]
async fn a_part_of_the_page_that_does_not_come_is_asked_for_again() -> Result<()> {
    let settings = Settings {
        expects_errors: true,
        ..Settings::default()
    };
    visit(settings, async |page| {
        page.site.go_down();
        page.click("#tab-game").await?;
        page.wait(
            "the page to say that the game is missing",
            SOON,
            async || {
                let text = page.text("#panel-game [role=alert]").await;
                Ok(text
                    .is_ok_and(|text| text.contains("could not be loaded"))
                    .then_some(()))
            },
        )
        .await?;
        page.site.come_back();
        page.click("#panel-game [role=alert] button").await?;
        page.appearing("#game-start").await?;
        Ok(())
    })
    .await
}

/// Waits for an error that can be seen, and requires all of `parts` in it.
async fn requires_sentence(page: &Page<'_>, parts: &[&str]) -> Result<()> {
    let sentence = page
        .wait("an error in a sentence", SOON, async || {
            // While the page is loaded again there may be no error.
            let text = page.text("#error p").await.unwrap_or_default();
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
