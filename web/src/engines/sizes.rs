//! How much is downloaded for the engines, as a published site says.

use leptos::prelude::*;

use super::text;

/// The element that names the parts of the site, and its attribute with "name:bytes" pairs, which `cargo xtask site` writes: bytes with
/// brotli.
const PLACE: &str = "app";
const TOLD: &str = "data-sizes";

/// Bytes to download, where the site says them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sizes {
    cpu: Option<u64>,
    gpu: Option<u64>,
    weights: Option<u64>,
}

impl Sizes {
    /// Those of the page's site, for the CPU engine that suits this browser.
    fn of_page() -> Self {
        let Some(place) = document().get_element_by_id(PLACE) else {
            return Self::default();
        };
        let told = place.get_attribute(TOLD).unwrap_or_default();
        let program = document().body();
        let program = program.and_then(|body| body.get_attribute("data-program"));
        let sizes = Self::read(&told, program.as_deref().unwrap_or("cpu"));
        match place.has_attribute("data-own-weights") {
            // The site knows the shipped weights alone.
            true => Self {
                weights: None,
                ..sizes
            },
            false => sizes,
        }
    }

    fn read(told: &str, program: &str) -> Self {
        let size = |wanted: &str| {
            told.split_whitespace().find_map(|pair| {
                let (name, bytes) = pair.split_once(':')?;
                (name == wanted).then(|| bytes.parse().ok()).flatten()
            })
        };
        Self {
            cpu: size(program),
            gpu: size("gpu"),
            weights: size("weights"),
        }
    }

    /// One sentence, in the page's language; empty where the site says nothing.
    fn sentence(self) -> String {
        let parts = [
            (text::CPU_SIZE(), self.cpu),
            (text::WEIGHTS_SIZE(), self.weights),
            (text::GPU_SIZE(), self.gpu),
        ];
        let known = parts
            .iter()
            .filter_map(|(name, bytes)| Some((*name, (*bytes)?)));
        text::downloads(&known.collect::<Vec<_>>())
    }
}

/// The sentence about what is downloaded.
#[component]
pub fn EngineSizes() -> impl IntoView {
    let sizes = Sizes::of_page();
    (sizes != Sizes::default())
        .then(|| view! { <p id="engine-sizes">{move || sizes.sentence()}</p> })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    const TOLD: &str = "cpu:150000 cpu-relaxed:160000 gpu:1890000 weights:433000";

    #[wasm_bindgen_test]
    fn sizes_are_those_of_the_program_that_runs() {
        let sizes = Sizes::read(TOLD, "cpu-relaxed");
        assert_eq!(
            sizes.sentence(),
            "Downloads: CPU engine 0.16 MB, weights 0.43 MB, WebGPU (only where it is used) 1.89 MB."
        );
        assert_eq!(Sizes::read(TOLD, "cpu").cpu, Some(150_000));
    }

    #[wasm_bindgen_test]
    fn what_the_site_does_not_say_is_not_said() {
        let sizes = Sizes::read("cpu:150000 weights:much :", "cpu");
        assert_eq!(sizes.sentence(), "Downloads: CPU engine 0.15 MB.");
        assert_eq!(Sizes::read("", "cpu"), Sizes::default());
    }
}
