//! The files of an export: begun before minutes of calibrating, and put in place at the end.

use std::path::Path;

use files::{FileError, NewFile};

use super::{Args, options::Format};
use crate::{evaluation::Reliability, figures};

/// Files in the making; without [`finish`](Self::finish) nothing is left behind.
pub(super) struct Outputs {
    // In this order: the one that made a folder is dropped last, and removes it.
    figure: Option<NewFile>,
    weights: Vec<NewFile>,
}

impl Outputs {
    /// Begins the weights file `out`, or the two state dicts in that folder, and the figure where one is wanted.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn begin(args: &Args, out: &Path) -> Result<Self, FileError> {
        let weights = match args.format {
            Format::Edgewise => vec![NewFile::create(out)?],
            Format::PytorchSafetensors => {
                let predictor = NewFile::create(&out.join("predictor_model.safetensors"))?;
                let extractor = NewFile::create(&out.join("extractor_model.safetensors"))?;
                vec![extractor, predictor]
            }
        };
        let figure = args
            .figures
            .as_deref()
            .map(|folder| NewFile::create(&folder.join("reliability-photos.svg")));
        Ok(Self {
            figure: figure.transpose()?,
            weights,
        })
    }

    /// Draws the figure, where one is wanted.
    ///
    /// # Errors
    /// When it cannot be drawn or written.
    pub fn draw(&mut self, reliability: &Reliability) -> anyhow::Result<()> {
        if let Some(file) = &mut self.figure {
            let drawn = figures::reliability(reliability)?;
            file.add(drawn.as_bytes())?;
        }
        Ok(())
    }

    /// Writes the bytes of each file, the extractor's first, and puts all in place.
    ///
    /// # Errors
    /// When that fails; what was at its place before is untouched then.
    pub fn finish<const N: usize>(mut self, contents: [&[u8]; N]) -> Result<(), FileError> {
        for (file, bytes) in self.weights.iter_mut().zip(contents) {
            file.add(bytes)?;
        }
        for file in self.weights.into_iter().chain(self.figure) {
            file.finish()?;
        }
        Ok(())
    }
}
