//! Checkpoints as `torch.save` writes them, without PyTorch: a zip of a pickle (protocol 2) and a file for each storage.
#![allow(dead_code)] // each test file uses its part of it

pub mod fixture;

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// What a checkpoint holds.
#[derive(Clone)]
pub enum Value {
    Int(i32),
    Dict(Vec<(String, Value)>),
    List(Vec<Value>),
    Tensor(Tensor),
}

/// A tensor of 32-bit floats, as its storage lies in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    pub shape: Vec<usize>,
    pub stride: Vec<usize>,
    /// Elements that the pickle says the storage has.
    pub declared: usize,
    pub storage: Vec<f32>,
}

impl Tensor {
    /// Row by row, as new tensors are.
    pub fn new(shape: Vec<usize>, values: Vec<f32>) -> Self {
        let mut stride = vec![1; shape.len()];
        for axis in (1..shape.len()).rev() {
            stride[axis - 1] = stride[axis] * shape[axis];
        }
        Self {
            shape,
            stride,
            declared: values.len(),
            storage: values,
        }
    }

    /// The same values, column by column, as a transposed tensor or `memory_format` leaves them.
    pub fn column_by_column(&self) -> Self {
        let mut stride = vec![1; self.shape.len()];
        for axis in 1..self.shape.len() {
            stride[axis] = stride[axis - 1] * self.shape[axis - 1];
        }
        let mut storage = vec![0.0; self.storage.len()];
        for (place, value) in self.storage.iter().enumerate() {
            let index = self.shape.iter().zip(&self.stride);
            let index = index.map(|(extent, step)| place / step % extent);
            let there: usize = index.zip(&stride).map(|(at, step)| at * step).sum();
            storage[there] = *value;
        }
        Self {
            stride,
            storage,
            ..self.clone()
        }
    }
}

/// The file's bytes.
pub fn torch_save(value: &Value) -> Vec<u8> {
    let (pickle, storages) = pickled(value);
    zipped(&pickle, &storages)
}

/// What the file says of the tensors, and the bytes of their storages.
pub fn pickled(value: &Value) -> (Vec<u8>, Vec<Vec<u8>>) {
    let (mut pickle, mut storages) = (b"\x80\x02".to_vec(), Vec::new());
    write(&mut pickle, &mut storages, value);
    pickle.push(b'.');
    (pickle, storages)
}

/// Both in one file, with the right checksums.
pub fn zipped(pickle: &[u8], storages: &[Vec<u8>]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut put = |name: &str, bytes: &[u8]| {
        zip.start_file(format!("archive/{name}"), stored).unwrap();
        zip.write_all(bytes).unwrap();
    };
    put("data.pkl", pickle);
    put("byteorder", b"little");
    for (number, storage) in storages.iter().enumerate() {
        put(&format!("data/{number}"), storage);
    }
    put("version", b"3\n");
    zip.finish().unwrap().into_inner()
}

fn write(pickle: &mut Vec<u8>, storages: &mut Vec<Vec<u8>>, value: &Value) {
    match value {
        Value::Int(number) => int(pickle, *number),
        Value::List(values) => {
            pickle.extend(b"](");
            for value in values {
                write(pickle, storages, value);
            }
            pickle.push(b'e');
        }
        Value::Dict(items) => {
            pickle.extend(b"}(");
            for (key, value) in items {
                text(pickle, key);
                write(pickle, storages, value);
            }
            pickle.push(b'u');
        }
        Value::Tensor(tensor) => {
            pickle.extend(b"ctorch._utils\n_rebuild_tensor_v2\n((");
            text(pickle, "storage");
            pickle.extend(b"ctorch\nFloatStorage\n");
            text(pickle, &storages.len().to_string());
            text(pickle, "cpu");
            int(pickle, tensor.declared as i32);
            pickle.extend(b"tQ");
            int(pickle, 0);
            for extents in [&tensor.shape, &tensor.stride] {
                pickle.push(b'(');
                extents
                    .iter()
                    .for_each(|extent| int(pickle, *extent as i32));
                pickle.push(b't');
            }
            pickle.extend(b"\x89ccollections\nOrderedDict\n)RtR");
            let bytes = tensor.storage.iter().flat_map(|value| value.to_le_bytes());
            storages.push(bytes.collect());
        }
    }
}

fn int(pickle: &mut Vec<u8>, number: i32) {
    pickle.push(b'J');
    pickle.extend(number.to_le_bytes());
}

fn text(pickle: &mut Vec<u8>, text: &str) {
    pickle.push(b'X');
    pickle.extend((text.len() as u32).to_le_bytes());
    pickle.extend(text.bytes());
}
