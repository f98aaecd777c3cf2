//! The key that undoes, on keyboards of any layout.

use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, KeyboardEvent, KeyboardEventInit};

use super::visitor::{ROOF, WALL, assert_seen, page_with_sheet_of_512, stroke};
use crate::stage::{click, send, settle};

/// A key with those that are held.
#[derive(Clone, Copy, Default)]
struct Key {
    key: &'static str,
    code: &'static str,
    control: bool,
    meta: bool,
    alt: bool,
    shift: bool,
}

const CONTROL: Key = Key {
    key: "z",
    code: "KeyZ",
    control: true,
    meta: false,
    alt: false,
    shift: false,
};

async fn press(key: Key) {
    let init = KeyboardEventInit::new();
    init.set_key(key.key);
    init.set_code(key.code);
    init.set_ctrl_key(key.control);
    init.set_meta_key(key.meta);
    init.set_alt_key(key.alt);
    init.set_shift_key(key.shift);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    send("body", &event);
    settle().await;
}

fn letter(key: &'static str, code: &'static str) -> Key {
    Key {
        key,
        code,
        ..CONTROL
    }
}

#[wasm_bindgen_test]
async fn undo_is_where_the_layout_has_its_z() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    let meta = Key {
        control: false,
        meta: true,
        ..CONTROL
    };
    for key in [
        CONTROL,
        letter("z", "KeyY"),
        letter("я", "KeyZ"),
        letter("Z", "KeyZ"),
        meta,
    ] {
        stroke(WALL).await;
        assert_seen(&[ROOF, WALL]).await;
        press(key).await;
        assert_seen(&[ROOF]).await;
    }
}

#[wasm_bindgen_test]
async fn other_keys_do_not_undo() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    let held = |alt, shift, control| Key {
        alt,
        shift,
        control,
        ..CONTROL
    };
    for key in [
        letter("y", "KeyZ"),
        letter("н", "KeyY"),
        held(true, false, true),
        held(false, true, true),
        held(false, false, false),
    ] {
        press(key).await;
        assert_seen(&[ROOF]).await;
    }
}

#[wasm_bindgen_test]
async fn undo_in_a_text_field_is_left_to_the_field() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    let shell = document().get_element_by_id("shell").unwrap();
    for (name, kind) in [
        ("input", "text"),
        ("input", "search"),
        ("textarea", ""),
        ("div", ""),
    ] {
        let field = document().create_element(name).unwrap();
        match name {
            "input" => field.set_attribute("type", kind).unwrap(),
            "div" => field.set_attribute("contenteditable", "").unwrap(),
            _ => {}
        }
        shell.append_child(&field).unwrap();
        let field: HtmlElement = wasm_bindgen::JsCast::unchecked_into(field);
        field.focus().unwrap();
        press(CONTROL).await;
        assert_seen(&[ROOF]).await;
        field.remove();
    }
    press(CONTROL).await;
    assert_seen(&[]).await;
}

#[wasm_bindgen_test]
async fn behind_a_dialog_nothing_is_undone() {
    let _page = page_with_sheet_of_512().await;
    stroke(ROOF).await;
    stroke(WALL).await;
    press(CONTROL).await;
    click("#share").await;
    press(CONTROL).await;
    press(letter("y", "KeyY")).await;
    click("#share-close").await;
    assert_seen(&[ROOF]).await;
    press(letter("y", "KeyY")).await;
    assert_seen(&[ROOF, WALL]).await;
}
