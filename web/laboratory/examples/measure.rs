//! Trains settings, given as a link has them, or else every lesson's runs, with each seed from 0 to 4, or to `SEEDS` less one,
//! and prints final accuracies and milliseconds per step.
//!
//! `SEEDS=20 cargo run -p laboratory --example measure -- 1,a25,w32 1,a25,vs,w32`

use std::{env, error::Error, time::Instant};

use laboratory::lessons::claims::Quantity;
use laboratory::lessons::{LessonId, Mode, Phase, Run, RunId};
use laboratory::{Settings, decode};

fn main() -> Result<(), Box<dyn Error>> {
    let seeds = env::var("SEEDS").map_or(Ok(5), |seeds| seeds.parse())?;
    let texts: Vec<String> = env::args().skip(1).collect();
    for text in &texts {
        let settings: Settings = decode(text)?.into();
        let phase = Phase {
            mode: Mode::All,
            steps: u32::from(settings.steps),
            settings,
        };
        let run = Run {
            id: RunId::Adversary,
            phases: vec![phase],
        };
        measure(text, &run, seeds)?;
    }
    if texts.is_empty() {
        for id in LessonId::ALL {
            for run in &id.lesson().runs {
                measure(&format!("{id:?}, {:?}", run.id), run, seeds)?;
            }
        }
    }
    Ok(())
}

/// One line for each quantity: its values, in ascending order, with every seed.
fn measure(name: &str, run: &Run, seeds: u32) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let outcomes = (0..seeds).map(|seed| run.train(seed));
    let outcomes = outcomes.collect::<Result<Vec<_>, _>>()?;
    let steps: u32 = run.phases.iter().map(|phase| phase.steps).sum();
    let milliseconds = started.elapsed().as_secs_f64() * 1e3 / f64::from(steps * seeds);
    println!("{name}: {milliseconds:.2} ms a step");
    let quantities = [
        Quantity::SourceAccuracy,
        Quantity::TargetAccuracy,
        Quantity::DomainAccuracy,
    ];
    let losses = shared::dann::LossName::ALL.map(Quantity::Loss);
    for quantity in quantities.into_iter().chain(losses) {
        let values = outcomes.iter().map(|outcome| outcome.get(quantity));
        let mut values: Vec<f32> = values.flatten().collect();
        values.sort_by(f32::total_cmp);
        if !values.is_empty() {
            println!("  {quantity:?}: {values:.3?}");
        }
    }
    Ok(())
}
