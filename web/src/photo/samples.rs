//! Pictures to begin with. The shell names them in a template, since `cargo xtask site` puts a hash into every name.

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, Element, File, HtmlTemplateElement, Response};

use super::input::PhotoInput;
use super::text;
use crate::errors::{self, Topic};
use crate::language::{Sentence, both, said};

/// A picture of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// What it shows.
    pub name: Sentence,
    /// Where it lies, relative to the page.
    pub address: String,
}

/// The pictures that the shell's template `#samples` names, in its order.
pub fn samples() -> Vec<Sample> {
    let template = document().get_element_by_id("samples");
    let template = template.and_then(|template| template.dyn_into::<HtmlTemplateElement>().ok());
    let Some(Ok(pictures)) =
        template.map(|template| template.content().query_selector_all("img[src]"))
    else {
        return Vec::new();
    };
    (0..pictures.length())
        .filter_map(|index| pictures.get(index)?.dyn_into::<Element>().ok())
        .filter_map(|picture| {
            Some(Sample {
                name: Sentence::new(
                    picture.get_attribute("alt")?,
                    picture.get_attribute("data-zh-alt")?,
                ),
                address: picture.get_attribute("src")?,
            })
        })
        .collect()
}

/// The samples as pictures to press.
#[component]
pub fn Samples(
    /// What opens them.
    input: PhotoInput,
) -> impl IntoView {
    let sample = move |sample: Sample| {
        let (name, title) = (sample.name.clone(), sample.name.clone());
        let (name, title) = (
            move || said(&name).to_string(),
            move || said(&title).to_string(),
        );
        let address = sample.address.clone();
        view! {
            <li>
                <button type="button" class="sample" title=title on:click=move |_| open(input, sample.clone())>
                    // A picture of a hidden view is not loaded.
                    <img src=address alt=name width="96" height="96" loading="lazy" decoding="async" />
                </button>
            </li>
        }
    };
    view! { <ul class="samples" role="list">{samples().into_iter().map(sample).collect_view()}</ul> }
}

fn open(input: PhotoInput, sample: Sample) {
    errors::clear(Topic::Photo);
    let choice = input.begin_choice();
    spawn_local(async move {
        let fetched = fetch(&sample).await;
        if !input.is_newest_choice(choice) {
            return;
        }
        match fetched {
            Ok(file) => input.open(file),
            Err(reason) => {
                let what = both(|| text::no_sample(said(&sample.name), said(&reason)));
                errors::show(Topic::Photo, &what);
            }
        }
    });
}

/// A sample as a file.
///
/// # Errors
/// Where it does not come, with the reason.
pub async fn fetch(sample: &Sample) -> Result<File, Sentence> {
    let in_words = |error: JsValue| {
        let error = error.dyn_ref::<js_sys::Error>().map(js_sys::Error::message);
        error.map_or_else(
            || both(text::NO_ANSWER),
            |said| Sentence::new(String::from(said.clone()), String::from(said)),
        )
    };
    let response = JsFuture::from(window().fetch_with_str(&sample.address)).await;
    let response: Response = response.and_then(JsCast::dyn_into).map_err(in_words)?;
    if !response.ok() {
        return Err(both(|| text::sample_answered(response.status())));
    }
    let blob = JsFuture::from(response.blob().map_err(in_words)?).await;
    let blob: Blob = blob.and_then(JsCast::dyn_into).map_err(in_words)?;
    File::new_with_blob_sequence(&Array::of1(&blob), said(&sample.name)).map_err(in_words)
}
