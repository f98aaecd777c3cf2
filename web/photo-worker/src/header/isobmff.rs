//! AVIF and HEIC: boxes within boxes.

use super::types::{Format, Header, NO_LENGTH, NO_SIZE, Parsed, Problem, take};

/// Boxes that hold what is looked for, with the bytes before their own boxes.
const HOLDERS: [(&[u8; 4], usize); 5] = [
    (b"meta", 4),
    (b"iprp", 0),
    (b"ipco", 0),
    (b"moov", 0),
    (b"trak", 0),
];

/// Boxes that hold what is looked for lie in each other at most so many deep.
const DEEPEST: usize = 8;

/// The largest of all pictures in the file: its thumbnails and tiles are smaller.
pub fn read(bytes: &[u8]) -> Parsed {
    let length = u32::from_be_bytes(take(bytes, 0)?) as usize;
    let brands = bytes.get(8..length.clamp(16, 4096)).ok_or(Problem::Short)?;
    let has = |brands_of: &[&[u8; 4]]| {
        let mut brands = brands.chunks_exact(4);
        brands.any(|brand| brands_of.iter().any(|known| brand == *known))
    };
    let format = if has(&[b"avif", b"avis"]) {
        Format::Avif
    } else if has(&[
        b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1",
    ]) {
        Format::Heic
    } else {
        // A film.
        return Err(Problem::Unknown);
    };
    let mut largest = None;
    walk(bytes, DEEPEST, &mut largest)?;
    let (width, height) = largest.ok_or(Problem::Damaged(NO_SIZE))?;
    Ok(Header::new(format, width, height))
}

fn walk(bytes: &[u8], deeper: usize, largest: &mut Option<(u32, u32)>) -> Result<(), Problem> {
    let mut at = 0;
    while at < bytes.len() {
        let (mut length, mut head) = (u64::from(u32::from_be_bytes(take(bytes, at)?)), 8);
        let name: [u8; 4] = take(bytes, at + 4)?;
        match length {
            0 => length = (bytes.len() - at) as u64,
            1 => (length, head) = (u64::from_be_bytes(take(bytes, at + 8)?), 16),
            _ => {}
        }
        if length < head {
            return Err(Problem::Damaged(NO_LENGTH));
        }
        let end = usize::try_from(length)
            .ok()
            .and_then(|length| at.checked_add(length))
            .ok_or(Problem::Short)?;
        let content = bytes.get(at + head as usize..end.min(bytes.len()));
        let content = content.ok_or(Problem::Short)?;
        let size = match &name {
            b"ispe" => Some((take(content, 4)?, take(content, 8)?)),
            // The sides of a track are at its end, in 16.16 fixed point.
            b"tkhd" if end <= bytes.len() && content.len() >= 8 => {
                let [w, wide, _, _, h, high, _, _] = take(content, content.len() - 8)?;
                Some(([0, 0, w, wide], [0, 0, h, high]))
            }
            _ => None,
        };
        if let Some((width, height)) = size {
            let size = (u32::from_be_bytes(width), u32::from_be_bytes(height));
            let area = |(width, height): (u32, u32)| u64::from(width) * u64::from(height);
            if largest.is_none_or(|most| area(size) > area(most)) {
                *largest = Some(size);
            }
        }
        let holder = HOLDERS.iter().find(|(holder, _)| **holder == name);
        if end > bytes.len() {
            // The pixels may be cut off here, what describes them may not.
            let enough = holder.is_none() && largest.is_some();
            return if enough { Ok(()) } else { Err(Problem::Short) };
        }
        if let Some((_, skip)) = holder {
            let deeper = deeper.checked_sub(1).ok_or(Problem::Damaged(NO_SIZE))?;
            walk(content.get(*skip..).ok_or(Problem::Short)?, deeper, largest)?;
        }
        at = end;
    }
    Ok(())
}
