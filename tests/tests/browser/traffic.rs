//! Whom the page and its workers spoke to.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::server::Site;

/// A line of the network log, as far as it is about a request.
#[derive(Deserialize)]
struct Line {
    params: Request,
}

#[derive(Deserialize)]
struct Request {
    /// The origin that asks; the browser itself asks other places for other things.
    initiator: String,
    url: String,
}

/// Requires that nothing outside the site's folder was asked for, by what the server heard and by the network log that
/// the browser wrote into `log`.
pub fn requires_all_within(site: &Site, log: &Path) -> Result<()> {
    let log = fs::read_to_string(log).context("the browser left no network log")?;
    let sent = log
        .lines()
        .filter_map(|line| serde_json::from_str::<Line>(line.trim_end_matches(',')).ok())
        .filter(|line| line.params.initiator == site.origin())
        .map(|line| line.params.url);
    let sent: Vec<String> = sent.collect();
    let (heard, folder) = (site.asked(), site.address());
    // The page itself is asked for by the browser, whatever follows its address.
    let is_page = |url: &String| url.split('?').next() == Some(&folder);
    let unnoted: Vec<_> = heard
        .iter()
        .filter(|url| !sent.contains(url) && !is_page(url))
        .collect();
    ensure!(
        unnoted.is_empty() && !sent.is_empty(),
        "the network log is not complete: {sent:#?} without {unnoted:#?}"
    );
    let foreign: Vec<_> = sent
        .iter()
        .chain(&heard)
        .filter(|url| !url.starts_with(&folder))
        .collect();
    ensure!(foreign.is_empty(), "requests left {folder}: {foreign:#?}");
    Ok(())
}
