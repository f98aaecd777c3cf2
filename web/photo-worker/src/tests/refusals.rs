//! Files that are refused, and what is said about them.

use super::*;

async fn refused(name: &str, bytes: &[u8]) -> String {
    let request = Request::Open {
        id: 3,
        file: file(name, bytes),
        wanted: Wanted::default(),
    };
    match answer(request).await {
        Some(Reply::Refused { id: 3, reason }) => reason.english,
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn pictures_of_more_than_100_megapixels_are_refused_unread() {
    let small = RgbImage::new(3, 3);
    let mut png = encoded(small.clone(), ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
    assert_eq!(
        refused("bomb.png", &png).await,
        "“bomb.png” is too large to open here: it has 400 megapixels, and the limit is 100."
    );
    let mut jpeg = encoded(small.clone(), ImageFormat::Jpeg);
    let frame = jpeg
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x2f, 0xd0, 0x3f, 0xc0]);
    assert!(
        refused("200mp.jpg", &jpeg)
            .await
            .contains("it has 200 megapixels")
    );
    let mut bmp = encoded(small, ImageFormat::Bmp);
    bmp[18..22].copy_from_slice(&12_000_i32.to_le_bytes());
    bmp[22..26].copy_from_slice(&(-9_000_i32).to_le_bytes());
    assert!(
        refused("a.bmp", &bmp)
            .await
            .contains("it has 108 megapixels")
    );
}

#[wasm_bindgen_test]
async fn other_files_damaged_and_empty_ones_are_told_apart() {
    let sentence = refused("notes.txt", b"Dear diary").await;
    assert!(
        sentence.starts_with("“notes.txt” is not a picture"),
        "{sentence}"
    );
    let sentence = refused("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>").await;
    assert!(
        sentence.starts_with("“a.svg” is not a picture"),
        "{sentence}"
    );
    let sentence = refused("nothing.png", b"").await;
    assert!(
        sentence.starts_with("“nothing.png” is an empty file"),
        "{sentence}"
    );
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::WebP,
        ImageFormat::Bmp,
    ] {
        let mut cut = encoded(photo(90, 60), format);
        cut.truncate(cut.len() / 2);
        let sentence = refused("cut", &cut).await;
        assert!(sentence.starts_with("“cut” is damaged"), "{sentence}");
    }
    let sentence = refused("cut.png", b"\x89PNG\r\n\x1a\n\0\0").await;
    assert!(sentence.starts_with("“cut.png” is damaged"), "{sentence}");
}

#[wasm_bindgen_test]
async fn a_heic_that_the_browser_does_not_know_is_named_as_one() {
    let mut heic = b"\0\0\0\x14ftypheic\0\0\0\0mif1".to_vec();
    heic.extend(b"\0\0\0\x30meta\0\0\0\0\0\0\0\x24iprp\0\0\0\x1cipco\0\0\0\x14ispe\0\0\0\0");
    heic.extend([0, 0, 0, 40, 0, 0, 0, 30]);
    let sentence = refused("IMG_1.HEIC", &heic).await;
    assert!(
        sentence.starts_with("“IMG_1.HEIC” is a HEIC picture"),
        "{sentence}"
    );
}
