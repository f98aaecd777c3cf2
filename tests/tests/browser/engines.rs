//! One picture on both engines.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use shared::input::grey_from_doodle;
use tests::drawings::drawings;

use super::page::{Page, SOON};
use super::pen::Pen;
use super::visit::{Gpu, Settings, visit};

/// Without a graphics card WebGPU compiles and computes on a processor that others use too.
const GPU_LIMIT: Duration = Duration::from_secs(600);

#[tokio::test]
async fn both_engines_agree_with_the_native_classifier() -> Result<()> {
    let settings = Settings {
        gpu: Gpu::Emulated,
        ..Settings::default()
    };
    visit(settings, async |page| {
        let predictor = page.predictor();
        let (class, drawing) = &drawings()[4];
        page.draw(drawing, Pen::Mouse).await?;
        let seen = grey_from_doodle(&page.grey("seen-28").await?);
        for (engine, name, limit) in [
            ("cpu", "the CPU engine", SOON),
            ("gpu", "WebGPU", GPU_LIMIT),
        ] {
            page.click(&format!("#engine-{engine}")).await?;
            let answer = page.answer(engine, limit).await?;
            answer.check(&predictor, &seen, class)?;
            ensure!(
                answer.engine == engine,
                "the page says that it was answered by {:?} instead of {engine:?}",
                answer.engine
            );
            let status = page.text("#engine-status").await?;
            ensure!(
                status.starts_with(&format!("Using {name}, as you chose")),
                "the status does not say that {name} was chosen: {status}"
            );
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn without_a_graphics_card_the_cpu_answers_and_the_page_says_why() -> Result<()> {
    let settings = Settings {
        gpu: Gpu::Refused,
        ..Settings::default()
    };
    visit(settings, async |page| {
        let (class, drawing) = &drawings()[4];
        page.draw(drawing, Pen::Mouse).await?;
        let status = status_with(page, "no graphics card").await?;
        ensure!(
            status.starts_with("Using the CPU engine"),
            "the status does not say what is used: {status}"
        );
        let seen = grey_from_doodle(&page.grey("seen-28").await?);
        let answer = page.answer("cpu", SOON).await?;
        answer.check(&page.predictor(), &seen, class)?;
        requires_no_webgpu_loaded(page)
    })
    .await
}

#[tokio::test]
async fn an_emulated_graphics_card_is_not_loaded_unasked() -> Result<()> {
    let settings = Settings {
        gpu: Gpu::Emulated,
        ..Settings::default()
    };
    visit(settings, async |page| {
        page.draw(&drawings()[4].1, Pen::Mouse).await?;
        page.answer("cpu", SOON).await?;
        status_with(page, "only a software adapter").await?;
        requires_no_webgpu_loaded(page)
    })
    .await
}

#[tokio::test]
async fn the_weights_are_fetched_once() -> Result<()> {
    visit(Settings::default(), async |page| {
        page.draw(&drawings()[4].1, Pen::Mouse).await?;
        page.answer("cpu", SOON).await?;
        let asked = page.site.asked();
        let weights: Vec<_> = asked
            .iter()
            .filter(|url| url.contains(".safetensors"))
            .collect();
        ensure!(
            weights.len() == 1,
            "the weights were asked for as {weights:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn each_browser_gets_the_program_that_suits_it() -> Result<()> {
    // Relaxed SIMD is asked for by the larger of two modules.
    let old = "const validate = WebAssembly.validate;
        WebAssembly.validate = (module) => module.length < 40 && validate(module);";
    for (script, program) in [(None, "cpu-relaxed"), (Some(old), "cpu")] {
        let settings = Settings {
            script,
            ..Settings::default()
        };
        visit(settings, async |page| {
            let (class, drawing) = &drawings()[4];
            page.draw(drawing, Pen::Mouse).await?;
            let answer = page.answer("cpu", SOON).await?;
            let seen = grey_from_doodle(&page.grey("seen-28").await?);
            answer.check(&page.predictor(), &seen, class)?;
            let asked = page.site.asked();
            let programs: Vec<_> = asked
                .iter()
                .filter_map(|url| url.split_once("program="))
                .collect();
            ensure!(
                programs.len() == 1 && programs[0].1 == program,
                "instead of {program}, these were started: {programs:?}"
            );
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn when_the_graphics_process_dies_the_cpu_continues_and_the_page_says_why() -> Result<()> {
    let settings = Settings {
        gpu: Gpu::Emulated,
        ..Settings::default()
    };
    visit(settings, async |page| {
        page.draw(&drawings()[4].1, Pen::Mouse).await?;
        page.click("#engine-gpu").await?;
        page.answer("gpu", GPU_LIMIT).await?;
        let cdp = page.browser.cdp();
        cdp.send_raw("Browser.crashGpuProcess", json!({})).await?;
        let (class, drawing) = &drawings()[0];
        page.draw(drawing, Pen::Mouse).await?;
        let answer = page.answer("cpu", SOON).await?;
        let seen = grey_from_doodle(&page.grey("seen-28").await?);
        answer.check(&page.predictor(), &seen, class)?;
        status_with(page, "WebGPU stopped while it was working").await?;
        Ok(())
    })
    .await
}

/// The status, once it has `words` in it.
async fn status_with(page: &Page<'_>, words: &str) -> Result<String> {
    page.wait(&format!("the status to say: {words}"), SOON, async || {
        let status = page.text("#engine-status").await?;
        Ok(status.contains(words).then_some(status))
    })
    .await
}

fn requires_no_webgpu_loaded(page: &Page<'_>) -> Result<()> {
    let asked = page.site.asked();
    let loaded: Vec<_> = asked
        .iter()
        .filter(|url| url.contains("/workers/gpu") || url.contains("program=gpu"))
        .collect();
    ensure!(loaded.is_empty(), "WebGPU was loaded unasked: {loaded:?}");
    Ok(())
}
