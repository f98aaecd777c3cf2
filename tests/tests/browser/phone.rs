//! On a phone: a finger draws, and the page fits.

use anyhow::{Result, ensure};
use image::RgbImage;
use serde_json::json;
use shared::input::grey_from_doodle;
use tempfile::TempDir;
use tests::drawings::drawings;

use super::drawing::seen;
use super::page::{Page, SOON};
use super::pen::Pen;
use super::photo::open;
use super::visit::{Settings, visit};

/// The width of the phone's screen in CSS pixels.
pub const WIDTH: u32 = 390;

fn phone() -> Settings {
    Settings {
        phone: true,
        ..Settings::default()
    }
}

#[tokio::test]
async fn a_finger_draws_and_does_not_scroll() -> Result<()> {
    visit(phone(), async |page| {
        let (class, drawing) = &drawings()[0];
        page.sheet().await?;
        let before = scrolled(page).await?;
        page.draw(drawing, Pen::Touch).await?;
        let after = scrolled(page).await?;
        ensure!(
            after == before,
            "drawing scrolled the page from {before} to {after}"
        );
        let seen = seen(page, class, drawing).await?;
        let answer = page.answer("cpu", SOON).await?;
        answer.check(&page.predictor(), &grey_from_doodle(&seen), class)
    })
    .await
}

/// Otherwise the test above would show nothing.
#[tokio::test]
async fn a_finger_beside_the_sheet_scrolls() -> Result<()> {
    visit(phone(), async |page| {
        let before = scrolled(page).await?;
        // Up along the left margin.
        let places: Vec<_> = (0..20).map(|step| (4, 700 - 20 * step)).collect();
        page.stroke(&places, Pen::Touch).await?;
        page.wait("the page to scroll", SOON, async || {
            Ok((scrolled(page).await? > before).then_some(()))
        })
        .await
    })
    .await
}

#[tokio::test]
async fn nothing_is_wider_than_the_screen() -> Result<()> {
    visit(phone(), async |page| {
        let wide = RgbImage::new(1600, 900);
        open(page, &TempDir::new()?, &wide).await?;
        for tab in ["draw", "photo", "lab", "game"] {
            page.click(&format!("#tab-{tab}")).await?;
            match tab {
                "lab" => page.click(".lab-table summary").await?,
                "game" => page.click("#game-start").await?,
                _ => {}
            }
            let width: f64 = page
                .run("return document.documentElement.scrollWidth", json!([]))
                .await?;
            ensure!(
                width <= f64::from(WIDTH),
                "the {tab} view is {width} pixels wide on a screen of {WIDTH}"
            );
        }
        Ok(())
    })
    .await
}

async fn scrolled(page: &Page<'_>) -> Result<f64> {
    page.run("return scrollY", json!([])).await
}
