//! What is in the WebAssembly that was built.

use super::{
    bundles::{Bundle, CPU, CPU_RELAXED},
    files::{files, relative},
    sizes::CPU_ENGINE,
};
use anyhow::{Context, Result, ensure};
use server::plain_name;
use std::{fs, path::Path};
use wasmparser::{BinaryReader, Parser, Payload};

/// How many vector instructions a program has.
#[derive(Debug, Default, PartialEq, Eq)]
struct Vectors {
    /// With one result on every machine.
    strict: usize,
    /// Whose last bits may depend on the machine, such as a fused multiply-add.
    relaxed: usize,
}

/// The opcode that begins every vector instruction.
const PREFIX: u8 = 0xfd;
/// The first number after it of a relaxed one.
const RELAXED: u32 = 0x100;

/// Requires both CPU engines of a published site to be what they are meant to be: compiled for vectors, one with relaxed
/// instructions and the other without, and small, as they are only without Burn.
pub fn check(site: &Path) -> Result<()> {
    for (bundle, relaxed) in [(&CPU, false), (&CPU_RELAXED, true)] {
        let (path, bytes) = read(site, bundle)?;
        let vectors = vectors(&bytes).with_context(|| format!("{path} is no WebAssembly"))?;
        ensure!(
            vectors.strict > 0,
            "{path} has no vector instruction: see the flags in .cargo/config.toml"
        );
        ensure!(
            (vectors.relaxed > 0) == relaxed,
            "{path} has {} relaxed vector instructions: see the flags in xtask/src/site/bundles.rs, and the kernels in shared",
            vectors.relaxed
        );
        ensure!(
            bytes.len() as u64 <= CPU_ENGINE,
            "{path} has {} bytes, of at most {CPU_ENGINE}: does the CPU engine depend on Burn?",
            bytes.len()
        );
    }
    Ok(())
}

/// The name and the content of a program, whatever hash is in its name.
fn read(site: &Path, bundle: &Bundle) -> Result<(String, Vec<u8>)> {
    for path in files(site)? {
        let name = relative(site, &path)?;
        if plain_name(&name) == bundle.wasm() {
            let bytes = fs::read(&path).with_context(|| format!("cannot read {name}"))?;
            return Ok((name, bytes));
        }
    }
    anyhow::bail!("the site has no {}: build it again", bundle.wasm())
}

fn vectors(wasm: &[u8]) -> wasmparser::Result<Vectors> {
    let mut found = Vectors::default();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::CodeSectionEntry(body) = payload? else {
            continue;
        };
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let start = operators.original_position();
            operators.read()?;
            if wasm[start] != PREFIX {
                continue;
            }
            let number = BinaryReader::new(&wasm[start + 1..], start + 1).read_var_u32()?;
            if number < RELAXED {
                found.strict += 1;
            } else {
                found.relaxed += 1;
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{check as check_site, *};
    use tempfile::TempDir;

    /// A module with one function, whose body are these instructions.
    fn module(instructions: &[u8]) -> Vec<u8> {
        let length = instructions.len() as u8;
        let head = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0";
        let code = [0x0a, length + 4, 1, length + 2, 0];
        [head, &code[..], instructions, &[0x0b]].concat()
    }

    /// `v128.const 0, drop`; the zeros would be instructions to a search for bytes.
    const STRICT: [u8; 19] = [
        0xfd, 12, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x1a,
    ];

    /// `f32x4.relaxed_madd` of three constants, and `drop`.
    fn relaxed() -> Vec<u8> {
        let constant = &STRICT[..18];
        [constant, constant, constant, &[0xfd, 0x85, 2, 0x1a]].concat()
    }

    #[test]
    fn vector_instructions_are_counted_and_their_constants_are_not() {
        for (instructions, strict, relaxed) in [
            (vec![], 0, 0),
            (vec![0x41, 0xfd, 0, 0x1a], 0, 0),
            (STRICT.to_vec(), 1, 0),
            (relaxed(), 3, 1),
        ] {
            let found = vectors(&module(&instructions)).unwrap();
            assert_eq!(found, Vectors { strict, relaxed }, "{instructions:?}");
        }
    }

    #[test]
    fn engines_that_are_not_what_they_are_meant_to_be_are_named() {
        let site = TempDir::new().unwrap();
        let folder = site.path().join("workers");
        fs::create_dir_all(&folder).unwrap();
        let check = |cpu: &[u8], other: &[u8]| {
            fs::write(folder.join("cpu_bg-0123456789abcdef.wasm"), cpu).unwrap();
            fs::write(folder.join("cpu-relaxed_bg.wasm"), other).unwrap();
            check_site(site.path()).map_err(|error| error.to_string())
        };
        let (none, strict, relaxed) = (module(&[]), module(&STRICT), module(&relaxed()));
        assert_eq!(check(&strict, &relaxed), Ok(()));
        let error = check(&none, &relaxed).unwrap_err();
        assert!(
            error.starts_with("workers/cpu_bg-0123456789abcdef.wasm has no vector"),
            "{error}"
        );
        let error = check(&relaxed, &relaxed).unwrap_err();
        assert!(error.contains("has 1 relaxed"), "{error}");
        let error = check(&strict, &strict).unwrap_err();
        assert!(
            error.starts_with("workers/cpu-relaxed_bg.wasm has 0 relaxed"),
            "{error}"
        );
        // A custom section without a name, of 300,003 bytes.
        let large = [&strict[..], &[0, 0xe3, 0xa7, 18, 0], &vec![0; 300_002]].concat();
        let error = check(&large, &relaxed).unwrap_err();
        assert!(error.contains("Burn"), "{error}");
    }
}
