use super::types::{Format, Header, NO_LENGTH, NO_SIZE, Parsed, Problem, take};

/// Walks from marker to marker as libjpeg does, passing over fill bytes and what stands between segments.
pub fn read(bytes: &[u8]) -> Parsed {
    let mut at = 2;
    loop {
        while take::<1>(bytes, at)? != [0xff] {
            at += 1;
        }
        while take::<1>(bytes, at)? == [0xff] {
            at += 1;
        }
        let [marker] = take(bytes, at)?;
        at += 1;
        match marker {
            // A byte of 255 within something else, and markers without a segment.
            0 | 0x01 | 0xd0..=0xd7 => continue,
            0xd8..=0xda => return Err(Problem::Damaged(NO_SIZE)),
            // The frame, in all its kinds.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let [_, _, bits, high, height, wide, width] = take(bytes, at)?;
                let size = [[wide, width], [high, height]].map(u16::from_be_bytes);
                let usual = marker <= 0xc2 && bits == 8;
                let format = if usual {
                    Format::Jpeg
                } else {
                    Format::RareJpeg
                };
                return Ok(Header::new(format, size[0], size[1]));
            }
            _ => {
                let length = usize::from(u16::from_be_bytes(take(bytes, at)?));
                if length < 2 {
                    return Err(Problem::Damaged(NO_LENGTH));
                }
                at += length;
            }
        }
    }
}
