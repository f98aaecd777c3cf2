//! One visit to the site, from starting a browser to looking through its console.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::{WebDriver, WebDriverRunError};

use super::chromium::Driver;
use super::page::Page;
use super::server::Site;

/// How a browser and the site are set up.
#[derive(Default)]
pub struct Settings {
    /// Whether the browser offers WebGPU.
    pub gpu: bool,
    /// A phone's screen instead of a desktop's.
    pub phone: bool,
    /// A file of the site that the server does not have.
    pub lost: Option<&'static str>,
    /// JavaScript that runs before the page's own.
    pub script: Option<&'static str>,
}

/// Opens the page, lets `behave` use it, and requires that the visit left no error in the console and no request went
/// anywhere else. Without a built site nothing is done.
pub async fn visit(
    settings: Settings,
    behave: impl AsyncFnOnce(&Page) -> Result<()>,
) -> Result<()> {
    let Some(files) = env::var_os("EDGEWISE_SITE").map(PathBuf::from) else {
        println!("Skipped: EDGEWISE_SITE names no built site; `cargo xtask test` builds one.");
        return Ok(());
    };
    let site = Site::serve(&files, settings.lost)?;
    let profile = TempDir::new()?;
    let driver = Driver::start()?;
    let browser = driver.open(&settings, profile.path(), &site.host).await?;
    let result = browser
        .run_and_quit(async |browser| {
            if let Some(script) = settings.script {
                let script = json!({ "source": script });
                let cdp = browser.cdp();
                cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", script)
                    .await?;
            }
            let page = Page::open(browser, site).await?;
            behave(&page).await?;
            no_request_left(&page.site)?;
            // A file that is not there is an error in the console too.
            if settings.lost.is_none() {
                no_error_in_console(&page.browser).await?;
            }
            Ok(())
        })
        .await;
    result.map_err(|error| match error {
        WebDriverRunError::Body(error) => error,
        other => anyhow!("{other}"),
    })
}

fn no_request_left(site: &Site) -> Result<()> {
    let asked = site.asked();
    let own = format!("GET {}", site.address());
    let foreign: Vec<_> = asked
        .iter()
        .filter(|line| !line.starts_with(&own))
        .collect();
    ensure!(
        foreign.is_empty(),
        "requests left {}: {foreign:#?}",
        site.address()
    );
    ensure!(!asked.is_empty(), "no request was noted at all");
    Ok(())
}

async fn no_error_in_console(browser: &WebDriver) -> Result<()> {
    let entries = browser
        .browser_log()
        .await
        .context("the console cannot be read")?;
    let errors: Vec<_> = entries
        .iter()
        .filter(|entry| entry.level == "SEVERE")
        .map(|entry| &entry.message)
        .collect();
    ensure!(errors.is_empty(), "the console holds errors: {errors:#?}");
    Ok(())
}
