//! The fields of the settings, and the address that holds them.

use wasm_bindgen_test::wasm_bindgen_test;

use super::*;
use crate::stage::attribute;

fn value(selector: &str) -> String {
    element::<HtmlInputElement>(selector).value()
}

#[wasm_bindgen_test]
async fn fields_hold_every_value_that_a_link_may_have() {
    let _page = page().await;
    open("#lab=1,l10,n0.5,q0.02,s12345,i10,c7").await;
    for (field, wanted) in [
        ("#lab-noise", "0.5"),
        ("#lab-share", "0.02"),
        ("#lab-seed", "12345"),
        ("#lab-im", "10"),
        ("#lab-consistency", "7"),
    ] {
        assert_eq!(value(field), wanted, "{field}");
    }
    // A value is shown in the label, and would be what it names without saying so.
    for slider in ["lab-noise", "lab-share", "lab-im", "lab-lambda-value"] {
        let label = format!("label[for='{slider}']");
        assert!(attribute(&label, "class").is_some(), "{slider}");
    }
    let lambda = "#lab-lambda-value";
    assert_eq!(Some(value(lambda)), attribute(lambda, "max"));
    assert_eq!(attribute(lambda, "aria-valuetext").as_deref(), Some("10"));
    // One stop to the left.
    let stop: u32 = value(lambda).parse().unwrap();
    enter(lambda, &(stop - 1).to_string(), "input").await;
    assert_eq!(attribute(lambda, "aria-valuetext").as_deref(), Some("9.5"));
    enter(lambda, "2", "input").await;
    assert_eq!(attribute(lambda, "aria-valuetext").as_deref(), Some("0.1"));
    assert!(address().contains(",l0.1,"));
}

#[wasm_bindgen_test]
async fn a_seed_is_typed_and_what_is_none_gives_way() {
    let _page = page().await;
    enter("#lab-seed", "4294967295", "change").await;
    assert_eq!(address(), "#lab=1,s4294967295");
    for none in ["-1", "4294967296", "1.5", ""] {
        enter("#lab-seed", none, "change").await;
        assert_eq!(value("#lab-seed"), "4294967295", "{none:?}");
        assert_eq!(address(), "#lab=1,s4294967295");
    }
}

#[wasm_bindgen_test]
async fn the_address_holds_the_state_again_when_the_laboratory_comes_to_the_front() {
    let _page = page().await;
    assert_eq!(address(), "#lab");
    open("#lab=1,db,a0.5,w8").await;
    click("#tab-draw").await;
    assert_eq!(address(), "#draw");
    click("#tab-lab").await;
    assert_eq!(address(), "#lab=1,db,a0.5,w8");
    // A link that leads there from another view is opened, not replaced.
    click("#tab-draw").await;
    open("#lab=1,dt,a20").await;
    assert_eq!(address(), "#lab=1,dt,a20");
    assert_eq!(element::<HtmlSelectElement>("#lab-scene").value(), "3");
}
