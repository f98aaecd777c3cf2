//! Workers that speak the engine's messages, so that the page can be tested without Burn and weights.

use std::time::Duration;

use image::GrayImage;
use web::engines::client::Addresses;
use web::engines::limits::Limits;

/// What a worker of ten classes says when it is ready.
const READY: &str = r#"{
  type: "Ready",
  classes: ["horse", "bed", "clock", "apple", "cat", "plane", "television", "dog", "dolphin", "spider"],
  accuracy: 0.743,
  pictures: 1200,
  on: "doodles",
}"#;

/// On the CPU, answers every picture with logits that give `probabilities`, all of them larger by the [`checksum`] of the picture;
/// has no WebGPU.
pub fn answering(probabilities: [f32; 10]) -> Addresses {
    two_networks(probabilities, probabilities)
}

/// The same where the network that was trained on photos alone answers otherwise.
pub fn two_networks(probabilities: [f32; 10], photos_only: [f32; 10]) -> Addresses {
    engine(probabilities, photos_only, false)
}

/// As [`answering`], and takes every drawing for none of the classes.
pub fn not_knowing(probabilities: [f32; 10]) -> Addresses {
    engine(probabilities, probabilities, true)
}

fn engine(probabilities: [f32; 10], photos_only: [f32; 10], is_unknown: bool) -> Addresses {
    worker(&format!(
        r#"
        // The test runner starts workers inside one of its own, whose location says nothing.
        const on_cpu = import.meta.url.endsWith("?program=cpu");
        const networks = {{ weights: {probabilities:?}, photos: {photos_only:?} }};
        let network;
        onmessage = ({{ data }}) => {{
          if (!on_cpu) {{
            postMessage({{ type: "Failed", reason: {{ english: "It found no graphics card.", chinese: "找不到顯示卡。" }} }});
          }} else if (data.type === "Load") {{
            const weights = new TextDecoder().decode(data.weights);
            network = networks[weights];
            if (!network) postMessage({{ type: "WeightsRefused", reason: {{ english: `It was given ${{weights}}.`, chinese: `收到 ${{weights}}。` }} }});
            else postMessage({READY});
          }} else {{
            const logits = [];
            for (let at = 0; at < data.pictures.length; at += 1024) {{
              let sum = 0;
              data.pictures.subarray(at, at + 1024).forEach((level, index) => sum = (sum * 31 + level + index) % 997);
              logits.push(...network.map((probability) => Math.log(probability) + sum));
            }}
            const features = Float32Array.from({{ length: 256 }}, (_, index) => data.pictures[4 * index] / 255);
            const arrays = {{ logits: Float32Array.from(logits), features }};
            postMessage({{ type: "Prediction", id: data.id, ...arrays, isUnknown: {is_unknown}, milliseconds: 1.5 }});
          }}
        }};
        "#
    ))
}

/// Never answers.
pub fn silent() -> Addresses {
    worker("")
}

/// Cannot continue, for a reason.
pub fn failing(reason: &str) -> Addresses {
    worker(&format!(
        "onmessage = () => postMessage({{ type: 'Failed', reason: {{ english: {reason:?}, chinese: '原因。' }} }});"
    ))
}

/// Starts, and then does `what` instead of answering.
pub fn ready_and_then(what: &str) -> Addresses {
    worker(&format!(
        "onmessage = ({{ data }}) => {{ if (data.type === 'Load') postMessage({READY}); else {{ {what} }} }};"
    ))
}

/// Whose files are of another version than the page.
pub fn outdated() -> Addresses {
    worker(
        "postMessage({ type: 'Outdated', reason: { english: 'cpu.js answered 404.', chinese: 'cpu.js 回應 404。' } });",
    )
}

/// Where there is no worker at all.
pub fn absent() -> Addresses {
    Addresses {
        worker: "no-such-worker.js".into(),
        ..worker("")
    }
}

/// The same where nobody waits for long.
pub fn impatient(addresses: Addresses) -> Addresses {
    let short = Duration::from_millis(200);
    Addresses {
        limits: Limits {
            load: short,
            cpu_load: short,
            prediction: short,
        },
        ..addresses
    }
}

/// What [`answering`] makes of a picture: a number from 0 to 996 by which one is told from another.
pub fn checksum(picture: &GrayImage) -> f32 {
    let levels = picture.as_raw().iter().zip(0..);
    let sum = levels.fold(0, |sum, (level, index)| {
        (sum * 31 + u32::from(*level) + index) % 997
    });
    sum as f32
}

/// The code as an address; the `?program=…` that the page adds falls into a comment.
fn worker(code: &str) -> Addresses {
    let code = js_sys::encode_uri_component(code);
    Addresses {
        worker: format!("data:text/javascript,{code}//"),
        weights: "data:application/octet-stream,weights".into(),
        photos_only: Some("data:application/octet-stream,photos".into()),
        ..Addresses::default()
    }
}
