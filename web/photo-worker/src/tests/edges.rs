//! Edges by other thresholds, of a crop, and at other sizes.

use super::*;

#[wasm_bindgen_test]
async fn other_thresholds_find_other_edges() {
    let original = photo(80, 64);
    opened(&encoded(original.clone(), ImageFormat::Png)).await;
    let thresholds = CannyThresholds::new(50.0, 100.0);
    let edges = found(Wanted {
        thresholds,
        ..Wanted::default()
    })
    .await;
    requires(&edges.shown, canny(&luma(&original), thresholds));
    let edges_32 = edges_from_photo(&original, thresholds);
    assert_eq!(edges.edges_32, edges_32.into_raw());
}

#[wasm_bindgen_test]
async fn a_crop_is_what_training_makes_of_such_a_photo() {
    let original = photo(120, 90);
    let (photo, _) = opened(&encoded(original.clone(), ImageFormat::Png)).await;
    let crop = Crop {
        left: 31,
        top: 7,
        side: 50,
    };
    let edges = found(Wanted {
        crop: Some(crop),
        ..Wanted::default()
    })
    .await;
    let part = image::imageops::crop_imm(&original, 31, 7, 50, 50).to_image();
    assert_eq!(edges.grey_32, photo_grey(&part).into_raw());
    let thresholds = CannyThresholds::default();
    let expected = edges_from_photo(&part, thresholds);
    assert_eq!(edges.edges_32, expected.into_raw());
    requires(&edges.shown, canny(&luma(&original), thresholds));
    // The square that training takes, by name and by its numbers.
    let centred = Some(Crop::centred_in((120, 90)));
    for crop in [None, centred] {
        let edges = found(Wanted {
            crop,
            ..Wanted::default()
        })
        .await;
        assert_eq!(edges.grey_32, photo.centred_32);
    }
}

#[wasm_bindgen_test]
async fn edges_are_found_at_the_size_at_which_they_are_shown() {
    let original = photo(120, 90);
    opened(&encoded(original.clone(), ImageFormat::Png)).await;
    let thresholds = CannyThresholds::new(50.0, 100.0);
    for (room, size) in [((60, 999), (60, 45)), ((999, 999), (120, 90))] {
        let edges = found(Wanted {
            thresholds,
            room,
            ..Wanted::default()
        })
        .await;
        let shrunk = resize_rgb(&original, size.0, size.1);
        requires(&edges.shown, canny(&luma(&shrunk), thresholds));
        assert!(edges.panels.is_empty());
    }
    let edges = found(Wanted {
        panel: 40,
        ..Wanted::default()
    })
    .await;
    let shrunk = luma(&resize_rgb(&original, 40, 30));
    assert_eq!(edges.panels.len(), CannyThresholds::PRESETS.len());
    for (panel, thresholds) in edges.panels.iter().zip(CannyThresholds::PRESETS) {
        requires(panel, canny(&shrunk, thresholds));
    }
}
