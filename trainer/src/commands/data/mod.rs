//! `data`: what there is to train on, and what is wrong with it.

mod build;
mod fetch;

use std::path::PathBuf;

use anyhow::bail;
use clap::Subcommand;
use serde_json::json;

use super::{
    Outcome,
    terminal::{stop_on_ctrl_c, stopped_unwritten},
};
use crate::{data, note, print_result, say};

/// What to do with data.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Download the course's data set, or another archive.
    ///
    /// A download that was stopped or broke resumes where it was when the same command is given again.
    Fetch(fetch::Args),
    /// Make a data set in the course's layout from CIFAR-10, CIFAR-100 and Quick, Draw!.
    Build(build::Args),
    /// Say everything that is wrong with a folder or zip, naming each file.
    Check(DataArgs),
    /// Say which data `train` would use, and why, and what it holds.
    Info(DataArgs),
    /// Write the embedded sample as a folder in the course's layout.
    Sample(Sample),
}

/// Where data is.
#[derive(Debug, clap::Args)]
pub struct DataArgs {
    /// Folder or zip in the course's layout [default: EDGEWISE_DATA, data/real_or_drawing, or the embedded sample].
    data: Option<PathBuf>,
    /// Print it as JSON and nothing else on standard output.
    #[arg(long)]
    json: bool,
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
pub fn run(verb: &Verb) -> anyhow::Result<Outcome> {
    match verb {
        Verb::Fetch(args) => return fetch::run(args),
        Verb::Build(args) => return build::run(args),
        Verb::Check(args) => check(args),
        Verb::Info(args) => info(args),
        Verb::Sample(args) => return sample(args),
    }
    .map(|()| Outcome::Done)
}

fn sample(Sample { folder, seed }: &Sample) -> anyhow::Result<Outcome> {
    let stop = stop_on_ctrl_c("after this picture")?;
    if !data::write_sample(*seed, folder, &stop)? {
        return Ok(stopped_unwritten());
    }
    say!(
        "{}: the embedded sample, drawn from seed {seed}",
        folder.display()
    );
    Ok(Outcome::Done)
}

fn check(place: &DataArgs) -> anyhow::Result<()> {
    let found = data::find(place.data.as_deref());
    let Some(location) = &found.location else {
        if place.json {
            print_result!("{}", json!({ "data": found.to_string(), "usable": true }));
        } else {
            print_result!("data: {found}\nThe embedded sample has no files that could be wrong.");
        }
        return Ok(());
    };
    let report = data::check(location).map_err(|error| error.of(&found))?;
    if place.json {
        print_result!("{:#}", report.json());
    } else {
        print_result!("data: {found}\n{report}");
    }
    if !report.is_usable() {
        bail!("{} cannot be used: see the list above", location.display());
    }
    Ok(())
}

fn info(place: &DataArgs) -> anyhow::Result<()> {
    let found = data::find(place.data.as_deref());
    let data = data::open_or_draw(&found)?;
    for warning in &data.warnings {
        note!("warning: {warning}");
    }
    let photos = |class| {
        data.photos
            .labels
            .iter()
            .filter(|label| **label == class)
            .count()
    };
    let classes = data.classes.ids().zip(data.classes.names());
    let classes: Vec<_> = classes
        .map(|(class, name)| (class, name, photos(class)))
        .collect();
    if place.json {
        let classes: Vec<_> = classes
            .iter()
            .map(|(class, name, photos)| json!({ "class": class, "name": name, "photos": photos }))
            .collect();
        let doodles = data.doodles.pictures.len();
        let info = json!({ "data": found.to_string(), "classes": classes, "doodles": doodles });
        print_result!("{info:#}");
        return Ok(());
    }
    print_result!("data: {found}");
    for (class, name, photos) in classes {
        print_result!("  {class} {name}: {photos} photos");
    }
    print_result!("  {} doodles", data.doodles.pictures.len());
    Ok(())
}
