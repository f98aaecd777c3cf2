//! Small archives in the forms of the real ones, made up, for tests to spoil.

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

/// The version of Python that a pickle is from, and the order of its array.
#[derive(Debug, Clone, Copy)]
pub enum Python {
    Two,
    TwoByColumns,
    Three,
}

/// A batch as in the binary version: `before` bytes of labels, the last of which counts, and the picture, for each.
pub fn binary(before: usize, labels: &[u8], pictures: &[Vec<u8>]) -> Vec<u8> {
    let records = labels.iter().zip(pictures);
    let record = records.map(|(label, levels)| [&vec![*label; before], &**levels].concat());
    record.collect::<Vec<_>>().concat()
}

/// A batch as in the python version, in protocol 2.
pub fn pickle(python: Python, name: &str, labels: &[u8], pictures: &[Vec<u8>]) -> Vec<u8> {
    let mut memo = 0;
    let mut put = || {
        memo += 1;
        vec![b'q', memo]
    };
    let text = |text: &str| match python {
        Python::Three => [
            &b"X"[..],
            &(text.len() as u32).to_le_bytes(),
            text.as_bytes(),
        ]
        .concat(),
        _ => [&[b'U', text.len() as u8], text.as_bytes()].concat(),
    };
    let number = |number: usize| match u8::try_from(number) {
        Ok(small) => vec![b'K', small],
        Err(_) => [&b"M"[..], &(number as u16).to_le_bytes()].concat(),
    };
    let numbers = labels.iter().flat_map(|label| [b'K', *label]).collect();
    let by_columns = matches!(python, Python::TwoByColumns);
    let raw = if by_columns {
        let column = |at| pictures.iter().map(move |levels: &Vec<u8>| levels[at]);
        (0..PICTURE).flat_map(column).collect()
    } else {
        pictures.concat()
    };
    let raw = match python {
        // What it has for bytes: text, each character of which is one.
        Python::Three => {
            let raw: String = raw.iter().map(|byte| char::from(*byte)).collect();
            let size = (raw.len() as u32).to_le_bytes();
            let start = [&b"c_codecs\nencode\n"[..], &put(), b"X", &size].concat();
            let end = [
                put(),
                text("latin1"),
                put(),
                b"\x86".to_vec(),
                put(),
                b"R".to_vec(),
            ];
            [start, raw.into_bytes(), end.concat(), put()].concat()
        }
        _ => [&b"T"[..], &(raw.len() as u32).to_le_bytes(), &raw, &put()].concat(),
    };
    let (module, order) = match python {
        Python::Three => ("numpy._core.multiarray", b"\x89"),
        Python::Two => ("numpy.core.multiarray", b"\x89"),
        Python::TwoByColumns => ("numpy.core.multiarray", b"\x88"),
    };
    let parts = [
        b"\x80\x02}".to_vec(),
        put(),
        b"(".to_vec(),
        text("batch_label"),
        put(),
        text("training batch 1 of 5"),
        put(),
        text(name),
        put(),
        b"]".to_vec(),
        put(),
        b"(".to_vec(),
        numbers,
        b"e".to_vec(),
        text("data"),
        put(),
        format!("c{module}\n_reconstruct\n").into_bytes(),
        put(),
        b"cnumpy\nndarray\n".to_vec(),
        put(),
        b"K\x00\x85".to_vec(),
        put(),
        text("b"),
        put(),
        b"\x87".to_vec(),
        put(),
        b"R".to_vec(),
        put(),
        b"(K\x01".to_vec(),
        number(pictures.len()),
        number(PICTURE),
        b"\x86".to_vec(),
        put(),
        b"cnumpy\ndtype\n".to_vec(),
        put(),
        text("u1"),
        put(),
        b"K\x00K\x01\x87".to_vec(),
        put(),
        b"R".to_vec(),
        put(),
        b"(K\x03".to_vec(),
        text("|"),
        put(),
        b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00t".to_vec(),
        put(),
        b"b".to_vec(),
        order.to_vec(),
        raw,
        b"t".to_vec(),
        put(),
        b"bu.".to_vec(),
    ];
    parts.concat()
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

/// The version of the sets to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Binary,
    Python,
}

/// The files of a set's training part, by their names in the archive: of each class here, 5 photos.
pub fn set(set: Cifar, form: Form) -> Vec<(String, Vec<u8>)> {
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
        match (set, form) {
            (Cifar::Ten, Form::Binary) => (
                format!("cifar-10-batches-bin/data_batch_{number}.bin"),
                binary(1, &labels, &pictures),
            ),
            (Cifar::Ten, Form::Python) => (
                format!("cifar-10-batches-py/data_batch_{number}"),
                pickle(Python::Two, "labels", &labels, &pictures),
            ),
            (Cifar::Hundred, Form::Binary) => (
                "cifar-100-binary/train.bin".to_owned(),
                binary(2, &labels, &pictures),
            ),
            (Cifar::Hundred, Form::Python) => (
                "cifar-100-python/train".to_owned(),
                pickle(Python::Two, "fine_labels", &labels, &pictures),
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
pub fn sources(form: Form) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let name = |set: u8| match form {
        Form::Binary => format!("cifar-{set}-binary.tar.gz"),
        Form::Python => format!("cifar-{set}-python.tar.gz"),
    };
    for (number, which) in [(10, Cifar::Ten), (100, Cifar::Hundred)] {
        let mut files = set(which, form);
        // Archives have their files in any order.
        files.reverse();
        fs::write(folder.path().join(name(number)), pack(&files)).unwrap();
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
