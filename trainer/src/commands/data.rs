//! `data`: what there is to train on, and what is wrong with it.

use std::path::PathBuf;

use anyhow::bail;
use clap::Subcommand;

use crate::data;

/// What to do with data.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Say everything that is wrong with a folder or zip, naming each file.
    Check(Place),
    /// Say which data `train` would use, and why, and what it holds.
    Info(Place),
    /// Write the embedded sample as a folder in the course's layout.
    Sample(Sample),
}

/// Where data is.
#[derive(Debug, clap::Args)]
pub struct Place {
    /// Folder or zip in the course's layout [default: EDGEWISE_DATA, data/real_or_drawing, or the embedded sample].
    data: Option<PathBuf>,
}

/// Options of `data sample`.
#[derive(Debug, clap::Args)]
pub struct Sample {
    /// The folder to make.
    folder: PathBuf,
    /// Decides every picture.
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

/// Does it.
///
/// # Errors
/// When the data cannot be read or written, and for `check` when anything is wrong with it.
pub fn run(verb: &Verb) -> anyhow::Result<()> {
    match verb {
        Verb::Check(place) => check(place),
        Verb::Info(place) => info(place),
        Verb::Sample(sample) => {
            data::write_sample(sample.seed, &sample.folder)?;
            println!(
                "{}: the embedded sample, drawn from seed {}",
                sample.folder.display(),
                sample.seed
            );
            Ok(())
        }
    }
}

fn check(place: &Place) -> anyhow::Result<()> {
    let found = data::find(place.data.as_deref());
    println!("data: {found}");
    let Some(location) = &found.location else {
        println!("The embedded sample has no files that could be wrong.");
        return Ok(());
    };
    let report = data::check(location)?;
    println!("{report}");
    if !report.is_usable() {
        bail!("{} cannot be used: see the list above", location.display());
    }
    Ok(())
}

fn info(place: &Place) -> anyhow::Result<()> {
    let found = data::find(place.data.as_deref());
    println!("data: {found}");
    let data = data::open_or_draw(&found)?;
    for class in data.classes.ids() {
        let count = data.photos.labels.iter().filter(|label| **label == class);
        let name = data.classes.name(class).unwrap_or_default();
        println!("  {class} {name}: {} photos", count.count());
    }
    println!("  {} doodles", data.doodles.pictures.len());
    Ok(())
}
