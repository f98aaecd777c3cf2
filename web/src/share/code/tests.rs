#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use shared::drawing::rasterise;

use super::*;

/// Drawings by hand, one a class.
const BY_HAND: [&str; 10] = [
    include_str!("../../../../shared/drawings/apple.json"),
    include_str!("../../../../shared/drawings/bed.json"),
    include_str!("../../../../shared/drawings/cat.json"),
    include_str!("../../../../shared/drawings/clock.json"),
    include_str!("../../../../shared/drawings/dog.json"),
    include_str!("../../../../shared/drawings/dolphin.json"),
    include_str!("../../../../shared/drawings/horse.json"),
    include_str!("../../../../shared/drawings/plane.json"),
    include_str!("../../../../shared/drawings/spider.json"),
    include_str!("../../../../shared/drawings/television.json"),
];

fn drawing(strokes: &[&[(f32, f32)]]) -> Drawing {
    let strokes = strokes.iter();
    strokes
        .map(|stroke| {
            let points = stroke.iter().copied().map(Point::from);
            Stroke::from(points.collect::<Vec<Point>>())
        })
        .collect()
}

/// Drawings by hand as the sheet takes them: twice as large as stored, with a point every two units.
fn by_hand() -> impl Iterator<Item = Drawing> {
    BY_HAND.into_iter().map(|json| {
        let small: Drawing = serde_json::from_str(json).unwrap();
        let strokes = small.strokes().iter();
        strokes
            .map(|stroke| {
                let points = stroke.points().iter();
                let large = points.map(|&Point { x, y }| Point {
                    x: 2.0 * x,
                    y: 2.0 * y,
                });
                Stroke::from(fine(&large.collect::<Vec<Point>>()))
            })
            .collect()
    })
}

fn fine(points: &[Point]) -> Vec<Point> {
    let mut fine = points[..1].to_vec();
    for pair in points.windows(2) {
        let length = f32::hypot(pair[1].x - pair[0].x, pair[1].y - pair[0].y);
        let pieces = (length / 2.0).ceil().max(1.0) as u16;
        fine.extend((1..=pieces).map(|piece| {
            let part = f32::from(piece) / f32::from(pieces);
            Point {
                x: pair[0].x + part * (pair[1].x - pair[0].x),
                y: pair[0].y + part * (pair[1].y - pair[0].y),
            }
        }));
    }
    fine
}

/// A text as anyone might write it, with the right checksum.
fn forged(body: &[u8]) -> String {
    let mut bytes = body.to_vec();
    bytes.extend(crc16(body).to_be_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

#[test]
fn a_drawing_on_the_grid_comes_back_as_it_was() {
    let house = drawing(&[
        &[(100.0, 300.0), (256.0, 120.0), (400.0, 300.0)],
        &[(0.0, 0.0), (512.0, 512.0)],
        &[(8.0, 8.0)],
    ]);
    assert_eq!(decode(&encode(&house).unwrap()), Ok(house));
}

#[test]
fn doodles_fit_under_a_kilobyte_and_look_the_same_to_the_network() {
    for doodle in by_hand() {
        assert!(!doodle.is_empty());
        let text = encode(&doodle).unwrap();
        assert!(text.len() < 1000, "{} letters", text.len());
        let (before, after) = (rasterise(&doodle), rasterise(&decode(&text).unwrap()));
        let differences = before.iter().zip(after.iter());
        let sum: u32 = differences.map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        let mean = f64::from(sum) / f64::from(before.width() * before.height());
        assert!(mean < 2.0, "{mean} levels");
    }
}

#[test]
fn a_small_drawing_keeps_its_shape() {
    let small = drawing(&[&[
        (200.0, 200.0),
        (210.3, 203.1),
        (216.2, 215.7),
        (201.1, 214.9),
    ]]);
    let back = decode(&encode(&small).unwrap()).unwrap();
    let pairs = small.strokes()[0].points().iter();
    for (before, after) in pairs.zip(back.strokes()[0].points()) {
        assert!(f32::hypot(before.x - after.x, before.y - after.y) < 0.1);
    }
}

#[test]
fn an_endless_scribble_gets_coarser_until_it_fits() {
    let zigzag = (0..60_000_u32).map(|step| {
        let x = if step % 2 == 0 { 9.0 } else { 60.0 };
        Point {
            x: x + (step % 7) as f32,
            y: (step % 500) as f32,
        }
    });
    let scribble: Drawing = [Stroke::from(zigzag.collect::<Vec<Point>>())]
        .into_iter()
        .collect();
    let text = encode(&scribble).unwrap();
    assert!(text.len() <= LONGEST);
    assert!(decode(&text).is_ok());
}

#[test]
fn more_strokes_than_a_link_holds_are_refused() {
    let dots = |count: usize| -> Drawing {
        let dot = Stroke::from(vec![Point { x: 5.0, y: 5.0 }]);
        std::iter::repeat_n(dot, count).collect()
    };
    assert!(encode(&dots(MOST_STROKES)).is_ok());
    assert_eq!(encode(&dots(MOST_STROKES + 1)), Err(TooMuch));
}

#[test]
fn a_text_that_was_cut_off_or_changed_is_no_drawing() {
    let text = encode(&by_hand().next().unwrap()).unwrap();
    for end in 0..text.len() {
        let error = decode(&text[..end]).unwrap_err();
        assert!(matches!(error, CodeError::Checksum | CodeError::Letters));
    }
    for at in 0..text.len() {
        let other = if &text[at..=at] == "A" { "B" } else { "A" };
        let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
        assert!(decode(&changed).is_err(), "changed at {at}");
    }
}

#[test]
fn hostile_texts_are_refused_each_for_its_reason() {
    assert_eq!(decode(&"A".repeat(LONGEST + 1)), Err(CodeError::Long));
    assert_eq!(decode("<script>"), Err(CodeError::Letters));
    assert_eq!(decode(""), Err(CodeError::Checksum));
    assert_eq!(
        decode(&forged(&[2, 0, 1, 1, 0, 0])),
        Err(CodeError::Version(2))
    );
    let numbers: [&[u8]; 9] = [
        // Nothing after the version, a grid too fine, no stroke, a stroke without points.
        &[1],
        &[1, 6, 1, 1, 0, 0],
        &[1, 0, 0],
        &[1, 0, 1, 0],
        // Counts that are huge, or larger than what follows.
        &[1, 0, 0xff, 0xff, 0x7f],
        &[1, 0, 1, 0xff, 0xff, 0xff, 0xff, 0x0f],
        &[1, 0, 1, 2, 0, 0],
        // Places off the sheet.
        &[1, 0, 1, 1, 1, 0],
        // More than a drawing.
        &[1, 0, 1, 1, 0, 0, 0],
    ];
    for body in numbers {
        assert_eq!(decode(&forged(body)), Err(CodeError::Numbers), "{body:?}");
    }
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use proptest::prelude::*;

    use super::*;

    fn any_drawing() -> impl Strategy<Value = Drawing> {
        let point = (0.0..=SHEET_SIDE, 0.0..=SHEET_SIDE).prop_map(Point::from);
        let stroke = prop::collection::vec(point, 1..40).prop_map(Stroke::from);
        prop::collection::vec(stroke, 1..12).prop_map(|strokes| strokes.into_iter().collect())
    }

    proptest! {
        #[test]
        fn any_drawing_comes_back_within_a_step_of_the_grid(drawing in any_drawing()) {
            let back = decode(&encode(&drawing).unwrap()).unwrap();
            prop_assert_eq!(back.strokes().len(), drawing.strokes().len());
            for (before, after) in drawing.strokes().iter().zip(back.strokes()) {
                for (before, after) in [
                    (before.points().first(), after.points().first()),
                    (before.points().last(), after.points().last()),
                ] {
                    let (before, after) = (before.unwrap(), after.unwrap());
                    prop_assert!((before.x - after.x).abs() <= COARSEST / 2.0 + 1e-3);
                    prop_assert!((before.y - after.y).abs() <= COARSEST / 2.0 + 1e-3);
                }
            }
        }

        #[test]
        fn a_drawing_from_a_link_makes_the_same_link(drawing in any_drawing()) {
            let once = decode(&encode(&drawing).unwrap()).unwrap();
            let twice = decode(&encode(&once).unwrap()).unwrap();
            prop_assert_eq!(twice.strokes().len(), once.strokes().len());
        }

        #[test]
        fn any_text_is_a_drawing_within_bounds_or_an_error(text in "\\PC{0,300}") {
            if let Ok(drawing) = decode(&text) {
                prop_assert!(drawing.strokes().len() <= MOST_STROKES);
            }
        }

        #[test]
        fn any_bytes_with_a_right_checksum_are_a_drawing_on_the_sheet_or_an_error(
            body in prop::collection::vec(any::<u8>(), 0..400),
        ) {
            let body = [&[VERSION, 0][..], &body].concat();
            if let Ok(drawing) = decode(&forged(&body)) {
                let points = || drawing.strokes().iter().flat_map(Stroke::points);
                prop_assert!(points().count() <= MOST_POINTS);
                prop_assert!(points().all(|point| (0.0..=SHEET_SIDE).contains(&point.x)));
                prop_assert!(points().all(|point| (0.0..=SHEET_SIDE).contains(&point.y)));
            }
        }
    }
}
