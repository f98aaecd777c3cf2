//! t-SNE of a file of rows, for `cargo xtask bench tsne`: one JSON line, seconds and Kullback-Leibler divergence.

use std::{ops::ControlFlow, time::Instant};

use anyhow::Context;
use tsne::Tsne;

// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Numbers in a row.
const WIDTH: usize = 512;

fn main() -> anyhow::Result<()> {
    let Some(file) = std::env::args().find(|word| word.ends_with(".f32")) else {
        println!(
            "Give a file of rows as `tsne.py rows` writes it, or run `cargo xtask bench tsne`."
        );
        return Ok(());
    };
    let bytes = std::fs::read(&file).with_context(|| format!("{file} cannot be read"))?;
    let (numbers, _) = bytes.as_chunks();
    let rows: Vec<f32> = numbers
        .iter()
        .map(|bytes| f32::from_le_bytes(*bytes))
        .collect();
    let measure = |components| -> anyhow::Result<(f64, f64)> {
        let tsne = Tsne {
            components,
            ..Tsne::default()
        };
        let begun = Instant::now();
        let map = tsne.embed(&rows, WIDTH, None, |_| ControlFlow::Continue(()))?;
        Ok((begun.elapsed().as_secs_f64(), map.divergence))
    };
    let (seconds, _) = measure(Tsne::default().components)?;
    // Divergences compare only over the same rows: without the principal components.
    let (whole, divergence) = measure(WIDTH)?;
    println!("{{\"seconds\": [{seconds}], \"whole\": [{whole}], \"divergence\": [{divergence}]}}");
    Ok(())
}
