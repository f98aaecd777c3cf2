//! Anyone's data: three made-up classes named by their folders, photos and drawings of any size and format.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod program;

use std::{fs, path::Path};

use image::{GrayImage, Luma, Rgb, RgbImage};
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
        "12",
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
        "three simple shapes, and only {accuracy} named right"
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
