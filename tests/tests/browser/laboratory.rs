//! The laboratory with its own worker.

use anyhow::{Result, ensure};
use serde_json::json;

use super::page::{Page, SOON};
use super::visit::{Settings, visit};

/// Waits until the run is so many steps old.
async fn await_step(page: &Page<'_>, step: &str) -> Result<()> {
    page.wait(&format!("step {step}"), SOON, async || {
        let text = page.text("#lab-step").await;
        let is_there = text.is_ok_and(|text| text.starts_with(&format!("Step {step} of")));
        Ok(is_there.then_some(()))
    })
    .await
}

/// An accuracy that the page shows, in per cent.
async fn percent(page: &Page<'_>, id: &str) -> Result<f32> {
    let text = page.text(id).await?;
    Ok(text.trim_end_matches([' ', '%', '\u{a0}']).parse()?)
}

/// Shown pixels of a canvas, as one number that changes when they do.
async fn pixels(page: &Page<'_>, id: &str) -> Result<f64> {
    let script = "const canvas = document.getElementById(arguments[0]);
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return data.reduce((sum, level, index) => (sum * 31 + level * (index % 7 + 1)) % 1e9, 7)";
    page.run(script, json!([id])).await
}

#[tokio::test]
async fn a_run_learns_the_source_and_the_planes_follow() -> Result<()> {
    visit(Settings::default(), async |page| {
        page.click("#tab-lab").await?;
        await_step(page, "0").await?;
        let before = (
            pixels(page, "lab-input").await?,
            pixels(page, "lab-features").await?,
        );
        page.click(".lab-speed button:last-child").await?;
        page.click("#lab-run").await?;
        await_step(page, "1000").await?;
        let source = percent(page, "#lab-source-accuracy").await?;
        ensure!(source > 95.0, "the source accuracy is {source} %");
        let after = (
            pixels(page, "lab-input").await?,
            pixels(page, "lab-features").await?,
        );
        ensure!(
            before.0 != after.0 && before.1 != after.1,
            "a plane shows what it showed before the run"
        );
        page.click("#lab-reset").await?;
        await_step(page, "0").await
    })
    .await
}

#[tokio::test]
async fn single_steps_train_what_their_buttons_say() -> Result<()> {
    visit(Settings::default(), async |page| {
        page.click("#tab-lab").await?;
        await_step(page, "0").await?;
        let input = pixels(page, "lab-input").await?;
        page.click("#lab-step-d").await?;
        await_step(page, "1").await?;
        ensure!(
            pixels(page, "lab-input").await? == input,
            "a step of D alone changed C's regions"
        );
        page.click("#lab-step-fc").await?;
        await_step(page, "2").await?;
        ensure!(
            pixels(page, "lab-input").await? != input,
            "a step of F and C changed nothing"
        );
        page.click("#lab-step-all").await?;
        await_step(page, "3").await
    })
    .await
}

#[tokio::test]
async fn a_link_opens_the_same_state_and_a_hostile_one_is_a_sentence() -> Result<()> {
    visit(Settings::default(), async |page| {
        let address = format!("{}#lab=1,db,a0.5,p40", page.site.address());
        page.go_to(&address).await?;
        await_step(page, "0").await?;
        let scene: String = page
            .run(
                "return document.getElementById('lab-scene').value",
                json!([]),
            )
            .await?;
        ensure!(scene == "1", "the link's data is not chosen, but {scene}");
        let other = "location.hash = '#lab=1,dt,a20,p60'";
        page.run::<Option<String>>(other, json!([])).await?;
        page.wait("the other link's data", SOON, async || {
            let scene: String = page
                .run(
                    "return document.getElementById('lab-scene').value",
                    json!([]),
                )
                .await?;
            Ok((scene == "3").then_some(()))
        })
        .await?;
        let change = "location.hash = '#lab=1,p99999'";
        page.run::<Option<String>>(change, json!([])).await?;
        page.wait("a sentence about the link", SOON, async || {
            let text = page.text(".lab-problem").await;
            let is_told = text.is_ok_and(|text| text.contains("cannot be opened"));
            Ok(is_told.then_some(()))
        })
        .await
    })
    .await
}

#[tokio::test]
async fn a_lesson_asks_first_and_shows_the_target_afterwards() -> Result<()> {
    visit(Settings::default(), async |page| {
        page.click("#tab-lab").await?;
        page.click("#lab-lesson-1").await?;
        await_step(page, "0").await?;
        ensure!(page.text("#lab-target-accuracy").await? == "hidden");
        page.click(".lab-speed button:last-child").await?;
        page.click("#lab-answer-2").await?;
        let verdict = page
            .wait("a verdict", SOON, async || {
                Ok(page.text("#lab-verdict").await.ok())
            })
            .await?;
        ensure!(verdict.starts_with("Right."), "{verdict}");
        let target = percent(page, "#lab-target-accuracy").await?;
        ensure!(target < 95.0, "without adaptation {target} % are correct");
        Ok(())
    })
    .await
}
