//! Files compressed once, when the site is built, instead of by a host at each visit.

use super::files::files;
use anyhow::{Context, Result};
use brotli::{BrotliCompress, enc::BrotliEncoderParams};
use flate2::{Compression, write::GzEncoder};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
};

/// Endings of what compresses.
const ENDINGS: [&str; 7] = [
    "css",
    "html",
    "js",
    "safetensors",
    "svg",
    "wasm",
    "webmanifest",
];

/// Writes a `.br` and a `.gz` beside each file of `site` that gets smaller.
pub fn compress(site: &Path) -> Result<()> {
    let mut waiting: Vec<(u64, PathBuf)> = Vec::new();
    for path in files(site)? {
        if path
            .extension()
            .is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known))
        {
            waiting.push((fs::metadata(&path)?.len(), path));
        }
    }
    // The largest are taken first: they take longest.
    waiting.sort();
    let waiting = Mutex::new(waiting);
    let next = || waiting.lock().ok()?.pop();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let work = || {
            while let Some((_, path)) = next() {
                one(&path).with_context(|| format!("cannot compress {}", path.display()))?;
            }
            Ok(())
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|_| Err(anyhow::anyhow!("compressing stopped in a panic")))
        })
    })
}

/// Writes a `.br` and a `.gz` beside a file where they are smaller, in place of those that are there.
pub fn one(path: &Path) -> io::Result<()> {
    let bytes = fs::read(path)?;
    for (ending, packed) in [("br", brotli(&bytes)?), ("gz", gzip(&bytes)?)] {
        if packed.len() < bytes.len() {
            let mut name = path.as_os_str().to_owned();
            name.push(format!(".{ending}"));
            fs::write(name, packed)?;
        }
    }
    Ok(())
}

/// At the highest quality.
fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let settings = BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    BrotliCompress(&mut &*bytes, &mut packed, &settings)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use std::io::Read;
    use tempfile::TempDir;

    #[test]
    fn what_gets_smaller_has_both_beside_it_and_they_hold_the_same() {
        let site = TempDir::new().unwrap();
        let text = "edges ".repeat(100);
        fs::write(site.path().join("a.js"), &text).unwrap();
        fs::write(site.path().join("b.js"), "b").unwrap();
        fs::write(site.path().join("c.png"), &text).unwrap();
        compress(site.path()).unwrap();
        let names: Vec<_> = files(site.path())
            .unwrap()
            .into_iter()
            .map(|path| path.file_name().unwrap().to_owned())
            .collect();
        assert_eq!(names, ["a.js", "a.js.br", "a.js.gz", "b.js", "c.png"]);
        let packed = fs::read(site.path().join("a.js.br")).unwrap();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &*packed, &mut unpacked).unwrap();
        assert_eq!(unpacked, text.as_bytes());
        let packed = fs::read(site.path().join("a.js.gz")).unwrap();
        let mut unpacked = String::new();
        GzDecoder::new(&*packed)
            .read_to_string(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, text);
    }
}
