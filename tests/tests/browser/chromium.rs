//! Chromium and the program that steers it.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use serde_json::json;
use thirtyfour::common::capabilities::chrome::ChromeCapabilities;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{
    ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel as Level, WebDriver,
};

use super::phone::WIDTH;
use super::visit::{Gpu, Settings};

/// For any user, and with as little as possible of what a browser does by itself.
const ARGUMENTS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--no-first-run",
    "--window-size=1280,1100",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-quic",
    "--disable-sync",
    // Nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

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

    /// Opens a browser that keeps its things in the empty folder `profile`.
    pub async fn open(&self, settings: &Settings, profile: &Path) -> Result<WebDriver> {
        let capabilities = capabilities(settings, profile)?;
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

/// Where in a browser's `profile` every request is noted.
pub fn network_log(profile: &Path) -> PathBuf {
    profile.join("network.json")
}

fn capabilities(settings: &Settings, profile: &Path) -> WebDriverResult<ChromeCapabilities> {
    let mut chrome = DesiredCapabilities::chrome();
    let gpu: &[&str] = match settings.gpu {
        Gpu::Unknown | Gpu::Refused => &["--disable-gpu"],
        Gpu::Emulated => &["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"],
    };
    for argument in ARGUMENTS.iter().chain(gpu) {
        chrome.add_arg(argument)?;
    }
    let log = network_log(profile);
    chrome.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    chrome.add_arg(&format!("--log-net-log={}", log.display()))?;
    chrome.set_browser_log_level(Level::All)?;
    if settings.phone {
        let screen = json!({ "width": WIDTH, "height": 844, "pixelRatio": 3.0, "touch": true });
        chrome.add_experimental_option("mobileEmulation", json!({ "deviceMetrics": screen }))?;
    }
    Ok(chrome)
}
