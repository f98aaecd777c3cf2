//! Drawing with a mouse.

use anyhow::{Result, ensure};
use image::GrayImage;
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
        let guesser = page.guesser();
        for (class, drawing) in drawings() {
            page.click("#clear").await?;
            page.draw(&drawing, Pen::Mouse).await?;
            let seen = seen(page, &class, &drawing).await?;
            let answer = page.answer("cpu", SOON).await?;
            answer.check(&guesser, &grey_from_doodle(&seen), &class)?;
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
