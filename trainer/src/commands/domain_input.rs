use std::iter;

use anyhow::ensure;
use image::GrayImage;
use rayon::prelude::*;

use super::{inference::Chunk, model_args::ModelArgs};
use crate::{
    data::{DataError, Domain, PictureFiles, SourceTransform},
    evaluation::BATCH,
    note,
};

/// The domain of the pictures, and how they become the network's input.
#[derive(Debug, clap::Args)]
pub struct DomainArgs {
    /// What the pictures are.
    #[arg(long = "as", value_enum, default_value_t, value_name = "DOMAIN")]
    pub domain: Domain,
    /// How photos are transformed for the network [default: as in its run; Canny edges for a weights file].
    #[arg(long, alias = "source-view", value_enum, value_name = "TRANSFORM")]
    source_transform: Option<SourceTransform>,
}

/// How pictures become the network's input.
#[derive(Clone, Copy, Debug)]
pub enum DomainInput {
    /// Doodles as they are.
    Doodles,
    /// Photos, transformed as for inference.
    Photos(SourceTransform),
}

impl DomainArgs {
    /// Decides it, and prints it to standard error.
    ///
    /// # Errors
    /// When options contradict each other, or the run cannot be read.
    pub fn resolve(&self, model: &ModelArgs) -> anyhow::Result<DomainInput> {
        if self.domain == Domain::Doodle {
            ensure!(
                self.source_transform.is_none(),
                "--source-transform is about photos: add --as photo, or leave it out"
            );
            return Ok(DomainInput::Doodles);
        }
        let transform = match self.source_transform {
            Some(transform) => transform,
            None => model.source_transform()?,
        };
        let words = match transform {
            SourceTransform::Grey => "in grey",
            SourceTransform::Negative => "as negatives in grey",
            SourceTransform::Canny | SourceTransform::Soft | SourceTransform::Mixed => {
                "as their Canny edges (170, 300)"
            }
        };
        note!("photos are shown to the network {words}");
        Ok(DomainInput::Photos(transform))
    }
}

impl DomainInput {
    /// Decodes pictures a few at a time. Those that cannot be used are left out, and told to `problem`.
    pub fn chunks<'a>(
        self,
        files: &'a PictureFiles,
        mut problem: impl FnMut(DataError) + 'a,
    ) -> impl Iterator<Item = anyhow::Result<Chunk>> + 'a {
        let (mut doodles, mut photos) = (files.doodles(BATCH), files.photos(BATCH));
        iter::from_fn(move || {
            let decoded = match self {
                Self::Doodles => doodles.next()?,
                Self::Photos(transform) => photos
                    .next()?
                    .into_par_iter()
                    .map(|(id, photo)| (id, photo.map(|photo| transform.for_inference(&photo))))
                    .collect(),
            };
            Some(Ok(readable(decoded, &mut problem)))
        })
    }
}

fn readable(
    decoded: Vec<(u64, Result<GrayImage, DataError>)>,
    mut problem: impl FnMut(DataError),
) -> Chunk {
    let (mut ids, mut pictures) = (Vec::new(), Vec::new());
    for (id, picture) in decoded {
        match picture {
            Ok(picture) => {
                ids.push(id);
                pictures.push(picture);
            }
            Err(error) => problem(error),
        }
    }
    (ids, pictures)
}
