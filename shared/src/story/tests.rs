use image::Luma;
use proptest::prelude::*;
use safetensors::{
    Dtype, SafeTensors,
    tensor::{TensorView, serialize},
};

use super::*;

fn small() -> Story {
    let point = |origin, class| Point {
        origin,
        class: ClassId(class),
    };
    let frame = |epoch, step: u16| Frame {
        epoch,
        positions: (0..4)
            .map(|at| [at * 300 + step, POSITION_MAX - at])
            .collect(),
    };
    Story {
        classes: ClassNames::new(["cup", "帽子"].map(String::from).to_vec()).unwrap(),
        made: Made {
            run: "mine".into(),
            epochs: 9,
            seed: u64::MAX,
            variant: "reversal".into(),
            losses: vec![LossTerm {
                name: "domain_loss".into(),
                weight: "log".into(),
            }],
            photos: 90,
            held_out: 10,
            doodles: 200,
            doodle_classes: ClassesFrom::Predictions,
            shown_classes: ClassesFrom::Labels,
            shipped: Some(Shipped {
                run: Some("last".into()),
                epochs: None,
            }),
        },
        points: vec![
            point(Origin::Photo, 1),
            point(Origin::Doodle, 0),
            point(Origin::Shown, 0),
            point(Origin::Shown, 1),
        ],
        pictures: (0..2)
            .map(|n| GrayImage::from_fn(28, 28, |x, y| Luma([((x + y * 3 + n) % 16 * 17) as u8])))
            .collect(),
        frames: vec![frame(0, 0), frame(8, 2000)],
        shipped_map: Some(frame(8, 77).positions),
        curves: vec![
            Curve {
                name: "source_accuracy".into(),
                values: (0..9).map(|epoch| (epoch, epoch as f32 / 9.0)).collect(),
            },
            Curve {
                name: "doodle_accuracy".into(),
                values: vec![(0, 0.5), (8, 0.75)],
            },
        ],
        measured: Some(Measured {
            confusion: vec![3, 1, 0, 2],
            conditions: "6 doodles".into(),
            conditions_zh: Some("6 張塗鴉".into()),
        }),
    }
}

#[test]
fn a_story_comes_back_as_it_was() {
    let story = small();
    assert_eq!(Story::read(&story.write().unwrap()).unwrap(), story);
    let without = Story {
        shipped_map: None,
        measured: None,
        curves: Vec::new(),
        points: story.points[..2].to_vec(),
        pictures: Vec::new(),
        frames: vec![Frame {
            epoch: 3,
            positions: vec![[0, POSITION_MAX], [1, 256]],
        }],
        ..story
    };
    let read = Story::read(&without.write().unwrap()).unwrap();
    assert_eq!(read, without);
    assert_eq!(read.map(), [[0, POSITION_MAX], [1, 256]]);
}

#[test]
fn pictures_are_rounded_to_sixteen_levels() {
    let mut story = small();
    let levels: Vec<u8> = (0..=255).cycle().take(32 * 32).collect();
    story.pictures = vec![GrayImage::from_raw(32, 32, levels).unwrap(); 2];
    let read = Story::read(&story.write().unwrap()).unwrap();
    for (before, after) in story.pictures[0].iter().zip(read.pictures[1].iter()) {
        assert!(
            after.is_multiple_of(17) && before.abs_diff(*after) <= 8,
            "{before} {after}"
        );
    }
}

#[test]
fn the_map_is_that_of_the_shipped_network() {
    let story = small();
    assert_eq!(story.map()[1], [377, POSITION_MAX - 1]);
    assert_eq!(story.first_shown(), 2);
}

#[test]
fn accuracy_is_that_of_the_matrix() {
    let measured = small().measured.unwrap();
    assert_eq!(measured.pictures(), 6);
    assert!((measured.accuracy() - 5.0 / 6.0).abs() < 1e-12);
    assert!((measured.balanced_accuracy() - (0.75 + 1.0) / 2.0).abs() < 1e-12);
    // A class without labels does not count.
    let one = Measured {
        confusion: vec![3, 1, 0, 0],
        ..measured
    };
    assert!((one.balanced_accuracy() - 0.75).abs() < 1e-12);
}

#[test]
fn what_does_not_fit_is_not_written() {
    type Change = fn(&mut Story);
    let changes: [(&str, Change); 12] = [
        ("no points", |story| story.points.clear()),
        ("order of photos", |story| story.points.reverse()),
        ("a point of class 2", |story| {
            story.points[0].class = ClassId(2)
        }),
        ("2 shown doodles and 1 pictures", |story| {
            story.pictures.pop();
        }),
        ("not all 28x28", |story| {
            story.pictures[1] = GrayImage::new(32, 32)
        }),
        ("no frames", |story| story.frames.clear()),
        ("do not ascend", |story| story.frames.reverse()),
        ("3 positions of 4 points", |story| {
            story.frames[1].positions.pop();
        }),
        ("position 4096 is above", |story| {
            story.frames[0].positions[2][1] = 4096
        }),
        ("\"source_accuracy\" has no values", |story| {
            story.curves[0].values.clear()
        }),
        ("infinite or not a number", |story| {
            story.curves[1].values[0].1 = f32::NAN
        }),
        ("3 cells", |story| {
            story.measured.as_mut().unwrap().confusion.pop();
        }),
    ];
    for (expected, change) in changes {
        let mut story = small();
        change(&mut story);
        let error = story.write().unwrap_err().to_string();
        assert!(error.contains(expected), "{expected}: {error}");
    }
}

/// The file with its metadata and tensors changed.
fn changed(
    metadata: impl Fn(String) -> String,
    tensor: impl Fn(&str, Dtype, Vec<usize>) -> (Dtype, Vec<usize>),
) -> Vec<u8> {
    let bytes = small().write().unwrap();
    let (_, header) = SafeTensors::read_metadata(&bytes).unwrap();
    let text = metadata(header.metadata().as_ref().unwrap()[METADATA_KEY].clone());
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let views = file.iter().map(|(name, view)| {
        let (dtype, shape) = tensor(name, view.dtype(), view.shape().to_vec());
        (name, TensorView::new(dtype, shape, view.data()).unwrap())
    });
    let header = std::iter::once((METADATA_KEY.to_owned(), text)).collect();
    serialize(views.collect::<Vec<_>>(), Some(header)).unwrap()
}

#[test]
fn files_of_others_are_refused_with_what_is_wrong() {
    let kept = |_: &str, dtype, shape| (dtype, shape);
    assert_eq!(Story::read(&changed(|text| text, kept)).unwrap(), small());
    let refused = |bytes: &[u8]| Story::read(bytes).unwrap_err().to_string();
    assert!(refused(b"").contains("not a complete safetensors file"));
    let whole = small().write().unwrap();
    assert!(refused(&whole[..whole.len() - 1]).contains("not a complete"));
    let none: Vec<(&str, TensorView<'_>)> = Vec::new();
    assert!(refused(&serialize(none, None).unwrap()).contains("no story in the header"));
    let replaced = |from: &'static str, to: &'static str| {
        refused(&changed(move |text| text.replace(from, to), kept))
    };
    let newer = replaced("\"format_version\":1", "\"format_version\":2,\"more\":0");
    assert!(newer.contains("format version 2"), "{newer}");
    assert!(replaced("{", "").contains("metadata is broken"));
    assert!(replaced("\"cup\"", "\"帽子\"").contains("given twice"));
    for (length, expected) in [
        ("8", "more values than the curves"),
        ("4294967295", "ends within"),
    ] {
        let text = format!("\"length\":{length}");
        let bytes = changed(move |json| json.replace("\"length\":9", &text), kept);
        assert!(refused(&bytes).contains(expected), "{}", refused(&bytes));
    }
    let misshapen = changed(
        |text| text,
        |name, dtype, shape| match name {
            "positions" => (dtype, vec![1, 2, 2, 8]),
            _ => (dtype, shape),
        },
    );
    assert!(refused(&misshapen).contains("for 1 frames"));
    let retyped = changed(
        |text| text,
        |name, dtype, shape| match name {
            "origins" => (Dtype::I8, shape),
            _ => (dtype, shape),
        },
    );
    assert!(refused(&retyped).contains("I8 instead of U8"));
}

proptest! {
    #[test]
    fn damaged_files_are_refused_or_read_but_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        end in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = small().write().unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        if let Ok(story) = Story::read(&bytes) {
            // What is read can be written, and is the same then.
            let again = Story::read(&story.write().unwrap()).unwrap();
            prop_assert_eq!(again, story);
        }
    }

    #[test]
    fn any_bytes_behind_a_header_are_refused(rest in prop::collection::vec(any::<u8>(), 0..200), length in 0..300_u64) {
        prop_assert!(Story::read(&rest).is_err());
        let bytes = [&length.to_le_bytes()[..], &rest].concat();
        prop_assert!(Story::read(&bytes).is_err());
    }

    #[test]
    fn no_shape_makes_memory_grow(mut shape in prop::collection::vec(prop::sample::select(vec![1, 2, 14, 28, 1 << 20]), 0..4), zero in 0..4_usize) {
        // The shapes that a tensor without bytes may claim.
        shape.insert(zero.min(shape.len()), 0);
        for name in ["origins", "classes", "pictures", "positions", "epochs", "map", "curve_epochs"] {
            let bytes = small().write().unwrap();
            let (_, header) = SafeTensors::read_metadata(&bytes).unwrap();
            let file = SafeTensors::deserialize(&bytes).unwrap();
            let views = file.iter().map(|(other, view)| {
                let view = if other == name { TensorView::new(view.dtype(), shape.clone(), &[]).unwrap() } else { view };
                (other, view)
            });
            let bytes = serialize(views.collect::<Vec<_>>(), header.metadata().clone()).unwrap();
            prop_assert!(Story::read(&bytes).is_err());
        }
    }
}
