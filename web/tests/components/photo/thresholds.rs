//! The thresholds of the edges: presets, sliders, and the comparison of the presets.

use super::*;

fn sliders() -> [String; 2] {
    ["#low", "#high"].map(|slider| stage::element::<HtmlInputElement>(slider).value())
}

fn checked_presets() -> u32 {
    let checked =
        document().query_selector_all("[role=radiogroup] [type=radio][name=preset]:checked");
    checked.unwrap().length()
}

fn pressed_preset() -> Option<String> {
    find(".preset:has(:checked)").and_then(|preset| preset.get_attribute("data-low"))
}

#[wasm_bindgen_test]
async fn the_four_presets_are_compared_on_request() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(90, 60);
    choose(&png(&photo));
    until_shown(&photo).await;
    assert_eq!(
        pixels("#preset-0").dimensions(),
        (300, 150),
        "nothing is painted yet"
    );
    click("#panels summary").await;
    until("the panels are painted", || {
        pixels("#preset-3").dimensions() == (90, 60)
    })
    .await;
    for (index, thresholds) in CannyThresholds::PRESETS.into_iter().enumerate() {
        assert_shows(
            &format!("#preset-{index}"),
            canny(&luma(&photo), thresholds),
        );
    }
    let names = text(".panel-grid");
    for name in [
        "Detailed 50 / 100",
        "Balanced 150 / 200",
        "Course 170 / 300",
        "Bold 250 / 300",
    ] {
        assert!(names.contains(name), "{names}");
    }
    // They follow the photo.
    let other = self::photo(66, 44);
    choose(&png(&other));
    until("the panels follow", || {
        pixels("#preset-3").dimensions() == (66, 44)
    })
    .await;
}

#[wasm_bindgen_test]
async fn presets_set_both_thresholds_and_are_one_group_of_radio_buttons() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(120, 90);
    choose(&png(&photo));
    until_shown(&photo).await;
    assert_eq!(pressed_preset().as_deref(), Some("170"));
    let mut pictures = Vec::new();
    for CannyThresholds { low, high } in CannyThresholds::PRESETS {
        click(&format!(".preset[data-low='{low}'][data-high='{high}']")).await;
        assert_eq!(pressed_preset(), Some(low.to_string()));
        assert_eq!(checked_presets(), 1);
        assert_eq!(sliders(), [low.to_string(), high.to_string()]);
        pictures.push(assert_edges(&photo, low, high).await);
    }
    assert!(pictures[0] != pictures[3], "the thresholds change nothing");
}

#[wasm_bindgen_test]
async fn sliders_set_the_thresholds_and_push_each_other() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(120, 90);
    choose(&png(&photo));
    until_shown(&photo).await;
    slide("#low", 40).await;
    assert_eq!(sliders(), ["40", "300"]);
    assert_eq!(pressed_preset(), None);
    assert_edges(&photo, 40.0, 300.0).await;
    let share = |name| {
        let double: HtmlElement = stage::element(".double");
        double.style().get_property_value(name).unwrap()
    };
    assert_eq!([share("--low"), share("--high")], ["0.04", "0.3"]);
    slide("#high", 20).await;
    assert_eq!(sliders(), ["20", "20"]);
    assert_eq!(text("output[for=low]"), "20");
    assert_edges(&photo, 20.0, 20.0).await;
}
