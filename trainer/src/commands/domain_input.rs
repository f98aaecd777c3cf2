use std::iter;

use anyhow::ensure;
use image::GrayImage;
use rayon::prelude::*;

use super::{inference::Chunk, model_args::ModelArgs};
use crate::{
    data::{DataError, Domain, PictureFiles, SourceView},
    evaluation::BATCH,
    note,
};

/// What pictures are, and so what the network is shown of them.
#[derive(Debug, clap::Args)]
pub struct DomainArgs {
    /// What the pictures are.
    #[arg(long = "as", value_enum, default_value_t, value_name = "DOMAIN")]
    pub domain: Domain,
    /// What the network is shown of a photo [default: as its run was trained; Canny edges for a weights file].
    #[arg(long, value_enum, value_name = "VIEW")]
    source_view: Option<SourceView>,
}

/// What the network is shown of pictures.
#[derive(Clone, Copy, Debug)]
pub enum DomainInput {
    /// Doodles as they are.
    Doodles,
    /// Photos as a finished network is shown them.
    Photos(SourceView),
}

impl DomainArgs {
    /// Decides it, and says so on standard error.
    ///
    /// # Errors
    /// When options contradict each other, or the run cannot be read.
    pub fn resolve(&self, model: &ModelArgs) -> anyhow::Result<DomainInput> {
        if self.domain == Domain::Doodle {
            ensure!(
                self.source_view.is_none(),
                "--source-view is about photos: add --as photo, or leave it out"
            );
            return Ok(DomainInput::Doodles);
        }
        let view = match self.source_view {
            Some(view) => view,
            None => model.source_view()?,
        };
        let words = match view {
            SourceView::Grey => "in grey",
            SourceView::Negative => "as negatives in grey",
            SourceView::Canny | SourceView::Soft | SourceView::Mixed => {
                "as their Canny edges (170, 300)"
            }
        };
        note!("photos are shown to the network {words}");
        Ok(DomainInput::Photos(view))
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
                Self::Photos(view) => photos
                    .next()?
                    .into_par_iter()
                    .map(|(id, photo)| (id, photo.map(|photo| view.seen(&photo))))
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
