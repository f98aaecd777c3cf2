//! Anyone's data: three made-up classes named by their folders, photos and drawings of any size and format.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod program;

use std::{fs, io::Cursor, path::Path};

use image::{GrayImage, ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage};
use program::succeed;
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};
use serde_json::Value;
use tempfile::TempDir;

const CLASSES: [&str; 3] = ["circle", "cross", "square"];

/// Whether a point is within a shape of size 1 about 0, and how far inside of its border.
fn inside(class: usize, x: f32, y: f32) -> f32 {
    match class {
        0 => 1.0 - x.hypot(y),
        1 => (0.3 - x.abs().min(y.abs())).min(1.0 - x.abs().max(y.abs())),
        _ => 0.85 - x.abs().max(y.abs()),
    }
}

/// Where a shape is in a picture, in its own measure.
struct Pose {
    x: f32,
    y: f32,
    size: f32,
}

impl Pose {
    fn draw(width: u32, height: u32, random: &mut ChaCha8Rng) -> Self {
        let half = width.min(height) as f32 / 2.0;
        Self {
            x: width as f32 / 2.0 + half * random.random_range(-0.15..0.15),
            y: height as f32 / 2.0 + half * random.random_range(-0.15..0.15),
            size: half * random.random_range(0.55..0.75),
        }
    }

    fn inside(&self, class: usize, x: u32, y: u32) -> f32 {
        inside(
            class,
            (x as f32 - self.x) / self.size,
            (y as f32 - self.y) / self.size,
        )
    }
}

/// A filled shape on a ground of another brightness, both uneven.
fn photo(class: usize, random: &mut ChaCha8Rng) -> RgbImage {
    let (width, height) = (random.random_range(40..90), random.random_range(40..90));
    let pose = Pose::draw(width, height, random);
    let (dark, light) = (
        random.random_range(10..70_u8),
        random.random_range(150..230_u8),
    );
    let (ground, shape) = if random.random_bool(0.5) {
        (dark, light)
    } else {
        (light, dark)
    };
    RgbImage::from_fn(width, height, |x, y| {
        let level = if pose.inside(class, x, y) > 0.0 {
            shape
        } else {
            ground
        };
        Rgb([0, 0, 0].map(|_: u8| level + random.random_range(0..20)))
    })
}

/// A dark pen's outline on paper.
fn drawing(class: usize, random: &mut ChaCha8Rng) -> GrayImage {
    let (width, height) = (random.random_range(60..120), random.random_range(60..120));
    let pose = Pose::draw(width, height, random);
    GrayImage::from_fn(width, height, |x, y| {
        Luma([if pose.inside(class, x, y).abs() < 0.09 {
            30
        } else {
            245
        }])
    })
}

fn three_classes(folder: &Path) {
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let at = |inside: String| {
        let file = folder.join(inside);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        file
    };
    let mut labels = String::from("id,label\n");
    for number in 0..210 {
        let class = number % 3;
        let name = CLASSES[class];
        let ending = ["jpg", "png"][number % 2];
        let file = at(format!("shapes/train_data/{name}/{number}.{ending}"));
        photo(class, &mut random).save(file).unwrap();
        let file = at(format!("shapes/test_data/{number}.webp"));
        drawing(class, &mut random).save(file).unwrap();
        labels.push_str(&format!("{number},{class}\n"));
    }
    fs::write(folder.join("labels.csv"), labels).unwrap();
}

/// A JPEG of a photo that lies on its side, with an EXIF segment that says so.
fn on_its_side(photo: &RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let lying = image::imageops::rotate270(photo);
    lying.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let mut bytes = bytes.into_inner();
    let exif =
        b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    bytes.splice(2..2, exif.iter().copied());
    bytes
}

#[test]
fn pictures_of_phones_and_drawing_programs_are_seen_as_the_page_sees_them() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    let at = |inside: String| {
        let file = place.join(inside);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        file
    };
    // White above, black below.
    let upright = RgbImage::from_fn(60, 90, |_, y| Rgb([if y < 45 { 255 } else { 0 }; 3]));
    fs::write(
        at("set/train_data/phone/1.jpg".into()),
        on_its_side(&upright),
    )
    .unwrap();
    upright
        .save(at("set/train_data/game/1.tga".into()))
        .unwrap();
    for number in 0..3 {
        let pen = |x: u32, y: u32| x.abs_diff(y + 9 * number) < 4;
        let ink = |x, y| Rgba([0, 0, 0, if pen(x, y) { 255 } else { 0 }]);
        let drawing = RgbaImage::from_fn(128, 128, ink);
        drawing
            .save(at(format!("set/test_data/{number}.png")))
            .unwrap();
    }
    let said = succeed(place, &["data", "check", "set"]);
    for part in [
        "2 photos: game 1, phone 1",
        "3 doodles",
        "3 of those are dark on light",
        "Ready to train on.",
    ] {
        assert!(said.contains(part), "no {part} in {said}");
    }
    assert!(
        !said.contains("show nothing") && !said.contains("by their contents"),
        "{said}"
    );

    let data = trainer::data::open(&place.join("set")).unwrap();
    for photo in &data.photos.pictures {
        assert!(photo.get_pixel(16, 8).0[0] > 240 && photo.get_pixel(16, 24).0[0] < 15);
    }
    for doodle in &data.doodles.pictures {
        let lit = doodle.iter().filter(|level| **level > 127).count();
        assert!((20..80).contains(&lit), "{lit}");
    }
    let phone = place.join("set/train_data/phone/1.jpg");
    assert_eq!(
        trainer::data::picture_file(&phone).unwrap().dimensions(),
        (60, 90)
    );
    let figure = [
        "figures",
        "canny",
        "set/train_data/phone/1.jpg",
        "set/train_data/game/1.tga",
        "--out",
        "c.svg",
    ];
    succeed(place, &figure);
}

#[test]
fn from_folders_to_weights_that_name_their_classes() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    three_classes(place);
    let said = succeed(place, &["data", "check", "shapes"]);
    for part in [
        "circle 70, cross 70, square 70",
        "210 photos are not 32x32",
        "210 of those are dark on light: they are inverted",
        "Ready to train on.",
    ] {
        assert!(said.contains(part), "no {part} in {said}");
    }
    let train = [
        "train",
        "--data",
        "shapes",
        "--run",
        "run",
        "--device",
        "cpu",
        "--width",
        "8",
        "--batch",
        "30",
        "--epochs",
        "24",
        "--lambda",
        "0.1",
        "--labels",
        "labels.csv",
    ];
    succeed(place, &train);
    let evaluate = [
        "evaluate",
        "--run",
        "run",
        "--data",
        "shapes",
        "--labels",
        "labels.csv",
        "--json",
    ];
    let score: Value = serde_json::from_str(&succeed(place, &evaluate)).unwrap();
    let accuracy = score["accuracy"].as_f64().unwrap();
    assert!(
        accuracy > 0.8,
        "three simple shapes, and an accuracy of only {accuracy}"
    );
    assert_eq!(score["per_class"][1]["class"], "cross");

    succeed(place, &["export", "--run", "run", "--out", "w"]);
    let bytes = fs::read(place.join("w")).unwrap();
    let metadata = shared::weights::metadata_from_bytes(&bytes).unwrap();
    assert_eq!(metadata.classes.names(), CLASSES);
    // Drawings that were never seen, in a folder of their own, without numbers.
    fs::create_dir(place.join("new")).unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(9);
    for class in [2, 0, 1] {
        let file = place
            .join("new")
            .join(format!("{}.png", ["b", "c", "a"][class]));
        drawing(class, &mut random).save(file).unwrap();
    }
    let predict = |options: &[&str]| {
        let fixed = ["predict", "--weights", "w", "new"];
        succeed(place, &[&fixed[..], options].concat())
    };
    let table = predict(&[]);
    let names: Vec<&str> = table
        .lines()
        .map(|row| &row[..row.rfind(',').unwrap()])
        .collect();
    assert_eq!(
        names,
        [
            "file,class",
            "new/a.png,square",
            "new/b.png,circle",
            "new/c.png,cross"
        ]
    );
    // As the course takes them: a, b, c in this order.
    let submission = predict(&["--submission", "--out", "-"]);
    assert_eq!(submission, "id,label\n0,2\n1,0\n2,1\n");
    succeed(place, &["report", "--run", "run"]);
    let page = fs::read_to_string(place.join("run/report.html")).unwrap();
    assert!(page.contains("circle, cross, square"));
}
