use std::iter;

use image::GrayImage;
use rayon::prelude::*;

use super::{BATCH, Chunk};
use crate::data::{DataError, PictureFiles, SourceTransform};

/// How pictures become the network's input.
#[derive(Clone, Copy, Debug)]
pub enum DomainInput {
    /// Doodles as they are.
    Doodles,
    /// Photos, transformed as for inference.
    Photos(SourceTransform),
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
