//! Where the engines and their weights lie.

use leptos::prelude::*;

use super::kind::Kind;
use super::limits::Limits;

/// Where the engines and their weights lie, both relative to the page, and how long the page waits for them.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// The worker that starts a program; `?program=gpu` or another one is added.
    pub worker: String,
    /// The program of the CPU engine that suits this browser.
    pub cpu_program: String,
    /// The weights.
    pub weights: String,
    /// Those of the network that was trained on photos alone, where the site has it.
    pub photos_only: Option<String>,
    /// How the network came to be, where the site has it.
    pub story: Option<String>,
    /// What the address of the page calls other weights than the site's, where it names some.
    pub own_weights: Option<String>,
    /// Whether the site has the WebGPU engine.
    pub has_gpu: bool,
    /// How long the page waits for an answer.
    pub limits: Limits,
}

impl Default for Addresses {
    fn default() -> Self {
        Self {
            worker: "workers/worker.js".into(),
            cpu_program: "cpu".into(),
            weights: "assets/weights/edgewise.safetensors".into(),
            photos_only: None,
            story: None,
            own_weights: None,
            has_gpu: true,
            limits: Limits::default(),
        }
    }
}

impl Addresses {
    /// Those that an element of the shell names with `data-worker`, `data-weights`, `data-photos-only` and `data-story`, and
    /// with `data-without-gpu` where it comes without the WebGPU engine: `cargo xtask site` puts a hash into every
    /// name. `start.js` notes at the body's `data-program` which program suits this browser.
    pub fn named_by(element: &web_sys::Element) -> Self {
        let usual = Self::default();
        let named = |name| element.get_attribute(name);
        let body = document().body();
        let program = body.and_then(|body| body.get_attribute("data-program"));
        Self {
            worker: named("data-worker").unwrap_or(usual.worker),
            cpu_program: program.unwrap_or(usual.cpu_program),
            weights: named("data-weights").unwrap_or(usual.weights),
            photos_only: named("data-photos-only"),
            story: named("data-story"),
            own_weights: named("data-own-weights"),
            has_gpu: !element.has_attribute("data-without-gpu"),
            limits: usual.limits,
        }
    }

    /// That of the worker of one engine.
    pub(super) fn program(&self, kind: Kind) -> String {
        let program = match kind {
            Kind::Cpu => &self.cpu_program,
            Kind::Gpu => "gpu",
        };
        format!("{}?program={program}", self.worker)
    }
}
