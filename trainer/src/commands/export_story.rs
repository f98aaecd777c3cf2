//! `export-story`: how a run's network came to be, as the page shows it.

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::atomic::Ordering,
};

use anyhow::ensure;
use burn::tensor::Device;
use files::NewFile;
use shared::{story::Story, weights::Metadata};

use super::{
    Outcome,
    embedding_args::EmbeddingArgs,
    ensure_apart,
    terminal::{Terminal, choose_device, stop_on_ctrl_c},
};
use crate::{
    data::Labels,
    note, progress, say,
    story::{Counts, Film, Networks, Pictures, Shown, curves, made},
    training::{ModelRef, RunInfo, data_of_run},
};

/// Options of `export-story`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run's folder; of several stages, the story is that of the last. Each of its snapshots is a frame of the film.
    #[arg(long, value_name = "FOLDER")]
    run: PathBuf,
    /// Where the run's data is now, where that has moved.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Doodles whose pictures are published with the page, so that a visitor's drawing can be compared with them: a folder with a folder
    /// of doodles for each class, or a folder or zip of doodles, also in the course's layout [default: some of the run's own].
    #[arg(long, value_name = "PATH")]
    shown: Option<PathBuf>,
    /// CSV file `id,label` of the shown doodles, where no folders give their classes; without it, these are predicted.
    #[arg(long, value_name = "CSV", requires = "shown")]
    shown_labels: Option<PathBuf>,
    /// CSV file `id,label` of the run's doodles, to measure with: a confusion matrix, and the accuracy at each snapshot.
    #[arg(long, value_name = "CSV")]
    labels: Option<PathBuf>,
    /// Publish labels too: the film's doodles are drawn from those with a label, and have its class in place of the predicted one.
    #[arg(long, requires = "labels")]
    publish_labels: bool,
    /// What the labelled doodles are and what they were used for in training, in English [default: their number, and that the run was
    /// trained on them without labels].
    #[arg(long, value_name = "TEXT", requires = "labels")]
    conditions: Option<String>,
    /// The same in Traditional Chinese, for the Chinese page.
    #[arg(long, value_name = "TEXT", requires = "conditions")]
    conditions_zh: Option<String>,
    /// The weights file of the page, where it is not exported from this run: the map and the measurement are of this network, the film and
    /// the curves of the run.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// Photos in the film, at most.
    #[arg(long, default_value_t = 300, value_name = "N")]
    photos: usize,
    /// Doodles in the film besides the shown ones, at most.
    #[arg(long, default_value_t = 300, value_name = "N")]
    doodles: usize,
    /// Doodles whose pictures are published, at most: as many of each class where their classes are known.
    #[arg(long, default_value_t = 200, value_name = "N")]
    shown_doodles: usize,
    /// How embeddings are made.
    #[command(flatten)]
    embedding: EmbeddingArgs,
    /// The file to write [default: story.safetensors in the run's folder].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Makes the story and writes it.
///
/// # Errors
/// When the run, its data, the shown doodles, the labels or the weights cannot be used, or the file cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    ensure!(
        args.weights.is_none() || args.labels.is_none() || args.conditions.is_some(),
        "--labels measures the network in --weights: say with --conditions whether it was trained on these doodles"
    );
    let settings = args.embedding.settings(args.photos, args.doodles)?;
    let info = RunInfo::read(&args.run)?;
    ensure!(
        !info.snapshots.is_empty(),
        "{} has no snapshot, and each is a frame of the film: train with --snapshot-epochs",
        args.run.display()
    );
    let out = match &args.out {
        Some(out) => out.clone(),
        None => info.folder.path().join("story.safetensors"),
    };
    let read = [
        &args.labels,
        &args.shown_labels,
        &args.weights,
        &args.data,
        &args.shown,
    ];
    ensure_apart(&out, read.into_iter().flatten().map(PathBuf::as_path))?;
    let data = data_of_run(&info.folder, args.data.as_deref(), &Terminal::default())?;
    let labels = match &args.labels {
        Some(file) => Some(Labels::read(file, &data.doodles, &info.classes)?),
        None => None,
    };
    let device = choose_device(args.embedding.device)?;
    note!("device: {}", device.name);
    let shipped = match &args.weights {
        Some(file) => Some(weights(file, &info, &device.device)?),
        None => None,
    };
    let counts = Counts {
        photos: args.photos,
        doodles: args.doodles,
        shown: args.shown_doodles,
    };
    let shown = match &args.shown {
        Some(path) => Some(Shown::open(
            path,
            args.shown_labels.as_deref(),
            &info.classes,
            args.shown_doodles,
            settings.seed,
        )?),
        None => None,
    };
    if shown.as_ref().is_some_and(|shown| shown.labels.is_none()) {
        note!("the classes of the shown doodles are predicted: no labels were given");
    }
    let transform = info.config.data.source_transform;
    let published = labels.as_ref().filter(|_| args.publish_labels);
    let pictures = Pictures::new(&data, transform, published, shown, counts, &settings)?;
    let made = made(&info, &data, &pictures, shipped.as_ref())?;
    let stop = stop_on_ctrl_c("after this step")?;
    // Now, and not after minutes of embedding.
    let mut file = NewFile::create(&out)?;
    let networks = Networks {
        info: &info,
        shipped: args.weights.as_deref().map(ModelRef::Weights),
        device: &device,
    };
    let labelled = labels.map(|labels| {
        let doodles = data.doodles.filtered(|id| labels.get(id).is_some());
        (doodles, labels)
    });
    let measured = labelled.as_ref().map(|(doodles, labels)| (doodles, labels));
    let embeddings = info.snapshots.len() + usize::from(shipped.is_some());
    let bar = progress::bar((settings.iterations * embeddings) as u64, 0, "steps");
    let follow = |step: usize, name: &str| {
        bar.set_position(step as u64);
        bar.set_message(name.to_owned());
        match stop.load(Ordering::Relaxed) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    };
    let film = Film::new(&networks, &pictures, &settings, measured, &follow)?;
    bar.finish_and_clear();
    let Some(film) = film else {
        say!("stopped; nothing was written");
        return Ok(Outcome::Stopped);
    };
    let (conditions, conditions_zh) =
        conditions(args, &info, measured.map_or(0, |(_, labels)| labels.len()));
    let story = Story {
        classes: info.classes.clone(),
        made,
        measured: film.measured(conditions, conditions_zh),
        curves: curves(&info.history)
            .into_iter()
            .chain(film.doodle_accuracy)
            .collect(),
        points: film.points,
        pictures: pictures.shown_pictures().to_vec(),
        frames: film.frames,
        shipped_map: film.shipped_map,
    };
    let bytes = story.write()?;
    file.add(&bytes)?;
    file.finish()?;
    summarise(&story, &out, bytes.len());
    Ok(Outcome::Done)
}

/// The metadata of the weights, which must know the run's classes.
fn weights(file: &Path, info: &RunInfo, device: &Device) -> anyhow::Result<Metadata> {
    let (_, metadata) = ModelRef::Weights(file).load(device, &())?;
    ensure!(
        metadata.classes == info.classes,
        "{} knows the classes {}, the run {}: give weights of the same classes, or leave out --weights",
        file.display(),
        metadata.classes.names().join(", "),
        info.classes.names().join(", ")
    );
    Ok(metadata)
}

/// What was measured on, in English and Traditional Chinese.
fn conditions(args: &Args, info: &RunInfo, doodles: usize) -> (String, Option<String>) {
    match &args.conditions {
        Some(given) => (given.clone(), args.conditions_zh.clone()),
        None if !info.config.objective.reads_doodles() => (
            format!("{doodles} doodles; it was trained on photos alone"),
            Some(format!("{doodles} 張塗鴉；訓練時只用了照片")),
        ),
        None => (
            format!("{doodles} doodles, which it was trained on without labels"),
            Some(format!(
                "{doodles} 張塗鴉；訓練時用了這些塗鴉，但沒有用標籤"
            )),
        ),
    }
}

fn summarise(story: &Story, out: &Path, bytes: usize) {
    let shown = story.pictures.len();
    say!(
        "{}: {} frames of {} points, {bytes} bytes",
        out.display(),
        story.frames.len(),
        story.points.len()
    );
    if let Some(measured) = &story.measured {
        say!(
            "accuracy {:.4} (balanced {:.4}) on {}",
            measured.accuracy(),
            measured.balanced_accuracy(),
            measured.conditions
        );
    }
    if shown > 0 {
        say!("it holds the pictures of {shown} doodles: they are published with the page");
    }
}
