//! The names of the three networks.

use crate::language::texts;

texts! {
    /// The feature extractor.
    F: "feature extractor", "特徵擷取器";
    /// The label predictor.
    C: "label predictor", "標籤預測器";
    /// The domain classifier.
    D: "domain classifier", "領域分類器";
}
