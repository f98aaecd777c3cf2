//! What axe (axe-core 4.14.1 by Deque Systems, MPL 2.0, in `tests/axe`) has to say about every view.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::drawings::drawings;
use thirtyfour::By;

use super::page::{Page, SOON};
use super::pen::Pen;
use super::visit::{Settings, visit};

const AXE: &str = include_str!("../../axe/axe.min.js");

/// Brings axe to the page. A script of the page's own would be refused by its policy; this one comes from outside.
pub async fn load_axe(page: &Page<'_>) -> Result<()> {
    page.run::<Value>(&format!("{AXE}; return null"), json!([]))
        .await?;
    Ok(())
}

/// What axe finds, as lines: the rule, what it asks for, and where.
async fn violations(page: &Page<'_>) -> Result<Vec<String>> {
    // Its only rule of WCAG 2.2 is off by default.
    let script = "return axe.run({ rules: { 'target-size': { enabled: true } } }).then(({ violations }) => violations.map(({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes.map(({ target, failureSummary }) => `${target} (${failureSummary})`).join('; ')}`))";
    page.run(script, json!([])).await
}

/// What axe finds in both colour schemes is added to `found`.
pub async fn look(page: &Page<'_>, what: &str, found: &mut Vec<String>) -> Result<()> {
    for scheme in ["light", "dark"] {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        let media = json!({ "features": [feature, { "name": "prefers-reduced-motion", "value": "reduce" }] });
        page.browser
            .cdp()
            .send_raw("Emulation.setEmulatedMedia", media)
            .await?;
        let lines = violations(page).await?;
        found.extend(
            lines
                .into_iter()
                .map(|line| format!("{what}, {scheme}: {line}")),
        );
    }
    Ok(())
}

/// Opens all that is folded.
async fn unfold(page: &Page<'_>) -> Result<()> {
    let unfold = "document.querySelectorAll('details').forEach((folded) => (folded.open = true))";
    page.run::<Value>(unfold, json!([])).await?;
    Ok(())
}

/// Draws a cat and has the page show all that it can of it.
pub async fn draw_and_unfold(page: &Page<'_>) -> Result<()> {
    page.draw(&drawings()[4].1, Pen::Mouse).await?;
    for button in ["#network-photos-only", "#network-adapted", "#why", "#sees"] {
        page.click(button).await?;
    }
    page.answer("cpu", SOON).await?;
    unfold(page).await
}

/// Opens the laboratory, answers a lesson's question and waits for the verdict, with all unfolded.
pub async fn answer_a_lesson(page: &Page<'_>) -> Result<()> {
    page.click("#tab-lab").await?;
    page.click("#lab-lesson-2").await?;
    page.click(".lab-speed button:last-child").await?;
    page.click("#lab-answer-1").await?;
    page.appearing("#lab-verdict").await?;
    unfold(page).await
}

/// Leaves the lesson for points drawn by hand and a step in slow motion.
pub async fn draw_points(page: &Page<'_>) -> Result<()> {
    page.click("#lab-free").await?;
    let drawn = "const scenes = document.getElementById('lab-scene');
        scenes.value = '4';
        scenes.dispatchEvent(new Event('change', { bubbles: true }))";
    page.run::<Value>(drawn, json!([])).await?;
    page.click("#lab-slow-next").await?;
    page.appearing("#lab-slow .said").await?;
    unfold(page).await
}

async fn every_view_is_clean(settings: Settings) -> Result<()> {
    visit(settings, async |page| {
        load_axe(page).await?;
        let mut found = Vec::new();
        look(page, "the empty sheet", &mut found).await?;
        draw_and_unfold(page).await?;
        look(
            page,
            "a drawing with all that can be shown of it",
            &mut found,
        )
        .await?;
        let tabs = page.browser.find_all(By::Css("[role=tab]")).await?;
        for tab in tabs {
            let name = tab.prop("textContent").await?.context("a tab has a name")?;
            tab.click().await?;
            page.until_loaded(&name).await?;
            look(page, &format!("the view {name}"), &mut found).await?;
        }
        answer_a_lesson(page).await?;
        look(page, "a lesson with its verdict", &mut found).await?;
        draw_points(page).await?;
        look(page, "points drawn by hand", &mut found).await?;
        ensure!(found.is_empty(), "{}", found.join("\n"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn axe_finds_nothing_on_a_desktop() -> Result<()> {
    every_view_is_clean(Settings::default()).await
}

#[tokio::test]
async fn axe_finds_nothing_on_a_phone() -> Result<()> {
    let settings = Settings {
        phone: true,
        ..Settings::default()
    };
    every_view_is_clean(settings).await
}
