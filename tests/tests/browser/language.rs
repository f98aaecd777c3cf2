//! The page in Traditional Chinese: every view, what is left in English, and what axe says.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::drawings::drawings;

use super::accessibility::{answer_a_lesson, draw_and_unfold, draw_points, load_axe, look};
use super::page::{Page, SOON};
use super::pen::Pen;
use super::story::open_all as open_story;
use super::visit::{Settings, visit};

/// A visitor from Taiwan.
const TAIWANESE: &str = "Object.defineProperty(Navigator.prototype, 'languages', { get: () => ['zh-TW', 'zh', 'en-US', 'en'] });";

/// Names, formats, units and keys, which Chinese writes in Latin letters too.
const NAMES: [&str; 30] = [
    "Edgewise",
    "English",
    "WebGPU",
    "CPU",
    "JPEG",
    "PNG",
    "WebP",
    "AVIF",
    "GIF",
    "BMP",
    "ms",
    "MB",
    "Canny",
    "Google",
    "Quick, Draw!",
    "CC BY",
    "CIFAR",
    "scikit-image",
    "Open Clip Art",
    "Bricolage Grotesque",
    "Shift",
    "Home",
    "Ctrl+Z",
    // The laboratory and the story: methods, a function, and a run.
    "DANN",
    "Sobel",
    "t-SNE",
    "ReLU",
    "mixup",
    "max(",
    "3-student",
];

/// Words in Latin letters that are no names, each with the text that it stands in: what is shown, labelled or only read aloud.
async fn latin(page: &Page<'_>) -> Result<Vec<String>> {
    let script = r#"
        const names = arguments[0];
        const texts = [document.title, document.querySelector("meta[name=description]").content];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const { parentElement, data } = walker.currentNode;
          if (!parentElement.closest("script, style, noscript, [lang=en]")) texts.push(data);
        }
        for (const element of document.body.querySelectorAll("*")) {
          if (element.closest("[lang=en]")) continue;
          for (const name of ["aria-label", "aria-valuetext", "alt", "title", "placeholder"]) {
            texts.push(element.getAttribute(name) ?? "");
          }
        }
        return texts.filter((text) => /[A-Za-z]{2,}/.test(names.reduce((rest, name) => rest.replaceAll(name, ""), text)));
    "#;
    page.run(script, json!([NAMES])).await
}

/// Requires that nothing is left in English, and has axe look.
async fn read(page: &Page<'_>, what: &str, found: &mut Vec<String>) -> Result<()> {
    let left = latin(page).await?;
    found.extend(
        left.iter()
            .map(|text| format!("{what}, in Latin letters: {text}")),
    );
    look(page, what, found).await
}

async fn everything_is_in_chinese(phone: bool) -> Result<()> {
    let settings = Settings {
        phone,
        script: Some(TAIWANESE),
        ..Settings::default()
    };
    visit(settings, async |page| {
        load_axe(page).await?;
        let mut found = Vec::new();
        ensure!(page.text("#tab-draw").await? == "塗鴉");
        read(page, "the empty sheet", &mut found).await?;

        draw_and_unfold(page).await?;
        page.wait("both answers", SOON, async || {
            let answer = page.text("#verdict-photos-only").await?;
            Ok(answer.contains('%').then_some(()))
        })
        .await?;
        read(
            page,
            "a drawing with all that can be shown of it",
            &mut found,
        )
        .await?;
        page.click("#share").await?;
        read(page, "the dialog to share a drawing", &mut found).await?;
        page.click("#share-close").await?;

        page.click("#tab-photo").await?;
        page.until_loaded("the photo view").await?;
        read(page, "no photo", &mut found).await?;
        page.click(".sample").await?;
        page.wait("the photo", SOON, async || {
            let is_open =
                "return document.querySelector('.photo:not([hidden]) #photo-edges') !== null";
            Ok(page.run::<bool>(is_open, json!([])).await?.then_some(()))
        })
        .await?;
        read(page, "a photo", &mut found).await?;

        page.click("#tab-game").await?;
        page.until_loaded("the game").await?;
        read(page, "before the game", &mut found).await?;
        page.click("#game-start").await?;
        page.click("#game-pause").await?;
        read(page, "a game that is paused", &mut found).await?;
        page.click("#game-pause").await?;
        page.click("#game-skip").await?;
        page.click("#game-give-up").await?;
        page.appearing(".game-score").await?;
        read(page, "the end of a game", &mut found).await?;

        answer_a_lesson(page).await?;
        read(page, "a lesson with its verdict", &mut found).await?;
        draw_points(page).await?;
        read(page, "points drawn by hand", &mut found).await?;

        open_story(page).await?;
        read(page, "the story, unfolded", &mut found).await?;
        ensure!(found.is_empty(), "{}", found.join("\n"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_visitor_from_taiwan_reads_chinese_on_a_desktop() -> Result<()> {
    everything_is_in_chinese(false).await
}

#[tokio::test]
async fn a_visitor_from_taiwan_reads_chinese_on_a_phone() -> Result<()> {
    everything_is_in_chinese(true).await
}

#[tokio::test]
async fn a_choice_by_hand_is_kept_for_the_next_visit() -> Result<()> {
    visit(Settings::default(), async |page| {
        ensure!(page.text("#tab-draw").await? == "Draw");
        page.draw(&drawings()[4].1, Pen::Mouse).await?;
        page.answer("cpu", SOON).await?;
        page.click("[data-language=zh-Hant]").await?;
        page.wait("the answer in Chinese", SOON, async || {
            Ok((page.text("#guess .name").await? == "貓").then_some(()))
        })
        .await?;
        page.go_to(&page.site.address()).await?;
        ensure!(page.text("#tab-draw").await? == "塗鴉");
        ensure!(
            page.run::<String>("return document.documentElement.lang", json!([]))
                .await?
                == "zh-Hant"
        );
        let left = latin(page).await?;
        ensure!(left.is_empty(), "{}", left.join("\n"));
        Ok(())
    })
    .await
}
