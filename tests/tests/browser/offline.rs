//! Visits without a network.

use std::fs;

use anyhow::{Result, ensure};
use serde_json::json;
use shared::input::grey_from_doodle;
use tests::drawings::drawings;

use super::page::{Page, SOON};
use super::pen::Pen;
use super::visit::{Settings, built_site, visit};

/// Waits until the service worker has kept the page, and answers for it.
pub async fn until_kept(page: &Page<'_>) -> Result<()> {
    let script = "return navigator.serviceWorker.controller?.state === 'activated'";
    page.wait("the page to be kept", SOON, async || {
        let kept: bool = page.run(script, json!([])).await?;
        Ok(kept.then_some(()))
    })
    .await
}

/// Has the browser forget its own copies of the site's files, as it may at any time; what the service worker keeps stays.
pub async fn forget_copies(page: &Page<'_>) -> Result<()> {
    let cdp = page.browser.cdp();
    cdp.send_raw("Network.clearBrowserCache", json!({})).await?;
    Ok(())
}

#[tokio::test]
async fn what_was_opened_in_the_first_visit_opens_without_a_network() -> Result<()> {
    visit(Settings::default(), async |page| {
        until_kept(page).await?;
        page.click("#tab-lab").await?;
        page.click("#lab-step-all").await?;
        let first_step = async || {
            page.wait("a step of the laboratory", SOON, async || {
                let text = page.text("#lab-step").await;
                let is_there = text.is_ok_and(|text| text.starts_with("Step 1 of"));
                Ok(is_there.then_some(()))
            })
            .await
        };
        first_step().await?;
        page.site.go_down();
        forget_copies(page).await?;
        page.reload().await?;
        // The address holds the state, which its step belongs to.
        first_step().await
    })
    .await
}

#[tokio::test]
async fn after_one_visit_the_page_works_without_its_server_and_keeps_the_drawing() -> Result<()> {
    visit(Settings::default(), async |page| {
        until_kept(page).await?;
        let (class, drawing) = &drawings()[4];
        page.draw(drawing, Pen::Mouse).await?;
        let seen = page.grey("seen-28").await?;
        page.site.go_down();
        forget_copies(page).await?;
        let before = page.site.asked().len();
        page.reload().await?;
        let answer = page.answer("cpu", SOON).await?;
        ensure!(
            page.grey("seen-28").await? == seen,
            "the drawing is another"
        );
        answer.check(&page.predictor(), &grey_from_doodle(&seen), class)?;
        let mut asked = page.site.asked().split_off(before);
        // The browser itself looks for a later service worker.
        asked.retain(|address| !address.ends_with("/service-worker.js"));
        ensure!(asked.is_empty(), "the page asked for {asked:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_file_that_is_kept_belongs_to_the_site_and_none_is_a_later_one() -> Result<()> {
    visit(Settings::default(), async |page| {
        until_kept(page).await?;
        let script = "return caches.keys()
            .then((names) => Promise.all(names.map((name) => caches.open(name))))
            .then((kept) => Promise.all(kept.map((cache) => cache.keys())))
            .then((requests) => requests.flat().map((request) => request.url))";
        let kept: Vec<String> = page.run(script, json!([])).await?;
        let address = page.site.address();
        ensure!(
            kept.contains(&address),
            "the page itself is not kept: {kept:?}"
        );
        ensure!(kept.iter().all(|url| url.starts_with(&address)), "{kept:?}");
        let is_later = |url: &&String| url.contains("gpu") || url.contains("photos-only");
        ensure!(!kept.iter().any(|url| is_later(&url)), "{kept:?}");
        ensure!(kept.iter().any(|url| url.contains("edgewise-")), "{kept:?}");
        Ok(())
    })
    .await
}

/// What the service worker does once its storage fails, as it is told.
const FAILING_STORAGE: &str = "self.addEventListener('message', ({ data }) => {
    if (data === 'be full') Cache.prototype.put = () => Promise.reject(new DOMException('It is full.', 'QuotaExceededError'));
    if (data === 'be broken') caches.open = () => Promise.reject(new Error('It is broken.'));
});";

#[tokio::test]
async fn a_browser_that_keeps_nothing_more_shows_what_the_server_has() -> Result<()> {
    let worker = fs::read_to_string(built_site()?.join("service-worker.js"))?;
    let settings = Settings {
        replaced: Some((
            "service-worker.js",
            format!("{FAILING_STORAGE}\n{worker}").into_bytes(),
        )),
        ..Settings::default()
    };
    visit(settings, async |page| {
        until_kept(page).await?;
        let tell = "navigator.serviceWorker.controller.postMessage(arguments[0])";
        page.run::<Option<String>>(tell, json!(["be full"])).await?;
        page.click("#tab-lab").await?;
        page.appearing("#lab-step").await?;
        page.run::<Option<String>>(tell, json!(["be broken"]))
            .await?;
        page.click("#tab-draw").await?;
        page.reload().await?;
        page.draw(&drawings()[4].1, Pen::Mouse).await?;
        page.answer("cpu", SOON).await?;
        Ok(())
    })
    .await
}
