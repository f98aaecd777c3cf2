//! The open page: what a visitor sees and does.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use image::{GrayImage, Luma, RgbImage};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{By, WebDriver, WebElement};
use tokio::time::sleep;

use super::server::Site;

/// How long anything but WebGPU may take on a busy machine.
pub const SOON: Duration = Duration::from_secs(60);

/// The page in its browser.
pub struct Page<'a> {
    /// The browser.
    pub browser: WebDriver,
    /// The server.
    pub site: &'a Site,
}

/// A canvas's pixels.
#[derive(Deserialize)]
struct Pixels {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl<'a> Page<'a> {
    /// Opens the page, and waits until an engine answers or it is clear that none will.
    pub async fn open(browser: WebDriver, site: &'a Site) -> Result<Self> {
        let page = Self { browser, site };
        page.go_to(&site.address()).await?;
        Ok(page)
    }

    /// Goes to an address of the page, and waits until an engine answers or it is clear that none will.
    pub async fn go_to(&self, address: &str) -> Result<()> {
        self.browser.goto(address).await?;
        self.until_started().await
    }

    /// Loads the page again, and waits until an engine answers or it is clear that none will.
    pub async fn reload(&self) -> Result<()> {
        self.browser.refresh().await?;
        self.until_started().await
    }

    /// The browser calls a page loaded before the app has put its parts there.
    async fn until_started(&self) -> Result<()> {
        self.wait("an engine or a failure", SOON, async || {
            let loading: bool = self
                .run(
                    "return document.body.dataset.engine === 'loading'",
                    json!([]),
                )
                .await?;
            Ok((!loading).then_some(()))
        })
        .await
    }

    /// Waits for the view in front, which comes as a part of its own, to be there.
    pub async fn until_loaded(&self, view: &str) -> Result<()> {
        self.wait(view, SOON, async || {
            let is_there = "const panel = document.querySelector('[role=tabpanel]:not([hidden])');
                return panel.childElementCount > 0 && panel.querySelector('p[aria-busy=true]') === null";
            Ok(self.run::<bool>(is_there, json!([])).await?.then_some(()))
        })
        .await
    }

    /// What the page's own JavaScript would get.
    pub async fn run<T: DeserializeOwned>(&self, script: &str, arguments: Value) -> Result<T> {
        let arguments = arguments.as_array().cloned().unwrap_or_default();
        let answer = self.browser.execute(script, arguments).await;
        let answer = answer.with_context(|| format!("in JavaScript: {script}"))?;
        Ok(answer.convert()?)
    }

    /// Looks again and again until there is something.
    pub async fn wait<T>(
        &self,
        what: &str,
        limit: Duration,
        mut look: impl AsyncFnMut() -> Result<Option<T>>,
    ) -> Result<T> {
        let start = Instant::now();
        loop {
            if let Some(found) = look().await? {
                return Ok(found);
            }
            if start.elapsed() > limit {
                let said: String = self
                    .run("return document.body.innerText", json!([]))
                    .await?;
                bail!("waited {limit:?} for {what} in vain; the page says:\n{said}");
            }
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// The first element of a CSS selector.
    pub async fn find(&self, selector: &str) -> Result<WebElement> {
        let element = self.browser.find(By::Css(selector)).await;
        element.with_context(|| format!("{selector} is not on the page"))
    }

    /// The first element of a CSS selector, as soon as there is one: parts of the page come when they are opened.
    pub async fn appearing(&self, selector: &str) -> Result<WebElement> {
        self.wait(selector, SOON, async || Ok(self.find(selector).await.ok()))
            .await
    }

    /// Clicks an element as soon as it is there, and opens what it is folded into before.
    pub async fn click(&self, selector: &str) -> Result<()> {
        self.appearing(selector).await?;
        let open = "const folded = document.querySelector(arguments[0])?.closest('details');
            if (folded) folded.open = true;";
        self.run::<Value>(open, json!([selector])).await?;
        let clicked = self.find(selector).await?.click().await;
        clicked.with_context(|| format!("{selector} cannot be clicked"))
    }

    /// The text in an element, also where it is folded away.
    pub async fn text(&self, selector: &str) -> Result<String> {
        let text = self.find(selector).await?.prop("textContent").await?;
        Ok(text.unwrap_or_default())
    }

    /// Chooses a file in the photo view.
    pub async fn choose(&self, file: &Path) -> Result<()> {
        self.click("#tab-photo").await?;
        let input = self.appearing("#photo-file").await?;
        Ok(input.send_keys(file.to_string_lossy()).await?)
    }

    /// The picture on a canvas.
    pub async fn picture(&self, id: &str) -> Result<RgbImage> {
        let script = "const canvas = document.getElementById(arguments[0]);
            const { width, height } = canvas;
            const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
            return { width, height, rgb: Array.from(data).filter((_, place) => place % 4 < 3) };";
        let Pixels { width, height, rgb } = self.run(script, json!([id])).await?;
        RgbImage::from_raw(width, height, rgb)
            .with_context(|| format!("#{id} has too few pixels for {width} by {height}"))
    }

    /// The picture on a canvas without colours.
    pub async fn grey(&self, id: &str) -> Result<GrayImage> {
        let picture = self.picture(id).await?;
        let colour = picture.pixels().find(|pixel| pixel.0 != [pixel.0[0]; 3]);
        ensure!(colour.is_none(), "#{id} has a colour: {colour:?}");
        let (width, height) = picture.dimensions();
        Ok(GrayImage::from_fn(width, height, |x, y| {
            Luma([picture.get_pixel(x, y).0[0]])
        }))
    }
}
