//! Which pointer draws, from when to when, and where.

use wasm_bindgen_test::wasm_bindgen_test;

use super::visitor::{
    FINGER, MOUSE, Pointer, ROOF, STYLUS, WALL, assert_seen, page_with_sheet_of_512, stroke,
};
use crate::stage::{click, press};

const DOOR: &[(i32, i32)] = &[(200, 440), (200, 350), (240, 350)];

#[wasm_bindgen_test]
async fn only_the_first_pointer_and_its_main_button_draw() {
    let _page = page_with_sheet_of_512().await;
    // The right button, a stylus's side button and its eraser.
    for (pointer, button, buttons) in [(MOUSE, 2, 2), (STYLUS, 2, 2), (STYLUS, 5, 32)] {
        pointer.does("pointerdown", button, buttons, (200, 200));
        pointer.does("pointermove", -1, buttons, (220, 200));
        pointer.does("pointerup", button, 0, (220, 200));
    }
    assert_seen(&[]).await;
    let other = Pointer(9, "mouse");
    MOUSE.down(ROOF[0]);
    other.down((30, 30));
    MOUSE.moved(ROOF[1]);
    other.moved((60, 60));
    other.up((60, 60));
    MOUSE.moved(ROOF[2]);
    MOUSE.does("pointercancel", 0, 0, ROOF[2]);
    MOUSE.moved((10, 10));
    assert_seen(&[ROOF]).await;
}

#[wasm_bindgen_test]
async fn undo_while_the_pen_is_down_gives_up_its_stroke_and_no_other() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    for by_button in [false, true] {
        MOUSE.down(WALL[0]);
        MOUSE.moved(WALL[1]);
        match by_button {
            true => click("#undo").await,
            false => press("body", "z", true).await,
        }
        MOUSE.moved(WALL[2]);
        assert_seen(&[ROOF]).await;
        MOUSE.up(WALL[2]);
        assert_seen(&[ROOF]).await;
    }
    stroke(WALL).await;
    assert_seen(&[ROOF, WALL]).await;
}

#[wasm_bindgen_test]
async fn undo_under_the_only_stroke_does_not_bring_a_cleared_drawing_back() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    click("#clear").await;
    FINGER.down(WALL[0]);
    FINGER.moved(WALL[1]);
    click("#undo").await;
    FINGER.moved(WALL[2]);
    assert_seen(&[]).await;
}

#[wasm_bindgen_test]
async fn clearing_while_the_pen_is_down_leaves_a_blank_sheet_and_keeps_the_older_strokes_for_undo()
{
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    FINGER.down(WALL[0]);
    FINGER.moved(WALL[1]);
    click("#clear").await;
    FINGER.moved(WALL[2]);
    FINGER.up(WALL[2]);
    assert_seen(&[]).await;
    click("#undo").await;
    assert_seen(&[ROOF]).await;
}

#[wasm_bindgen_test]
async fn a_pen_whose_release_was_lost_stops_at_the_next_move_without_button() {
    let _page = page_with_sheet_of_512().await;
    for pointer in [MOUSE, STYLUS] {
        pointer.down(ROOF[0]);
        pointer.moved(ROOF[1]);
        pointer.does("pointermove", -1, 0, (500, 500));
        pointer.moved((500, 400));
        assert_seen(&[&ROOF[..2]]).await;
        click("#undo").await;
    }
}

#[wasm_bindgen_test]
async fn a_button_that_is_held_beside_the_main_one_does_not_draw_on_alone() {
    let _page = page_with_sheet_of_512().await;
    MOUSE.down(ROOF[0]);
    MOUSE.does("pointermove", 2, 3, ROOF[1]);
    MOUSE.does("pointermove", -1, 3, ROOF[2]);
    MOUSE.does("pointermove", 0, 2, ROOF[2]);
    MOUSE.does("pointermove", -1, 2, (20, 20));
    MOUSE.does("pointerup", 2, 0, (30, 20));
    assert_seen(&[ROOF]).await;
}

#[wasm_bindgen_test]
async fn a_pointer_that_goes_down_twice_begins_a_second_stroke() {
    let _page = page_with_sheet_of_512().await;
    MOUSE.down(ROOF[0]);
    MOUSE.moved(ROOF[1]);
    stroke(WALL).await;
    assert_seen(&[&ROOF[..2], WALL]).await;
}

#[wasm_bindgen_test]
async fn a_lost_capture_ends_the_stroke() {
    let _page = page_with_sheet_of_512().await;
    MOUSE.down(ROOF[0]);
    MOUSE.moved(ROOF[1]);
    MOUSE.does("lostpointercapture", 0, 1, ROOF[1]);
    MOUSE.moved(ROOF[2]);
    assert_seen(&[&ROOF[..2]]).await;
}

#[wasm_bindgen_test]
async fn a_finger_that_the_browser_calls_off_takes_its_stroke_back() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    FINGER.down(WALL[0]);
    FINGER.moved(WALL[1]);
    FINGER.does("pointercancel", 0, 0, WALL[1]);
    FINGER.moved(WALL[2]);
    assert_seen(&[ROOF]).await;
}

#[wasm_bindgen_test]
async fn a_stylus_takes_over_from_the_palm() {
    let _page = page_with_sheet_of_512().await;
    FINGER.down((490, 490));
    FINGER.moved((490, 480));
    STYLUS.draws(ROOF);
    FINGER.moved((480, 480));
    FINGER.up((480, 480));
    assert_seen(&[ROOF]).await;
}

#[wasm_bindgen_test]
async fn fingers_do_not_draw_beside_a_stylus_until_the_sheet_is_cleared() {
    let _page = page_with_sheet_of_512().await;
    STYLUS.draws(ROOF);
    FINGER.draws(WALL);
    assert_seen(&[ROOF]).await;
    click("#clear").await;
    FINGER.draws(WALL);
    assert_seen(&[WALL]).await;
    // One that hovers is seen too.
    click("#clear").await;
    STYLUS.does("pointermove", -1, 0, (100, 100));
    FINGER.draws(WALL);
    assert_seen(&[]).await;
}

#[wasm_bindgen_test]
async fn a_stroke_that_leaves_the_sheet_leaves_no_line_along_its_border() {
    let _page = page_with_sheet_of_512().await;
    MOUSE.draws(&[(412, 100), (612, 100), (700, 250), (612, 400), (412, 400)]);
    let (out, back) = ([(412, 100), (512, 100)], [(512, 400), (412, 400)]);
    assert_seen(&[&out, &back]).await;
    // One gesture, one step.
    click("#undo").await;
    assert_seen(&[]).await;
}

#[wasm_bindgen_test]
async fn undo_off_the_sheet_gives_up_the_whole_gesture() {
    let _page = page_with_sheet_of_512().await;
    stroke(DOOR).await;
    MOUSE.down((412, 100));
    MOUSE.moved((612, 100));
    MOUSE.moved((412, 120));
    MOUSE.moved((412, 600));
    press("body", "z", true).await;
    MOUSE.moved((412, 300));
    assert_seen(&[DOOR]).await;
}

#[wasm_bindgen_test]
async fn a_pen_that_is_down_while_the_sheet_is_hidden_draws_nothing() {
    let _page = page_with_sheet_of_512().await;
    MOUSE.down(ROOF[0]);
    MOUSE.moved(ROOF[1]);
    click("#tab-photo").await;
    MOUSE.moved((300, 500));
    click("#tab-draw").await;
    MOUSE.moved(ROOF[2]);
    assert_seen(&[ROOF]).await;
}

#[wasm_bindgen_test]
async fn a_tap_with_two_fingers_undoes_and_leaves_no_dots() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    stroke(WALL).await;
    let other = Pointer(9, "touch");
    FINGER.down((100, 100));
    other.down((200, 100));
    FINGER.up((100, 100));
    other.up((200, 100));
    assert_seen(&[ROOF]).await;
    let third = Pointer(10, "touch");
    for finger in [FINGER, other, third] {
        finger.down((100, 100));
    }
    for finger in [FINGER, other, third] {
        finger.up((100, 100));
    }
    assert_seen(&[ROOF, WALL]).await;
}

#[wasm_bindgen_test]
async fn the_eraser_of_a_stylus_erases() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    stroke(WALL).await;
    STYLUS.does("pointerdown", 5, 32, ROOF[0]);
    STYLUS.does("pointermove", -1, 32, (178, 210));
    STYLUS.does("pointerup", 5, 0, (178, 210));
    assert_seen(&[WALL]).await;
}

#[wasm_bindgen_test]
async fn fingers_do_not_erase_beside_a_stylus() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    stroke(WALL).await;
    click("#eraser").await;
    STYLUS.draws(ROOF);
    FINGER.draws(WALL);
    assert_seen(&[WALL]).await;
    // Nor does the end of the tool make them draw.
    click("#eraser").await;
    FINGER.draws(DOOR);
    assert_seen(&[WALL]).await;
}

#[wasm_bindgen_test]
async fn the_eraser_of_a_stylus_takes_over_from_the_palm() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    stroke(WALL).await;
    for erases in [false, true] {
        if erases {
            click("#undo").await;
            click("#eraser").await;
        }
        // The palm lies on the wall: without the tool it would draw, with it it would erase.
        FINGER.down(WALL[1]);
        FINGER.moved((130, 450));
        STYLUS.does("pointerdown", 5, 32, ROOF[0]);
        FINGER.moved((140, 450));
        STYLUS.does("pointermove", -1, 32, (178, 210));
        STYLUS.does("pointerup", 5, 0, (178, 210));
        FINGER.moved((150, 450));
        FINGER.up((150, 450));
        assert_seen(&[WALL]).await;
    }
}

#[wasm_bindgen_test]
async fn undo_while_the_eraser_is_down_gives_up_what_it_has_erased() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    stroke(DOOR).await;
    click("#eraser").await;
    MOUSE.down(ROOF[0]);
    MOUSE.moved((200, 420));
    assert_seen(&[]).await;
    press("body", "z", true).await;
    MOUSE.moved(ROOF[1]);
    assert_seen(&[ROOF, DOOR]).await;
    MOUSE.up(ROOF[1]);
    assert_seen(&[ROOF, DOOR]).await;
}

#[wasm_bindgen_test]
async fn the_hand_that_holds_a_stylus_does_not_tap() {
    let _page = page_with_sheet_of_512().await;
    stroke(WALL).await;
    let other = Pointer(9, "touch");
    for is_before in [true, false] {
        if !is_before {
            STYLUS.down(ROOF[0]);
        }
        FINGER.down((490, 490));
        other.down((490, 440));
        if is_before {
            STYLUS.down(ROOF[0]);
        }
        STYLUS.moved(ROOF[1]);
        FINGER.up((490, 490));
        other.up((490, 440));
        STYLUS.moved(ROOF[2]);
        STYLUS.up(ROOF[2]);
        assert_seen(&[WALL, ROOF]).await;
        click("#undo").await;
        assert_seen(&[WALL]).await;
    }
}
