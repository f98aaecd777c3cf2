//! `data build`: a data set from public archives.

use std::path::PathBuf;

use crate::{
    commands::{
        Outcome,
        terminal::{stop_on_ctrl_c, stopped_unwritten},
    },
    data::{Built, Sources, build},
    note,
    progress::{Bar, Unit},
    say,
};

/// Options of `data build`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder with CIFAR-10 and CIFAR-100, binary version, as .tar.gz or unpacked.
    ///
    /// From https://www.cs.toronto.edu/~kriz/cifar.html: cifar-10-binary.tar.gz and cifar-100-binary.tar.gz.
    #[arg(long, value_name = "DIR")]
    cifar: PathBuf,
    /// Folder with the Quick, Draw! bitmaps horse.npy, bed.npy, clock.npy, apple.npy, cat.npy, airplane.npy, television.npy,
    /// dog.npy, dolphin.npy and spider.npy.
    ///
    /// From https://console.cloud.google.com/storage/browser/quickdraw_dataset/full/numpy_bitmap (CC BY 4.0).
    #[arg(long, value_name = "DIR")]
    quickdraw: PathBuf,
    /// The folder to make: train_data/<class>/<n>.bmp, test_data/0/<number>.bmp, and the latter's classes in labels.csv, to
    /// measure with.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Photos of each class. CIFAR-100 has 500.
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=5000))]
    photos: u32,
    /// Doodles of each class, 10000 at most.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    doodles: u32,
    /// Decides which pictures are taken, and their order.
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

/// Makes the data set.
///
/// # Errors
/// When an archive or a file is missing, damaged or too small, and when the folder exists or can't be written.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let sources = Sources {
        cifar: &args.cifar,
        quickdraw: &args.quickdraw,
        out: &args.out,
        photos: args.photos as usize,
        doodles: args.doodles as usize,
        seed: args.seed,
    };
    let stop = stop_on_ctrl_c("after this file")?;
    let unusual = match build(&sources, &stop, &Bar::new(Unit::Files))? {
        Built::Whole { unusual } => unusual,
        Built::Stopped => return Ok(stopped_unwritten()),
    };
    for batch in unusual {
        note!("warning: {batch}");
    }
    let out = args.out.display();
    say!(
        "{out}: {} photos and {} doodles of each of 10 classes; train on it with `trainer train --data {out}`",
        args.photos,
        args.doodles
    );
    Ok(Outcome::Done)
}
