//! `tsne`: t-SNE embeddings of a run's features at its snapshots.

use std::{ops::ControlFlow, path::PathBuf, sync::atomic::Ordering};

use anyhow::ensure;

use super::{Outcome, stop::stop_on_ctrl_c};
use crate::{
    device,
    evaluation::Predictor,
    figures::{self, Undrawn},
    maps::{Chosen, EpochMap, Maps, Place, Settings},
    note, progress, say,
    training::{DeviceChoice, Facts, Moment, data_of_run, learned},
};

/// How long a map is shown in the animation.
const MILLISECONDS: u16 = 700;

/// Options of `tsne`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run's folder; of several stages, the last is mapped. Writes into tsne/ there.
    #[arg(long, value_name = "FOLDER")]
    run: PathBuf,
    /// Where the run's data is now, where that has moved.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Photos in a map, at most.
    #[arg(long, default_value_t = 5000, value_name = "N")]
    photos: usize,
    /// Doodles in a map, at most.
    #[arg(long, default_value_t = 5000, value_name = "N")]
    doodles: usize,
    /// How many neighbours each point has, about.
    #[arg(long, default_value_t = 30.0)]
    perplexity: f32,
    /// Steps of each map's descent.
    #[arg(long, default_value_t = 1000)]
    iterations: usize,
    /// Decides which pictures are in the maps, and how the descent starts.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Where features are computed: auto, cpu, wgpu, cuda or cuda:N.
    #[arg(long, default_value_t)]
    device: DeviceChoice,
}

/// Maps each snapshot that has no map yet, and draws all.
///
/// # Errors
/// When the run, its data or the device cannot be used, or a file cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    ensure!(
        args.photos.saturating_add(args.doodles) >= 2,
        "--photos {} --doodles {}: give at least two pictures together",
        args.photos,
        args.doodles
    );
    let facts = Facts::read(&args.run)?;
    ensure!(
        !facts.snapshots.is_empty(),
        "{} has no snapshot: train with --snapshot-epochs",
        args.run.display()
    );
    let settings = Settings {
        photos: args.photos,
        doodles: args.doodles,
        perplexity: args.perplexity,
        iterations: args.iterations,
        seed: args.seed,
    };
    let data = data_of_run(&facts.folder, args.data.as_deref())?;
    let chosen = Chosen::new(&data, facts.config.source_view, &settings);
    let place = Place::of_run(&facts.folder);
    let Some(epochs) = map_epochs(args, &facts, &settings, &chosen, &place)? else {
        say!("stopped; the same command resumes with the next epoch");
        return Ok(Outcome::Stopped);
    };
    let maps = Maps::new(facts.classes, &chosen, epochs);
    place.write_all(&maps)?;
    draw(&maps, &place)?;
    say!(
        "{}: {} maps of {} photos and {} doodles",
        place.all().display(),
        maps.epochs.len(),
        maps.labels.len(),
        maps.ids.len()
    );
    Ok(Outcome::Done)
}

/// One map a snapshot, or nothing where it was stopped in between.
fn map_epochs(
    args: &Args,
    facts: &Facts,
    settings: &Settings,
    chosen: &Chosen,
    place: &Place,
) -> anyhow::Result<Option<Vec<EpochMap>>> {
    let device = device::choose(args.device)?;
    note!("device: {}", device.name);
    let stop = stop_on_ctrl_c("after this step")?;
    let steps = settings.iterations as u64;
    let bar = progress::bar(steps * facts.snapshots.len() as u64, 0, "steps");
    let mut epochs: Vec<EpochMap> = Vec::new();
    for snapshot in &facts.snapshots {
        let done = steps * epochs.len() as u64;
        bar.set_position(done);
        bar.set_message(format!("epoch {}", snapshot.epoch));
        let before = epochs.last().map(|map| map.epoch);
        let key = chosen.key(settings, before);
        let map = match place.read(snapshot.epoch, &key)? {
            Some(map) => map,
            None => {
                let moment = Moment::Snapshot(snapshot.epoch);
                let (classifier, _) = learned(facts.folder.path(), moment, &device.device)?;
                let predictor = Predictor::new(classifier, device.device.clone());
                let before = epochs.last();
                let map = EpochMap::new(
                    snapshot.epoch,
                    &predictor,
                    chosen,
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
                let Some(map) = map else {
                    bar.abandon();
                    return Ok(None);
                };
                place.write(&key, &map)?;
                map
            }
        };
        epochs.push(map);
    }
    bar.finish_and_clear();
    Ok(Some(epochs))
}

/// Each map as SVG and PNG, and all as an animation.
fn draw(maps: &Maps, place: &Place) -> anyhow::Result<()> {
    let mut frames = Vec::new();
    let mut undrawn = Undrawn::default();
    for (number, map) in maps.epochs.iter().enumerate() {
        let svg = figures::map(maps, number)?;
        for ending in ["svg", "png"] {
            let file = place.file(&format!("epoch-{:05}.{ending}", map.epoch));
            undrawn.add(figures::write_figure(&file, &svg)?);
        }
        frames.push(svg);
    }
    if let Some(words) = undrawn.sentence() {
        note!("{words}");
    }
    let animation = figures::animation(&frames, MILLISECONDS)?;
    Ok(files::write(&place.file("tsne.png"), &animation)?)
}
