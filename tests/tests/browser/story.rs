//! The story, with the site's own file, photos and engine.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::accessibility::{load_axe, look};
use super::offline::{forget_copies, until_kept};
use super::page::{Page, SOON};
use super::phone::WIDTH;
use super::visit::{Settings, visit};

const FILE: &str = "assets/story.safetensors";

/// Waits until an element has a text.
async fn await_text(page: &Page<'_>, selector: &str, wanted: &str) -> Result<()> {
    page.wait(wanted, SOON, async || {
        let text = page.text(selector).await;
        Ok(text.is_ok_and(|text| text.contains(wanted)).then_some(()))
    })
    .await
}

/// Whether an element takes up room.
async fn is_visible(page: &Page<'_>, selector: &str) -> Result<bool> {
    let script = "return (document.querySelector(arguments[0])?.offsetHeight ?? 0) > 0";
    page.run(script, json!([selector])).await
}

async fn await_visible(page: &Page<'_>, selector: &str) -> Result<()> {
    page.wait(selector, SOON, async || {
        Ok(is_visible(page, selector).await?.then_some(()))
    })
    .await
}

/// Opens the story and all that is folded in it, with a drawing on the map.
pub async fn open_all(page: &Page<'_>) -> Result<()> {
    page.click("#tab-story").await?;
    await_visible(page, "#film").await?;
    await_visible(page, ".canny-pixel").await?;
    let unfold =
        "document.querySelectorAll('.story details').forEach((folded) => (folded.open = true))";
    page.run::<Value>(unfold, json!([])).await?;
    page.click("#story-examples button:nth-child(5)").await?;
    await_visible(page, "#deeper-atlas").await?;
    await_visible(page, "#map-nearest li:nth-child(5)").await
}

#[tokio::test]
async fn nothing_of_the_story_comes_before_it_is_opened() -> Result<()> {
    visit(Settings::default(), async |page| {
        let is_story = |url: &String| url.contains("story");
        let early: Vec<String> = page.site.asked().into_iter().filter(is_story).collect();
        ensure!(early.is_empty(), "a visit begins with {early:?}");
        page.click("#tab-story").await?;
        await_visible(page, "#film").await?;
        let asked = page.site.asked();
        ensure!(
            asked.iter().any(|url| url.contains("/assets/story")),
            "{asked:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_drawing_finds_its_neighbours_and_its_feature_maps() -> Result<()> {
    visit(Settings::default(), async |page| {
        open_all(page).await?;
        await_text(page, "#story-says", "cat").await?;
        let nearest = page.text("#map-nearest").await?;
        ensure!(nearest.contains("cat"), "no cat is near a cat: {nearest}");
        for (block, side) in [(1, 32), (3, 8), (5, 2)] {
            page.click(&format!("#deeper-block-{block}")).await?;
            let size = format!("{side} × {side}");
            await_text(page, "#deeper-about", &size).await?;
            let before = page.picture("deeper-before").await?;
            ensure!(before.width() == 8 * side, "{} pixels", before.width());
            await_text(page, "#deeper-value", "ReLU").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn keys_move_what_a_pointer_moves() -> Result<()> {
    visit(Settings::default(), async |page| {
        open_all(page).await?;
        for (slider, shown) in [
            ("#canny-x", "#canny-magnitude"),
            ("#canny-low", "[for='canny-low'] output"),
            ("#film-at", "#film-epoch"),
            ("#film-point", "[for='film-point'] output"),
            ("#deeper-map", "[for='deeper-map'] output"),
        ] {
            let before = page.text(shown).await?;
            let home = before.clone();
            let input = page.find(slider).await?;
            for key in ["\u{e011}", "\u{e014}", "\u{e014}"] {
                input.send_keys(key).await?;
            }
            page.wait(slider, SOON, async || {
                Ok((page.text(shown).await? != home).then_some(()))
            })
            .await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_story_that_was_opened_is_there_without_a_network() -> Result<()> {
    visit(Settings::default(), async |page| {
        until_kept(page).await?;
        let address = format!("{}#story", page.site.address());
        page.browser.goto("about:blank").await?;
        page.go_to(&address).await?;
        open_all(page).await?;
        page.site.go_down();
        page.browser.goto("about:blank").await?;
        forget_copies(page).await?;
        page.go_to(&address).await?;
        open_all(page).await
    })
    .await
}

#[tokio::test]
async fn a_hostile_or_missing_file_is_a_sentence_and_the_rest_works() -> Result<()> {
    let mut cut = vec![0xff; 4096];
    cut[..8].copy_from_slice(&u64::MAX.to_le_bytes());
    for settings in [
        Settings {
            lost: Some(FILE),
            ..Settings::default()
        },
        Settings {
            replaced: Some((FILE, b"<!doctype html><p>Welcome".to_vec())),
            ..Settings::default()
        },
        Settings {
            replaced: Some((FILE, cut)),
            ..Settings::default()
        },
    ] {
        visit(settings, async |page| {
            page.click("#tab-story").await?;
            await_text(page, "#story-failed", "missing").await?;
            ensure!(!is_visible(page, ".film").await?);
            await_visible(page, ".canny-pixel").await?;
            page.click("#story-examples button:nth-child(5)").await?;
            await_text(page, "#story-says", "cat").await
        })
        .await?;
    }
    Ok(())
}

async fn is_clean(settings: Settings) -> Result<()> {
    let is_phone = settings.phone;
    visit(settings, async |page| {
        open_all(page).await?;
        load_axe(page).await?;
        let mut found = Vec::new();
        look(page, "the story, unfolded", &mut found).await?;
        ensure!(found.is_empty(), "{}", found.join("\n"));
        if is_phone {
            let width: f64 = page
                .run("return document.documentElement.scrollWidth", json!([]))
                .await?;
            ensure!(
                width <= f64::from(WIDTH),
                "the story is {width} pixels wide"
            );
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn axe_finds_nothing_and_on_a_phone_it_fits() -> Result<()> {
    is_clean(Settings::default()).await?;
    is_clean(Settings {
        phone: true,
        ..Settings::default()
    })
    .await
}

#[tokio::test]
async fn with_other_weights_the_story_of_the_site_s_own_is_left_out() -> Result<()> {
    visit(Settings::default(), async |page| {
        let address = page.site.address_with_weights("photos-only.safetensors")?;
        page.browser.goto("about:blank").await?;
        page.go_to(&format!("{address}#story")).await?;
        await_text(page, "#story-own-weights", "names other weights").await?;
        await_text(page, "#story-absent", "left out").await?;
        let asked = page.site.asked();
        ensure!(
            !asked.iter().any(|url| url.contains("/assets/story")),
            "{asked:?}"
        );
        Ok(())
    })
    .await
}
