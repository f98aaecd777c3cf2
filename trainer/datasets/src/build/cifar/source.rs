//! A set's binary version, packed or not.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use tar::Archive;

use super::binary::{self, Pictures};
use crate::build::error::{BuildError, CIFAR_ORIGIN, UnusualBatch, unreadable};

/// The sets take up 190 MB when they are unpacked; an archive with more bytes is none of theirs.
const MOST_BYTES: u64 = 400_000_000;

/// The binary version of a set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Version {
    /// The file's name when it's packed.
    pub archive: &'static str,
    /// The folder's name when it's not, which is the folder in the archive too.
    pub folder: &'static str,
    /// The files with the pictures to train with, in order.
    pub files: &'static [&'static str],
    /// The largest of each of the labels before a picture, which have a byte each.
    pub largest_labels: &'static [u8],
    /// Pictures in each of the files.
    pub batch: usize,
}

/// A version that is there.
#[derive(Debug)]
pub(in crate::build) struct CifarFiles {
    version: Version,
    place: Location,
}

#[derive(Debug)]
enum Location {
    Folder(PathBuf),
    Archive(PathBuf),
}

/// The contents of a file.
struct Batch {
    pictures: Pictures,
    unusual: Option<UnusualBatch>,
}

impl Version {
    /// This version, if a folder holds it.
    pub fn find(self, folder: &Path) -> Option<CifarFiles> {
        let unpacked = folder.join(self.folder);
        let packed = folder.join(self.archive);
        let place = if unpacked.is_dir() {
            Location::Folder(unpacked)
        } else if packed.exists() {
            Location::Archive(packed)
        } else {
            return None;
        };
        Some(CifarFiles {
            version: self,
            place,
        })
    }
}

impl CifarFiles {
    /// The pictures with some labels, and the files that do not hold as many as the set's. They are in the same order, packed or not.
    pub fn read(&self, labels: &[u8]) -> Result<(Pictures, Vec<UnusualBatch>), BuildError> {
        let batches = match &self.place {
            Location::Folder(folder) => self.read_folder(folder, labels),
            Location::Archive(archive) => self.read_archive(archive, labels),
        }?;
        let (mut all, mut unusual) = (Pictures::new(), Vec::new());
        for batch in batches {
            for (label, pictures) in batch.pictures {
                all.entry(label).or_default().extend(pictures);
            }
            unusual.extend(batch.unusual);
        }
        Ok((all, unusual))
    }

    fn read_folder(&self, folder: &Path, labels: &[u8]) -> Result<Vec<Batch>, BuildError> {
        let read = |name: &&str| {
            let path = folder.join(name);
            match File::open(&path) {
                Ok(file) => self.read_file(path.display().to_string(), file, labels),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    Err(self.incomplete(folder, name))
                }
                Err(error) => Err(unreadable(path.display().to_string(), CIFAR_ORIGIN)(error)),
            }
        };
        self.version.files.iter().map(read).collect()
    }

    /// Reads all of an archive, whose files are in any order, so that its checksum is checked too.
    fn read_archive(&self, path: &Path, labels: &[u8]) -> Result<Vec<Batch>, BuildError> {
        let failed = unreadable(path.display().to_string(), CIFAR_ORIGIN);
        let names = self.version.files;
        let mut files: Vec<Option<Batch>> = names.iter().map(|_| None).collect();
        let packed = BufReader::new(File::open(path).map_err(&failed)?);
        let mut archive = Archive::new(GzDecoder::new(packed).take(MOST_BYTES));
        for entry in archive.entries().map_err(&failed)? {
            let entry = entry.map_err(&failed)?;
            let inside = entry.path().map_err(&failed)?.into_owned();
            let at = names
                .iter()
                .position(|name| inside.ends_with(Path::new(self.version.folder).join(name)));
            if let Some(at) = at {
                let file = format!("{}: {}", path.display(), inside.display());
                files[at] = Some(self.read_file(file, entry, labels)?);
            }
        }
        io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(&failed)?;
        let files = files.into_iter().zip(names);
        files
            .map(|(file, name)| file.ok_or_else(|| self.incomplete(path, name)))
            .collect()
    }

    fn read_file(
        &self,
        place: String,
        file: impl Read,
        labels: &[u8],
    ) -> Result<Batch, BuildError> {
        let read = binary::read(file, self.version.largest_labels, labels);
        let (pictures, have) = read.map_err(unreadable(place.clone(), CIFAR_ORIGIN))?;
        let original = self.version.batch;
        let unusual = (have != original).then_some(UnusualBatch {
            place,
            have,
            original,
        });
        Ok(Batch { pictures, unusual })
    }

    fn incomplete(&self, place: &Path, file: &str) -> BuildError {
        BuildError::Incomplete {
            place: place.to_owned(),
            file: file.to_owned(),
        }
    }
}
