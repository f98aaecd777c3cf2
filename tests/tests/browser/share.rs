//! Links that hold a drawing, and the picture for link previews.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::drawings::drawings;

use super::drawing::seen;
use super::page::SOON;
use super::pen::Pen;
use super::visit::{Settings, visit};

/// A clipboard that tells what was copied: a browser without a window has none of its own.
const CLIPBOARD: &str = "Object.defineProperty(navigator, 'clipboard', { value: {
    writeText: async (text) => { window.copied = text; } } });";

#[tokio::test]
async fn a_copied_link_shows_the_drawing_where_it_is_opened() -> Result<()> {
    let settings = Settings {
        script: Some(CLIPBOARD),
        ..Settings::default()
    };
    visit(settings, async |page| {
        for (class, drawing) in &drawings()[..3] {
            page.click("#clear").await?;
            page.draw(drawing, Pen::Mouse).await?;
            page.click("#share").await?;
            page.click("#share-copy-link").await?;
            let link = page
                .wait("the copied link", SOON, async || {
                    page.run::<Option<String>>(
                        "const link = window.copied; delete window.copied; return link ?? null",
                        json!([]),
                    )
                    .await
                })
                .await?;
            ensure!(link.len() < 1000, "the link to the {class} is {link}");
            page.click("#share-close").await?;
            page.click("#clear").await?;
            page.browser.goto(&link).await?;
            page.wait("the whole drawing", SOON, async || {
                let is_whole: bool = page
                    .run(
                        "return !document.body.hasAttribute('data-replaying')",
                        json!([]),
                    )
                    .await?;
                Ok(is_whole.then_some(()))
            })
            .await?;
            page.frames().await?;
            seen(page, class, drawing).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_damaged_link_is_a_sentence() -> Result<()> {
    visit(Settings::default(), async |page| {
        for code in ["", "AAAA", "AQABAf____8P", "%F0%9F%98%80"] {
            let bad = format!("{}#draw={code}", page.site.address());
            // Another fragment alone would leave the sentence about the code before.
            page.browser.goto("about:blank").await?;
            page.browser.goto(&bad).await?;
            page.wait("the sentence", SOON, async || {
                let said = page.text("#error").await?;
                Ok(said.starts_with("The link holds no drawing").then_some(()))
            })
            .await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_page_has_a_picture_for_link_previews() -> Result<()> {
    visit(Settings::default(), async |page| {
        let script = "const image = document.querySelector('meta[property=\"og:image\"]').content;
            const answer = await fetch(image);
            return [answer.ok, (await answer.blob()).type];";
        let script = format!("return (async () => {{ {script} }})();");
        let (is_there, kind): (bool, String) = page.run(&script, json!([])).await?;
        ensure!(is_there && kind == "image/png", "the picture is a {kind}");
        Ok(())
    })
    .await
}
