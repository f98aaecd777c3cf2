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

/// Opens the laboratory at a lesson, before its first step and at the highest speed.
async fn open_lesson(page: &Page<'_>, number: u32) -> Result<()> {
    page.click("#tab-lab").await?;
    page.click(&format!("#lab-lesson-{number}")).await?;
    await_step(page, "0").await?;
    page.click(".lab-speed button:last-child").await
}

/// What is said once all runs of the lesson are done.
async fn verdict(page: &Page<'_>) -> Result<String> {
    page.wait("a verdict", SOON, async || {
        Ok(page.text("#lab-verdict").await.ok())
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
        open_lesson(page, 1).await?;
        ensure!(page.text("#lab-target-accuracy").await? == "hidden");
        let steps = page.text(".lab-steps span:last-child").await?;
        let title = page.text("#lab-step").await?;
        ensure!(title.ends_with(&steps), "{title:?} ends at {steps:?}");
        page.click("#lab-answer-2").await?;
        let verdict = verdict(page).await?;
        ensure!(verdict.starts_with("Right."), "{verdict}");
        // What was neither chosen nor right leaves its room to the planes.
        ensure!(is_visible(page, "#lab-answer-2").await?);
        ensure!(!is_visible(page, "#lab-answer-1").await?);
        let target = percent(page, "#lab-target-accuracy").await?;
        ensure!(target < 95.0, "without adaptation {target} % are correct");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn slow_motion_says_one_sentence_after_another() -> Result<()> {
    visit(Settings::default(), async |page| {
        page.click("#tab-lab").await?;
        await_step(page, "0").await?;
        let said = "return [...document.querySelectorAll('#lab-slow li')].findIndex((row) => row.classList.contains('said'))";
        // A step in two halves has six sentences; after the last comes the first.
        for sentence in [0, 1, 2, 3, 4, 5, 0] {
            page.click("#lab-slow-next").await?;
            page.wait(&format!("sentence {sentence}"), SOON, async || {
                let found: i64 = page.run(said, json!([])).await?;
                Ok((found == sentence).then_some(()))
            })
            .await?;
        }
        // All of it was one step.
        await_step(page, "1").await
    })
    .await
}

#[tokio::test]
async fn a_lesson_that_is_run_without_an_answer_is_explained_and_not_judged() -> Result<()> {
    visit(Settings::default(), async |page| {
        open_lesson(page, 1).await?;
        page.click("#lab-run").await?;
        let verdict = verdict(page).await?;
        ensure!(verdict.starts_with("The median"), "{verdict}");
        // An answer afterwards is judged, and the run stays.
        page.click("#lab-answer-1").await?;
        page.wait("a verdict", SOON, async || {
            let text = page.text("#lab-verdict").await?;
            Ok(text.starts_with("Not quite.").then_some(()))
        })
        .await?;
        ensure!(is_visible(page, "#lab-answer-1").await?, "the answer given");
        ensure!(is_visible(page, "#lab-answer-2").await?, "the right answer");
        await_step(page, "1000").await
    })
    .await
}

#[tokio::test]
async fn a_setting_that_is_none_of_the_options_is_shown_as_it_is() -> Result<()> {
    visit(Settings::default(), async |page| {
        let address = format!("{}#lab=1,r0.02,w12", page.site.address());
        page.go_to(&address).await?;
        await_step(page, "0").await?;
        let shown = "return ['lab-rate', 'lab-width', 'lab-variant'].map((id) => document.getElementById(id).selectedOptions[0]?.text)";
        let shown: Vec<String> = page.run(shown, json!([])).await?;
        ensure!(shown[..2] == ["0.02", "12"], "{shown:?}");
        // One of the options is chosen as ever.
        ensure!(!shown[2].is_empty(), "{shown:?}");
        page.run::<Option<String>>(
            "const rate = document.getElementById('lab-rate'); rate.value = '0'; rate.dispatchEvent(new Event('change', { bubbles: true }))",
            json!([]),
        )
        .await?;
        await_fragment(page, "#lab=1,w12,r0.001").await
    })
    .await
}

/// Whether an element takes up room.
async fn is_visible(page: &Page<'_>, selector: &str) -> Result<bool> {
    let script = "return (document.querySelector(arguments[0])?.offsetHeight ?? 0) > 0";
    page.run(script, json!([selector])).await
}

async fn is_pressed(page: &Page<'_>, selector: &str) -> Result<bool> {
    let script =
        "return document.querySelector(arguments[0])?.getAttribute('aria-pressed') === 'true'";
    page.run(script, json!([selector])).await
}

/// The fragment of the page's address, once it is this one.
async fn await_fragment(page: &Page<'_>, wanted: &str) -> Result<()> {
    page.wait(wanted, SOON, async || {
        let hash: String = page.run("return location.hash", json!([])).await?;
        Ok((hash == wanted).then_some(()))
    })
    .await
}

const LESSONS: [&str; 6] = [
    "source-only",
    "alignment",
    "lambda-too-large",
    "confidently-wrong",
    "unequal-shares",
    "consistency",
];

#[tokio::test]
async fn a_link_to_a_lesson_opens_its_question() -> Result<()> {
    visit(Settings::default(), async |page| {
        page.click("#tab-lab").await?;
        for (index, lesson) in LESSONS.into_iter().enumerate() {
            let tab = format!("#lab-lesson-{}", index + 1);
            let change = format!("location.hash = '#lab={lesson}'");
            page.run::<Option<String>>(&change, json!([])).await?;
            page.wait(lesson, SOON, async || {
                Ok(is_pressed(page, &tab).await?.then_some(()))
            })
            .await?;
            page.click(&tab).await?;
            await_fragment(page, &format!("#lab={lesson}")).await?;
        }
        page.browser.goto("about:blank").await?;
        page.go_to(&format!("{}#lab=alignment", page.site.address()))
            .await?;
        await_step(page, "0").await?;
        let question = page.text(".lab-question").await?;
        ensure!(question.starts_with("No label of a ring"), "{question}");
        ensure!(is_pressed(page, "#lab-lesson-2").await?);
        ensure!(page.text("#lab-target-accuracy").await? == "hidden");
        ensure!(!is_visible(page, "#lab-verdict").await?);
        page.click(".lab-speed button:last-child").await?;
        page.click("#lab-answer-1").await?;
        verdict(page).await?;
        // Each run has left its two planes, and none of them is blank.
        let colours = "return [...document.querySelectorAll('.lab-runs canvas')].map((canvas) => {
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            return new Set(new Uint32Array(data.buffer)).size;
        })";
        page.wait("the pictures of the runs", SOON, async || {
            let colours: Vec<u32> = page.run(colours, json!([])).await?;
            let are_drawn = colours.len() == 4 && colours.iter().all(|count| *count > 8);
            Ok(are_drawn.then_some(()))
        })
        .await?;
        // What came of the lesson is in the address, too.
        await_fragment(
            page,
            "#lab=alignment&run=2&answer=1&until=1000&speed=64&labels",
        )
        .await
    })
    .await
}

#[tokio::test]
async fn a_link_runs_to_its_step_and_shows_the_same_state() -> Result<()> {
    visit(Settings::default(), async |page| {
        let address = format!(
            "{}#lab=1,a20,p60&until=150&speed=16&labels&arrows",
            page.site.address()
        );
        let mut seen = Vec::new();
        for _ in 0..2 {
            page.browser.goto("about:blank").await?;
            page.go_to(&address).await?;
            await_step(page, "150").await?;
            page.wait("the run to pause", SOON, async || {
                Ok((page.text("#lab-run").await? == "Run").then_some(()))
            })
            .await?;
            ensure!(is_pressed(page, ".lab-speed button:nth-child(3)").await?);
            let checked = "return ['lab-reveal', 'lab-arrows'].every((id) => document.getElementById(id).checked)";
            ensure!(page.run::<bool>(checked, json!([])).await?);
            seen.push((
                pixels(page, "lab-input").await?,
                pixels(page, "lab-features").await?,
                page.text(".lab-accuracies").await?,
            ));
            let hash: String = page.run("return location.hash", json!([])).await?;
            ensure!(address.ends_with(&hash), "the address has become {hash}");
        }
        ensure!(seen[0] == seen[1], "the same link shows two states");
        page.click("#lab-step-all").await?;
        await_fragment(
            page,
            "#lab=1,a20,p60&until=151&speed=16&labels&arrows",
        )
        .await?;
        // No link describes a run in which D was trained alone.
        page.click("#lab-step-d").await?;
        await_fragment(page, "#lab=1,a20,p60&speed=16&labels&arrows").await
    })
    .await
}

#[tokio::test]
async fn a_hostile_link_stays_explained_while_the_laboratory_works() -> Result<()> {
    visit(Settings::default(), async |page| {
        for hostile in [
            "1,p99999",
            "alignment&run=9",
            "1&until=1e9",
            "1&%F0%9F%98%80",
        ] {
            page.browser.goto("about:blank").await?;
            let address = format!("{}#lab={hostile}", page.site.address());
            page.go_to(&address).await?;
            await_step(page, "0").await?;
            let told = page.text(".lab-problem").await?;
            ensure!(told.contains("cannot be opened"), "{hostile}: {told}");
            page.click("#lab-step-all").await?;
            await_step(page, "1").await?;
        }
        Ok(())
    })
    .await
}

/// Different pixels of the small picture in a network's box.
async fn picture(page: &Page<'_>, network: &str) -> Result<Vec<u64>> {
    let script = "const canvas = document.querySelector(`[data-network=\"${arguments[0]}\"] canvas`);
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const pixels = new Uint32Array(data.buffer);
        return [canvas.width, new Set(pixels).size, pixels.reduce((sum, pixel) => (sum * 31 + pixel) % 1e9, 7)]";
    page.run(script, json!([network])).await
}

#[tokio::test]
async fn each_box_shows_what_its_network_does_and_follows_the_run() -> Result<()> {
    visit(Settings::default(), async |page| {
        page.click("#tab-lab").await?;
        await_step(page, "0").await?;
        let mut before = Vec::new();
        for network in ["F", "C", "D"] {
            let [side, colours, sum] = picture(page, network).await?[..] else {
                anyhow::bail!("no picture of {network}");
            };
            ensure!(side >= 48, "{network}'s picture has {side} pixels a side");
            ensure!(colours > 2, "{network}'s picture has {colours} colours");
            before.push(sum);
        }
        // A step of D alone changes what D predicts, not what F and C do.
        page.click("#lab-step-d").await?;
        await_step(page, "1").await?;
        for (network, before) in ["F", "C", "D"].into_iter().zip(before) {
            let now = picture(page, network).await?[2];
            ensure!(
                (now == before) == (network != "D"),
                "after a step of D: {network}"
            );
        }
        Ok(())
    })
    .await
}
