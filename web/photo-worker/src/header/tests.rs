use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = DynamicImage::from(RgbImage::new(37, 23));
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn size(bytes: &[u8]) -> Result<(u64, u64), Problem> {
    read(bytes, true).map(|header| (header.width, header.height))
}

#[test]
fn every_format_says_its_size() {
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
        ImageFormat::Bmp,
    ] {
        let bytes = encoded(format);
        assert_eq!(size(&bytes), Ok((37, 23)), "{format:?}");
        for length in 12..20 {
            assert_eq!(size(&bytes[..length]), Err(Problem::Short), "{format:?}");
        }
    }
}

#[test]
fn other_files_are_unknown() {
    for bytes in [
        &b"Dear diary"[..],
        b"",
        b"BMW",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"II*\0\x08\0\0\0",
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
        b"RIFF\0\0\0\0AVI LIST",
    ] {
        // What is too short to be told apart is no picture either.
        let problem = size(bytes).unwrap_err();
        assert_ne!(problem, Problem::Damaged(NO_PIXELS));
        assert!(
            matches!(problem, Problem::Unknown | Problem::Short),
            "{bytes:?}"
        );
    }
    assert_eq!(size(b"Dear diary"), Err(Problem::Unknown));
}

#[test]
fn a_jpeg_s_size_is_found_behind_fill_bytes_and_thumbnails() {
    let mut bytes = encoded(ImageFormat::Jpeg);
    // A segment with another picture's frame within, then fill bytes.
    let thumbnail = b"\xff\xe1\x00\x0d\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\xff\xff\xff";
    bytes.splice(2..2, thumbnail.iter().copied());
    assert_eq!(size(&bytes), Ok((37, 23)));
}

#[test]
fn jpegs_that_browsers_do_not_decode_are_told_apart() {
    let mut bytes = encoded(ImageFormat::Jpeg);
    let frame = bytes
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .unwrap();
    assert_eq!(read(&bytes, true).unwrap().format, Format::Jpeg);
    bytes[frame + 4] = 12;
    assert_eq!(read(&bytes, true).unwrap().format, Format::RareJpeg);
    bytes[frame + 4] = 8;
    bytes[frame + 1] = 0xc9;
    assert_eq!(read(&bytes, true).unwrap().format, Format::RareJpeg);
}

#[test]
fn a_gif_s_first_frame_counts_where_it_is_larger_than_the_screen() {
    let mut bytes = b"GIF89a\x01\0\x01\0\0\0\0".to_vec();
    bytes.extend(b"!\xf9\x04\0\0\0\0\0");
    bytes.extend(b",\x02\0\0\0\xff\xff\x10\0\0");
    assert_eq!(size(&bytes), Ok((65_537, 16)));
}

#[test]
fn a_bitmap_may_go_down_and_may_be_old() {
    let mut bytes = encoded(ImageFormat::Bmp);
    bytes[22..26].copy_from_slice(&(-23_i32).to_le_bytes());
    assert_eq!(size(&bytes), Ok((37, 23)));
    bytes[22..26].copy_from_slice(&i32::MIN.to_le_bytes());
    assert_eq!(size(&bytes), Ok((37, 1 << 31)));
    let mut old = vec![0; 26];
    old[..2].copy_from_slice(b"BM");
    old[14] = 12;
    old[18..22].copy_from_slice(&[40, 0, 30, 0]);
    assert_eq!(size(&old), Ok((40, 30)));
}

#[test]
fn all_kinds_of_webp_say_their_size() {
    let lossy = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x25\x40\x17\x80";
    assert_eq!(size(lossy), Ok((37, 23)));
    let extended = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff";
    assert_eq!(size(extended), Ok((1 << 24, 1 << 24)));
}

/// A box of an image file.
fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = (content.len() as u32 + 8).to_be_bytes().to_vec();
    bytes.extend(name);
    bytes.extend(content);
    bytes
}

fn avif(sizes: &[(u32, u32)]) -> Vec<u8> {
    let properties: Vec<u8> = sizes
        .iter()
        .flat_map(|(width, height)| {
            let content = [[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat();
            boxed(b"ispe", &content)
        })
        .collect();
    let properties = boxed(b"iprp", &boxed(b"ipco", &properties));
    let meta = [&[0; 4][..], &properties].concat();
    let mut bytes = boxed(b"ftyp", b"avif\0\0\0\0mif1");
    bytes.extend(boxed(b"meta", &meta));
    bytes
}

#[test]
fn the_largest_picture_of_an_image_file_counts() {
    let mut bytes = avif(&[(512, 512), (65_536, 65_536), (160, 120)]);
    let header = read(&bytes, true).unwrap();
    assert_eq!((header.format, header.width), (Format::Avif, 65_536));
    // Cut within the description.
    let cut = &bytes[..bytes.len() - 30];
    assert_eq!(read(cut, false), Err(Problem::Short));
    // Cut within the pixels.
    bytes.extend(b"\0\x10\0\0mdat12");
    assert!(read(&bytes, false).is_ok());
}

#[test]
fn orientations_are_read_from_png_and_webp() {
    let exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    let mut png = encoded(ImageFormat::Png);
    let chunk = [&26_u32.to_be_bytes()[..], b"eXIf", exif, b"\0\0\0\0"].concat();
    png.splice(33..33, chunk);
    assert_eq!(read(&png, true).unwrap().orientation, 6);
    let mut webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x08\0\0\0\x24\0\0\x16\0\0".to_vec();
    webp.extend(b"VP8L\x03\0\0\0abc\0");
    assert_eq!(read(&webp, false), Err(Problem::Short));
    assert_eq!(read(&webp, true).unwrap().orientation, 1);
    webp.extend(b"EXIF\x20\0\0\0Exif\0\0");
    webp.extend(exif);
    assert_eq!(read(&webp, false).unwrap().orientation, 6);
}

#[test]
fn boxes_within_boxes_without_end_are_refused() {
    let mut bytes = boxed(b"ftyp", b"avif\0\0\0\0mif1");
    for inner in (1..=100_000).rev() {
        bytes.extend((inner * 8_u32).to_be_bytes());
        bytes.extend(b"moov");
    }
    assert_eq!(read(&bytes, true), Err(Problem::Damaged(NO_SIZE)));
}

#[test]
fn broken_headers_are_refused_without_a_panic() {
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
        ImageFormat::Bmp,
    ] {
        let bytes = encoded(format);
        for place in 0..bytes.len().min(64) {
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut broken = bytes.clone();
                broken[place] = value;
                let _ = read(&broken, true);
                let _ = read(&broken[..place], false);
            }
        }
    }
    let bytes = avif(&[(512, 512)]);
    for place in 0..bytes.len() {
        for value in [0, 1, 0xff] {
            let mut broken = bytes.clone();
            broken[place] = value;
            let _ = read(&broken, true);
        }
    }
    assert_eq!(
        size(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\0\0\0\0\x01"),
        Err(Problem::Damaged(NO_PIXELS))
    );
}
