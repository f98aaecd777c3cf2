//! SHA-256 of files, written as 64 hexadecimal digits.

use std::fmt;
use std::fs::File;
use std::io;
use std::path::Path;
use std::str::FromStr;

use sha2::{Digest, Sha256};

/// The SHA-256 of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checksum([u8; 32]);

/// What was given is no SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256: give its 64 hexadecimal digits")]
pub struct ChecksumError;

impl Checksum {
    /// The size in bytes and the checksum of a file.
    pub(super) fn of(file: &Path) -> io::Result<(u64, Self)> {
        let mut hash = Sha256::new();
        let size = io::copy(&mut File::open(file)?, &mut hash)?;
        Ok((size, Self(hash.finalize().into())))
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Checksum {
    type Err = ChecksumError;

    fn from_str(text: &str) -> Result<Self, ChecksumError> {
        let text = text.trim().as_bytes();
        if text.len() != 64 {
            return Err(ChecksumError);
        }
        let digit = |byte: u8| char::from(byte).to_digit(16).ok_or(ChecksumError);
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
            *byte = (16 * digit(pair[0])? + digit(pair[1])?) as u8;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of `abc`, from FIPS 180-2, appendix B.1.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn files_have_the_published_checksum() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("abc");
        std::fs::write(&file, "abc").unwrap();
        let (size, checksum) = Checksum::of(&file).unwrap();
        assert_eq!((size, &*checksum.to_string()), (3, ABC));
        assert_eq!(ABC.to_uppercase().parse(), Ok(checksum));
    }

    #[test]
    fn nothing_else_is_taken_for_one() {
        for text in [
            "",
            "abc",
            &ABC[1..],
            &ABC.replace('b', "g"),
            &"é".repeat(32),
        ] {
            assert_eq!(text.parse::<Checksum>(), Err(ChecksumError), "{text}");
        }
    }
}
