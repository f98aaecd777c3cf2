//! Formats whose size has a fixed place, or nearly so.

use super::exif;
use super::types::{Format, Header, NO_SIZE, Parsed, Problem, take};

pub fn png(bytes: &[u8]) -> Parsed {
    if take(bytes, 8)? != *b"\0\0\0\x0dIHDR" {
        return Err(Problem::Damaged(NO_SIZE));
    }
    let width = u32::from_be_bytes(take(bytes, 16)?);
    let height = u32::from_be_bytes(take(bytes, 20)?);
    let mut header = Header::new(Format::Png, width, height);
    if let Some(orientation) = png_orientation(bytes) {
        header.orientation = orientation;
    }
    Ok(header)
}

/// The orientation of a PNG where it says one before its pixels, within the first bytes.
fn png_orientation(bytes: &[u8]) -> Option<u8> {
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(take(bytes, at).ok()?);
        let length = usize::try_from(length).ok()?;
        let content = at + 8..(at + 8).checked_add(length)?;
        match &take(bytes, at + 4).ok()? {
            b"eXIf" => return exif::orientation(bytes.get(content)?),
            b"IDAT" => return None,
            // After the content there is a checksum.
            _ => at = content.end.checked_add(4)?,
        }
    }
}

/// The screen, or the first frame where that reaches beyond it: decoders make room for both.
pub fn gif(bytes: &[u8]) -> Parsed {
    let [_, _, _, _, _, _, w, wide, h, high, flags, ..] = take::<13>(bytes, 0)?;
    let screen = [[w, wide], [h, high]].map(u16::from_le_bytes);
    let mut at = 13;
    if flags & 0x80 != 0 {
        at += 3 << ((flags & 7) + 1);
    }
    loop {
        match take(bytes, at)? {
            [b','] => break,
            [b'!'] => {
                at += 2;
                // Blocks, each after its length; an empty one is the last.
                loop {
                    let [length] = take(bytes, at)?;
                    at += 1 + usize::from(length);
                    if length == 0 {
                        break;
                    }
                }
            }
            _ => {
                return Err(Problem::Damaged([
                    "its first frame is missing",
                    "缺少第一個畫格",
                ]));
            }
        }
    }
    let [_, l, left, t, top, w, wide, h, high] = take(bytes, at)?;
    let reach = |offset: [u8; 2], side: [u8; 2]| {
        u64::from(u16::from_le_bytes(offset)) + u64::from(u16::from_le_bytes(side))
    };
    Ok(Header::new(
        Format::Gif,
        reach([l, left], [w, wide]).max(screen[0].into()),
        reach([t, top], [h, high]).max(screen[1].into()),
    ))
}

/// A negative height means that the rows go down.
pub fn bmp(bytes: &[u8]) -> Parsed {
    let length = u32::from_le_bytes(take(bytes, 14)?);
    if length == 12 {
        let [w, wide, h, high] = take(bytes, 18)?;
        let [width, height] = [[w, wide], [h, high]].map(u16::from_le_bytes);
        return Ok(Header::new(Format::Bmp, width, height));
    }
    // "BM" alone also begins words.
    if !(16..=1024).contains(&length) {
        return Err(Problem::Unknown);
    }
    let [width, height] = [take(bytes, 18)?, take(bytes, 22)?].map(i32::from_le_bytes);
    Ok(Header::new(
        Format::Bmp,
        width.unsigned_abs(),
        height.unsigned_abs(),
    ))
}
