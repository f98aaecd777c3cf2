//! Workers that speak the engine's messages, so that the page can be tested without Burn and weights.

use std::time::Duration;

use image::GrayImage;
use web::engines::client::Addresses;
use web::engines::limits::Limits;

/// What a worker of ten classes says when it is ready.
const READY: &str = r#"{
  type: "Ready",
  model_info: {
    classes: ["horse", "bed", "clock", "apple", "cat", "plane", "television", "dog", "dolphin", "spider"],
    measured: { accuracy: 0.743, pictures: 1200, on: "doodles" },
  },
}"#;

/// On the CPU, answers every picture with `probabilities` and, as logits, the ten sums of [`sums`]; has no WebGPU.
pub fn answering(probabilities: [f32; 10]) -> Addresses {
    worker(&format!(
        r#"
        // The test runner starts workers inside one of its own, whose location says nothing.
        const on_cpu = import.meta.url.endsWith("?program=cpu");
        onmessage = ({{ data }}) => {{
          if (!on_cpu) {{
            postMessage({{ type: "Failed", reason: "It found no graphics card." }});
          }} else if (data.type === "Load") {{
            const weights = new TextDecoder().decode(data.weights);
            if (weights !== "weights") postMessage({{ type: "WeightsRefused", reason: `It was given ${{weights}}.` }});
            else postMessage({READY});
          }} else {{
            const logits = Array(10).fill(0);
            data.picture.forEach((level, index) => logits[index % 10] += level);
            postMessage({{ type: "Prediction", id: data.id, logits, probabilities: {probabilities:?}, milliseconds: 1.5 }});
          }}
        }};
        "#
    ))
}

/// Never answers.
pub fn silent() -> Addresses {
    worker("")
}

/// Cannot go on, for a reason.
pub fn failing(reason: &str) -> Addresses {
    worker(&format!(
        "onmessage = () => postMessage({{ type: 'Failed', reason: {reason:?} }});"
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
    worker("postMessage({ type: 'Outdated', reason: 'cpu.js answered 404.' });")
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

/// What [`answering`] makes of a picture: of each ten bytes, all the first ones together, all the second ones, ...
pub fn sums(picture: &GrayImage) -> [f32; 10] {
    let mut sums = [0; 10];
    for (index, &level) in picture.as_raw().iter().enumerate() {
        sums[index % 10] += u32::from(level);
    }
    sums.map(|sum| sum as f32)
}

/// The code as an address; the `?program=…` that the page adds falls into a comment.
fn worker(code: &str) -> Addresses {
    let code = js_sys::encode_uri_component(code);
    Addresses {
        worker: format!("data:text/javascript,{code}//"),
        weights: "data:application/octet-stream,weights".into(),
        ..Addresses::default()
    }
}
