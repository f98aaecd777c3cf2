//! `figures`: what the data looks like, and what Canny makes of pictures.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Subcommand;
use image::GrayImage;
use shared::{
    classes::{ClassId, ClassNames},
    input::{edges_from_photo, photo_grey},
    picture::{CannyThresholds, canny, luma},
};

use super::ensure_apart;
use crate::{
    data::{self, DataSet, Labels},
    figures::{Cell, Row, grid, write_figure},
    note, say,
};

/// Which figure.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// One photo of each class, its edges, and doodles, in a labelled grid.
    Samples(Samples),
    /// A picture, its grey, and its Canny edges at several thresholds.
    Canny(Canny),
}

/// Options of `figures samples`.
#[derive(Debug, clap::Args)]
pub struct Samples {
    /// Folder or zip in the course's layout [default: EDGEWISE_DATA, data/real_or_drawing, or the embedded sample].
    #[arg(long)]
    data: Option<PathBuf>,
    /// CSV file `id,label`: doodles are shown by class; without it, the first ones are shown.
    #[arg(long, value_name = "CSV")]
    labels: Option<PathBuf>,
    /// Which picture of each class, from 0.
    #[arg(long, default_value_t = 0)]
    number: usize,
    /// The figure to write, .svg or .png.
    #[arg(long, value_name = "FILE", default_value = "samples.svg")]
    out: PathBuf,
}

/// Options of `figures canny`.
#[derive(Debug, clap::Args)]
pub struct Canny {
    /// Pictures of any size, a row each.
    #[arg(required = true, value_name = "PICTURE")]
    pictures: Vec<PathBuf>,
    /// A pair LOW,HIGH of thresholds, a column each; repeat the option for each pair.
    #[arg(
        long,
        value_name = "LOW,HIGH",
        value_parser = thresholds,
        default_values = ["50,100", "150,200", "250,300"]
    )]
    thresholds: Vec<CannyThresholds>,
    /// Edges of the picture at its own size, not of the 32x32 pixels that the network sees.
    #[arg(long)]
    own_size: bool,
    /// The figure to write, .svg or .png.
    #[arg(long, value_name = "FILE", default_value = "canny.svg")]
    out: PathBuf,
}

/// Draws.
///
/// # Errors
/// When the pictures cannot be read or the figure cannot be written.
pub fn run(verb: &Verb) -> anyhow::Result<()> {
    let (out, rows, side) = match verb {
        Verb::Samples(args) => (&args.out, samples(args)?, 96),
        Verb::Canny(args) => {
            let side = if args.own_size { 240 } else { 160 };
            ensure_apart(&args.out, args.pictures.iter().map(PathBuf::as_path))?;
            (&args.out, panels(args)?, side)
        }
    };
    let undrawn = write_figure(out, &grid(&rows, side)?)?;
    say!("{}", out.display());
    if let Some(words) = undrawn.sentence() {
        note!("{words}");
    }
    Ok(())
}

fn samples(args: &Samples) -> anyhow::Result<Vec<Row>> {
    let found = data::find(args.data.as_deref());
    ensure_apart(&args.out, found.location.as_deref())?;
    note!("data: {found}");
    let data = data::open_or_draw(&found)?;
    let row = |title: &str, cells| Row {
        title: title.to_owned(),
        cells,
    };
    let (mut photos, mut edges) = (Vec::new(), Vec::new());
    for (class, name) in named(&data.classes) {
        let mut of_class = data.photos.labels.iter().enumerate();
        let place = of_class
            .by_ref()
            .filter(|(_, label)| **label == class)
            .nth(args.number);
        let (place, _) = place
            .with_context(|| format!("--number {}: class {name} has fewer photos", args.number))?;
        let photo = &data.photos.pictures[place];
        photos.push(Cell::new(photo.clone(), name));
        edges.push(Cell::new(
            edges_from_photo(photo, CannyThresholds::default()),
            name,
        ));
    }
    let doodles = match &args.labels {
        Some(file) => {
            let labels = Labels::read(file, &data.doodles, &data.classes)?;
            row(
                "target: doodles, by the labels given",
                labelled(&data, &labels, args.number),
            )
        }
        None => row(
            "target: doodles, without labels",
            unlabelled(&data, args.number),
        ),
    };
    Ok(vec![
        row("source: photos", photos),
        row("their edges, Canny (170, 300)", edges),
        doodles,
    ])
}

fn named(classes: &ClassNames) -> impl Iterator<Item = (ClassId, &str)> {
    classes
        .ids()
        .zip(classes.names().iter().map(String::as_str))
}

fn labelled(data: &DataSet, labels: &Labels, number: usize) -> Vec<Cell> {
    let of_class = |class| {
        let pictures = data.doodles.ids.iter().zip(&data.doodles.pictures);
        let mut matching = pictures.filter(move |(id, _)| labels.get(**id) == Some(class));
        matching.nth(number)
    };
    named(&data.classes)
        .filter_map(|(class, name)| Some(Cell::new(of_class(class)?.1.clone(), name)))
        .collect()
}

fn unlabelled(data: &DataSet, number: usize) -> Vec<Cell> {
    let count = data.classes.len();
    let doodles = data.doodles.ids.iter().zip(&data.doodles.pictures);
    doodles
        .skip(number * count)
        .take(count)
        .map(|(id, doodle)| Cell::new(doodle.clone(), id.to_string()))
        .collect()
}

fn panels(args: &Canny) -> anyhow::Result<Vec<Row>> {
    args.pictures
        .iter()
        .map(|file| {
            Ok(Row {
                title: file.display().to_string(),
                cells: cells(file, args)?,
            })
        })
        .collect()
}

fn cells(file: &Path, args: &Canny) -> anyhow::Result<Vec<Cell>> {
    let picture = data::picture_file(file)?;
    let grey: GrayImage = if args.own_size {
        luma(&picture)
    } else {
        photo_grey(&picture)
    };
    ensure!(
        grey.width() >= 3 && grey.height() >= 3,
        "{}: {}x{} pixels are too few for edges; give at least 3x3",
        file.display(),
        grey.width(),
        grey.height()
    );
    let edges = args.thresholds.iter().map(|pair| {
        let caption = format!("({}, {})", pair.low, pair.high);
        Cell::new(canny(&grey, *pair), caption)
    });
    let edges: Vec<Cell> = edges.collect();
    let mut cells = vec![Cell::new(picture, "original"), Cell::new(grey, "grey")];
    cells.extend(edges);
    Ok(cells)
}

fn thresholds(text: &str) -> Result<CannyThresholds, String> {
    let pair = text.split_once(',').and_then(|(low, high)| {
        let (low, high) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
        (f64::is_finite(low) && f64::is_finite(high) && low >= 0.0 && low <= high)
            .then_some(CannyThresholds { low, high })
    });
    pair.ok_or_else(|| format!("`{text}` is no pair of thresholds: give LOW,HIGH, such as 170,300"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_an_ascending_pair() {
        let pair = thresholds("50, 100").unwrap();
        assert_eq!((pair.low, pair.high), (50.0, 100.0));
        for text in ["", "50", "100,50", "-1,5", "NaN,5", "a,b", "1,inf"] {
            assert!(thresholds(text).is_err(), "{text}");
        }
    }
}
