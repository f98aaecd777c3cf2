//! Small archives like the real ones, made up, for tests to spoil.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::CLASSES;
use super::cifar::Cifar;

/// Bytes of a photo.
const PICTURE: usize = 3072;

/// The levels of a photo unlike any with another label or number.
pub fn levels(label: u8, number: u8) -> Vec<u8> {
    let mut levels: Vec<u8> = (0..PICTURE).map(|at| (at / 7) as u8).collect();
    levels[..2].copy_from_slice(&[label, number]);
    levels
}

/// A batch as in the binary version: 1 or 2 bytes of labels, the last of which counts, and the picture, for each.
pub fn binary(before: usize, labels: &[u8], pictures: &[Vec<u8>]) -> Vec<u8> {
    let records = labels.iter().zip(pictures);
    let record = records.map(|(label, levels)| {
        let before = &[label / 5, *label][2 - before..];
        [before, &**levels].concat()
    });
    record.collect::<Vec<_>>().concat()
}

/// A NumPy file of rows of bytes, whatever its header says.
pub fn npy(kind: &str, fortran: &str, shape: &str, rows: &[Vec<u8>]) -> Vec<u8> {
    let text = format!("{{'descr': '{kind}', 'fortran_order': {fortran}, 'shape': {shape}, }}");
    let text = format!("{text:<117}\n");
    let length = (text.len() as u16).to_le_bytes();
    [
        b"\x93NUMPY\x01\x00",
        &length[..],
        text.as_bytes(),
        &rows.concat(),
    ]
    .concat()
}

/// A packed archive of files.
pub fn pack(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, &**bytes).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

/// The files of a set's training part, by their names in the archive: of each class here, 5 photos.
pub fn set(set: Cifar) -> Vec<(String, Vec<u8>)> {
    let wanted = CLASSES.iter().filter(|(of, ..)| *of == set);
    let mut labels: Vec<u8> = wanted.map(|(_, label, _)| *label).collect();
    labels.extend([1, 2]);
    let batch = |number: u8| {
        let pictures: Vec<_> = labels.iter().map(|label| levels(*label, number)).collect();
        (labels.clone(), pictures)
    };
    let batches: Vec<_> = (0..5).map(batch).collect();
    let batches = match set {
        Cifar::Ten => batches,
        Cifar::Hundred => {
            let (labels, pictures): (Vec<_>, Vec<_>) = batches.into_iter().unzip();
            vec![(labels.concat(), pictures.concat())]
        }
    };
    let file = |(number, (labels, pictures)): (usize, (Vec<u8>, Vec<Vec<u8>>))| {
        let number = number + 1;
        match set {
            Cifar::Ten => (
                format!("cifar-10-batches-bin/data_batch_{number}.bin"),
                binary(1, &labels, &pictures),
            ),
            Cifar::Hundred => (
                "cifar-100-binary/train.bin".to_owned(),
                binary(2, &labels, &pictures),
            ),
        }
    };
    batches.into_iter().enumerate().map(file).collect()
}

/// The levels of a doodle unlike any of another class or number.
pub fn doodle(class: u8, number: u8) -> Vec<u8> {
    let mut levels = vec![0; 784];
    levels[100..102].copy_from_slice(&[class, number]);
    levels
}

/// A folder with both sets packed, and 6 doodles of each class.
pub fn sources() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (number, which) in [(10, Cifar::Ten), (100, Cifar::Hundred)] {
        let mut files = set(which);
        // Archives have their files in any order.
        files.reverse();
        let name = format!("cifar-{number}-binary.tar.gz");
        fs::write(folder.path().join(name), pack(&files)).unwrap();
    }
    for (class, (_, _, name)) in CLASSES.iter().enumerate() {
        let rows: Vec<_> = (0..6).map(|number| doodle(class as u8, number)).collect();
        let bytes = npy("|u1", "False", "(6, 784)", &rows);
        fs::write(folder.path().join(format!("{name}.npy")), bytes).unwrap();
    }
    folder
}

/// Writes files to where they are unpacked.
pub fn unpack(files: &[(String, Vec<u8>)], folder: &Path) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        File::create(path).unwrap().write_all(bytes).unwrap();
    }
}
