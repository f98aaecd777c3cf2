//! What is drawn before the page's program has come.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web::draw::early;
use web::kept::own_key;
use web_sys::Element;

use super::visitor::{FINGER, MOUSE, ROOF, SHEET, STYLUS, WALL, assert_seen, drawing, page_after};
use crate::stage::{self, click, is_visible, pixels, settle};

/// The module as a function that gives `drawEarly`.
const MODULE: &str = concat!(
    include_str!("../../../../assets/early-sheet.js"),
    "\nreturn drawEarly;"
);

/// What `drawEarly` returns.
struct Early(JsValue);

impl Early {
    fn on_the_sheet() -> Self {
        let module = Function::new_no_args(&MODULE.replace("export function", "function"));
        let draw: Function = module.call0(&JsValue::NULL).unwrap().unchecked_into();
        let sheet: JsValue = stage::element::<Element>(SHEET).into();
        Self(draw.call1(&JsValue::NULL, &sheet).unwrap())
    }

    fn call(&self, name: &str) -> JsValue {
        let function: Function = Reflect::get(&self.0, &name.into())
            .unwrap()
            .unchecked_into();
        function.call0(&self.0).unwrap()
    }

    /// As start.js hands them over.
    fn hand_over(&self) {
        self.call("stop");
        Reflect::set(
            &js_sys::global(),
            &"edgewiseEarlyStrokes".into(),
            &self.call("strokes"),
        )
        .unwrap();
    }
}

/// The sheet of index.html, as large as its units.
async fn shell() -> stage::Stage {
    let page = stage::mount(|| {
        view! {
            <div class="sheet">
                <canvas
                    id="draw-canvas"
                    style="position: fixed; top: 0; left: 0; width: 512px; height: 512px"
                ></canvas>
                <div class="prompt">"Draw"</div>
            </div>
        }
    })
    .await;
    settle().await;
    page
}

#[wasm_bindgen_test]
async fn early_strokes_become_the_drawing() {
    let shell = shell().await;
    let early = Early::on_the_sheet();
    MOUSE.draws(ROOF);
    assert!(!is_visible(".prompt"));
    MOUSE.down(WALL[0]);
    assert_eq!(early.call("isDown"), JsValue::TRUE);
    WALL[1..].iter().for_each(|&place| MOUSE.moved(place));
    MOUSE.up(WALL[3]);
    assert_eq!(early.call("isDown"), JsValue::FALSE);
    settle().await;
    let ink = pixels(SHEET);
    early.hand_over();
    MOUSE.draws(&[(10, 10), (20, 20)]);
    drop(shell);

    let _page = page_after(early::take().unwrap()).await;
    assert_seen(&[ROOF, WALL]).await;
    assert!(!is_visible(".prompt"));
    let place = "position: fixed; top: 0; left: 0; width: 512px; height: 512px";
    let sheet = stage::element::<Element>(SHEET);
    sheet.set_attribute("style", place).unwrap();
    settle().await;
    assert!(pixels(SHEET) == ink, "the ink looks another way");
    click("#undo").await;
    assert_seen(&[ROOF]).await;
    assert!(early::take().unwrap().is_empty());
}

#[wasm_bindgen_test]
async fn the_early_sheet_has_the_drawing_that_this_page_kept_and_no_other_page_s() {
    let _shell = shell().await;
    let storage = window().session_storage().unwrap().unwrap();
    let other = own_key("edgewise-drawing") + "other/";
    storage.set_item(&other, "[[[1,2],[3,4]]]").unwrap();
    let strokes = || -> Vec<Vec<(f64, f64)>> {
        serde_wasm_bindgen::from_value(Early::on_the_sheet().call("strokes")).unwrap()
    };
    assert!(strokes().is_empty());
    let own = own_key("edgewise-drawing");
    storage.set_item(&own, "[[[5,6],[7,8]]]").unwrap();
    assert_eq!(strokes(), [[(5.0, 6.0), (7.0, 8.0)]]);
    for key in [own, other] {
        storage.remove_item(&key).unwrap();
    }
}

#[wasm_bindgen_test]
async fn early_strokes_follow_the_rules_of_the_sheet() {
    let _shell = shell().await;
    let early = Early::on_the_sheet();
    let drawn = || -> Vec<Vec<(f64, f64)>> {
        serde_wasm_bindgen::from_value(early.call("strokes")).unwrap()
    };
    MOUSE.does("pointerdown", 2, 2, (9, 9));
    MOUSE.down((412, 100));
    MOUSE.moved((612, 100));
    MOUSE.moved((612, 300));
    MOUSE.moved((412, 300));
    MOUSE.does("pointermove", -1, 0, (50, 50));
    MOUSE.moved((60, 60));
    let out = [(412.0, 100.0), (512.0, 100.0)];
    let back = [(512.0, 300.0), (412.0, 300.0)];
    assert_eq!(drawn(), [out, back]);
    // The browser calls a finger off, and a stylus takes over from the palm.
    FINGER.down((20, 20));
    FINGER.does("pointercancel", 0, 0, (20, 20));
    FINGER.down((30, 30));
    STYLUS.draws(&[(40, 40), (80, 80)]);
    FINGER.draws(&[(30, 30), (60, 30)]);
    assert_eq!(drawn()[2..], [[(40.0, 40.0), (80.0, 80.0)]]);
}

#[wasm_bindgen_test]
async fn without_early_strokes_the_sheet_is_blank_and_others_are_refused() {
    assert!(early::take().unwrap().is_empty());
    let wrong = Array::of1(&"stroke".into());
    Reflect::set(&js_sys::global(), &"edgewiseEarlyStrokes".into(), &wrong).unwrap();
    assert!(early::take().is_err());
    let _page = page_after(drawing(&[ROOF])).await;
    assert_seen(&[ROOF]).await;
}
