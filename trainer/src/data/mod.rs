//! Data sets, and making training batches of them.

mod augmentation;
mod batches;
mod random_draw;
mod seen_photos;
mod source_transform;

pub use augmentation::Augmentation;
pub use batches::{Batch, BatchConfig, Batches, BatchesError, Loader};
pub use datasets::{
    BuildError, Built, COURSE_ADDRESS, Checksum, ChecksumError, DATA_VARIABLE, DataError,
    DataReport, DataSet, Domain, Doodles, Download, FetchError, Fetched, Found, Labels,
    LabelsError, Origin, Other, PHOTO_SIDE, Photos, PictureError, PictureFiles, PictureFilesError,
    PictureIndex, Place, Problems, Reason, Remark, SampleError, Several, Sources, UnusualBatch,
    Warning, Why, build, check, fetch, find, held_out, listed_classes, open, open_or_draw,
    picture_file, read_ndjson, sample, write_sample,
};
pub use seen_photos::SeenPhotos;
pub use source_transform::SourceTransform;
