//! Text of figures in scripts that the program's own fonts lack, on a machine without fonts.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]
#![cfg(target_os = "linux")]

mod program;

use std::fs;

use image::GrayImage;
use program::trainer;
use tempfile::TempDir;

#[test]
fn a_figure_that_lacks_characters_says_so_once_and_svg_lacks_none() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    let fonts = format!(
        "<fontconfig><dir>{}/none</dir></fontconfig>",
        place.display()
    );
    fs::write(place.join("fonts.conf"), fonts).unwrap();
    for name in ["狗.png", "貓.png", "clock.png"] {
        GrayImage::new(40, 40).save(place.join(name)).unwrap();
    }
    let notes = |pictures: &[&str], out: &str| {
        let arguments = [&["figures", "canny", "--out", out], pictures].concat();
        let mut command = trainer(place, &arguments);
        let output = command
            .env("FONTCONFIG_FILE", place.join("fonts.conf"))
            .output()
            .unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(
            output.status.success() && place.join(out).is_file(),
            "{errors}"
        );
        errors
    };
    let said = notes(&["狗.png", "貓.png", "狗.png", "clock.png"], "a.png");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("do not draw 狗 貓; install"), "{said}");
    assert_eq!(notes(&["clock.png"], "b.png"), "");
    assert_eq!(notes(&["狗.png"], "c.svg"), "");
    let svg = fs::read_to_string(place.join("c.svg")).unwrap();
    assert!(svg.contains("狗.png</text>"));
}
