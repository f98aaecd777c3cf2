//! The game with the shipped network.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::drawings::drawings;

use super::page::SOON;
use super::pen::Pen;
use super::visit::{Settings, visit};

#[tokio::test]
async fn stored_drawings_win_words_and_the_end_shows_all_six() -> Result<()> {
    visit(Settings::default(), async |page| {
        page.click("#tab-game").await?;
        page.click("#game-start").await?;
        for round in 0..6 {
            let heading = page.text(".game-word h2").await?;
            let word = heading.rsplit(' ').next().unwrap_or_default();
            let drawings = drawings();
            let drawing = drawings.iter().find(|(class, _)| class == word);
            let (_, drawing) = drawing.with_context(|| format!("no drawing for {heading:?}"))?;
            page.draw_on("game-canvas", drawing, Pen::Mouse).await?;
            page.wait("the word to be found or missed", SOON, async || {
                let done: u64 = page
                    .run(
                        "return document.querySelectorAll('.game-slot.done, .game-tile').length",
                        json!([]),
                    )
                    .await?;
                Ok((done > round).then_some(()))
            })
            .await?;
            // A word that was decided may have gone on by itself already.
            let script = "if (document.querySelectorAll('.game-slot.done').length === arguments[0] + 1
                && document.querySelector('.sheet.still')) document.getElementById('game-skip').click();";
            let _: Option<bool> = page.run(script, json!([round])).await?;
        }
        page.wait("the end", SOON, async || {
            let tiles: u64 = page
                .run("return document.querySelectorAll('.game-tile').length", json!([]))
                .await?;
            Ok((tiles == 6).then_some(()))
        })
        .await?;
        let score = page.text(".game-score").await?;
        let found: usize = score
            .split(' ')
            .next()
            .unwrap_or_default()
            .parse()
            .with_context(|| format!("the score is {score:?}"))?;
        ensure!(
            score.ends_with("of 6") && found >= 3,
            "with good drawings the score is {score}"
        );
        Ok(())
    })
    .await
}
