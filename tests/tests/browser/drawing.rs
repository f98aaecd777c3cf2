//! Drawing with a mouse.

use anyhow::{Result, ensure};
use image::GrayImage;
use serde_json::json;
use shared::drawing::{Drawing, rasterise};
use shared::input::grey_from_doodle;
use tests::drawings::drawings;

use super::page::{Page, SOON};
use super::pen::Pen;
use super::visit::{Settings, visit};

/// How far what the page sees may be from the stored drawing, in levels on average: the pen goes by whole pixels.
const MEAN_DIFFERENCE: f64 = 2.0;

#[tokio::test]
async fn every_stored_drawing_is_seen_and_guessed_as_natively() -> Result<()> {
    visit(Settings::default(), async |page| {
        let predictor = page.predictor();
        for (class, drawing) in drawings() {
            page.click("#clear").await?;
            page.draw(&drawing, Pen::Mouse).await?;
            let seen = seen(page, &class, &drawing).await?;
            let answer = page.answer("cpu", SOON).await?;
            answer.check(&predictor, &grey_from_doodle(&seen), &class)?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn strokes_and_a_clearing_can_be_taken_back() -> Result<()> {
    visit(Settings::default(), async |page| {
        let drawings = drawings();
        let (class, drawing) = &drawings[0];
        let (last, rest) = drawing.strokes().split_last().unwrap();
        page.draw(&rest.iter().cloned().collect(), Pen::Mouse)
            .await?;
        let before = page.grey("seen-28").await?;
        page.draw(&[last.clone()].into_iter().collect(), Pen::Mouse)
            .await?;
        let whole = page.grey("seen-28").await?;
        ensure!(whole != before, "the {class}'s last stroke left no trace");
        page.click("#clear").await?;
        requires_seen(page, "cleared", &GrayImage::new(28, 28)).await?;
        page.click("#undo").await?;
        requires_seen(page, "its clearing taken back", &whole).await?;
        page.click("#undo").await?;
        requires_seen(page, "its last stroke taken back", &before).await
    })
    .await
}

#[tokio::test]
async fn the_sheet_has_a_pixel_for_each_of_the_screen_at_a_fraction_of_scale() -> Result<()> {
    visit(Settings::default(), async |page| {
        let (_, drawing) = &drawings()[0];
        page.draw(drawing, Pen::Mouse).await?;
        let scale = 1.5;
        let metrics =
            json!({ "width": 1111, "height": 999, "deviceScaleFactor": scale, "mobile": false });
        let cdp = page.browser.cdp();
        cdp.send_raw("Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        page.wait("the sheet to have the screen's pixels", SOON, async || {
            let script = "const canvas = document.getElementById('draw-canvas');
                const { width, height } = canvas.getBoundingClientRect();
                const fits = (pixels, length) => Math.abs(pixels - length * devicePixelRatio) < 1;
                const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                return devicePixelRatio === arguments[0] && fits(canvas.width, width) && fits(canvas.height, height)
                    && data.some((value) => value > 0);";
            let sharp: bool = page.run(script, json!([scale])).await?;
            Ok(sharp.then_some(()))
        })
        .await
    })
    .await
}

#[tokio::test]
async fn the_ink_follows_dark_and_forced_colours_at_once() -> Result<()> {
    visit(Settings::default(), async |page| {
        let (_, drawing) = &drawings()[0];
        page.draw(drawing, Pen::Mouse).await?;
        let mut before = ink(page).await?;
        for (feature, value) in [
            ("prefers-color-scheme", "dark"),
            ("forced-colors", "active"),
        ] {
            let media = json!({ "features": [{ "name": feature, "value": value }] });
            let cdp = page.browser.cdp();
            cdp.send_raw("Emulation.setEmulatedMedia", media).await?;
            let what = format!("ink in the text's colour with {feature}: {value}");
            before = page
                .wait(&what, SOON, async || {
                    let ink = ink(page).await?;
                    Ok((ink.0 == ink.1 && ink != before).then_some(ink))
                })
                .await?;
        }
        let script = "const style = getComputedStyle(document.getElementById('draw-canvas'));
            return [style.backgroundImage, style.outlineStyle];";
        let (ground, border): (String, String) = page.run(script, json!([])).await?;
        ensure!(
            (ground.as_str(), border.as_str()) == ("none", "solid"),
            "with forced colours the ground is {ground} and the border {border}"
        );
        Ok(())
    })
    .await
}

/// The darkest ink on the sheet and the sheet's text colour, as red, green and blue.
async fn ink(page: &Page<'_>) -> Result<([u8; 3], [u8; 3])> {
    let script = "const canvas = document.getElementById('draw-canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const place = data.findIndex((value, index) => index % 4 === 3 && value === 255);
        const text = getComputedStyle(canvas).color.match(/[0-9]+/g).slice(0, 3).map(Number);
        return [place < 0 ? [1, 2, 3] : [...data.slice(place - 3, place)], text];";
    page.run(script, json!([])).await
}

/// What the model sees; requires it to be `drawing`.
pub async fn seen(page: &Page<'_>, class: &str, drawing: &Drawing) -> Result<GrayImage> {
    let seen = page.grey("seen-28").await?;
    let difference = mean_difference(&seen, &rasterise(drawing))?;
    ensure!(
        difference < MEAN_DIFFERENCE,
        "the {class}: the model sees a picture that differs by {difference} on average"
    );
    Ok(seen)
}

async fn requires_seen(page: &Page<'_>, after: &str, expected: &GrayImage) -> Result<()> {
    page.frames().await?;
    let seen = page.grey("seen-28").await?;
    let difference = mean_difference(&seen, expected)?;
    ensure!(
        seen == *expected,
        "the drawing with {after} differs by {difference} on average from what it should be"
    );
    Ok(())
}

fn mean_difference(ours: &GrayImage, theirs: &GrayImage) -> Result<f64> {
    let (ours_size, size) = (ours.dimensions(), theirs.dimensions());
    ensure!(
        ours_size == size,
        "{ours_size:?} pixels instead of {size:?}"
    );
    let pairs = ours.iter().zip(theirs.iter());
    let sum: f64 = pairs.map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
    Ok(sum / f64::from(size.0 * size.1))
}
