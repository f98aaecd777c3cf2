//! One picture on both engines.

use std::time::Duration;

use anyhow::{Result, ensure};
use shared::input::grey_from_doodle;
use tests::drawings::drawings;

use super::page::SOON;
use super::pen::Pen;
use super::visit::{Settings, visit};

/// Without a graphics card WebGPU compiles and computes on a processor that others use too.
const GPU_LIMIT: Duration = Duration::from_secs(600);

#[tokio::test]
async fn both_engines_agree_with_the_native_classifier() -> Result<()> {
    let settings = Settings {
        gpu: true,
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
