//! One picture on both engines.

use std::time::Duration;

use anyhow::{Result, ensure};
use shared::input::grey_from_doodle;
use tests::drawings::drawings;

use super::page::SOON;
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
        let guesser = page.guesser();
        let (class, drawing) = &drawings()[4];
        page.draw(drawing, Pen::Mouse).await?;
        let seen = grey_from_doodle(&page.grey("seen-28").await?);
        for (engine, name, limit) in [
            ("cpu", "the CPU engine", SOON),
            ("gpu", "WebGPU", GPU_LIMIT),
        ] {
            page.click(&format!("#engine-{engine}")).await?;
            let answer = page.answer(engine, limit).await?;
            answer.check(&guesser, &seen, class)?;
            ensure!(
                answer.engine == engine,
                "the page is marked as answered by {:?} instead of {engine:?}",
                answer.engine
            );
            let status = page.text("#engine-status").await?;
            ensure!(
                status.starts_with(&format!("Using {name}")) && status.contains("as you chose"),
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
        let status = page.wait("word of WebGPU", GPU_LIMIT, async || {
            let status = page.text("#engine-status").await?;
            Ok(status.contains("not available").then_some(status))
        });
        let status = status.await?;
        ensure!(
            status.starts_with("Using the CPU engine") && status.contains("no graphics device"),
            "the status does not say what is used and why: {status}"
        );
        let seen = grey_from_doodle(&page.grey("seen-28").await?);
        let answer = page.answer("cpu", SOON).await?;
        answer.check(&page.guesser(), &seen, class)
    })
    .await
}
