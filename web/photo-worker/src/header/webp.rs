use super::exif;
use super::types::{Format, Header, Parsed, Problem, take};

/// The flag of an extended WebP that has EXIF data.
const HAS_EXIF: u8 = 0x08;

pub fn read(bytes: &[u8], whole: bool) -> Parsed {
    match &take(bytes, 12)? {
        b"VP8 " => {
            // After the frame's tag and the start code, fourteen bits each.
            let [w, wide, h, high] = take(bytes, 26)?;
            let [width, height] =
                [[w, wide], [h, high]].map(|side| u16::from_le_bytes(side) & 0x3fff);
            Ok(Header::new(Format::WebP, width, height))
        }
        b"VP8L" => {
            let bits = u32::from_le_bytes(take(bytes, 21)?);
            Ok(Header::new(
                Format::WebP,
                (bits & 0x3fff) + 1,
                (bits >> 14 & 0x3fff) + 1,
            ))
        }
        b"VP8X" => {
            let [flags] = take(bytes, 20)?;
            let [a, b, c, d, e, f] = take(bytes, 24)?;
            let [width, height] =
                [[a, b, c, 0], [d, e, f, 0]].map(|side| u32::from_le_bytes(side) + 1);
            let mut header = Header::new(Format::WebP, width, height);
            if flags & HAS_EXIF != 0 {
                header.orientation = match orientation(bytes) {
                    Err(Problem::Short) if !whole => return Err(Problem::Short),
                    found => found.ok().flatten().unwrap_or(exif::UPRIGHT),
                };
            }
            Ok(header)
        }
        _ => Err(Problem::Damaged([
            "its first part is not that of a WebP",
            "第一個區段不屬於 WebP",
        ])),
    }
}

/// The orientation in the EXIF part, which stands behind the pixels.
fn orientation(bytes: &[u8]) -> Result<Option<u8>, Problem> {
    let mut at = 12;
    loop {
        let name: [u8; 4] = take(bytes, at)?;
        let length = u32::from_le_bytes(take(bytes, at + 4)?);
        let length = usize::try_from(length).map_err(|_| Problem::Short)?;
        let end = (at + 8).checked_add(length).ok_or(Problem::Short)?;
        if &name == b"EXIF" {
            let content = bytes.get(at + 8..end).ok_or(Problem::Short)?;
            return Ok(exif::orientation(content));
        }
        // Parts are filled up to an even length.
        at = end.checked_add(length % 2).ok_or(Problem::Short)?;
    }
}
