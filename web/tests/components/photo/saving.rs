//! Edges as a file, and edges to be drawn over.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web::draw::tracing::Tracing;
use web::state::{State, use_state};

use super::*;

/// Notes the next download in `globalThis.download`, in place of the browser's own.
const NOTE: &str = "
    const click = HTMLAnchorElement.prototype.click;
    globalThis.download = null;
    HTMLAnchorElement.prototype.click = function () {
      HTMLAnchorElement.prototype.click = click;
      globalThis.download = { name: this.download, bytes: fetch(this.href).then((file) => file.arrayBuffer()) };
    };";

#[wasm_bindgen_test]
async fn edges_are_saved_as_a_png() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(60, 45);
    choose(&png(&photo));
    until_shown(&photo).await;
    Function::new_no_args(NOTE).call0(&JsValue::NULL).unwrap();
    let download = || Reflect::get(&js_sys::global(), &"download".into()).unwrap();
    click("#save-edges").await;
    until("the file is saved", || !download().is_null()).await;
    let get = |name: &str| Reflect::get(&download(), &name.into()).unwrap();
    assert_eq!(
        get("name").as_string().as_deref(),
        Some("edges-170-300.png")
    );
    let bytes: Promise = get("bytes").unchecked_into();
    let bytes = Uint8Array::new(&JsFuture::from(bytes).await.unwrap()).to_vec();
    let saved = image::load_from_memory_with_format(&bytes, ImageFormat::Png).unwrap();
    assert_eq!(
        saved.to_luma8(),
        canny(&luma(&photo), CannyThresholds::default())
    );
}

#[wasm_bindgen_test]
async fn a_file_s_name_has_the_thresholds_of_its_edges() {
    let _opened = opened().await;
    Function::new_no_args(NOTE).call0(&JsValue::NULL).unwrap();
    let name = Function::new_no_args(
        "const high = document.querySelector('#high');
        high.value = 900;
        high.dispatchEvent(new Event('input', { bubbles: true }));
        // Their edges are still to be found.
        document.querySelector('#save-edges').click();",
    );
    name.call0(&JsValue::NULL).unwrap();
    let download = || Reflect::get(&js_sys::global(), &"download".into()).unwrap();
    until("the file is saved", || !download().is_null()).await;
    let name = Reflect::get(&download(), &"name".into()).unwrap();
    assert_eq!(name.as_string().as_deref(), Some("edges-170-300.png"));
}

#[component]
fn Tell(told: StoredValue<Option<State>, LocalStorage>) -> impl IntoView {
    told.set_value(Some(use_state()));
}

#[wasm_bindgen_test]
async fn the_crop_s_edges_are_handed_to_the_drawing_view() {
    let workers = page_worker::install();
    let addresses = fake_engine::answering([0.1; 10]);
    let told = StoredValue::new_local(None);
    let _stage = stage::mount(move || {
        view! {
            <App addresses=addresses />
            <Tell told=told />
        }
    })
    .await;
    click("#tab-photo").await;
    let photo = photo(60, 40);
    choose(&png(&photo));
    until_shown(&photo).await;
    let tracing = told.get_value().unwrap().photo.tracing;
    assert_eq!(tracing.get_untracked(), None);
    click("#trace").await;
    assert!(is_visible("#panel-draw"));
    let edges = canny(&luma(&photo), CannyThresholds::default());
    let expected = Tracing {
        side: 40,
        levels: image::imageops::crop_imm(&edges, 10, 0, 40, 40)
            .to_image()
            .into_raw(),
    };
    let levels = expected.levels.clone();
    assert!(tracing.get_untracked() == Some(expected), "other edges");
    let opaque = pixels("#tracing")
        .pixels()
        .map(|pixel| pixel[3])
        .collect::<Vec<_>>();
    assert!(opaque == levels, "the sheet shows other edges");
    click("#tracing-off").await;
    assert!(find("#tracing").is_none());
    assert_eq!(tracing.get_untracked(), None);
    drop(workers);
}
