//! `tsne`: t-SNE embeddings of a run's features at its snapshots.

use std::{fs, ops::ControlFlow, path::PathBuf, sync::atomic::Ordering};

use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};

use super::{
    Outcome,
    embedding_args::EmbeddingArgs,
    terminal::{Terminal, choose_device, stop_on_ctrl_c},
};
use crate::{
    digest::hex,
    embedding::{EmbeddingFolder, Embeddings, EpochEmbedding, SampledPictures, Settings},
    evaluation::Predictor,
    figures::{self, Undrawn},
    note, progress, say,
    training::{CheckpointSelector, RunInfo, Snapshot, data_of_run, load_model},
};

/// How long an embedding is shown in the animation.
const MILLISECONDS: u16 = 700;

/// Options of `tsne`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run's folder; of several stages, the last is embedded. Writes into tsne/ there.
    #[arg(long, value_name = "FOLDER")]
    run: PathBuf,
    /// Where the run's data is now, where that has moved.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Photos in an embedding, at most.
    #[arg(long, default_value_t = 5000, value_name = "N")]
    photos: usize,
    /// Doodles in an embedding, at most.
    #[arg(long, default_value_t = 5000, value_name = "N")]
    doodles: usize,
    /// How embeddings are made.
    #[command(flatten)]
    embedding: EmbeddingArgs,
}

/// Embeds each snapshot that has no embedding yet, and draws all.
///
/// # Errors
/// When the run, its data or the device cannot be used, or a file cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let settings = args.embedding.settings(args.photos, args.doodles)?;
    let info = RunInfo::read(&args.run)?;
    ensure!(
        !info.snapshots.is_empty(),
        "{} has no snapshot: train with --snapshot-epochs",
        args.run.display()
    );
    let data = data_of_run(&info.folder, args.data.as_deref(), &Terminal::default())?;
    let pictures = SampledPictures::new(&data, info.config.data.source_transform, &settings);
    let folder = EmbeddingFolder::of_run(&info.folder);
    let Some(epochs) = embed_snapshots(args, &info, &settings, &pictures, &folder)? else {
        say!("stopped; the same command resumes with the next epoch");
        return Ok(Outcome::Stopped);
    };
    let embeddings = Embeddings::new(info.classes, &pictures, epochs);
    folder.write_all(&embeddings)?;
    draw(&embeddings, &folder)?;
    say!(
        "{}: {} embeddings of {} photos and {} doodles",
        folder.all().display(),
        embeddings.epochs.len(),
        embeddings.labels.len(),
        embeddings.ids.len()
    );
    Ok(Outcome::Done)
}

/// One embedding for each snapshot, or nothing where it was stopped in between.
fn embed_snapshots(
    args: &Args,
    info: &RunInfo,
    settings: &Settings,
    pictures: &SampledPictures,
    folder: &EmbeddingFolder,
) -> anyhow::Result<Option<Vec<EpochEmbedding>>> {
    let device = choose_device(args.embedding.device)?;
    note!("device: {}", device.name);
    let stop = stop_on_ctrl_c("after this step")?;
    let steps = settings.iterations as u64;
    let bar = progress::bar(steps * info.snapshots.len() as u64, 0, "steps");
    let mut epochs: Vec<EpochEmbedding> = Vec::new();
    let mut classifiers = Sha256::new();
    for snapshot in &info.snapshots {
        let done = steps * epochs.len() as u64;
        bar.set_position(done);
        bar.set_message(format!("epoch {}", snapshot.epoch));
        let file = Snapshot::classifier(&info.folder, snapshot.epoch);
        let bytes =
            fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        classifiers.update(bytes);
        let key = pictures.key(settings, hex(&classifiers.clone().finalize()));
        let embedding = match folder.read(snapshot.epoch, &key)? {
            Some(embedding) => embedding,
            None => {
                let selector = CheckpointSelector::Snapshot(snapshot.epoch);
                let (classifier, _) =
                    load_model(info.folder.path(), selector, &device.device, &())?;
                let predictor = Predictor::new(classifier, device.device.clone());
                let before = epochs.last();
                let embedding = EpochEmbedding::new(
                    snapshot.epoch,
                    &predictor,
                    pictures,
                    settings,
                    before,
                    |step| {
                        bar.set_position(done + step as u64);
                        match stop.load(Ordering::Relaxed) {
                            true => ControlFlow::Break(()),
                            false => ControlFlow::Continue(()),
                        }
                    },
                )?;
                let Some(embedding) = embedding else {
                    bar.abandon();
                    return Ok(None);
                };
                folder.write(&key, &embedding)?;
                embedding
            }
        };
        epochs.push(embedding);
    }
    bar.finish_and_clear();
    Ok(Some(epochs))
}

/// Each embedding as SVG and PNG, and all as an animation.
fn draw(embeddings: &Embeddings, folder: &EmbeddingFolder) -> anyhow::Result<()> {
    let mut frames = Vec::new();
    let mut undrawn = Undrawn::default();
    for (number, embedding) in embeddings.epochs.iter().enumerate() {
        let svg = figures::embedding(embeddings, number)?;
        for ending in ["svg", "png"] {
            let file = folder.file(&format!("epoch-{:05}.{ending}", embedding.epoch));
            undrawn.add(figures::write_figure(&file, &svg)?);
        }
        frames.push(svg);
    }
    if let Some(words) = undrawn.sentence() {
        note!("{words}");
    }
    let animation = figures::animation(&frames, MILLISECONDS)?;
    Ok(files::write(&folder.file("tsne.png"), &animation)?)
}
