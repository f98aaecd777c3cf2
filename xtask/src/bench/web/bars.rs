//! What the page has to reach, and whether it does.

use serde_json::{Value, json};

/// The libraries that predict.
const LIBRARIES: [&str; 3] = ["ONNX Runtime Web", "TensorFlow.js", "LiteRT.js"];
/// The builds of OpenCV.js.
const OPENCV: [&str; 2] = ["OpenCV.js 4", "OpenCV.js 5"];

/// One bar: a value that must be at most a limit, and had better be at most the aim.
#[derive(Debug, PartialEq)]
pub struct Bar {
    /// What is measured.
    pub what: String,
    /// The value; none where it, or what it is compared with, could not be measured.
    pub value: Option<f64>,
    /// At most this.
    pub limit: f64,
    /// Better at most this.
    pub aim: f64,
    /// What the numbers are: a ratio of times, milliseconds or megabytes.
    pub unit: &'static str,
}

impl Bar {
    /// What to say of it: a value that is missing misses.
    pub fn verdict(&self) -> &'static str {
        match self.value {
            None => "miss (not measured)",
            Some(value) if value <= self.aim => "pass, aim met",
            Some(value) if value <= self.limit => "pass",
            Some(_) => "miss",
        }
    }

    /// The same for other programs.
    pub fn json(&self) -> Value {
        json!({
            "what": self.what,
            "value": self.value,
            "unit": self.unit,
            "limit": self.limit,
            "aim": self.aim,
            "passes": self.value.is_some_and(|value| value <= self.limit),
        })
    }
}

/// All bars, over what the browser's side measured.
pub fn judge(measured: &Value) -> Vec<Bar> {
    let median = |kind: &str, name: &str| measured[kind][name]["median"].as_f64();
    let fastest = |kind: &str, names: &[String]| {
        let medians = names.iter().filter_map(|name| median(kind, name));
        medians.reduce(f64::min)
    };
    let ratio = |kind: &str, ours: &str, others: &[String]| {
        Some(median(kind, ours)? / fastest(kind, others)?)
    };
    let libraries = LIBRARIES.map(String::from);
    let mut bars = Vec::new();
    let mut add = |what: String, value, limit, aim, unit| {
        bars.push(Bar {
            what,
            value,
            limit,
            aim,
            unit,
        });
    };
    const RATIO: &str = "of the fastest library's median";
    for net in ["shipped-width", "full-width"] {
        let kind = format!("prediction, {net}");
        let value = ratio(&kind, "Edgewise", &libraries);
        add(kind, value, 0.7, 0.4, RATIO);
    }
    // Like with like: the other libraries' pages hold nothing but the library, as ours does with the engine alone.
    let start = ratio("cold start", "Edgewise", &libraries);
    let what = "navigation to first prediction, engine alone";
    add(what.into(), start, 1.0, 0.7, RATIO);
    for size in ["32x32", "640x480", "1920x1080"] {
        let kind = format!("Canny, {size}");
        let others = OPENCV.map(|library| format!("{library}, in a worker"));
        let value = ratio(&kind, "Edgewise, in a worker", &others);
        add(kind, value, 1.0, 0.6, RATIO);
    }
    let pen = median("pen move", "script");
    add("script of a pen move".into(), pen, 4.0, 1.0, "ms");
    // A display that draws 60 frames a second shows new edges in each.
    let drag = median("dragged threshold", "edges to edges");
    let what = "edges to edges while a threshold is dragged, 640x480";
    add(what.into(), drag, 16.8, 16.8, "ms");
    let bytes = measured["bytes"]["Edgewise, whole page"]["brotli"].as_f64();
    let megabytes = bytes.map(|bytes| bytes / 1e6);
    add(
        "bytes to the first prediction, whole page, brotli".into(),
        megabytes,
        0.9,
        0.5,
        "MB",
    );
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named<'a>(bars: &'a [Bar], what: &str) -> &'a Bar {
        bars.iter().find(|bar| bar.what.contains(what)).unwrap()
    }

    #[test]
    fn a_ratio_is_to_the_fastest_library() {
        let measured = json!({ "prediction, shipped-width": {
            "Edgewise": { "median": 1.0 },
            "Edgewise, inside its worker": { "median": 0.1 },
            "TensorFlow.js": { "median": 4.0 },
            "LiteRT.js": { "median": 2.0 },
        } });
        let bars = judge(&measured);
        let bar = named(&bars, "shipped-width");
        assert_eq!(bar.value, Some(0.5));
        assert_eq!(bar.verdict(), "pass");
        assert_eq!(bar.json()["passes"], true);
    }

    #[test]
    fn canny_is_compared_like_with_like() {
        let measured = json!({ "Canny, 640x480": {
            "Edgewise, in a worker": { "median": 4.0 },
            "OpenCV.js 4, alone": { "median": 2.0 },
            "OpenCV.js 5, in a worker": { "median": 8.0 },
        } });
        let bars = judge(&measured);
        assert_eq!(named(&bars, "640x480").verdict(), "pass, aim met");
    }

    #[test]
    fn what_was_not_measured_misses() {
        let bars = judge(&json!({ "pen move": { "script": { "median": 0.9 } } }));
        assert_eq!(named(&bars, "pen move").verdict(), "pass, aim met");
        let missing = named(&bars, "bytes");
        assert_eq!(missing.verdict(), "miss (not measured)");
        assert_eq!(missing.json()["passes"], false);
    }

    #[test]
    fn megabytes_are_a_million_bytes() {
        let bars = judge(&json!({ "bytes": { "Edgewise, whole page": { "brotli": 900_001 } } }));
        assert_eq!(named(&bars, "bytes").verdict(), "miss");
    }
}
