//! Cases about pictures and the folders that hold them.

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt, path::Path};

use image::{Rgb, RgbImage, RgbaImage};

use crate::{
    Case,
    inputs::{THREE, TRAIN, at, doodle, own, photo},
    program::{fail, output, succeed, trainer},
};

pub const CASES: &[Case] = &[
    Case {
        source: "kohya-ss/sd-scripts#1269, NVIDIA/DIGITS#85, pytorch/vision#5510",
        right: "Black strokes on a transparent ground are strokes on paper, in training as on the page.",
        check: transparent,
    },
    Case {
        source: "fastai/fastai#3565, ultralytics/yolov3#530",
        right: "A phone's photo stands upright, by its EXIF orientation.",
        check: orientation,
    },
    Case {
        source: "image-rs/image#2603, FyroxEngine/Fyrox#135",
        right: "TGA pictures are read.",
        check: tga,
    },
    Case {
        source: "image-rs/image#3081, GoogleChromeLabs/squoosh#272",
        right: "A picture that would take gigabytes is refused by its header, with the limit.",
        check: bomb,
    },
    Case {
        source: "Quick, Draw!'s key_id on Kaggle",
        right: "Doodles named by numbers of 16 digits keep them, in submissions and in labels.",
        check: long_numbers,
    },
    Case {
        source: "huggingface/datasets (ImageFolder's metadata.csv)",
        right: "Files that are no pictures are skipped and counted.",
        check: beside,
    },
    Case {
        source: "pytorch/vision#79, mbrrg/synology-thumbgen#10",
        right: "What file managers and network drives leave behind is skipped silently.",
        check: litter,
    },
    Case {
        source: "rspeer/python-ftfy#178, ikatson/rqbit#453",
        right: "Names that are not UTF-8 are read: pictures, and folders above the data.",
        check: names,
    },
    Case {
        source: "makeyourownneuralnetwork#46, sugyan/tensorflow-mnist#7",
        right: "Drawings of 28x28 in dark pen on paper, which are taken as they are, are warned about.",
        check: dark,
    },
    Case {
        source: "ultralytics/yolov5#6522",
        right: "Class names in any script are drawn in figures, or a note names the characters that no font here has.",
        check: scripts,
    },
];

/// A small set with its doodles made by `doodle`.
fn set_with(folder: &Path, doodle: impl Fn(u32, &Path)) {
    own(&folder.join("set"), &THREE, 20, 0, |number| {
        number.to_string()
    });
    for number in 0..60 {
        doodle(number, &at(folder, &format!("set/test_data/{number}.png")));
    }
}

fn transparent(folder: &Path) {
    let transparent = |number: u32, path: &Path| {
        let drawn = doodle(number, 128);
        let alpha = RgbaImage::from_fn(128, 128, |x, y| {
            image::Rgba([0, 0, 0, 255 - drawn.get_pixel(x, y).0[0]])
        });
        alpha.save(path).unwrap();
    };
    set_with(folder, transparent);
    let figure = |out: &str| {
        succeed(
            folder,
            &["figures", "samples", "--data", "set", "--out", out],
        );
        fs::read(folder.join(out)).unwrap()
    };
    let alpha = figure("alpha.svg");
    fs::remove_dir_all(folder.join("set")).unwrap();
    set_with(folder, |number, path| {
        doodle(number, 128).save(path).unwrap()
    });
    assert!(
        alpha == figure("paper.svg"),
        "they are not the same doodles"
    );
}

fn orientation(folder: &Path) {
    let wide = RgbImage::from_fn(96, 64, |x, _| Rgb([if x < 48 { 255 } else { 0 }; 3]));
    let mut bytes = Vec::new();
    wide.write_to(
        &mut std::io::Cursor::new(&mut bytes),
        image::ImageFormat::Jpeg,
    )
    .unwrap();
    // An Exif segment with orientation 6 alone, right behind the start of the picture.
    let tiff: &[u8] = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let mut tagged = bytes[..2].to_vec();
    tagged.extend([0xff, 0xe1]);
    tagged.extend((tiff.len() as u16 + 2).to_be_bytes());
    tagged.extend(tiff);
    tagged.extend(&bytes[2..]);
    fs::write(folder.join("phone.jpg"), tagged).unwrap();
    let upright = image::imageops::rotate90(&image::load_from_memory(&bytes).unwrap().into_rgb8());
    upright.save(folder.join("upright.png")).unwrap();
    let panel = |picture: &str| {
        let canny = ["figures", "canny", picture, "--out", "canny.svg"];
        succeed(folder, &canny);
        let svg = fs::read_to_string(folder.join("canny.svg")).unwrap();
        svg.replace(picture, "")
    };
    assert!(panel("phone.jpg") == panel("upright.png"));
}

fn tga(folder: &Path) {
    set_with(folder, |number, path| {
        doodle(number, 64).save(path.with_extension("tga")).unwrap();
    });
    let said = succeed(folder, &["data", "check", "set"]);
    assert!(
        said.contains("60 doodles") && said.contains("Ready"),
        "{said}"
    );
}

fn bomb(folder: &Path) {
    set_with(folder, |number, path| {
        doodle(number, 64).save(path).unwrap()
    });
    // A PNG that claims 20,000 x 20,000 pixels, and holds none.
    let side = 20_000_u32.to_be_bytes();
    let header = [&b"IHDR"[..], &side, &side, &[8, 2, 0, 0, 0]].concat();
    let mut crc = flate2::Crc::new();
    crc.update(&header);
    let crc = crc.sum().to_be_bytes();
    let png = [&b"\x89PNG\r\n\x1a\n\0\0\0\x0d"[..], &header, &crc].concat();
    fs::write(folder.join("set/train_data/ring/bomb.png"), png).unwrap();
    fail(folder, &[&TRAIN[..]].concat(), &["bomb.png"]);
    assert!(!folder.join("run").exists());
}

fn long_numbers(folder: &Path) {
    let id = |number: u32| 9_000_003_627_287_624 + u64::from(number) * 7_060_000;
    own(&folder.join("set"), &THREE, 20, 60, |number| {
        id(number).to_string()
    });
    let labels = (0..60).map(|number| format!("{},{}\n", id(number), number % 3));
    fs::write(
        folder.join("labels.csv"),
        format!("id,label\n{}", labels.collect::<String>()),
    )
    .unwrap();
    succeed(folder, &[&TRAIN[..], &["--labels", "labels.csv"]].concat());
    let submission = fs::read_to_string(folder.join("run/snapshots/00000/submission.csv")).unwrap();
    assert!(submission.contains("\n9000003627287624,"), "{submission}");
}

fn beside(folder: &Path) {
    set_with(folder, |number, path| {
        doodle(number, 64).save(path).unwrap()
    });
    fs::write(folder.join("set/test_data/labels.csv"), "id,label\n0,1\n").unwrap();
    fs::write(folder.join("set/train_data/ring/0.txt"), "1 0.5 0.5").unwrap();
    let said = succeed(folder, &["data", "check", "set"]);
    assert!(said.contains("Ready to train on"), "{said}");
    assert!(said.contains("2 files"), "{said}");
    succeed(folder, &TRAIN);
}

fn litter(folder: &Path) {
    set_with(folder, |number, path| {
        doodle(number, 64).save(path).unwrap()
    });
    let clean = succeed(folder, &["data", "check", "set"]);
    photo(1)
        .save(at(
            folder,
            "set/train_data/@eaDir/0.png/SYNOPHOTO_THUMB_SM.jpg",
        ))
        .unwrap();
    for file in [
        "ring/Icon\r",
        "ring/ehthumbs.db",
        "lost+found/x",
        "cross/.DS_Store",
    ] {
        fs::write(at(folder, &format!("set/train_data/{file}")), "").unwrap();
    }
    assert_eq!(succeed(folder, &["data", "check", "set"]), clean);
}

fn names(folder: &Path) {
    let above = folder.join(OsStr::from_bytes(b"donn\xe9es"));
    set_with(&above, |number, path| {
        doodle(number, 64).save(path).unwrap()
    });
    let ring = above.join("set/train_data/ring");
    fs::rename(
        ring.join("0.png"),
        ring.join(OsStr::from_bytes(b"caf\xe9.png")),
    )
    .unwrap();
    let output = trainer(&above, &TRAIN).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("source: 60 photos"), "{said}");
    let resume = ["train", "--resume", "--run", "run", "--epochs", "2"];
    let resumed = trainer(&above, &resume).output().unwrap();
    assert!(
        resumed.status.success(),
        "{}",
        String::from_utf8_lossy(&resumed.stderr)
    );
}

fn dark(folder: &Path) {
    set_with(folder, |number, path| {
        doodle(number, 28).save(path).unwrap()
    });
    let said = succeed(folder, &["data", "check", "set"]);
    assert!(said.contains("Warning: 60 doodles are 28x28"), "{said}");
}

fn scripts(folder: &Path) {
    own(
        &folder.join("set"),
        &["狗", "𓃥", "飛機"],
        20,
        60,
        |number| number.to_string(),
    );
    let figure = ["figures", "samples", "--data", "set", "--out", "曲線.png"];
    let output = output(folder, &figure);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{errors}");
    assert!(folder.join("曲線.png").is_file());
    // Where this machine has a font for them, the names are drawn, and nothing is said.
    let plain = folder.join("plain");
    own(&plain, &THREE, 20, 60, |number| number.to_string());
    succeed(
        folder,
        &[
            "figures",
            "samples",
            "--data",
            "plain",
            "--out",
            "plain.png",
        ],
    );
    let differs =
        fs::read(folder.join("曲線.png")).unwrap() != fs::read(folder.join("plain.png")).unwrap();
    assert!(differs || errors.contains('狗'), "{errors}");
}
