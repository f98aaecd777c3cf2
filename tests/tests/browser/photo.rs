//! A photo's edges, by the file that is chosen, the presets and the sliders.

use std::fs;

use anyhow::{Context, Result, bail, ensure};
use image::imageops::crop_imm;
use image::{DynamicImage, GrayImage, Rgb, RgbImage};
use serde_json::json;
use shared::input::photo_grey;
use shared::picture::{CannyThresholds, canny, luma, resize_rgb};
use tempfile::TempDir;
use tests::golden::{Golden, Operation, Picture, Pixels};
use tests::predictor::Predictor;
use thirtyfour::Key;

use super::page::{Page, SOON};
use super::visit::{Settings, visit};

#[tokio::test]
async fn edges_equal_opencv_at_every_preset() -> Result<()> {
    visit(Settings::default(), async |page| {
        let (golden, predictor, folder) = (Golden::read(), page.predictor(), TempDir::new()?);
        for (name, grey_name) in [
            // A network's input in colour, whose grey is another golden picture, and a picture of its own size.
            ("photo 6 (shapes)", "luma of photo 6 (shapes)"),
            ("grey 75x50 (shapes)", "grey 75x50 (shapes)"),
        ] {
            let photo = picture(&golden, name)?.pixels.clone();
            let photo = match photo {
                Pixels::Grey(grey) => DynamicImage::from(grey).to_rgb8(),
                Pixels::Rgb(rgb) => rgb,
            };
            open(page, &folder, &photo).await?;
            for thresholds in CannyThresholds::PRESETS {
                press(page, thresholds).await?;
                found(page, thresholds).await?;
                let Some(expected) = opencv(&golden, grey_name, thresholds) else {
                    continue;
                };
                let what = format!("{name} at {thresholds:?}");
                requires_edges(page, "photo-edges", expected, &what).await?;
                requires_answer(page, &predictor, &photo, thresholds, &what).await?;
            }
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn sliders_move_the_edges_of_a_large_photo() -> Result<()> {
    visit(Settings::default(), async |page| {
        let (golden, predictor, folder) = (Golden::read(), page.predictor(), TempDir::new()?);
        let small = picture(&golden, "picture 160x120x3 (shapes)")?.rgb();
        let photo = resize_rgb(small, 800, 600);
        open(page, &folder, &photo).await?;
        for (slider, key, low, high) in [
            ("#low", Key::Left, 160.0, 300.0),
            ("#high", Key::Right, 160.0, 310.0),
            ("#high", Key::Home, 0.0, 0.0),
            ("#low", Key::Right, 10.0, 10.0),
            ("#high", Key::End, 10.0, 1000.0),
        ] {
            page.appearing(slider).await?.send_keys(key).await?;
            let thresholds = CannyThresholds::new(low, high);
            found(page, thresholds).await?;
            let what = format!("the large photo at {thresholds:?}");
            // Shrunk as far as the screen requires.
            let (width, height) = page.grey("photo-edges").await?.dimensions();
            ensure!(width <= 800 && height <= 600, "{what}: {width} x {height}");
            let grey = luma(&resize_rgb(&photo, width, height));
            requires_edges(page, "photo-edges", &canny(&grey, thresholds), &what).await?;
            requires_answer(page, &predictor, &photo, thresholds, &what).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_network_sees_the_crop() -> Result<()> {
    visit(Settings::default(), async |page| {
        let (golden, predictor, folder) = (Golden::read(), page.predictor(), TempDir::new()?);
        let small = picture(&golden, "picture 160x120x3 (shapes)")?.rgb();
        let photo = resize_rgb(small, 320, 240);
        open(page, &folder, &photo).await?;
        let thresholds = CannyThresholds::default();
        // As WebDriver codes them: the arrows to the left and up, and Home.
        let (to_left, up, home) = ("\u{e012}", "\u{e013}", "\u{e011}");
        for (key, left, top, side) in [
            ("-", 43, 3, 234),
            ("-", 46, 6, 228),
            (to_left, 43, 6, 228),
            (up, 43, 3, 228),
            (home, 40, 0, 240),
        ] {
            page.appearing("#crop").await?.send_keys(key).await?;
            let what = format!("{side} by {side} pixels, {left} from the left, {top} from the top");
            page.wait(&what, SOON, async || {
                let script = "return document.getElementById('crop-place').textContent";
                let place: String = page.run(script, json!([])).await?;
                Ok((place == what).then_some(()))
            })
            .await?;
            let part = crop_imm(&photo, left, top, side, side).to_image();
            let edges = DynamicImage::from(canny(&photo_grey(&part), thresholds)).to_rgb8();
            page.wait("its edges", SOON, async || {
                Ok((page.picture("photo-edges-32").await? == edges).then_some(()))
            })
            .await?;
            requires_answer(page, &predictor, &part, thresholds, &what).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_sample_is_opened_and_answered() -> Result<()> {
    visit(Settings::default(), async |page| {
        page.click("#tab-photo").await?;
        for index in 1..=6 {
            page.click(&format!("ul.samples li:nth-child({index}) button"))
                .await?;
            let name = format!("sample {index}");
            page.wait(&name, SOON, async || {
                let script = "const photo = document.getElementById('photo-original');
                    const sample = document.querySelectorAll('ul.samples img')[arguments[0]];
                    return photo.width === sample.naturalWidth && photo.height === sample.naturalHeight
                      && document.querySelector('#photo-answer .number').textContent !== '';";
                let shown: bool = page.run(script, json!([index - 1])).await?;
                Ok(shown.then_some(()))
            })
            .await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_photo_too_large_is_refused_at_once_and_the_page_continues() -> Result<()> {
    visit(Settings::default(), async |page| {
        let folder = TempDir::new()?;
        let photo = RgbImage::from_fn(90, 60, |x, y| Rgb([x as u8 * 2, y as u8 * 4, 9]));
        open(page, &folder, &photo).await?;
        // What begins like a picture of 20,000 x 20,000 pixels.
        let header = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x4e\x20\0\0\x4e\x20\x08\x02\0\0\0";
        told(
            page,
            &folder,
            "bomb.png",
            header,
            "it has 400 megapixels, and the limit is 100",
        )
        .await?;
        told(
            page,
            &folder,
            "notes.txt",
            b"Dear diary",
            "“notes.txt” is not a picture",
        )
        .await?;
        told(
            page,
            &folder,
            "empty.png",
            b"",
            "“empty.png” is an empty file",
        )
        .await?;
        told(
            page,
            &folder,
            "cut.jpg",
            b"\xff\xd8\xff\xe0",
            "“cut.jpg” is damaged",
        )
        .await?;
        let shown = page.picture("photo-original").await?;
        ensure!(shown == photo, "the photo before is gone");
        let other = RgbImage::from_fn(40, 50, |x, y| Rgb([x as u8, y as u8, 200]));
        open(page, &folder, &other).await?;
        let error = page.find("#error").await?;
        ensure!(!error.is_displayed().await?, "the sentence stays");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_photo_that_cannot_be_opened_for_want_of_a_program_is_told() -> Result<()> {
    let settings = Settings {
        lost: Some("workers/photo.js"),
        ..Settings::default()
    };
    visit(settings, async |page| {
        let folder = TempDir::new()?;
        told(
            page,
            &folder,
            "a.png",
            b"\x89PNG\r\n\x1a\n",
            "“a.png” could not be opened",
        )
        .await
    })
    .await
}

fn picture<'a>(golden: &'a Golden, name: &str) -> Result<&'a Picture> {
    let mut pictures = golden.pictures.iter();
    pictures
        .find(|picture| picture.name == name)
        .with_context(|| format!("there is no golden picture {name:?}"))
}

/// The edges that OpenCV finds in a golden picture, where these thresholds are among the golden ones.
fn opencv<'a>(golden: &'a Golden, name: &str, wanted: CannyThresholds) -> Option<&'a GrayImage> {
    let case = golden.cases.iter().find(|case| match case.operation {
        Operation::Canny { source, low, high } => {
            golden.pictures[source].name == name && CannyThresholds::new(low, high) == wanted
        }
        _ => false,
    })?;
    Some(golden.pictures[case.answer].grey())
}

/// Chooses `photo` as a file, and waits until the page shows as large a one.
pub async fn open(page: &Page<'_>, folder: &TempDir, photo: &RgbImage) -> Result<()> {
    let file = folder.path().join("photo.png");
    photo.save(&file)?;
    page.choose(&file).await?;
    let caption = format!("{} × {}", photo.width(), photo.height());
    page.wait(&format!("the photo of {caption}"), SOON, async || {
        let shown = page.text(".photo > .caption").await?;
        let shown = shown.replace('\u{a0}', " ");
        Ok(shown.contains(&caption).then_some(()))
    })
    .await?;
    // The edges are found anew once it is known how large the photo is shown.
    page.wait("edges as large as the screen shows them", SOON, async || {
        let script = "const canvas = document.getElementById('photo-edges');
            const { width, height } = canvas.getBoundingClientRect();
            const [room_width, room_height] = canvas.parentElement.dataset.room.split(' ').map(Number);
            const fits = (room, side) => Math.abs(room - side * devicePixelRatio) <= 1;
            return fits(room_width, width) && fits(room_height, height);";
        Ok(page.run::<bool>(script, json!([])).await?.then_some(()))
    })
    .await
}

/// Chooses a file with these bytes, and waits until the page says something with these words.
async fn told(
    page: &Page<'_>,
    folder: &TempDir,
    name: &str,
    bytes: &[u8],
    words: &str,
) -> Result<()> {
    let file = folder.path().join(name);
    fs::write(&file, bytes)?;
    page.choose(&file).await?;
    page.wait(words, SOON, async || {
        let said = page.text("#error").await?;
        Ok(said.contains(words).then_some(()))
    })
    .await
}

/// Waits until the page shows the edges of these thresholds.
async fn found(page: &Page<'_>, thresholds: CannyThresholds) -> Result<()> {
    let CannyThresholds { low, high } = thresholds;
    let selector = format!(".compare[data-thresholds='{low} {high}']");
    page.wait(&format!("the edges of {thresholds:?}"), SOON, async || {
        Ok(page.find(&selector).await.ok())
    })
    .await?;
    Ok(())
}

async fn press(page: &Page<'_>, thresholds: CannyThresholds) -> Result<()> {
    let CannyThresholds { low, high } = thresholds;
    page.click(&format!("[data-low='{low}'][data-high='{high}']"))
        .await
}

async fn requires_edges(page: &Page<'_>, id: &str, expected: &GrayImage, what: &str) -> Result<()> {
    let found = Pixels::Grey(page.grey(id).await?);
    match found.difference(&Pixels::Grey(expected.clone())) {
        Some(difference) => bail!("{what}: #{id}: {difference}"),
        None => Ok(()),
    }
}

/// Requires the network's input and its answer to be those of the photo.
async fn requires_answer(
    page: &Page<'_>,
    predictor: &Predictor,
    photo: &RgbImage,
    thresholds: CannyThresholds,
    what: &str,
) -> Result<()> {
    let edges = canny(&photo_grey(photo), thresholds);
    requires_edges(page, "photo-edges-32", &edges, what).await?;
    let answer = page.answer("cpu", SOON).await?;
    answer.check(predictor, &edges, what)
}
