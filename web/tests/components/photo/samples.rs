//! The pictures to begin with, and the cards about where others come from.

use super::*;

fn shell_names(pictures: &str) {
    let template = document().create_element("template").unwrap();
    template.set_id("samples");
    template.set_inner_html(pictures);
    document().body().unwrap().append_child(&template).unwrap();
}

/// The template, gone with this value.
struct Shell;

impl Drop for Shell {
    fn drop(&mut self) {
        if let Some(template) = find("#samples") {
            template.remove();
        }
    }
}

#[wasm_bindgen_test]
async fn a_sample_is_opened_like_a_file() {
    let photo = photo(40, 30);
    let address = web_sys::Url::create_object_url_with_blob(&png(&photo)).unwrap();
    shell_names(&format!(
        "<img src='{address}' alt='A cat' data-zh-alt='一隻貓'><img src='no-such-file' alt='A dog' data-zh-alt='一隻狗'>"
    ));
    let _shell = Shell;
    let _page = page().await;
    click("#tab-photo").await;
    assert_eq!(
        attribute(".sample[title='A cat'] img", "loading").as_deref(),
        Some("lazy")
    );
    click(".sample[title='A cat']").await;
    until_shown(&photo).await;
    assert_shows("#photo-original", photo.clone());
    click(".sample[title='A dog']").await;
    until_told("The sample “A dog” could not be loaded (its address answered 404).").await;
    assert_shows("#photo-original", photo);
}

#[wasm_bindgen_test]
async fn a_sample_that_comes_late_does_not_replace_a_photo_that_was_opened_meanwhile() {
    let sample = photo(40, 30);
    let address = web_sys::Url::create_object_url_with_blob(&png(&sample)).unwrap();
    shell_names(&format!(
        "<img src='{address}#slow' alt='A cat' data-zh-alt='一隻貓'>"
    ));
    let _shell = Shell;
    let _page = page().await;
    click("#tab-photo").await;
    js_sys::eval(
        "globalThis.realFetch ??= fetch;
        globalThis.fetch = (address, ...more) => String(address).endsWith('#slow')
          ? new Promise((resolve) => { globalThis.letCome = () => resolve(realFetch(address, ...more)); })
          : realFetch(address, ...more);",
    )
    .unwrap();
    click(".sample").await;
    let own = photo(60, 50);
    choose(&png(&own));
    until_shown(&own).await;
    click("#tab-draw").await;
    js_sys::eval("letCome(); fetch = realFetch;").unwrap();
    for _ in 0..10 {
        settle().await;
    }
    assert!(
        is_visible("#draw-canvas"),
        "the photo view came to the front"
    );
    click("#tab-photo").await;
    assert_shows("#photo-original", own);
}

#[wasm_bindgen_test]
async fn without_samples_the_other_cards_are_there() {
    let _page = page().await;
    click("#tab-photo").await;
    assert!(find(".sample").is_none());
    assert!(is_visible("#camera") && is_visible(".card-drop"));
}

#[wasm_bindgen_test]
async fn cards_become_a_row_when_a_photo_is_open() {
    let _page = page().await;
    click("#tab-photo").await;
    let height = || stage::element::<HtmlElement>(".drop").offset_height();
    let before = height();
    let photo = photo(240, 160);
    choose(&png(&photo));
    until_shown(&photo).await;
    assert!(height() < before / 2, "{before} pixels became {}", height());
    assert!(is_visible("#camera") && is_visible("label[for=photo-file]"));
}
