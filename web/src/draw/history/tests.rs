#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

fn draw(history: &mut History, places: &[(f32, f32)]) {
    history.begin(Pen::new(1, Device::Mouse, places[0].into()));
    for &place in &places[1..] {
        history.extend(place.into());
    }
}

fn strokes(history: &History) -> Vec<Vec<(f32, f32)>> {
    let strokes = history.drawing().strokes().iter();
    strokes
        .map(|stroke| stroke.points().iter().map(|&point| point.into()).collect())
        .collect()
}

#[test]
fn gestures_go_one_by_one() {
    let mut history = History::default();
    for x in [1.0, 9.0] {
        draw(&mut history, &[(x, 1.0), (x, 5.0)]);
        history.end();
    }
    history.undo();
    assert_eq!(strokes(&history), [[(1.0, 1.0), (1.0, 5.0)]]);
    history.undo();
    history.undo();
    assert!(history.drawing().is_empty());
}

#[test]
fn clearing_can_be_undone() {
    let mut history = History::default();
    for x in [1.0, 2.0] {
        draw(&mut history, &[(x, 1.0)]);
        history.end();
    }
    history.clear();
    history.clear();
    assert!(history.drawing().is_empty());
    draw(&mut history, &[(3.0, 3.0)]);
    history.end();
    history.undo();
    history.undo();
    assert_eq!(strokes(&history), [[(1.0, 1.0)], [(2.0, 1.0)]]);
}

#[test]
fn what_was_undone_can_be_done_again_until_something_new_is_drawn() {
    let mut history = History::default();
    for x in [1.0, 2.0] {
        draw(&mut history, &[(x, 1.0), (x, 9.0)]);
        history.end();
    }
    let whole = strokes(&history);
    history.clear();
    for _ in 0..3 {
        history.undo();
    }
    assert!(history.drawing().is_empty() && !history.can_undo());
    history.redo();
    history.redo();
    assert_eq!(strokes(&history), whole);
    history.redo();
    assert!(history.drawing().is_empty() && !history.can_redo());
    history.undo();
    assert!(history.can_redo());
    draw(&mut history, &[(3.0, 1.0)]);
    history.undo();
    assert!(history.can_redo());
    draw(&mut history, &[(3.0, 1.0)]);
    assert!(!history.can_redo());
    history.end();
    history.redo();
    assert_eq!(strokes(&history).len(), 3);
}

#[test]
fn an_erased_stroke_comes_back_where_it_was() {
    let mut history = History::default();
    for x in [100.0, 200.0, 300.0] {
        draw(&mut history, &[(x, 100.0), (x, 300.0)]);
        history.end();
    }
    let whole = strokes(&history);
    let erase = |history: &mut History| {
        history.pen = Some(Pen::eraser(1, Device::Mouse, (150.0, 200.0).into()));
        let has_erased = history.erase((250.0, 200.0).into());
        history.end();
        has_erased
    };
    assert!(erase(&mut history));
    assert_eq!(strokes(&history), [whole[0].clone(), whole[2].clone()]);
    assert!(!erase(&mut history));
    history.undo();
    assert_eq!(strokes(&history), whole);
    history.redo();
    history.undo();
    history.undo();
    assert_eq!(strokes(&history), whole[..2]);
}

#[test]
fn nothing_comes_back_after_starting_over() {
    let mut history = History::default();
    for x in [1.0, 2.0] {
        draw(&mut history, &[(x, 1.0)]);
        history.end();
    }
    history.undo();
    history.start_over();
    assert!(!history.can_undo() && !history.can_redo());
    history.undo();
    assert!(history.drawing().is_empty());
}

#[test]
fn undo_under_the_pen_gives_up_its_gesture_alone() {
    let mut history = History::default();
    draw(&mut history, &[(1.0, 1.0), (5.0, 1.0)]);
    history.end();
    draw(&mut history, &[(9.0, 9.0), (9.0, 600.0), (9.0, 20.0)]);
    history.undo();
    assert!(!history.extend((300.0, 300.0).into()));
    assert_eq!(strokes(&history), [[(1.0, 1.0), (5.0, 1.0)]]);
}

#[test]
fn clearing_under_the_pen_gives_up_its_gesture_and_keeps_the_rest_for_undo() {
    let mut history = History::default();
    draw(&mut history, &[(1.0, 1.0), (5.0, 1.0)]);
    history.end();
    draw(&mut history, &[(9.0, 9.0), (20.0, 20.0)]);
    history.clear();
    assert!(!history.extend((300.0, 300.0).into()));
    assert!(history.drawing().is_empty());
    history.undo();
    assert_eq!(strokes(&history), [[(1.0, 1.0), (5.0, 1.0)]]);
}

#[test]
fn a_stroke_ends_at_the_border_and_another_begins_where_the_pen_comes_back() {
    let mut history = History::default();
    draw(
        &mut history,
        &[
            (500.0, 100.0),
            (524.0, 100.0),
            (600.0, 250.0),
            (524.0, 300.0),
            (500.0, 300.0),
        ],
    );
    assert_eq!(
        strokes(&history),
        [
            [(500.0, 100.0), (512.0, 100.0)],
            [(512.0, 300.0), (500.0, 300.0)]
        ]
    );
    history.end();
    history.undo();
    assert!(history.drawing().is_empty());
}

#[test]
fn a_pen_that_crosses_the_sheet_between_two_events_leaves_a_line() {
    let mut history = History::default();
    draw(
        &mut history,
        &[
            (10.0, 500.0),
            (10.0, 520.0),
            (-10.0, 520.0),
            (-10.0, 60.0),
            (522.0, 60.0),
        ],
    );
    assert_eq!(strokes(&history)[1..], [[(0.0, 60.0), (512.0, 60.0)]]);
}

#[test]
fn points_nearer_than_half_a_unit_are_left_out() {
    let mut history = History::default();
    draw(&mut history, &[(10.0, 10.0)]);
    for step in 1..=100_u8 {
        history.extend((10.0 + 0.1 * f32::from(step), 10.0).into());
    }
    let strokes = strokes(&history);
    assert!(
        (16..=21).contains(&strokes[0].len()),
        "{}",
        strokes[0].len()
    );
    assert!(!history.extend((f32::NAN, 10.0).into()));
}

#[test]
fn an_endless_scribble_stays_within_bounds() {
    let mut history = History::default();
    draw(&mut history, &[(0.0, 0.0)]);
    for step in 0..300_000_u32 {
        let x = if step % 2 == 0 { 1.0 } else { 0.0 };
        history.extend((x, (step % 512) as f32).into());
    }
    let points = history.drawing().strokes()[0].points().len();
    assert!(points < 7 * POINTS_TO_DOUBLE, "{points}");
}

#[test]
fn strokes_that_come_from_elsewhere_are_gestures() {
    let mut drawn = History::default();
    for x in [1.0, 9.0] {
        draw(&mut drawn, &[(x, 1.0), (x, 5.0)]);
        drawn.end();
    }
    let mut history = History::of(drawn.drawing());
    assert_eq!(history.drawing(), drawn.drawing());
    assert!(!history.is_drawing());
    history.undo();
    assert_eq!(strokes(&history), [[(1.0, 1.0), (1.0, 5.0)]]);
}

#[test]
fn another_drawing_replaces_what_was_there_and_both_can_be_undone() {
    let mut history = History::default();
    draw(&mut history, &[(1.0, 1.0), (1.0, 5.0)]);
    history.end();
    let mut other = Drawing::default();
    other.begin((7.0, 7.0).into());
    history.replace(other);
    assert_eq!(strokes(&history), [[(7.0, 7.0)]]);
    history.undo();
    assert!(history.drawing().is_empty());
    history.undo();
    assert_eq!(strokes(&history), [[(1.0, 1.0), (1.0, 5.0)]]);
}
