//! Chromium and the program that steers it.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use serde_json::json;
use thirtyfour::common::capabilities::chrome::ChromeCapabilities;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{
    ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel as Level, WebDriver,
};

use super::phone::WIDTH;
use super::visit::Settings;

/// For tests as any user, and so that the browser asks for nothing by itself.
const ARGUMENTS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--no-first-run",
    "--window-size=1280,1100",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-quic",
    "--disable-sync",
];

const WITHOUT_GPU: [&str; 2] = ["--disable-gpu", "--disable-blink-features=WebGPU"];

/// WebGPU computed by the processor, so that no graphics card is needed.
const WITH_GPU: [&str; 2] = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];

/// A running chromedriver; it ends when it is dropped.
pub struct Driver {
    process: Child,
    port: String,
}

impl Driver {
    /// Starts the one that the environment names, on a port that is free.
    pub fn start() -> Result<Self> {
        let program = env::var_os("CHROMEDRIVER")
            .context("CHROMEDRIVER is not set: run `cargo xtask test`")?;
        let process = Command::new(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} does not start", program.display()))?;
        let mut driver = Self {
            process,
            port: String::new(),
        };
        let output = driver.process.stdout.as_mut();
        let lines = BufReader::new(output.context("chromedriver has no output")?).lines();
        driver.port = lines
            .map_while(Result::ok)
            .find_map(|line| {
                let (_, port) = line.split_once("started successfully on port ")?;
                Some(port.trim_end_matches('.').to_owned())
            })
            .context("chromedriver ended without naming its port")?;
        Ok(driver)
    }

    /// Opens a browser that keeps its things in the empty folder `profile` and sends every request, to whatever place,
    /// to `proxy`.
    pub async fn open(
        &self,
        settings: &Settings,
        profile: &Path,
        proxy: &str,
    ) -> Result<WebDriver> {
        let capabilities = capabilities(settings, profile, proxy)?;
        WebDriver::new(format!("http://127.0.0.1:{}", self.port), capabilities)
            .await
            .context("Chromium does not start")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn capabilities(
    settings: &Settings,
    profile: &Path,
    proxy: &str,
) -> WebDriverResult<ChromeCapabilities> {
    let mut chrome = DesiredCapabilities::chrome();
    let gpu = if settings.gpu { WITH_GPU } else { WITHOUT_GPU };
    for argument in ARGUMENTS.iter().chain(&gpu) {
        chrome.add_arg(argument)?;
    }
    chrome.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    chrome.add_arg(&format!("--proxy-server=http://{proxy}"))?;
    // Without this, requests to this machine pass the proxy by.
    chrome.add_arg("--proxy-bypass-list=<-loopback>")?;
    chrome.set_browser_log_level(Level::All)?;
    if settings.phone {
        let screen = json!({ "width": WIDTH, "height": 844, "pixelRatio": 3.0, "touch": true });
        chrome.add_experimental_option("mobileEmulation", json!({ "deviceMetrics": screen }))?;
    }
    Ok(chrome)
}
