//! Data sets of photos and doodles: where they are, reading and checking them, fetching and building them, and the embedded sample.
//!
//! Nothing here prints or knows a network.

mod build;
mod check;
mod class_folders;
mod data_set;
mod decode;
mod drawing;
mod error;
mod fetch;
mod find;
mod findings;
mod fit;
mod format;
mod labels;
mod layout;
mod natural;
mod ndjson;
mod notes;
mod observer;
mod open;
mod passed_over;
mod picture_files;
mod sample;
pub mod skeleton;
mod stop;
mod store;
#[cfg(test)]
mod testing;
mod warning;

pub use build::{BuildError, Built, Sources, UnusualBatch, build};
pub use check::{DataReport, check};
pub use class_folders::listed_classes;
pub use data_set::{DataSet, Doodles, Origin, PHOTO_SIDE, Photos};
pub use decode::{PictureError, picture_file};
pub use error::DataError;
pub use fetch::{COURSE_ADDRESS, Checksum, ChecksumError, Download, FetchError, Fetched, fetch};
pub use find::{DATA_VARIABLE, Found, Reason, find};
pub use format::{Other, is_named_as_picture};
pub use labels::{Labels, LabelsError, PictureIndex, Problems};
pub use ndjson::read_ndjson;
pub use observer::Observer;
pub use open::{open, open_or_draw};
pub use passed_over::Why;
pub use picture_files::{Domain, PictureFiles, PictureFilesError, Several};
pub use sample::{SampleError, held_out, sample, write_sample};
pub use store::Place;
pub use warning::{Remark, Warning};
