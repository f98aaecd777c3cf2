//! Embeddings of high-dimensional rows in the plane by t-SNE: L. van der Maaten, G. Hinton: "Visualizing data using t-SNE", JMLR 9
//! (2008), with the repulsion of G. C. Linderman et al.: "Fast interpolation-based t-SNE for improved visualization of
//! single-cell RNA-seq data", Nature Methods 16 (2019).

mod affinities;
mod descent;
mod error;
mod field;
mod input;
mod pairs;
mod pca;
mod repulsion;
mod settings;
mod spline;
mod start;

use std::ops::ControlFlow;

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

use affinities::affinities;
use descent::{Descent, Step};
pub use error::TsneError;
use input::{check_initial, check_rows};
use neighbours::nearest;
pub use settings::Tsne;
use start::{first_two, scaled};

/// Neighbours for each unit of the perplexity.
const NEIGHBOURS: f32 = 3.0;

/// Rows in the plane.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding {
    /// One for each row, in their order, about the origin. The unit is that of the kernel `1 / (1 + distance^2)`: embeddings of some
    /// thousand rows are about 100 wide.
    pub positions: Vec<[f32; 2]>,
    /// The Kullback-Leibler divergence of the embedding from the rows' affinities, in nats: the lower, the better. Comparable only
    /// between embeddings of the same rows with the same perplexity.
    pub divergence: f64,
    /// The perplexity that was used.
    pub perplexity: f32,
    /// Steps that were taken: fewer than asked for where the embedding was stopped.
    pub iterations: usize,
}

impl Tsne {
    /// The embedding of `rows` (`[n, width]`, row after row; n at least 2). The same rows, settings and initial positions give the same
    /// bits, whatever the number of threads.
    ///
    /// The descent starts at `initial`, one position a row, of which only the arrangement counts: they are centred and scaled.
    /// With those of an earlier embedding of the same rows, the new embedding looks similar. Without them it starts at the first two principal
    /// components. `progress` gets the number of steps taken after each; when it breaks, the embedding is returned as it is then.
    ///
    /// # Errors
    /// Where a setting is outside its range, the rows are fewer than two, not whole or not finite, the initial positions are not
    /// finite or not one a row, or the learning rate is so high that the embedding grows beyond bounds.
    pub fn embed(
        &self,
        rows: &[f32],
        width: usize,
        initial: Option<&[[f32; 2]]>,
        mut progress: impl FnMut(usize) -> ControlFlow<()>,
    ) -> Result<Embedding, TsneError> {
        self.check()?;
        let number = check_rows(rows, width)?;
        if let Some(initial) = initial {
            check_initial(initial, number)?;
        }
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        let mut points = pca::centred(rows, width);
        let mut columns = width;
        if width > self.components {
            columns = self.components;
            points = pca::principal(&points, width, columns)?;
        }
        let start = match initial {
            Some(initial) => initial.to_vec(),
            None => {
                let leading = pca::principal(&points, columns, 2)?;
                first_two(&leading, columns.min(2))
            }
        };
        let start = scaled(start, &mut random);

        let others = (number - 1) as f32;
        let perplexity = self.perplexity.min(others / NEIGHBOURS).max(1.0);
        let count = ((NEIGHBOURS * perplexity) as usize).clamp(1, number - 1);
        let affinities = affinities(&nearest(&points, columns, count), perplexity);
        drop(points);

        let learning_rate = self.learning_rate_for(number);
        let mut descent = Descent::new(&affinities, start);
        let mut iterations = 0;
        let diverged = |iterations| TsneError::Diverged {
            iterations,
            learning_rate,
        };
        while iterations < self.iterations {
            let is_early = iterations < self.early_iterations;
            let step = Step {
                learning_rate,
                momentum: if is_early { 0.5 } else { 0.8 },
                exaggeration: if is_early {
                    self.early_exaggeration
                } else {
                    1.0
                },
            };
            descent.step(step).ok_or(diverged(iterations))?;
            iterations += 1;
            if progress(iterations).is_break() {
                break;
            }
        }
        let divergence = descent.divergence().ok_or(diverged(iterations))?;
        Ok(Embedding {
            positions: descent.positions,
            divergence,
            perplexity,
            iterations,
        })
    }
}

#[cfg(test)]
mod tests {
    use rand::RngExt;

    use super::*;

    const WIDTH: usize = 60;
    const CLASSES: usize = 5;
    const CONTINUE: ControlFlow<()> = ControlFlow::Continue(());

    /// Rows about a centre for each class in turn.
    fn clusters(number: usize, seed: u64) -> Vec<f32> {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let centres: Vec<f32> = (0..CLASSES * WIDTH)
            .map(|_| random.random_range(-1.0..1.0))
            .collect();
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let values = (0..number * WIDTH).map(|place| {
            centres[place / WIDTH % CLASSES * WIDTH + place % WIDTH]
                + random.random_range(-1.0..1.0)
        });
        values.collect()
    }

    fn short() -> Tsne {
        Tsne {
            iterations: 400,
            ..Tsne::default()
        }
    }

    fn is_finite(embedding: &Embedding) -> bool {
        embedding.divergence.is_finite()
            && embedding
                .positions
                .iter()
                .flatten()
                .all(|value| value.is_finite())
    }

    #[test]
    fn clusters_come_apart() {
        let number = 300;
        let embedding = short()
            .embed(&clusters(number, 2), WIDTH, None, |_| CONTINUE)
            .unwrap();
        let points: Vec<f32> = embedding.positions.iter().flatten().copied().collect();
        let found = nearest(&points, 2, 10);
        let same = found.indices.iter().enumerate();
        let same = same
            .filter(|(place, other)| place / 10 % CLASSES == **other as usize % CLASSES)
            .count();
        assert!(same * 100 >= 99 * number * 10, "{same}");
        assert!(
            embedding.divergence > 0.0 && embedding.divergence < 1.0,
            "{}",
            embedding.divergence
        );
        assert_eq!((embedding.perplexity, embedding.iterations), (30.0, 400));
    }

    #[test]
    fn the_number_of_threads_changes_no_bit() {
        let rows = clusters(700, 3);
        let embeddings = [1, 3].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            let tsne = Tsne {
                iterations: 60,
                early_iterations: 20,
                learning_rate: Some(400.0),
                ..Tsne::default()
            };
            pool.install(|| tsne.embed(&rows, WIDTH, None, |_| CONTINUE).unwrap())
        });
        assert!(
            embeddings[0]
                .positions
                .iter()
                .any(|position| position[0].abs() > 1.0)
        );
        assert_eq!(embeddings[0], embeddings[1]);
    }

    #[test]
    fn few_rows_lower_the_perplexity() {
        for number in [2, 3, 4, 10, 40] {
            let embedding = short()
                .embed(&clusters(number, 4), WIDTH, None, |_| CONTINUE)
                .unwrap();
            let perplexity = ((number - 1) as f32 / 3.0).max(1.0);
            assert_eq!(
                (embedding.positions.len(), embedding.perplexity),
                (number, perplexity)
            );
            assert!(is_finite(&embedding), "{number}: {embedding:?}");
        }
    }

    #[test]
    fn equal_and_narrow_rows() {
        let line: Vec<f32> = (0..200).map(|place| place as f32).collect();
        let far = [line.clone(), vec![-f32::MAX, f32::MAX]].concat();
        for (rows, width) in [
            (vec![0.3; 400], 2),
            (vec![f32::MAX; 12_800], 64),
            (line, 1),
            (far, 1),
        ] {
            let embedding = short().embed(&rows, width, None, |_| CONTINUE).unwrap();
            assert!(is_finite(&embedding));
            // In the plane, even where the rows are but one number.
            let is_apart = |position: &[f32; 2]| position[0] != 0.0 && position[1] != 0.0;
            assert!(embedding.positions.iter().any(is_apart));
        }
    }

    #[test]
    fn embeddings_continue_from_earlier_ones() {
        let rows = clusters(300, 5);
        // Short steps, because wide ones shake so few rows about.
        let tsne = Tsne {
            learning_rate: Some(10.0),
            ..short()
        };
        let embedding = tsne.embed(&rows, WIDTH, None, |_| CONTINUE).unwrap();
        let turned: Vec<[f32; 2]> = embedding.positions.iter().map(|[x, y]| [-y, *x]).collect();
        let changed: Vec<f32> = rows
            .iter()
            .zip(clusters(300, 6))
            .map(|(row, other)| 0.8 * row + 0.2 * other)
            .collect();
        let embedding = tsne
            .embed(&changed, WIDTH, Some(&turned), |_| CONTINUE)
            .unwrap();
        let product = |left: &[[f32; 2]], right: &[[f32; 2]]| {
            let products = left.iter().flatten().zip(right.iter().flatten());
            products.map(|(a, b)| a * b).sum::<f32>()
        };
        let similarity = product(&embedding.positions, &turned);
        let similarity = similarity
            / (product(&embedding.positions, &embedding.positions) * product(&turned, &turned))
                .sqrt();
        assert!(similarity > 0.9, "{similarity}");
    }

    #[test]
    fn too_wide_steps_are_named() {
        let tsne = Tsne {
            learning_rate: Some(1e36),
            ..short()
        };
        let error = tsne
            .embed(&clusters(50, 8), WIDTH, None, |_| CONTINUE)
            .unwrap_err();
        assert!(
            matches!(
                error,
                TsneError::Diverged {
                    learning_rate: 1e36,
                    ..
                }
            ),
            "{error}"
        );
    }

    #[test]
    fn progress_counts_and_stops() {
        let rows = clusters(50, 7);
        let mut steps = Vec::new();
        let embedding = Tsne::default().embed(&rows, WIDTH, None, |step| {
            steps.push(step);
            if step == 3 {
                ControlFlow::Break(())
            } else {
                CONTINUE
            }
        });
        assert_eq!((embedding.unwrap().iterations, steps), (3, vec![1, 2, 3]));
        let still = Tsne {
            iterations: 0,
            ..Tsne::default()
        };
        let embedding = still.embed(&rows, WIDTH, None, |_| CONTINUE).unwrap();
        assert!(is_finite(&embedding) && embedding.iterations == 0);
    }
}
