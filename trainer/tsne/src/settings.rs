use super::TsneError;

/// How an embedding is made. The defaults are those of scikit-learn, which takes no principal components.
#[derive(Debug, Clone, PartialEq)]
pub struct Tsne {
    /// How many neighbours each row has, about; 1 or more. Lowered to a third of the other rows where those are fewer.
    pub perplexity: f32,
    /// Length of the steps, above 0. Without it: the number of rows divided by four times the exaggeration, but at least 50 (as
    /// in scikit-learn, after A. C. Belkina et al., Nature Communications 10, 2019).
    pub learning_rate: Option<f32>,
    /// Steps of the descent in all. With 0 the embedding is the initial positions.
    pub iterations: usize,
    /// What the rows' attraction is multiplied by at first, 1 or more, so that clusters form before they move apart.
    pub early_exaggeration: f32,
    /// Steps with that exaggeration, with a momentum of 0.5; then the momentum is 0.8.
    pub early_iterations: usize,
    /// Rows are reduced to so many principal components first, 1 or more, if they are wider.
    pub components: usize,
    /// Decides how equal rows come apart.
    pub seed: u64,
}

impl Default for Tsne {
    fn default() -> Self {
        Self {
            perplexity: 30.0,
            learning_rate: None,
            iterations: 1000,
            early_exaggeration: 12.0,
            early_iterations: 250,
            components: 50,
            seed: 0,
        }
    }
}

impl Tsne {
    /// Refuses settings outside their ranges.
    pub(super) fn check(&self) -> Result<(), TsneError> {
        let require = |name, value: f32, range, is_inside: bool| {
            if is_inside && value.is_finite() {
                Ok(())
            } else {
                let value = f64::from(value);
                Err(TsneError::Setting { name, value, range })
            }
        };
        let at_least_one = "a finite value of at least 1";
        require(
            "perplexity",
            self.perplexity,
            at_least_one,
            self.perplexity >= 1.0,
        )?;
        require(
            "early exaggeration",
            self.early_exaggeration,
            at_least_one,
            self.early_exaggeration >= 1.0,
        )?;
        if let Some(rate) = self.learning_rate {
            require("learning rate", rate, "a finite value above 0", rate > 0.0)?;
        }
        let components = self.components as f32;
        require(
            "number of components",
            components,
            "at least 1",
            self.components >= 1,
        )
    }

    /// For so many rows.
    pub(super) fn learning_rate_for(&self, rows: usize) -> f32 {
        let automatic = (rows as f32 / self.early_exaggeration / 4.0).max(50.0);
        self.learning_rate.unwrap_or(automatic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_learning_rate_grows_with_the_rows() {
        let tsne = Tsne::default();
        assert_eq!(tsne.learning_rate_for(1000), 50.0);
        assert_eq!(tsne.learning_rate_for(9600), 200.0);
        let tsne = Tsne {
            learning_rate: Some(7.0),
            ..tsne
        };
        assert_eq!(tsne.learning_rate_for(9600), 7.0);
    }

    #[test]
    fn settings_outside_their_ranges_are_named() {
        let tsne = Tsne::default;
        assert_eq!(tsne().check(), Ok(()));
        for (tsne, expected) in [
            (
                Tsne {
                    perplexity: 0.5,
                    ..tsne()
                },
                "the perplexity is 0.5; give a finite value of at least 1",
            ),
            (
                Tsne {
                    perplexity: f32::NAN,
                    ..tsne()
                },
                "the perplexity is NaN; give a finite value of at least 1",
            ),
            (
                Tsne {
                    early_exaggeration: 0.0,
                    ..tsne()
                },
                "the early exaggeration is 0; give a finite value of at least 1",
            ),
            (
                Tsne {
                    learning_rate: Some(-1.0),
                    ..tsne()
                },
                "the learning rate is -1; give a finite value above 0",
            ),
            (
                Tsne {
                    learning_rate: Some(f32::INFINITY),
                    ..tsne()
                },
                "the learning rate is inf; give a finite value above 0",
            ),
            (
                Tsne {
                    components: 0,
                    ..tsne()
                },
                "the number of components is 0; give at least 1",
            ),
        ] {
            assert_eq!(tsne.check().unwrap_err().to_string(), expected);
        }
    }
}
