//! Weights of anyone's own classes.

use anyhow::{Context, Result, ensure};
use burn::tensor::Device;
use serde_json::json;
use shared::input::grey_from_doodle;
use shared::{
    classes::ClassNames,
    model::{ClassifierConfig, FeatureExtractorConfig},
    weights::{Metadata, bytes_from_classifier},
};
use tests::drawings::drawings;
use tests::predictor::Predictor;

use super::page::SOON;
use super::pen::Pen;
use super::visit::{Settings, visit};

#[tokio::test]
async fn the_address_may_name_other_weights_of_the_site_and_no_others() -> Result<()> {
    visit(Settings::default(), async |page| {
        let file = page.site.file("assets/weights/photos-only.safetensors")?;
        let address = page.site.address();
        let with_others = page.site.address_with_weights("photos-only.safetensors")?;
        page.go_to(&with_others).await?;
        let (class, drawing) = &drawings()[4];
        page.draw(drawing, Pen::Mouse).await?;
        let seen = grey_from_doodle(&page.grey("seen-28").await?);
        let answer = page.answer("cpu", SOON).await?;
        answer.check(&Predictor::open(&file), &seen, class)?;
        let told = page.text("#own-weights").await?;
        let (_, name) = with_others.rsplit_once('/').context("a path")?;
        ensure!(told.contains(name), "{told}");
        page.click("#own-weights a").await?;
        page.answer("cpu", SOON)
            .await?
            .check(&page.predictor(), &seen, class)?;
        page.go_to(&format!(
            "{address}?weights=https://example.org/a.safetensors"
        ))
        .await?;
        page.answer("cpu", SOON)
            .await?
            .check(&page.predictor(), &seen, class)?;
        let told = page.text("#error").await?;
        ensure!(told.contains("must belong to this site"), "{told}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_page_shows_the_classes_that_the_weights_name() -> Result<()> {
    let names = ["circle", "square", "Dreieck & <Stern>"].map(str::to_owned);
    let classes = ClassNames::new(names.to_vec())?;
    let extractor = FeatureExtractorConfig::new().with_width(2);
    let classifier = ClassifierConfig::new(classes.len(), extractor).init(&Device::flex());
    let weights = bytes_from_classifier(&classifier, &Metadata::new(classes, 2))?;
    let settings = Settings {
        replaced: Some(("assets/weights/edgewise.safetensors", weights)),
        ..Settings::default()
    };
    visit(settings, async |page| {
        page.draw(&drawings()[0].1, Pen::Mouse).await?;
        let script = "return [...document.querySelectorAll('.bar')].map(bar => [bar.querySelector('.bar-name').textContent, \
                      bar.querySelector('.bar-percent').textContent])";
        let bars: Vec<(String, String)> = page
            .wait("three bars with an answer", SOON, async || {
                let bars: Vec<(String, String)> = page.run(script, json!([])).await?;
                let all = bars.len() == 3 && bars.iter().all(|bar| !bar.1.is_empty());
                Ok(all.then_some(bars))
            })
            .await?;
        let shown: Vec<&str> = bars.iter().map(|bar| bar.0.as_str()).collect();
        ensure!(shown == names, "the bars are {bars:?}");
        let answer = page.text("#guess").await?;
        ensure!(
            !answer.contains("it’s a"),
            "no article is known for these classes: {answer}"
        );
        Ok(())
    })
    .await
}
