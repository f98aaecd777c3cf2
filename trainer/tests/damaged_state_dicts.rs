//! State dicts that are damaged or made to deceive.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod torch_save;

use std::fs;

use burn::tensor::Device;
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};
use shared::classes::ClassNames;
use tempfile::TempDir;
use torch_save::{
    fixture::{StateDict, exported, extractor, fixture, predictor, prefixed, source},
    pickled, torch_save, zipped,
};
use trainer::pytorch::{read_state_dicts, state_dicts};

/// Of the fixture's three classes.
fn names() -> ClassNames {
    ClassNames::new(["a", "b", "c"].map(String::from).to_vec()).unwrap()
}

#[test]
fn a_storage_that_is_too_short_is_an_error() {
    let names = names();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("e.bin");
    for (declared, kept) in [(None, 3), (Some(3), 3), (Some(1 << 20), 3), (None, 0)] {
        let spoilt: StateDict = extractor()
            .into_iter()
            .map(|(name, mut tensor)| {
                if name == "conv.4.weight" {
                    tensor.storage.truncate(kept);
                    tensor.declared = declared.unwrap_or(tensor.declared);
                }
                (name, tensor)
            })
            .collect();
        fs::write(&file, torch_save(&prefixed("", &spoilt))).unwrap();
        let predictor = fixture("predictor_model.bin");
        let read = read_state_dicts(
            source(&file),
            source(&predictor),
            Some(&names),
            &Device::flex(),
        );
        let error = read.unwrap_err().to_string();
        assert!(error.contains("e.bin"), "{error}");
    }
}

/// Cuts bytes off and changes some, many times over. What is made of them may be refused or not, but nothing may panic.
fn spoil(bytes: &[u8], seed: u64, read: impl Fn(&[u8])) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut lengths: Vec<usize> = (0..40)
        .map(|_| random.random_range(0..bytes.len()))
        .collect();
    lengths.extend([0, 1, 8, 9, bytes.len() - 1]);
    for length in lengths {
        read(&bytes[..length]);
    }
    for _ in 0..200 {
        let mut spoilt = bytes.to_vec();
        for _ in 0..random.random_range(1..6) {
            // What says how the rest is to be read is at both ends; the middle is mostly numbers.
            let place = match random.random_range(0..3) {
                0 => random.random_range(0..bytes.len().min(4000)),
                1 => bytes.len() - 1 - random.random_range(0..bytes.len().min(4000)),
                _ => random.random_range(0..bytes.len()),
            };
            spoilt[place] ^= random.random_range(1..=255);
        }
        read(&spoilt);
    }
}

#[test]
fn damage_never_panics() {
    let (names, device) = (names(), Device::flex());
    let folder = TempDir::new().unwrap();
    let spoilt = folder.path().join("spoilt");
    let files = ["extractor_model.bin", "predictor_model.bin"].map(fixture);
    // Of the extractor, then of the predictor; the other one is good.
    let read = |part: usize, bytes: &[u8]| {
        fs::write(&spoilt, bytes).unwrap();
        let mut files = files.each_ref().map(|file| source(file));
        files[part] = source(&spoilt);
        let [extractor, predictor] = files;
        read_state_dicts(extractor, predictor, Some(&names), &device).is_ok()
    };
    let exported = state_dicts(&exported()).unwrap();
    for part in [0, 1] {
        let seed = part as u64;
        let saved = fs::read(&files[part]).unwrap();
        let state = [extractor, predictor][part]();
        let (pickle, storages) = pickled(&prefixed("module.", &state));
        assert!(read(part, &saved) && read(part, &exported[part]));
        assert!(read(part, &zipped(&pickle, &storages)));
        spoil(&saved, seed, |bytes| {
            read(part, bytes);
        });
        spoil(&exported[part], 10 + seed, |bytes| {
            read(part, bytes);
        });
        // Damage that no checksum shows.
        spoil(&pickle, 20 + seed, |bytes| {
            read(part, &zipped(bytes, &storages));
        });
    }
}
